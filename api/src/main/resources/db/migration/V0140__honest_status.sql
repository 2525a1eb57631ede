-- The code of each reason that a rental ever had; it follows from the state and from whose move it was.
alter table rental_transition add column code text;
update rental_transition set code = case state
    when 'Requested' then 'FUNDING_AWAITED'
    when 'Funded' then 'GPUS_AWAITED'
    when 'Placed' then 'HOST_PREPARES'
    when 'Active' then 'HASHING'
    when 'Degraded' then case mover
        when 'POOL' then 'NO_POOL_GIVES_WORK'
        when 'NETWORK' then 'HOST_SILENT'
        when 'CUSTOMER' then 'ORDER_WRONG'
        else 'WORK_INTERRUPTED' end
    when 'Paused' then 'PAUSED'
    when 'Suspended' then 'BALANCE_SPENT'
    when 'Relocating' then 'LEASE_LOST'
    when 'Ending' then 'END_ASKED'
    when 'Ended' then 'ENDED'
    when 'Rejected' then 'FUNDING_REFUSED'
    else 'NOT_DELIVERED' end;
alter table rental_transition alter column code set not null;

-- How provisioning says that hosts and GPUs stand; null until it says so.
alter table fleet_host add column standing jsonb;
alter table fleet_gpu add column standing jsonb;
