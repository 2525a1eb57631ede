-- A trial of a host's devices; stay is the beginning of the stay in BurningIn that it belongs to.
create table burn_in (
    id uuid primary key,
    host_id uuid not null references host (id),
    stay timestamptz not null,
    state text not null,
    progress text not null,
    algorithms jsonb not null,
    benchmark_seconds int not null,
    ordered_at timestamptz not null,
    not_after timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    incarnation bigint not null default 0,
    reported_at timestamptz not null default '-infinity',
    unique (host_id, stay)
);
create index burn_in_newest on burn_in (host_id, ordered_at desc);
create index burn_in_open on burn_in (host_id) where state in ('ORDERED', 'RUNNING');

-- passed is null until the host has said
create table burn_in_device (
    burn_in_id uuid not null references burn_in (id),
    gpu_id text not null,
    position int not null,
    passed boolean,
    primary key (burn_in_id, gpu_id)
);

create table burn_in_check (
    burn_in_id uuid not null,
    gpu_id text not null,
    position int not null,
    name text not null,
    passed boolean not null,
    detail text not null,
    seconds double precision not null,
    primary key (burn_in_id, gpu_id, position),
    foreign key (burn_in_id, gpu_id) references burn_in_device
);

create table burn_in_benchmark (
    burn_in_id uuid not null,
    gpu_id text not null,
    algorithm text not null,
    median_hs bigint not null,
    low_hs bigint not null,
    high_hs bigint not null,
    runs int not null,
    seconds double precision not null,
    measured_at timestamptz not null,
    primary key (burn_in_id, gpu_id, algorithm),
    foreign key (burn_in_id, gpu_id) references burn_in_device,
    check (0 < low_hs and low_hs <= median_hs and median_hs <= high_hs)
);
