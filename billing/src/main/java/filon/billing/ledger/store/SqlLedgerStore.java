package filon.billing.ledger.store;

import filon.billing.database.Database;
import filon.billing.ledger.Account;
import filon.billing.ledger.Balance;
import filon.billing.ledger.Entry;
import filon.billing.ledger.EntryKind;
import filon.billing.ledger.LedgerStore;
import filon.billing.ledger.Posting;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ledger in PostgreSQL; triggers project balances and refuse what must not be. */
@ApplicationScoped
class SqlLedgerStore implements LedgerStore {
    private static final String OPEN = """
            insert into account(kind, customer_id, rental_id) values (?, ?, ?)
            on conflict (kind, customer_id, rental_id) do nothing""";
    private static final String FIND = """
            select id from account
            where kind = ? and customer_id is not distinct from ? and rental_id is not distinct from ?""";

    private final Database database;

    SqlLedgerStore(Database database) {
        this.database = database;
    }

    @Override
    public void lock(CustomerId customer) {
        long wallet = idOf(new Account.Wallet(customer));
        database.select("select 1 from balance where account_id = ? for update", row -> true, wallet);
    }

    @Override
    public Optional<Balance> balance(CustomerId customer) {
        return database.selectFirst(
                """
                select b.micro, b.version,
                    (select coalesce(sum(h.micro), 0) from balance h join account a on a.id = h.account_id
                     where a.customer_id = wallet.customer_id and a.kind = 'HOLD') as held
                from account wallet join balance b on b.account_id = wallet.id
                where wallet.kind = 'WALLET' and wallet.customer_id = ?""",
                row -> new Balance(
                        customer,
                        MicroEuro.of(row.getLong("micro")),
                        MicroEuro.of(row.getBigDecimal("held").longValueExact()),
                        row.getLong("version")),
                customer.value());
    }

    @Override
    public MicroEuro sumOf(Account account) {
        Key key = Key.of(account);
        return database.select(
                        """
                        select coalesce(sum(p.micro), 0) from posting p join account a on a.id = p.account_id
                        where a.kind = ? and a.customer_id is not distinct from ? and a.rental_id is not distinct from ?""",
                        row -> MicroEuro.of(row.getBigDecimal(1).longValueExact()),
                        key.kind(),
                        key.customer(),
                        key.rental())
                .getFirst();
    }

    @Override
    public Optional<StoredEntry> find(String idempotencyKey) {
        return database.selectFirst(
                        "select id, kind, customer_id from entry where idempotency_key = ?",
                        row -> new StoredEntry(
                                row.getObject("id", UUID.class),
                                EntryKind.valueOf(row.getString("kind")),
                                CustomerId.of(row.getString("customer_id")),
                                List.of()),
                        idempotencyKey)
                .map(e -> new StoredEntry(e.id(), e.kind(), e.customer(), postingsOf(e.id())));
    }

    @Override
    public void insert(UUID id, Entry entry, Instant postedAt) {
        database.change(
                """
                insert into entry(id, kind, idempotency_key, customer_id, reference, actor, posted_at)
                values (?, ?, ?, ?, ?, ?, ?)""",
                id,
                entry.kind().name(),
                entry.idempotencyKey(),
                entry.customer().value(),
                entry.reference(),
                entry.actor(),
                postedAt);
        int line = 0;
        for (Posting posting : entry.postings()) {
            database.change(
                    "insert into posting(entry_id, line, account_id, micro) values (?, ?, ?, ?)",
                    id,
                    ++line,
                    idOf(posting.account()),
                    posting.amount().amount());
        }
    }

    private List<Posting> postingsOf(UUID entry) {
        return database.select("""
                select a.kind, a.customer_id, a.rental_id, p.micro from posting p join account a on a.id = p.account_id
                where p.entry_id = ? order by p.line""", row -> new Posting(accountOf(row), MicroEuro.of(row.getLong("micro"))), entry);
    }

    private long idOf(Account account) {
        Key key = Key.of(account);
        return find(key).orElseGet(() -> {
            database.change(OPEN, key.kind(), key.customer(), key.rental());
            return find(key).orElseThrow();
        });
    }

    private Optional<Long> find(Key key) {
        return database.selectFirst(FIND, row -> row.getLong(1), key.kind(), key.customer(), key.rental());
    }

    private static Account accountOf(ResultSet row) throws SQLException {
        String customer = row.getString("customer_id");
        return switch (row.getString("kind")) {
            case "WALLET" -> new Account.Wallet(CustomerId.of(customer));
            case "HOLD" ->
                new Account.RentalHold(CustomerId.of(customer), RentalId.of(row.getObject("rental_id", UUID.class)));
            case "REVENUE" -> new Account.Revenue();
            case "TOP_UP_CLEARING" -> new Account.TopUpClearing();
            default -> throw new IllegalStateException("the database holds an account kind nobody knows");
        };
    }

    private record Key(String kind, String customer, UUID rental) {
        static Key of(Account account) {
            return switch (account) {
                case Account.Wallet wallet -> new Key("WALLET", wallet.owner().value(), null);
                case Account.RentalHold hold ->
                    new Key("HOLD", hold.owner().value(), hold.rental().value());
                case Account.Revenue revenue -> new Key("REVENUE", null, null);
                case Account.TopUpClearing clearing -> new Key("TOP_UP_CLEARING", null, null);
            };
        }
    }
}
