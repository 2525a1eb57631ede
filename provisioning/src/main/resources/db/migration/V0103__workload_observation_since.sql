-- So that what is said next is never older than what was said before.
alter table workload_observation add column since timestamptz;
update workload_observation o set since = (select max(w.since) from workload w where w.lease_id = o.lease_id);
update workload_observation set since = to_timestamp(0) where since is null;
alter table workload_observation alter column since set not null;
