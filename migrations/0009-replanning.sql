-- Until then the client is asked to choose another time; the visit stands meanwhile.
alter table visit add column choose_until timestamptz;
create index visit_choosing on visit (branch_id) where choose_until is not null and state = 'booked';

-- What somebody decided about visits that lost their desk, sent together. The id comes with the form.
create table replan_run (
  id uuid primary key,
  branch_id integer not null references branch,
  staff_id integer not null references staff,
  created_at timestamptz not null
);
create index replan_run_branch on replan_run (branch_id, created_at);

-- Seats are not referred to: free ones are deleted when the schedule changes.
create table replan_decision (
  run_id uuid not null references replan_run on delete cascade,
  visit_id uuid not null references visit on delete cascade,
  kind text not null check (kind in ('move', 'offer', 'cancel')),
  -- Of a move: the seat that is wanted and its time
  seat_id bigint,
  starts_at timestamptz,
  state text not null default 'wanted'
    check (state in ('wanted', 'done', 'refused', 'dropped', 'undone')),
  -- Why it was refused, or why it could not be undone
  reason text,
  done_at timestamptz,
  -- The client hears of it from then on; until then it can be undone
  undo_until timestamptz,
  -- What was before
  from_seat_id bigint,
  from_starts_at timestamptz,
  from_choose_until timestamptz,
  from_version integer,
  -- The visit's schedule version since
  schedule_version integer,
  primary key (run_id, visit_id),
  check ((kind = 'move') = (starts_at is not null)),
  check ((state in ('done', 'undone')) = (done_at is not null))
);
create index replan_decision_wanted on replan_decision (run_id) where state = 'wanted';
create index replan_decision_visit on replan_decision (visit_id);
