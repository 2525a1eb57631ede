package filon.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.billing.BillingDatabase;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.Transactions;
import filon.billing.database.Database;
import filon.contracts.message.BillingNotice.BalanceChanged;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class LedgerTest {
    @Inject
    Ledger ledger;

    @Inject
    TopUps topUps;

    @Inject
    Database database;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Inject
    Transactions transactions;

    @Test
    void aRepeatedTopUpHasNoSecondEffect() {
        // Given
        CustomerId customer = Scene.someone();
        Posted first = topUps.topUp(customer, MicroEuro.of(500), "bank 1", "key-" + customer, "finn");

        // When
        Posted again = topUps.topUp(customer, MicroEuro.of(500), "bank 1", "key-" + customer, "finn");

        // Then
        assertThat(again).isEqualTo(new Posted(first.entryId(), false));
        assertThat(ledger.balance(customer).orElseThrow().available()).isEqualTo(MicroEuro.of(500));
        assertThat(changes(customer)).hasSize(1);
    }

    @Test
    void aKeyIsNeverReusedForAnotherMovement() {
        // Given
        CustomerId customer = Scene.someone();
        topUps.topUp(customer, MicroEuro.of(500), "bank 1", "key-" + customer, "finn");

        // When / Then
        assertThatThrownBy(() -> topUps.topUp(customer, MicroEuro.of(501), "bank 1", "key-" + customer, "finn"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("idempotency-key-reused");
        assertThat(ledger.balance(customer).orElseThrow().available()).isEqualTo(MicroEuro.of(500));
    }

    @Test
    void refusesTopUpsOutsideTheirLimits() {
        for (long amount : new long[] {0, -1, 10_000_000_001L}) {
            assertThatThrownBy(() -> topUps.topUp(Scene.someone(), MicroEuro.of(amount), "r", "k" + amount, "finn"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anEntryThatDoesNotSumToZeroCannotBeMade() {
        // Given
        CustomerId customer = Scene.someone();
        List<Posting> unbalanced = List.of(
                new Posting(new Account.Wallet(customer), MicroEuro.of(2)),
                new Posting(new Account.Revenue(), MicroEuro.of(-1)));

        // When / Then
        assertThatThrownBy(() -> Entry.of(EntryKind.TOP_UP, "k", customer, "r", unbalanced))
                .hasMessageContaining("not zero");
    }

    @Test
    void theDatabaseItselfRefusesAnUnbalancedEntry() {
        // Given
        UUID id = UUID.randomUUID();

        // When / Then
        assertThatThrownBy(() -> transactions.run(() -> {
                    insertEntry(id, "TOP_UP", "nobody");
                    insertPosting(id, 1, "REVENUE", 5);
                    insertPosting(id, 2, "TOP_UP_CLEARING", -4);
                }))
                .hasStackTraceContaining("not zero");
        assertThat(database.selectFirst("select 1 from entry where id = ?", row -> 1, id))
                .isEmpty();
    }

    @Test
    void theDatabaseItselfRefusesALineForAFinishedEntry() {
        // Given
        UUID id = UUID.randomUUID();
        transactions.run(() -> {
            insertEntry(id, "TOP_UP", "nobody");
            insertPosting(id, 1, "REVENUE", 5);
            insertPosting(id, 2, "TOP_UP_CLEARING", -5);
        });

        // When / Then
        assertThatThrownBy(() -> insertPosting(id, 3, "REVENUE", 1)).hasStackTraceContaining("takes no more lines");
    }

    @Test
    void theDatabaseItselfRefusesEveryChangeOfHistoryAndOfBalances() {
        // Given
        scene.customerWith(100);

        // When / Then
        for (String table : List.of("entry", "posting", "account", "price", "usage_report", "usage_conflict")) {
            assertThatThrownBy(() -> database.change("delete from " + table))
                    .as(table)
                    .hasStackTraceContaining("append-only");
            assertThatThrownBy(() -> database.change("truncate " + table + " cascade"))
                    .as(table)
                    .hasStackTraceContaining("append-only");
        }
        assertThatThrownBy(() -> database.change("update entry set reference = 'other'"))
                .hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> database.change("update posting set micro = 1"))
                .hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> database.change("update balance set micro = 1"))
                .hasStackTraceContaining("projection");
    }

    @Test
    void aHoldCannotReserveMoneyThatIsNotThere() {
        // Given
        CustomerId customer = scene.customerWith(100);
        Account hold = new Account.RentalHold(customer, RentalId.of(UUID.randomUUID()));
        Entry tooMuch = Entry.move(
                EntryKind.HOLD_PLACED,
                "k" + customer,
                customer,
                "r",
                new Account.Wallet(customer),
                hold,
                MicroEuro.of(101));
        Entry negative = Entry.move(
                EntryKind.HOLD_RELEASED,
                "n" + customer,
                customer,
                "r",
                hold,
                new Account.Wallet(customer),
                MicroEuro.of(1));

        // When / Then
        assertThatThrownBy(() -> ledger.post(tooMuch)).hasStackTraceContaining("does not have");
        assertThatThrownBy(() -> ledger.post(negative)).hasStackTraceContaining("hold_is_never_negative");
        assertThat(ledger.balance(customer).orElseThrow().available()).isEqualTo(MicroEuro.of(100));
    }

    @Test
    void staysSoundUnderConcurrentChargersOfTheSameCustomers() throws Exception {
        // Given
        long seed = new Random().nextLong();
        System.out.println("LedgerTest seed " + seed);
        List<CustomerId> customers = List.of(scene.customerWith(5_000), scene.customerWith(5_000));
        List<Callable<Void>> chargers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            Random random = new Random(seed + worker);
            int number = worker;
            chargers.add(() -> {
                for (int i = 0; i < 40; i++) {
                    CustomerId customer = customers.get(random.nextInt(customers.size()));
                    // every third movement is also tried by another worker, under the same key
                    String key = "c:" + customer + ":" + (i % 3 == 0 ? "shared" : number) + ":" + i;
                    chargeOrHold(customer, key, new Random(seed + i));
                }
                return null;
            });
        }

        // When
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Void> done : pool.invokeAll(chargers)) {
                done.get();
            }
        }

        // Then
        assertThat(one("select coalesce(sum(micro), 0) from posting")).isZero();
        assertThat(one("select count(*) from (select entry_id from posting group by 1 having sum(micro) <> 0) bad"))
                .isZero();
        assertThat(one("select count(*) from balance b where micro <>"
                        + " (select coalesce(sum(p.micro), 0) from posting p where p.account_id = b.account_id)"))
                .isZero();
        assertThat(one("select count(*) from balance where micro < 0")).isZero();
        for (CustomerId customer : customers) {
            List<BalanceChanged> said = changes(customer);
            assertThat(said).extracting(BalanceChanged::version).doesNotHaveDuplicates();
            Balance last = ledger.balance(customer).orElseThrow();
            assertThat(said).contains(new BalanceChanged(customer, last.available(), last.held(), last.version()));
            assertThat(said).extracting(BalanceChanged::version).allMatch(version -> version <= last.version());
            assertThat(last.available().plus(last.held()).amount()).isEqualTo(5_000 - charged(customer));
        }
    }

    /** Looks and then spends, as every use case does: only the lock makes it right. */
    private void chargeOrHold(CustomerId customer, String key, Random random) {
        transactions.run(() -> {
            MicroEuro available = ledger.lock(customer).available();
            MicroEuro amount = MicroEuro.of(1 + random.nextInt(60));
            Account to = random.nextBoolean()
                    ? new Account.Revenue()
                    : new Account.RentalHold(customer, RentalId.of(new UUID(1, customer.hashCode())));
            if (available.compareTo(amount) >= 0) {
                EntryKind kind = to instanceof Account.Revenue ? EntryKind.USAGE_CHARGED : EntryKind.HOLD_REPLENISHED;
                ledger.post(Entry.move(kind, key, customer, "test", new Account.Wallet(customer), to, amount));
            }
        });
    }

    private long charged(CustomerId customer) {
        return database.select("""
                        select coalesce(sum(p.micro), 0) from posting p join entry e on e.id = p.entry_id
                        join account a on a.id = p.account_id
                        where a.kind = 'REVENUE' and e.customer_id = ?""", row -> row.getLong(1), customer.value()).getFirst();
    }

    private List<BalanceChanged> changes(CustomerId customer) {
        return published.all(BalanceChanged.class).stream()
                .filter(change -> change.customerId().equals(customer))
                .toList();
    }

    private long one(String sql) {
        return database.select(sql, row -> row.getLong(1)).getFirst();
    }

    private void insertEntry(UUID id, String kind, String customer) {
        database.change("""
                insert into entry(id, kind, idempotency_key, customer_id, reference, actor, posted_at)
                values (?, ?, ?, ?, 'test', 'test', now())""", id, kind, id.toString(), customer);
    }

    private void insertPosting(UUID entry, int line, String account, long micro) {
        database.change(
                "insert into posting select ?, ?, id, ? from account where kind = ?", entry, line, micro, account);
    }
}
