-- what a GPU was measured to hash in its burn-in; goes and comes with the GPU
create table fleet_gpu_rate (
    host_id uuid not null,
    gpu_id text not null,
    algorithm text not null,
    median_hs bigint not null,
    low_hs bigint not null,
    high_hs bigint not null,
    measured_at timestamptz not null,
    primary key (host_id, gpu_id, algorithm),
    foreign key (host_id, gpu_id) references fleet_gpu on delete cascade
);
