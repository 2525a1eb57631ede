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

-- A token may be for a host that is known already, hence more than one per host. redeemed_key is the fingerprint of the key that it
-- brought in: the same one may ask again, another one has a copy of the token.
alter table enrolment_token
    drop constraint enrolment_token_host_id_key,
    add column serial text not null default '',
    add column enrolment integer not null default 1,
    add column redeemed_key text;
create index token_of_host on enrolment_token (host_id);

-- Which enrolment of a host is in force and what is known of who holds it; '' is what nobody has told.
create table host_identity (
    host_id uuid primary key references host (id),
    enrolment integer not null check (enrolment > 0),
    fingerprint text not null,
    expected_serial text not null,
    found_serial text not null,
    confirmed_at timestamptz,
    revoked_at timestamptz,
    -- rises with each change of what the host may do at the brokers; told is the one that the brokers know of
    access_version bigint not null,
    access_told bigint not null
);
create index identity_access_untold on host_identity (host_id) where access_told <> access_version;

create table host_certificate (
    serial text primary key,
    host_id uuid not null references host (id),
    enrolment integer not null,
    fingerprint text not null,
    pem text not null,
    ends_at timestamptz not null,
    revoked_at timestamptz,
    revoked_because text
);
create index certificate_of_host on host_certificate (host_id, enrolment);

-- A signature that asks for a renewal counts once.
create table renewal_nonce (
    host_id uuid not null references host (id),
    nonce uuid not null,
    at timestamptz not null,
    primary key (host_id, nonce)
);

-- Hosts of before keep what they have: a token was enough to be confirmed then.
insert into host_identity (host_id, enrolment, fingerprint, expected_serial, found_serial, confirmed_at, access_version, access_told)
select id, 1, '', '', '', case when state in ('Enrolled', 'Verifying') then null else since end, 1,
       case when topics_ready then 1 else 0 end
from host;
insert into host_certificate (serial, host_id, enrolment, fingerprint, pem, ends_at)
select certificate_serial, id, 1, '', '', certificate_ends from host;
drop index host_without_topics;
alter table host
    drop column topics_ready,
    drop column certificate_serial,
    drop column certificate_ends;

-- begun_at is when the incarnation said its first word: an older incarnation that speaks later is a second agent.
alter table host_liveness
    add column instance text not null default '',
    add column begun_at timestamptz;
update host_liveness set begun_at = reported_at;
alter table host_liveness alter column begun_at set not null;
