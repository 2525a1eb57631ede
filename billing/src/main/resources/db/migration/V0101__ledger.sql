-- Double entry in micro-euro. A customer's claims (wallet, holds) are positive; the house's accounts mirror them.
create table account (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('WALLET', 'HOLD', 'REVENUE', 'TOP_UP_CLEARING')),
    customer_id text,
    rental_id uuid,
    check ((kind in ('WALLET', 'HOLD')) = (customer_id is not null)),
    check ((kind = 'HOLD') = (rental_id is not null)),
    unique nulls not distinct (kind, customer_id, rental_id)
);
create unique index account_one_hold_per_rental on account(rental_id) where kind = 'HOLD';
create index account_of_customer on account(customer_id);
create trigger account_is_append_only before update or delete or truncate on account
    for each statement execute function refuse_change();
insert into account(kind) values ('REVENUE'), ('TOP_UP_CLEARING');

create table entry (
    id uuid primary key,
    kind text not null
        check (kind in ('TOP_UP', 'HOLD_PLACED', 'HOLD_REPLENISHED', 'HOLD_RELEASED', 'USAGE_CHARGED')),
    idempotency_key text not null unique,
    customer_id text not null,
    reference text not null,
    actor text not null,
    posted_at timestamptz not null,
    transaction xid8 not null default pg_current_xact_id()
);
create index entry_of_customer on entry(customer_id, posted_at);
create trigger entry_is_append_only before update or delete or truncate on entry
    for each statement execute function refuse_change();

create table posting (
    entry_id uuid not null references entry,
    line smallint not null,
    account_id bigint not null references account,
    micro bigint not null check (micro <> 0),
    primary key (entry_id, line)
);
create index posting_of_account on posting(account_id);
create trigger posting_is_append_only before update or delete or truncate on posting
    for each statement execute function refuse_change();

-- A finished entry takes no more lines: postings are written in the transaction of their entry.
create function refuse_later_posting() returns trigger language plpgsql as $$
begin
    if not exists (select from entry where id = new.entry_id and transaction = pg_current_xact_id()) then
        raise exception 'entry % was posted by another transaction and takes no more lines', new.entry_id;
    end if;
    return new;
end $$;
create trigger posting_belongs_to_new_entry before insert on posting
    for each row execute function refuse_later_posting();

-- The projection of wallets and holds. Only the triggers below write it, so it cannot disagree with the postings. The
-- house's accounts have none: their sum is read from the postings, and no charge waits for another customer's.
create table balance (
    account_id bigint primary key references account,
    kind text not null,
    micro bigint not null default 0,
    version bigint not null default 0,
    constraint hold_is_never_negative check (kind <> 'HOLD' or micro >= 0)
);
create function refuse_direct_balance() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'balance is a projection of postings: direct % refused', tg_op;
    end if;
    return coalesce(new, old);
end $$;
create trigger balance_is_a_projection before insert or update or delete on balance
    for each row execute function refuse_direct_balance();

create function open_balance() returns trigger language plpgsql as $$
begin
    if new.kind in ('WALLET', 'HOLD') then
        insert into balance(account_id, kind) values (new.id, new.kind);
    end if;
    return null;
end $$;
create trigger account_has_balance after insert on account for each row execute function open_balance();

-- A wallet's version rises with every change of the wallet or of a hold of its customer.
create function project_posting() returns trigger language plpgsql as $$
begin
    update balance set micro = micro + new.micro, version = version + 1 where account_id = new.account_id;
    update balance set version = version + 1
        where account_id = (
            select wallet.id from account hold
            join account wallet on wallet.kind = 'WALLET' and wallet.customer_id = hold.customer_id
            where hold.id = new.account_id and hold.kind = 'HOLD');
    return null;
end $$;
create trigger posting_moves_balance after insert on posting for each row execute function project_posting();

-- At commit: every entry has two lines or more, sums to zero, touches one customer; only usage may overdraw a wallet.
create function check_entry() returns trigger language plpgsql as $$
declare
    total numeric;
    lines bigint;
begin
    select coalesce(sum(micro), 0), count(*) into total, lines from posting where entry_id = new.id;
    if lines < 2 or total <> 0 then
        raise exception 'entry % of % lines sums to %, not zero', new.id, lines, total;
    end if;
    if exists (select from posting p join account a on a.id = p.account_id
               where p.entry_id = new.id and a.customer_id <> new.customer_id) then
        raise exception 'entry % moves the money of another customer than %', new.id, new.customer_id;
    end if;
    if new.kind in ('HOLD_PLACED', 'HOLD_REPLENISHED')
        and exists (select from account a join balance b on b.account_id = a.id
                    where a.kind = 'WALLET' and a.customer_id = new.customer_id and b.micro < 0) then
        raise exception 'entry % reserves money that the wallet of % does not have', new.id, new.customer_id;
    end if;
    return null;
end $$;
create constraint trigger entry_is_sound after insert on entry
    deferrable initially deferred for each row execute function check_entry();
