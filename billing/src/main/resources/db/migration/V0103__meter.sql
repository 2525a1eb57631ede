-- Facts of provisioning: who may be billed for what, from when to when. An end may be heard before its grant.
create table lease (
    lease_id uuid primary key,
    rental_id uuid not null,
    customer_id text not null,
    epoch bigint not null,
    host_id uuid not null,
    gpu_ids text[] not null,
    granted_at timestamptz not null,
    authorised_until timestamptz not null
);
create index lease_of_rental on lease(rental_id);
create table lease_end (
    lease_id uuid not null,
    epoch bigint not null,
    ended_at timestamptz not null,
    reason text not null,
    seen_at timestamptz not null,
    primary key (lease_id, epoch)
);

-- One lane per agent and incarnation: which numbers were metered, and which were refused, for ever. The rest is the gap list.
create table lane (
    host_id uuid not null,
    incarnation bigint not null check (incarnation >= 1),
    received int8multirange not null default '{}',
    refused int8multirange not null default '{}',
    primary key (host_id, incarnation)
);

-- The evidence: every metered report byte for byte.
create table usage_report (
    host_id uuid not null,
    incarnation bigint not null,
    sequence bigint not null check (sequence >= 1),
    sha256 bytea not null check (length(sha256) = 32),
    previous_sha256 bytea not null check (length(previous_sha256) = 32),
    payload bytea not null,
    topic text not null,
    part int not null,
    off bigint not null,
    received_at timestamptz not null,
    primary key (host_id, incarnation, sequence),
    foreign key (host_id, incarnation) references lane
);
create trigger usage_report_is_append_only before update or delete or truncate on usage_report
    for each statement execute function refuse_change();

-- What was not metered, and why; the bytes are kept where a whole report was refused.
create table usage_conflict (
    id bigint generated always as identity primary key,
    topic text,
    part int,
    off bigint,
    host_id uuid,
    incarnation bigint,
    sequence bigint,
    lease_id uuid,
    reason text not null,
    payload bytea,
    seen_at timestamptz not null
);
create trigger usage_conflict_is_append_only before update or delete or truncate on usage_conflict
    for each statement execute function refuse_change();

-- Usage of leases that were not heard of yet; applied when the grant arrives.
create table parked_usage (
    lease_id uuid not null,
    host_id uuid not null,
    incarnation bigint not null,
    sequence bigint not null,
    primary key (lease_id, host_id, incarnation, sequence),
    foreign key (host_id, incarnation, sequence) references usage_report
);

-- The meter: a lattice. Only unions and maxima happen to it, so repetition and disorder cannot change it.
create table lease_meter (
    lease_id uuid not null references lease,
    gpu_id text not null,
    covered int8multirange not null default '{}',
    windows int8multirange not null default '{}',
    hashes bigint not null default 0,
    accepted bigint not null default 0,
    rejected bigint not null default 0,
    final_incarnation bigint,
    final_sequence bigint,
    primary key (lease_id, gpu_id)
);

-- A solved header counts once, for ever, over all leases. Told twice with differences, the smallest (time, lease, GPU) has it.
create table share (
    hash bytea primary key check (length(hash) = 32),
    lease_id uuid not null references lease,
    gpu_id text not null,
    at_millis bigint not null
);
create index share_of_gpu on share(lease_id, gpu_id);

-- Rises whenever something changed that the cost of a rental depends on.
create table rental_usage (
    rental_id uuid primary key,
    version bigint not null
);
