-- The visit in full: who may be in it, what is checked, said, warned of and settled in it.

alter table visit
  add column interpreter bytea,                              -- sealed: name of the invited interpreter
  add column extended_minutes smallint not null default 0 check (extended_minutes >= 0),
  -- what the officer asks the client to do right now; the client's page shows it
  add column asked text check (asked in ('face', 'front', 'back', 'closer', 'glare', 'still', 'share')),
  -- how the recording stands, as recording/ says; what needs a recorded visit is refused by it
  add column recording_state text not null default 'off'
    check (recording_state in ('off', 'starting', 'on', 'interrupted', 'paused', 'unrecorded')),
  add column follow_up_of uuid references visit,
  add column rated boolean not null default false;

alter table presence drop constraint presence_participant_check;
alter table presence add constraint presence_participant_check
  check (participant in ('client', 'guardian', 'interpreter', 'officer'));

-- What the device check of the client found last; measured values and verdicts, no personal data.
create table device_check (
  visit_id uuid primary key references visit on delete cascade,
  checked_at timestamptz not null,
  verdict text not null check (verdict in ('ok', 'warning', 'failed', 'unknown')),
  results jsonb not null                                     -- contract/device-check.ts
);

-- The officer's desk -------------------------------------------------------------------------------

-- Whose day page is open: an officer who is there takes waiting people, unless on a break.
create table desk_watch (
  connection_id uuid primary key,
  process_id uuid not null references server_process on delete cascade,
  staff_id integer not null references staff on delete cascade,
  branch_id integer not null references branch,
  since timestamptz not null
);
create index desk_watch_branch on desk_watch (branch_id);
alter table staff add column on_break boolean not null default false;

-- An officer's own word on lateness; the newest one of the branch counts while it is fresh.
create table late_notice (
  id bigint generated always as identity primary key,
  branch_id integer not null references branch,
  staff_id integer not null references staff,
  minutes smallint not null check (minutes between 0 and 240),
  said_at timestamptz not null
);
create index late_notice_branch on late_notice (branch_id, said_at);

-- Said and warned ----------------------------------------------------------------------------------

create table chat_message (
  id uuid primary key,                                       -- made by the page: sending again changes nothing
  visit_id uuid not null references visit on delete cascade,
  position integer not null,
  author text not null check (author in ('client', 'guardian', 'interpreter', 'officer')),
  body bytea not null,                                       -- sealed
  sent_at timestamptz not null,
  unique (visit_id, position)
);

create table warning (
  id uuid primary key,
  visit_id uuid not null references visit on delete cascade,
  reason text not null check (reason in ('third_person', 'public_place', 'noise', 'left_view', 'camera_off',
    'client_recording', 'behaviour', 'picture')),
  staff_id integer not null references staff,
  given_at timestamptz not null,
  seen_at timestamptz                                        -- the client pressed "Rozumiem"
);
create index warning_visit on warning (visit_id);

-- Identity and what was settled --------------------------------------------------------------------

-- A result is never changed: it is undone with a reason, and another one may follow.
create table identity_check (
  id uuid primary key,
  visit_id uuid not null references visit on delete cascade,
  staff_id integer not null references staff,
  result text not null check (result in ('confirmed', 'not_confirmed', 'not_needed')),
  document text check (document in ('idCard', 'passport', 'residenceCard', 'drivingLicence', 'mobile', 'foreign')),
  reason text check (reason in ('face', 'data', 'expired', 'unreadable', 'none', 'refused')),
  decided_at timestamptz not null,
  undone_at timestamptz,
  undone_by integer references staff,
  undone_reason bytea,                                       -- sealed: the officer's words
  check ((result = 'confirmed') <= (document is not null)),
  check ((result = 'not_confirmed') = (reason is not null)),
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null))
);
create unique index identity_check_current on identity_check (visit_id) where undone_at is null;

-- What the visit was used for, beside applications and profile confirmations.
create table visit_matter (
  visit_id uuid not null references visit on delete cascade,
  matter text not null check (matter in ('general', 'forms', 'advice', 'profile_create')),
  primary key (visit_id, matter)
);

create table certificate_kind (
  code text primary key check (code ~ '^[a-z][a-z0-9-]*$'),
  position smallint not null,
  active boolean not null default true,
  texts jsonb not null                                       -- language -> name
);

create table application (
  id uuid primary key,                                       -- made by the page: sending again changes nothing
  visit_id uuid not null references visit,
  reference text not null unique check (reference ~ '^WZ-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  kind_code text not null references certificate_kind,
  purpose bytea not null,                                    -- sealed
  staff_id integer not null references staff,
  accepted_at timestamptz not null
);
create index application_visit on application (visit_id);

create table profile_confirmation (
  visit_id uuid primary key references visit,
  id uuid not null unique,
  reference text not null unique check (reference ~ '^PP-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  staff_id integer not null references staff,
  confirmed_at timestamptz not null
);

-- What the institution's other systems are to be told, written in the transaction of what it tells about.
create table backoffice_entry (
  id uuid primary key,
  kind text not null check (kind in ('application', 'profile_confirmation')),
  subject_id uuid not null unique,
  branch_id integer not null references branch,
  created_at timestamptz not null,
  state text not null default 'queued' check (state in ('queued', 'taken', 'failed')),
  taken_at timestamptz
);

-- Anonymous: nothing leads from a rating to its visit, not even its time.
create table rating (
  id uuid primary key,
  branch_id integer not null references branch,
  topic_id integer not null references topic,
  week date not null,                                        -- the Monday of the visit's week
  score smallint not null check (score between 1 and 5),
  settled text check (settled in ('yes', 'partly', 'no')),
  comment bytea                                              -- sealed
);
