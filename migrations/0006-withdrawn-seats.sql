-- A booked seat that the schedule no longer contains: its visit stands and waits for a new time.
-- Free seats that the schedule no longer contains are deleted.
alter table seat add column withdrawn_at timestamptz;
create index seat_withdrawn on seat (branch_id, starts_at) where withdrawn_at is not null;
