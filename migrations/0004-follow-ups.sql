-- How often an interpreter's invitation was taken back: links of older ones stay dead.
alter table visit add column interpreter_withdrawals integer not null default 0;

-- One visit leads to one more at most; the summary of a visit finds it without looking through all.
create unique index visit_follow_up on visit (follow_up_of) where follow_up_of is not null and state <> 'cancelled';
