-- How full the times are: seats offered and taken by branch, day and hour, counted together with the visits of the
-- day (0012). What counts as offered and as taken says src/statistics/occupancy.ts.

create table seat_count (
  branch_id integer references branch,                       -- null: all branches together
  day date not null,                                         -- of the seat's start, in the institution's time zone
  hour smallint check (hour between 0 and 23),               -- of the start; null: the whole day together
  offered integer not null,
  taken integer not null check (taken <= offered),
  unique nulls not distinct (branch_id, day, hour)
);
create index seat_count_of_day on seat_count (day, branch_id) where hour is null;

-- Seats come and go by the thousand: the first and the last of each branch and day of the world's clock lie on every
-- day of the institution's clock that the others lie on.
create function seats_changed() returns trigger language plpgsql as $$
begin
  insert into visit_count_due (branch_id, starts_at)
    select branch_id, unnest(array[min(starts_at), max(starts_at)]) from changed
    group by branch_id, date_trunc('day', starts_at, 'UTC')
    order by 2, 1;
  return null;
end $$;
create trigger seat_added after insert on seat
  referencing new table as changed for each statement execute function seats_changed();
create trigger seat_removed after delete on seat
  referencing old table as changed for each statement execute function seats_changed();

-- Only statements that name the column: a hold or a booking never comes here.
create function seat_withdrawn() returns trigger language plpgsql as $$
begin
  insert into visit_count_due (branch_id, starts_at) values (new.branch_id, new.starts_at);
  return null;
end $$;
create trigger seat_withdrawn after update of withdrawn_at on seat
  for each row when (old.withdrawn_at is distinct from new.withdrawn_at) execute function seat_withdrawn();

-- Whatever takes or frees a seat changes its visit; a visit that moves to another desk at the same time does it, too.
drop trigger visit_changed on visit;
create trigger visit_changed
  after update of state, state_reason, branch_id, topic_id, seat_id, starts_at, waiting_since, started_at, ended_at
  on visit
  for each row
  when ((old.state, old.state_reason, old.branch_id, old.topic_id, old.seat_id, old.starts_at, old.waiting_since,
      old.started_at, old.ended_at) is distinct from (new.state, new.state_reason, new.branch_id, new.topic_id,
      new.seat_id, new.starts_at, new.waiting_since, new.started_at, new.ended_at))
  execute function visit_changed();

insert into visit_count_due (branch_id, starts_at)
  select branch_id, unnest(array[min(starts_at), max(starts_at)]) from seat
  group by branch_id, date_trunc('day', starts_at, 'UTC')
  order by 2, 1;
