-- What the visits came to, by branch, day and topic: counted anew a moment after one of them changes, so that a
-- year of a million visits is a few thousand rows. A visit that is deleted stays counted: figures hold no person.

create table visit_count (
  branch_id integer references branch,                       -- null: all branches together
  day date not null,                                         -- of the visit's time, in the institution's time zone
  topic_id integer not null references topic,
  booked integer not null,                                   -- all of them, whatever became of them
  completed integer not null,
  ended_early integer not null,
  cancelled_by_client integer not null,
  cancelled_by_institution integer not null,
  missed_by_client integer not null,
  missed_by_institution integer not null,
  spreads jsonb not null,                                    -- measure -> value -> visits: src/statistics/counted.ts
  unique nulls not distinct (branch_id, day, topic_id)
);
create index visit_count_day on visit_count (day);

-- Where something changed since it was counted. Only ever added to by those who change visits: they never wait
-- for each other nor for the counting.
create table visit_count_due (
  id bigint generated always as identity primary key,
  branch_id integer not null,
  starts_at timestamptz not null
);

create function visits_added() returns trigger language plpgsql as $$
begin
  insert into visit_count_due (branch_id, starts_at) select distinct branch_id, starts_at from added
    order by starts_at, branch_id;  -- marks of one day lie together, so that they are counted together
  return null;
end $$;
create trigger visit_added after insert on visit
  referencing new table as added for each statement execute function visits_added();

create function visit_changed() returns trigger language plpgsql as $$
begin
  insert into visit_count_due (branch_id, starts_at) values (new.branch_id, new.starts_at);
  if (old.branch_id, old.starts_at) is distinct from (new.branch_id, new.starts_at) then
    insert into visit_count_due (branch_id, starts_at) values (old.branch_id, old.starts_at);
  end if;
  return null;
end $$;
create trigger visit_changed
  after update of state, state_reason, branch_id, topic_id, starts_at, waiting_since, started_at, ended_at on visit
  for each row
  when ((old.state, old.state_reason, old.branch_id, old.topic_id, old.starts_at, old.waiting_since, old.started_at,
      old.ended_at) is distinct from (new.state, new.state_reason, new.branch_id, new.topic_id, new.starts_at,
      new.waiting_since, new.started_at, new.ended_at))
  execute function visit_changed();

insert into visit_count_due (branch_id, starts_at) select distinct branch_id, starts_at from visit
  order by starts_at, branch_id;

-- Searches that showed no free time at all. No person: a day, and the first three digits of the postal code.
create table unmet_search (
  day date not null,
  branch_id integer not null references branch,
  topic_id integer not null references topic,
  area text not null check (area ~ '^([0-9]{3})?$'),         -- '' when the branch was chosen from the list
  searches integer not null,
  primary key (day, branch_id, topic_id, area)
);

create index rating_week on rating (week, branch_id, topic_id, score);

-- The audit record is searched by what was done, and where
create index audit_entry_action on audit_entry (action, at);
create index audit_entry_branch on audit_entry (branch_id, at) where branch_id is not null;
