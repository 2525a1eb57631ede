-- Since when, without a break, a GPU has hashed too little below what its burn-in measured; no row for one that does not.
create table gpu_slowness (
    gpu_id text primary key references gpu (gpu_id),
    since timestamptz not null,
    last_at timestamptz not null,
    samples int not null check (samples > 0)
);
