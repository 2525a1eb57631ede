-- Where a host stands, as staff have said; apart from host, so that no report and no move can change it.
create table host_location (
    host_id uuid primary key references host (id),
    rack text,
    power text,
    set_by text not null,
    set_at timestamptz not null
);

-- When staff will take a host out of service. A window that was cancelled or has begun stays for the record.
create table maintenance_window (
    id uuid primary key,
    host_id uuid not null references host (id),
    starts_at timestamptz not null,
    reason text not null,
    announced_by text not null,
    announced_at timestamptz not null,
    cancelled_by text,
    begun_at timestamptz
);
create index maintenance_ahead on maintenance_window (starts_at) where cancelled_by is null and begun_at is null;

-- What a burn-in measured of a GPU, hashes per second; the newest measurement of each algorithm.
create table gpu_measured_rate (
    gpu_id text not null references gpu (gpu_id),
    algorithm text not null,
    median_hs bigint not null,
    low_hs bigint not null,
    high_hs bigint not null,
    measured_at timestamptz not null,
    primary key (gpu_id, algorithm),
    check (0 <= low_hs and low_hs <= median_hs and median_hs <= high_hs)
);

-- GPUs had no state before: what a host still reports had been let in with it.
alter table gpu add column state text not null default 'Untested';
alter table gpu add column reason text not null default 'waits for the burn-in of its host';
alter table gpu add column since timestamptz;
update gpu set since = seen_at,
    state = case when present then 'Healthy' else 'Failed' end,
    reason = case when present then 'let in before GPUs had states' else 'not reported' end;
alter table gpu alter column since set not null;
alter table gpu alter column state drop default;
alter table gpu alter column reason drop default;

-- Where a customer's leases are, so that they can be spread.
create index lease_of_customer on lease ((wish ->> 'customerId')) where state <> 'Ended';

-- The order that a lease began with; older leases began before anything that could still be unheard.
alter table lease add column run_generation bigint not null default 0;
