-- Why everything is in its state, for programs. What is here already came into its state before reasons had codes; what runs does so for
-- the one reason there is.
alter table host add column code text;
update host set code = case state when 'InService' then 'WORKING' else 'BEFORE_CODES' end;
alter table host alter column code set not null;
alter table gpu add column code text;
update gpu set code = case state when 'Healthy' then 'HEALTHY_BEFORE' else 'BEFORE_CODES' end;
alter table gpu alter column code set not null;
alter table lease add column code text;
update lease set code = case state when 'Granted' then 'PLACED' else 'BEFORE_CODES' end;
alter table lease alter column code set not null;
alter table lease add column since timestamptz;
update lease set since = coalesce(ended_at, granted_at);
alter table lease alter column since set not null;

-- What the work is taken to do: what its host said last, or that nobody knows while the host is silent. since is by our clock.
alter table workload
    add column shown_state text,
    add column shown_code text,
    add column shown_reason text,
    add column shown_since timestamptz;
update workload w set
    shown_state = case when lately.is_silent then 'UNKNOWN' else w.state end,
    shown_code = case when w.state = 'RUNNING' and not lately.is_silent then 'HASHING' else 'BEFORE_CODES' end,
    shown_reason = w.reason,
    shown_since = w.since
from (select l.id, exists (select from workload_observation o where o.lease_id = l.id and o.state = 'UNKNOWN') as is_silent
      from lease l) lately
where lately.id = w.lease_id;

-- Every move of every machine, written with the move itself.
create table transition (
    seq bigint generated always as identity primary key,
    kind text not null check (kind in ('HOST', 'GPU', 'LEASE', 'WORKLOAD')),
    -- the id of the host, GPU or lease; of a workload that of its lease, a slash, and that of its GPU
    subject text not null,
    from_state text,
    to_state text not null,
    code text not null,
    detail text not null,
    actor_kind text not null check (actor_kind in ('PERSON', 'AUTOMATION', 'HOST')),
    actor text not null,
    at timestamptz not null
);
create index transition_newest on transition (kind, subject, seq desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: nobody may % it', tg_table_name, lower(tg_op);
end $$;
create trigger transition_is_append_only before update or delete on transition
    for each row execute function refuse_change();
create trigger transition_is_never_emptied before truncate on transition
    for each statement execute function refuse_change();

-- Where everything stands now, as its own table says it.
create view standing_now as
    select 'HOST' as kind, id::text as subject, state, code from host
    union all select 'GPU', gpu_id, state, code from gpu
    union all select 'LEASE', id::text, state, code from lease
    union all select 'WORKLOAD', lease_id || '/' || gpu_id, shown_state, shown_code from workload
        where shown_state is not null;

insert into transition (kind, subject, to_state, code, detail, actor_kind, actor, at)
    select kind, subject, state, code, 'known from here on', 'AUTOMATION', 'migration', now() from standing_now;

-- What must never be there: things whose newest line is not where they stand, and lines that do not follow from the one before.
create view transition_contradiction as
    select n.kind, n.subject, 'stands in ' || n.state || ' (' || n.code || '), its newest line says '
        || coalesce(t.to_state || ' (' || t.code || ')', 'nothing') as contradiction
    from standing_now n left join lateral (
        select to_state, code from transition t
        where t.kind = n.kind and t.subject = n.subject order by seq desc limit 1) t on true
    where (t.to_state, t.code) is distinct from (n.state, n.code)
    union all
    select kind, subject, 'line ' || seq || ' leaves ' || coalesce(from_state, 'nothing') || ', the one before it led to '
        || coalesce(led_to, 'nothing')
    from (select *, lag(to_state) over (partition by kind, subject order by seq) as led_to from transition) lines
    where from_state is distinct from led_to;

-- What concerns the platform as a whole has no host.
alter table incident alter column host drop not null;
drop index one_open_incident_per_kind;
create unique index one_open_incident_per_kind on incident (host, kind) nulls not distinct where acknowledged is null;
