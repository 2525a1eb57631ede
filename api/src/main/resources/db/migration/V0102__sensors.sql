-- What a device tells beyond temperature and power; null where it offers none of it.
alter table gpu_sample add column sensors jsonb;
