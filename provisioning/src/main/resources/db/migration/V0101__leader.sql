-- Who does a chore that only one instance may do; the epoch rises with each new leader and fences the one before.
create table leader (
    name text primary key,
    epoch bigint not null,
    holder text not null,
    expires timestamptz not null
);

-- The newest order of each lease, so that one that was lost can be told from one that takes its time.
alter table lease add column order_generation bigint not null default 0;
alter table lease add column ordered_at timestamptz;
update lease set ordered_at = granted_at;
alter table lease alter column ordered_at set not null;

alter table workload add column generation bigint not null default 0;

-- A workload that its host still names although its lease has ended.
create table workload_afterlife (
    lease_id uuid primary key references lease (id),
    heard_at timestamptz not null
);
