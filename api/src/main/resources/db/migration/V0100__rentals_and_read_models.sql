-- Rentals are ours. Everything else here is what others said last, and can be read again from Kafka.
create table rental (
    id uuid primary key,
    customer_id text not null,
    customer_name text not null,
    offer text not null,
    gpu_count int not null check (gpu_count between 1 and 64),
    algorithm text not null,
    pools_sealed bytea not null,
    price_per_gpu_hour bigint not null check (price_per_gpu_hour >= 0),
    price_version int not null,
    created_at timestamptz not null,
    state text not null,
    since timestamptz not null,
    reason text not null,
    mover text not null,
    deadline timestamptz,
    lease_id uuid,
    epoch bigint,
    seen_since timestamptz,
    lease_over boolean not null default false,
    check ((lease_id is null) = (epoch is null))
);

create index rental_of_customer on rental (customer_id, created_at desc, id desc);
create index rental_newest on rental (created_at desc, id desc);
create index rental_deadline on rental (deadline) where deadline is not null;

create table published_price (
    offer text not null,
    version int not null,
    per_gpu_hour bigint not null check (per_gpu_hour >= 0),
    valid_from timestamptz not null,
    primary key (offer, version)
);

create table balance (
    customer_id text primary key,
    available bigint not null,
    held bigint not null,
    version bigint not null,
    as_of timestamptz not null
);

create table rental_cost (
    rental_id uuid primary key,
    proven_seconds bigint not null,
    cost bigint not null,
    accepted bigint not null,
    rejected bigint not null,
    metered_until timestamptz,
    version bigint not null,
    as_of timestamptz not null
);

create table fleet_host (
    host_id uuid primary key,
    name text not null,
    site text not null,
    state text not null,
    reason text not null,
    since timestamptz not null,
    version bigint not null,
    agent_version text,
    heard_at timestamptz
);

create table fleet_gpu (
    host_id uuid not null references fleet_host,
    gpu_id text not null,
    position int not null,
    name text not null,
    kind text not null,
    memory_bytes bigint not null,
    lease_id uuid,
    rental_id uuid,
    primary key (host_id, gpu_id)
);

create table lease_gpu (
    lease_id uuid not null,
    gpu_id text not null,
    rental_id uuid not null,
    host_id uuid not null,
    epoch bigint not null,
    granted_at timestamptz not null,
    primary key (lease_id, gpu_id)
);

create index lease_gpu_of_rental on lease_gpu (rental_id, epoch);

-- the newest that a host said of a GPU's work for a lease
create table work_reading (
    lease_id uuid not null,
    gpu_id text not null,
    host_id uuid not null,
    state text not null,
    hash_rate bigint not null,
    accepted bigint not null,
    rejected bigint not null,
    at timestamptz not null,
    heard_at timestamptz not null,
    primary key (lease_id, gpu_id)
);

-- the newest sample of a GPU
create table gpu_sample (
    host_id uuid not null,
    gpu_id text not null,
    rental_id uuid,
    state text not null,
    hash_rate bigint not null,
    accepted bigint not null,
    rejected bigint not null,
    temperature int,
    power bigint,
    at timestamptz not null,
    heard_at timestamptz not null,
    primary key (host_id, gpu_id)
);
