-- Every state that a rental has been in, and every reason for it, for its customer to read.
create table rental_transition (
    seq bigint generated always as identity primary key,
    rental_id uuid not null references rental (id),
    at timestamptz not null,
    state text not null,
    reason text not null,
    mover text not null,
    next_step text not null
);
create index rental_transition_newest on rental_transition (rental_id, seq desc);
insert into rental_transition (rental_id, at, state, reason, mover, next_step)
    select id, since, state, reason, mover, 'known from here on' from rental;
