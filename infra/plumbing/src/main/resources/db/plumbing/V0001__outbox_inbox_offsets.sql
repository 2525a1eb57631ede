-- Kafka and the database never disagree: what is to be said is written with the row, what was heard is noted with its effect.
create table outbox (
    seq bigint generated always as identity primary key,
    topic text not null,
    key text not null,
    headers jsonb not null default '{}',
    value bytea,
    created timestamptz not null default now()
);

create sequence envelope_sequence;

-- Second copies of a message have no effect, for ever.
create table inbox (
    consumer text not null,
    message_id uuid not null,
    received timestamptz not null default now(),
    primary key (consumer, message_id)
);

-- The truth about how far a consumer has read; Kafka's own offsets are only for lag dashboards.
create table consumer_offset (
    consumer text not null,
    topic text not null,
    part int not null,
    next_offset bigint not null,
    primary key (consumer, topic, part)
);

-- Answers to requests that carried an Idempotency-Key, stored with their effect.
create table idempotent_request (
    scope text not null,
    key text not null,
    body_sha256 bytea not null,
    status int not null,
    location text,
    entity text not null,
    created timestamptz not null default now(),
    primary key (scope, key)
);
