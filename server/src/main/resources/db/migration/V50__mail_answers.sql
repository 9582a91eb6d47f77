-- From whom a mail came, and whether it was answered: how many answers one address gets in an hour, and how many cases it
-- starts in a day. outcome 8: it was to start a case, and may not.
alter table mail_seen add column sender text, add column answered boolean not null default false;
create index mail_seen_sender on mail_seen (sender, at) where sender is not null;
