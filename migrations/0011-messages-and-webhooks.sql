-- Messages: the page lists them by when they left, or will be tried next.
create index message_by_time on message (coalesce(finished_at, due_at), id);
create index message_troubled on message (coalesce(finished_at, due_at), id)
  where state in ('dead', 'undelivered', 'expired');

-- What each process that sends messages last saw of a channel's provider.
create table channel_watch (
  worker_id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  provider text not null,
  seen_at timestamptz not null,
  stopped_at timestamptz,
  paused_until timestamptz,                                  -- the breaker is open until then
  pauses integer not null default 0,                         -- since the provider last answered
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure text,                                         -- codes only
  primary key (worker_id, channel)
);

-- The institution's other systems ------------------------------------------------------------------

alter table backoffice_entry
  add column reference text,
  add column routed_at timestamptz;                          -- when it was given to the endpoints of its kind
update backoffice_entry set reference = application.reference
  from application where application.id = backoffice_entry.subject_id;
update backoffice_entry set reference = profile_confirmation.reference
  from profile_confirmation where profile_confirmation.id = backoffice_entry.subject_id;
alter table backoffice_entry alter column reference set not null;
create index backoffice_entry_unrouted on backoffice_entry (created_at) where routed_at is null;
create index backoffice_entry_open on backoffice_entry (created_at, id) where state <> 'taken';
create index backoffice_entry_created on backoffice_entry (created_at);

create table webhook_endpoint (
  id uuid primary key,
  url text not null,
  description text not null,
  kinds text[] not null,
  version integer not null default 1,                        -- raised by each change of the form
  secret bytea not null,                                     -- sealed
  old_secret bytea,                                          -- sealed; signs, too, until the overlap ends
  old_secret_until timestamptz,
  paused_at timestamptz,
  paused_by text check (paused_by in ('staff', 'gone')),     -- 'gone': it answered 410
  created_at timestamptz not null,
  removed_at timestamptz,
  check ((paused_at is null) = (paused_by is null)),
  check ((old_secret is null) = (old_secret_until is null))
);

-- One entry on its way to one endpoint. A test event has no entry.
create table webhook_delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhook_endpoint,
  entry_id uuid references backoffice_entry,
  state text not null default 'queued' check (state in ('queued', 'sending', 'delivered', 'failed', 'withdrawn')),
  due_at timestamptz not null,                               -- next try, or the end of the lease
  attempts integer not null default 0,                       -- since it was last begun anew
  give_up_at timestamptz not null,
  last_error text,                                           -- a code
  created_at timestamptz not null,
  finished_at timestamptz,
  unique (endpoint_id, entry_id)
);
create index webhook_delivery_due on webhook_delivery (endpoint_id, due_at) where state in ('queued', 'sending');
create index webhook_delivery_entry on webhook_delivery (entry_id);
create index webhook_delivery_failed on webhook_delivery (endpoint_id) where state = 'failed';
create index webhook_delivery_log on webhook_delivery (endpoint_id, created_at, id);

-- Every request that was made, with what was answered.
create table webhook_attempt (
  id uuid primary key,
  delivery_id uuid not null references webhook_delivery on delete cascade,
  at timestamptz not null,
  duration_ms integer not null,
  status integer,
  error text,                                                -- a code
  excerpt bytea                                              -- sealed: the first words of the answer, without personal data
);
create index webhook_attempt_delivery on webhook_attempt (delivery_id, at);
create index webhook_attempt_at on webhook_attempt (at);
