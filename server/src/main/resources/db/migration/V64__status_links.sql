-- A link by which one only sees where a case stands, whatever waits for the person in it.
alter table guest_link add column look_only boolean not null default false;
