-- One row per rental that asked for money: its frozen order and where its hold stands.
create table hold (
    rental_id uuid primary key,
    customer_id text not null,
    offer text not null,
    gpu_count int not null check (gpu_count >= 1),
    per_gpu_hour bigint not null check (per_gpu_hour >= 0),
    price_version int not null,
    state text not null check (state in ('REQUESTED', 'UNFUNDED', 'PLACED', 'EXHAUSTED', 'ENDING', 'SETTLED')),
    since timestamptz not null,
    round int not null check (round >= 0)
);
create index hold_ending on hold(since) where state = 'ENDING';

-- Rentals that are to end, also those whose order was not heard yet: such a rental gets no hold any more.
create table rental_ending (
    rental_id uuid primary key,
    reason text not null,
    seen_at timestamptz not null
);
