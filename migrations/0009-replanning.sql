-- A desk, or a whole branch (no desk), that is not there for a while though the schedule says so: the seats
-- within are withdrawn, and none are made there until it is taken back.
create table absence (
  id uuid primary key,
  branch_id integer not null references branch,
  desk_id integer references desk,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text not null check (reason in ('absence', 'technical', 'closure')),
  staff_id integer not null references staff,
  reported_at timestamptz not null,
  taken_back_at timestamptz
);
create index absence_standing on absence (branch_id, ends_at) where taken_back_at is null;

-- Why the seat was withdrawn; null: the schedule no longer contains it.
alter table seat add column absence_id uuid references absence;
create index seat_absence on seat (absence_id) where absence_id is not null;

-- Until then the client is asked to choose another time; the visit stands meanwhile.
alter table visit add column choose_until timestamptz;

-- What somebody decided about visits that lost their desk, sent together. The id comes with the form.
create table replan_run (
  id uuid primary key,
  branch_id integer not null references branch,
  staff_id integer not null references staff,
  created_at timestamptz not null
);
create index replan_run_branch on replan_run (branch_id, created_at);

create table replan_decision (
  run_id uuid not null references replan_run on delete cascade,
  visit_id uuid not null references visit on delete cascade,
  kind text not null check (kind in ('move', 'offer', 'cancel')),
  -- Of a move: the seat that is wanted, its time, and what it takes the place of
  seat_id bigint references seat on delete set null,
  starts_at timestamptz,
  from_seat_id bigint references seat on delete set null,
  from_starts_at timestamptz,
  from_choose_until timestamptz,
  state text not null default 'wanted'
    check (state in ('wanted', 'done', 'refused', 'dropped', 'undone')),
  -- Why it was refused, or why it could not be undone
  reason text,
  done_at timestamptz,
  -- The client hears of it from then on; until then it can be undone
  undo_until timestamptz,
  -- Of the visit before and after
  from_version integer,
  schedule_version integer,
  primary key (run_id, visit_id),
  check ((kind = 'move') = (starts_at is not null)),
  check ((state in ('done', 'undone')) = (done_at is not null))
);
create index replan_decision_wanted on replan_decision (run_id) where state = 'wanted';
create index replan_decision_visit on replan_decision (visit_id);
