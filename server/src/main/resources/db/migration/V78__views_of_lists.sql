-- A kept view is of the tower, or of another page whose filters stand in its address. Only the tower's come as digests.
alter table saved_view
    add column page text not null default 'tower'
        constraint saved_view_page check (page in ('tower', 'cases', 'ledger'));
