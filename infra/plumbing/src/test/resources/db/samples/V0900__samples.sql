-- What the handlers of these tests did: an effect that goes with its transaction.
create table effect (
    id bigint generated always as identity primary key,
    consumer text not null,
    what text not null
);
