-- Who did what outside the cases (in them it is the journal that says so): one row an act, written in the act's own
-- transaction. person acted, signed_in is who had signed in; about is on whom. Names of acts are those of the class Act.
create table audit (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null,
    person    text        not null,
    signed_in text        not null,
    program   boolean     not null,
    act       text        not null,
    about     text,
    subject   text,
    detail    text
);
create index audit_at on audit (at, id);

create function audit_only_grows() returns trigger language plpgsql as $$
begin
    raise exception 'what is on record stays as it is' using errcode = 'BT002';
end $$;
create trigger audit_only_grows before update or delete or truncate on audit
    for each statement execute function audit_only_grows();

-- What is known of the time before.
insert into audit (at, person, signed_in, program, act, subject, detail)
select deployed_at, deployed_by, deployed_by, false, 'PROCESS_DEPLOYED', key, 'version ' || version
from process order by deployed_at, id;
insert into audit (at, person, signed_in, program, act, subject, detail)
select created_at, created_by, created_by, false, 'POLICY_PUT', key, 'version ' || version
from policy order by created_at, key, version;
