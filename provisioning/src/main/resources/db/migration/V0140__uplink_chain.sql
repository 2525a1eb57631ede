-- Every host's access is told to the brokers once more: quotas are new.
update host_identity set access_version = access_version + 1;

-- What each life of a host's agent has said, link by link, for as long as the records lie on their topic.
create table uplink_link (
    host_id uuid not null references host (id),
    enrolment integer not null,
    incarnation bigint not null,
    sequence bigint not null check (sequence > 0),
    sha256 text not null,
    previous_sha256 text not null,
    received_at timestamptz not null,
    primary key (host_id, enrolment, incarnation, sequence)
);
create index link_received on uplink_link (host_id, received_at);
