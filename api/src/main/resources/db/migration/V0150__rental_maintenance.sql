-- What was announced of the hosts of rentals; a withdrawal may come before its announcement and has no time then.
create table rental_maintenance (
    rental_id uuid not null references rental (id),
    lease_id uuid not null,
    window_id uuid not null,
    starts_at timestamptz,
    reason text not null default '',
    consequence text not null default '',
    is_withdrawn boolean not null default false,
    primary key (rental_id, lease_id, window_id)
);
