-- A one-use invitation of a host; the token itself is never stored.
create table enrolment_token (
    token_hash bytea primary key,
    host_id uuid not null unique,
    name text not null,
    site text not null,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Who was let in and who was not, for people.
create table enrolment_audit (
    seq bigint generated always as identity primary key,
    at timestamptz not null,
    host_id uuid,
    what text not null,
    detail text not null
);

create table host (
    id uuid primary key,
    name text not null,
    site text not null,
    state text not null,
    reason text not null,
    since timestamptz not null,
    deadline timestamptz,
    version bigint not null,
    certificate_serial text not null,
    certificate_ends timestamptz not null,
    topics_ready boolean not null default false
);
create index host_deadline on host (deadline) where deadline is not null;
create index host_without_topics on host (id) where not topics_ready;

-- Apart from host: written with every report, locked by nobody who decides.
create table host_liveness (
    host_id uuid primary key references host (id),
    incarnation bigint not null,
    generation bigint not null,
    agent_version text not null,
    reported_at timestamptz not null,
    connectivity text not null
);

create table host_event (
    seq bigint generated always as identity primary key,
    host_id uuid not null references host (id),
    at timestamptz not null,
    kind text not null,
    detail text not null
);
create index host_event_newest on host_event (host_id, seq desc);

create table gpu (
    gpu_id text primary key,
    host_id uuid not null references host (id),
    description jsonb not null,
    present boolean not null,
    seen_at timestamptz not null
);
create index gpu_of_host on gpu (host_id);

-- Which lease has which GPU; a row lives until the GPU is released.
create table gpu_allocation (
    lease_id uuid not null,
    gpu_id text not null references gpu (gpu_id),
    host_id uuid not null references host (id),
    rental_id uuid not null,
    stopped_at timestamptz,
    released_at timestamptz,
    primary key (lease_id, gpu_id)
);
create unique index one_live_lease_per_gpu on gpu_allocation (gpu_id) where released_at is null;
create index allocation_of_host on gpu_allocation (host_id) where released_at is null;

-- What a rental wants; epoch counts its placements.
create table demand (
    rental_id uuid primary key,
    wish jsonb,
    state text not null,
    epoch bigint not null,
    sequence bigint not null,
    refusals jsonb not null default '[]',
    since timestamptz not null
);
create index demand_awaiting on demand (since) where state = 'Awaiting';

create table lease (
    id uuid primary key,
    rental_id uuid not null references demand (rental_id),
    epoch bigint not null,
    host_id uuid not null references host (id),
    wish jsonb not null,
    gpu_ids jsonb not null,
    state text not null,
    reason text not null,
    granted_at timestamptz not null,
    authorised_until timestamptz not null,
    renew_at timestamptz not null,
    stop_generation bigint,
    obeyed_at timestamptz,
    ended_at timestamptz,
    unique (rental_id, epoch)
);
create unique index one_granted_lease_per_rental on lease (rental_id) where state = 'Granted';
create index lease_to_renew on lease (renew_at) where state = 'Granted';
create index lease_draining on lease (authorised_until) where state = 'Draining';
create index lease_of_host on lease (host_id) where state <> 'Ended';

create table workload (
    lease_id uuid not null references lease (id),
    gpu_id text not null,
    state text not null,
    reason text not null,
    since timestamptz not null,
    incarnation bigint not null,
    reported_at timestamptz not null,
    heard_at timestamptz,
    primary key (lease_id, gpu_id)
);

-- What was last said of a lease as a whole.
create table workload_observation (
    lease_id uuid primary key references lease (id),
    state text not null,
    reason text not null
);

-- The generation of the newest order of each host; its row lock keeps orders in the order of their numbers.
create table desired_generation (
    host_id uuid primary key,
    generation bigint not null
);

create table usage_trim (
    host_id uuid primary key,
    incarnation bigint not null,
    through bigint not null,
    sent_incarnation bigint not null default 0,
    sent_through bigint not null default 0,
    sent_at timestamptz
);
create index usage_trim_due on usage_trim (sent_at) where (incarnation, through) > (sent_incarnation, sent_through);

-- Uplink records that were not believed, counted, so that a hostile host cannot fill the disk.
create table uplink_incident (
    host text not null,
    topic text not null,
    reason text not null,
    times bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    last_origin text not null,
    primary key (host, topic, reason)
);
