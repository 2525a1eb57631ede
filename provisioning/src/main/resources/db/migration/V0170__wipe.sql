-- A GPU stays allocated after its lease until its host says that nothing of the lease is left, or is set aside for it.
-- wipe_by: set when the lease ends; silence until then means that the host is set aside
-- wipe_ended_at: when the host said how the wipe ended
alter table gpu_allocation add column wipe_by timestamptz;
alter table gpu_allocation add column wipe_ended_at timestamptz;
create index allocation_to_wipe on gpu_allocation (wipe_by) where released_at is null and wipe_by is not null;
