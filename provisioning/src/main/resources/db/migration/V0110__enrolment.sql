-- What staff have to know of: one open row per host and kind, counted, so that a hostile host cannot fill the disk.
create table incident (
    id uuid primary key,
    at timestamptz not null,
    severity text not null,
    kind text not null,
    host uuid not null,
    detail text not null,
    times bigint not null,
    last_at timestamptz not null,
    acknowledged timestamptz,
    acknowledged_by text
);
create unique index one_open_incident_per_kind on incident (host, kind) where acknowledged is null;
create index incident_newest on incident (last_at desc);
