create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'table % is append-only: % refused', tg_table_name, tg_op;
end $$;

-- What an offer costs per GPU-hour, in micro-euro; a new price is a new version, an old one never changes.
create table price (
    offer text not null check (offer ~ '^[a-z0-9-]{1,64}$'),
    version int not null check (version >= 1),
    per_gpu_hour bigint not null check (per_gpu_hour > 0 and per_gpu_hour <= 1000000000000),
    valid_from timestamptz not null,
    added_by text not null,
    added_at timestamptz not null,
    primary key (offer, version)
);
create trigger price_is_append_only before update or delete or truncate on price
    for each statement execute function refuse_change();

-- The versions that were told to the others; a row here means: once, and never again.
create table price_publication (
    offer text not null,
    version int not null,
    primary key (offer, version),
    foreign key (offer, version) references price
);
create trigger price_publication_is_append_only before update or delete or truncate on price_publication
    for each statement execute function refuse_change();

insert into price(offer, version, per_gpu_hour, valid_from, added_by, added_at) values
    ('opencl-cpu', 1, 360000, '2026-01-01T00:00:00Z', 'migration', '2026-01-01T00:00:00Z'),
    ('opencl-gpu', 1, 1440000, '2026-01-01T00:00:00Z', 'migration', '2026-01-01T00:00:00Z');
