-- Whether most of the fleet looks dead, which more likely means that we do not hear; one row.
create table fleet_brake (
    id boolean primary key default true check (id),
    engaged boolean not null,
    since timestamptz not null,
    reason text not null
);

-- What automations did to hosts lately, and which of them wait for a person.
create table automation_act (
    automation text not null,
    host_id uuid not null references host (id),
    at timestamptz not null,
    primary key (automation, host_id)
);
create index automation_act_recent on automation_act (automation, at);
create table automation_pause (
    automation text primary key,
    since timestamptz not null,
    reason text not null
);
