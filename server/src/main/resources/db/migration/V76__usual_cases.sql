-- The cases behind how long a step usually takes, as they were counted: the last in which it was done, and those in which it
-- took longest.

alter table usual_duration
    add column recent  bigint[] not null default '{}',
    add column slowest bigint[] not null default '{}';
