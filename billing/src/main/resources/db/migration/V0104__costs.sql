-- The last cost of each rental; what it says is what its USAGE_CHARGED entries sum to.
create table rental_cost (
    rental_id uuid primary key references hold,
    version bigint not null,
    proven_seconds bigint not null check (proven_seconds >= 0),
    cost bigint not null check (cost >= 0),
    accepted bigint not null,
    rejected bigint not null,
    metered_until timestamptz not null,
    usage_version bigint not null,
    rated_at timestamptz not null
);
