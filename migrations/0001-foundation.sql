-- The institution, its times, bookings, visits, messages and staff.
-- Every instant is timestamptz; "now" always comes from the caller, so that a test can move the clock.
create extension if not exists btree_gist;

-- The institution and its places -------------------------------------------------------------------

create table institution (
  only_one boolean primary key default true check (only_one),
  time_zone text not null,
  phone_e164 text not null,
  texts jsonb not null,      -- language -> { name, short, address, phone, phoneHours, profileName, site }
  settings jsonb not null    -- booking rules, see src/institution/institution-data.ts
);

create table legal_text (
  kind text not null check (kind in ('privacy', 'recording', 'rules')),
  version text not null,
  language text not null check (language in ('pl', 'en', 'uk')),
  body text not null,
  valid_from date not null,
  primary key (kind, version, language)
);

create table branch (
  id integer generated always as identity primary key,
  code text not null unique,
  name text not null,
  city text not null,
  address text,
  postal_code text,
  phone text,
  active boolean not null default true,
  -- the demonstration branch with desks round the clock; never present in production
  sample boolean not null default false
);

create table postal_area (
  prefix text primary key check (prefix ~ '^[0-9]{1,5}$'),
  branch_id integer not null references branch
);

create table topic (
  id integer generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9-]*$'),
  position smallint not null,
  routing text not null check (routing in ('postal', 'manual')),
  address_of text not null check (address_of in ('home', 'firm')),
  requires_identity boolean not null default false,
  active boolean not null default true,
  texts jsonb not null       -- language -> { name, hint, prepare[] }
);

create table desk (
  id integer generated always as identity primary key,
  branch_id integer not null references branch,
  name text not null,
  active boolean not null default true,
  unique (branch_id, name)
);

create table desk_topic (
  desk_id integer not null references desk on delete cascade,
  topic_id integer not null references topic,
  primary key (desk_id, topic_id)
);

create table desk_window (
  id integer generated always as identity primary key,
  desk_id integer not null references desk on delete cascade,
  weekday smallint not null check (weekday between 1 and 7), -- ISO: 1 is Monday
  opens time not null,
  closes time not null check (closes > opens),
  breaks jsonb not null default '[]',                        -- [["11:05", "11:35"]]
  visit_minutes smallint not null check (visit_minutes > 0),
  buffer_minutes smallint not null check (buffer_minutes >= 0),
  valid_from date not null,
  valid_to date,
  on_holidays boolean not null default false
);

create table closure (
  id integer generated always as identity primary key,
  branch_id integer references branch,                       -- null: the whole institution
  day date not null,
  reason text not null
);

-- Claims on time -----------------------------------------------------------------------------------

create type seat_state as enum ('free', 'held', 'booked');

-- One desk at one start time: the only thing that is ever claimed. One row changes state; nothing is
-- checked twice. The exclusion constraint is the backstop: overlap is impossible in the database.
create table seat (
  id bigint generated always as identity primary key,
  desk_id integer not null references desk,
  branch_id integer not null references branch,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  state seat_state not null default 'free',
  held_until timestamptz,
  hold_id uuid,
  claimable_from timestamptz,                                -- a freed seat returns after a random delay
  check ((state = 'held') = (held_until is not null and hold_id is not null)),
  unique (desk_id, starts_at),
  exclude using gist (desk_id with =, tstzrange(starts_at, ends_at) with &&)
) with (fillfactor = 80);

-- What a person typed, kept while the seat is held and for a day after, sealed under the server's key.
create table hold (
  id uuid primary key,
  owner_hash bytea not null,                                 -- of the browser's or the API client's secret
  seat_id bigint not null references seat on delete cascade,
  branch_id integer not null references branch,
  topic_id integer not null references topic,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  held_until timestamptz not null,
  extended boolean not null default false,
  postal_code text,
  language text not null check (language in ('pl', 'en', 'uk')),
  answers bytea,
  visit_id uuid,
  created_at timestamptz not null
);
create index hold_created_at on hold (created_at);
create index hold_seat on hold (seat_id);
-- A newer hold releases the older ones of the same owner: found by their owner in every claim.
create index hold_owner on hold (owner_hash) where visit_id is null;

-- Staff --------------------------------------------------------------------------------------------

create table staff (
  id integer generated always as identity primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text not null,
  role text not null check (role in ('officer', 'supervisor', 'administrator', 'inspector')),
  branch_id integer references branch,                       -- null: all branches
  active boolean not null default true,
  failed_attempts smallint not null default 0,
  locked_until timestamptz
);

create table staff_topic (
  staff_id integer not null references staff on delete cascade,
  topic_id integer not null references topic,
  primary key (staff_id, topic_id)
);

create table staff_session (
  token_hash bytea primary key,
  staff_id integer not null references staff on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);

-- Visits -------------------------------------------------------------------------------------------

create type visit_state as enum
  ('booked', 'waiting', 'in_progress', 'completed', 'ended_early', 'cancelled', 'missed');

create table visit (
  id uuid primary key,
  number text not null unique check (number ~ '^EW-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  seat_id bigint not null references seat,
  branch_id integer not null references branch,
  topic_id integer not null references topic,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  state visit_state not null default 'booked',
  -- cancelled, missed: 'client' or 'institution'; ended_early: a coded reason
  state_reason text,
  state_changed_at timestamptz not null,
  language text not null check (language in ('pl', 'en', 'uk')),
  client bytea not null,                                     -- sealed: names, phone, e-mail, guardian
  phone_hash bytea not null,
  email_hash bytea not null,
  has_guardian boolean not null,
  recording_consent boolean not null,
  link_version integer not null default 1,                   -- raised to revoke every link of the visit
  schedule_version integer not null default 1,               -- raised by each move: old reminders die
  booked_at timestamptz not null,
  waiting_since timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  officer_id integer references staff,
  closing_note bytea,                                        -- sealed: the officer's words to the client
  staff_note bytea,                                          -- sealed: the client never sees it
  check ((state in ('cancelled', 'missed', 'ended_early')) = (state_reason is not null))
);
create unique index visit_active_seat on visit (seat_id) where state <> 'cancelled';
create index visit_active_phone on visit (phone_hash) where state in ('booked', 'waiting', 'in_progress');
create index visit_active_email on visit (email_hash) where state in ('booked', 'waiting', 'in_progress');
create index visit_branch_day on visit (branch_id, starts_at);
create index visit_open on visit (ends_at) where state in ('booked', 'waiting', 'in_progress');
alter table hold add foreign key (visit_id) references visit;

create table consent (
  visit_id uuid not null references visit on delete cascade,
  kind text not null check (kind in ('privacy', 'recording', 'guardian')),
  version text not null,
  language text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (visit_id, kind)
);

-- Who is in a visit's room right now: one row a live socket. Rows of a process that stopped counting
-- its own heartbeat are ignored and swept.
create table server_process (
  id uuid primary key,
  seen_at timestamptz not null
);

create table presence (
  connection_id uuid primary key,
  process_id uuid not null references server_process on delete cascade,
  visit_id uuid not null references visit on delete cascade,
  participant text not null check (participant in ('client', 'guardian', 'officer')),
  page_id text not null,                                     -- random per page load
  tab_id text not null,                                      -- random per tab, kept through reloads
  ready boolean not null default false,                      -- has accepted the invitation into the call
  since timestamptz not null
);
create index presence_visit on presence (visit_id);

-- Signalling messages that do not fit into a notice (8000 bytes) pass through here.
create table large_notice (
  id bigint generated always as identity primary key,
  body text not null,
  created_at timestamptz not null
);

-- Messages -----------------------------------------------------------------------------------------

create type message_state as enum
  ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'skipped', 'expired', 'dead');

-- The outbox: written in the transaction of what it tells about. Holds no address and no text; both are
-- read from the visit when the message is sent.
create table message (
  id uuid primary key,
  visit_id uuid not null references visit on delete cascade,
  kind text not null,
  channel text not null check (channel in ('email', 'sms')),
  schedule_version integer not null,
  copy integer not null default 0,                           -- raised when a person asks for it again
  details jsonb,
  state message_state not null default 'queued',
  due_at timestamptz not null,                               -- next try; moved on by back-off
  useless_after timestamptz not null,
  leased_until timestamptz,
  attempts smallint not null default 0,
  provider text,
  provider_id text,
  last_error text,
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (visit_id, kind, schedule_version, copy)
) with (fillfactor = 80);
-- A channel finds its due messages without walking past those of another one whose provider is down.
create index message_due_by_channel on message (channel, due_at) where state in ('queued', 'sending');
create index message_provider_id on message (provider_id) where provider_id is not null;

-- Demonstration only: what the built-in receiver took in, for the mailbox page.
create table mailbox_item (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  channel text not null check (channel in ('email', 'sms')),
  recipient text not null,
  sender text not null,
  subject text not null,
  html text,
  text text not null,
  message_id text
);
