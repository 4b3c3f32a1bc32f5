-- Made by npm run schema from migrations/: do not edit. CI compares it.

create type message_state as enum ('queued', 'sending', 'sent', 'delivered', 'undelivered', 'skipped', 'expired', 'dead');
create type seat_state as enum ('free', 'held', 'booked');
create type visit_state as enum ('booked', 'waiting', 'in_progress', 'completed', 'ended_early', 'cancelled', 'missed');

create table application (
  id uuid not null,
  visit_id uuid not null,
  reference text not null,
  kind_code text not null,
  purpose bytea,
  staff_id integer not null,
  accepted_at timestamp with time zone not null,
  constraint application_reference_check CHECK ((reference ~ '^WZ-[0-9A-Z]{4}-[0-9A-Z]{4}$'::text)),
  constraint application_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES certificate_kind(code),
  constraint application_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint application_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint application_pkey PRIMARY KEY (id),
  constraint application_reference_key UNIQUE (reference)
);

create table audit_cut (
  only_one boolean not null default true,
  "position" bigint not null,
  seal bytea not null,
  mac bytea not null,
  cut_at timestamp with time zone not null,
  constraint audit_cut_only_one_check CHECK (only_one),
  constraint audit_cut_pkey PRIMARY KEY (only_one)
);

create table audit_entry (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  actor text not null,
  staff_id integer,
  action text not null,
  subject_kind text,
  subject_id text,
  branch_id integer,
  details jsonb not null default '{}'::jsonb,
  constraint audit_entry_actor_check CHECK ((actor = ANY (ARRAY['staff'::text, 'client'::text, 'system'::text]))),
  constraint audit_entry_check CHECK (((actor = 'staff'::text) = (staff_id IS NOT NULL))),
  constraint audit_entry_check1 CHECK (((subject_kind IS NULL) = (subject_id IS NULL))),
  constraint audit_entry_pkey PRIMARY KEY (id)
);

create table audit_seal (
  "position" bigint not null,
  entry_id bigint not null,
  seal bytea not null,
  constraint audit_seal_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES audit_entry(id),
  constraint audit_seal_pkey PRIMARY KEY ("position"),
  constraint audit_seal_entry_id_key UNIQUE (entry_id)
);

create table backoffice_entry (
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  branch_id integer not null,
  created_at timestamp with time zone not null,
  state text not null default 'queued'::text,
  taken_at timestamp with time zone,
  reference text not null,
  routed_at timestamp with time zone,
  constraint backoffice_entry_kind_check CHECK ((kind = ANY (ARRAY['application'::text, 'profile_confirmation'::text]))),
  constraint backoffice_entry_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'taken'::text, 'failed'::text]))),
  constraint backoffice_entry_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint backoffice_entry_pkey PRIMARY KEY (id),
  constraint backoffice_entry_subject_id_key UNIQUE (subject_id)
);

create table backup_note (
  id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  snapshot text not null,
  place text not null,
  bytes bigint not null,
  recordings integer not null,
  problems integer not null,
  keys_fingerprint text not null,
  keys_kept text not null,
  constraint backup_note_keys_kept_check CHECK ((keys_kept = ANY (ARRAY['sealed'::text, 'apart'::text]))),
  constraint backup_note_kind_check CHECK ((kind = ANY (ARRAY['backup'::text, 'verify'::text, 'restore'::text]))),
  constraint backup_note_pkey PRIMARY KEY (id)
);

create table branch (
  id integer not null generated always as identity,
  code text not null,
  name text not null,
  city text not null,
  address text,
  postal_code text,
  phone text,
  active boolean not null default true,
  sample boolean not null default false,
  constraint branch_pkey PRIMARY KEY (id),
  constraint branch_code_key UNIQUE (code)
);

create table certificate_kind (
  code text not null,
  "position" smallint not null,
  active boolean not null default true,
  texts jsonb not null,
  constraint certificate_kind_code_check CHECK ((code ~ '^[a-z][a-z0-9-]*$'::text)),
  constraint certificate_kind_pkey PRIMARY KEY (code)
);

create table channel_watch (
  worker_id uuid not null,
  channel text not null,
  provider text not null,
  seen_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  paused_until timestamp with time zone,
  pauses integer not null default 0,
  last_success_at timestamp with time zone,
  last_failure_at timestamp with time zone,
  last_failure text,
  constraint channel_watch_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint channel_watch_pkey PRIMARY KEY (worker_id, channel)
);

create table chat_message (
  id uuid not null,
  visit_id uuid not null,
  "position" integer not null,
  author text not null,
  body bytea not null,
  sent_at timestamp with time zone not null,
  constraint chat_message_author_check CHECK ((author = ANY (ARRAY['client'::text, 'guardian'::text, 'interpreter'::text, 'officer'::text]))),
  constraint chat_message_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint chat_message_pkey PRIMARY KEY (id),
  constraint chat_message_visit_id_position_key UNIQUE (visit_id, "position")
);

create table closure (
  id integer not null generated always as identity,
  branch_id integer,
  first_day date not null,
  reason text not null,
  last_day date not null,
  desk_id integer,
  starts time without time zone,
  ends time without time zone,
  constraint closure_check CHECK ((last_day >= first_day)),
  constraint closure_check1 CHECK (((ends > starts) AND ((starts IS NULL) = (ends IS NULL)))),
  constraint closure_check2 CHECK (((desk_id IS NULL) OR (branch_id IS NOT NULL))),
  constraint closure_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint closure_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id) ON DELETE CASCADE,
  constraint closure_pkey PRIMARY KEY (id)
);

create table consent (
  visit_id uuid not null,
  kind text not null,
  version text not null,
  language text not null,
  given_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  label text not null,
  constraint consent_kind_check CHECK ((kind = ANY (ARRAY['privacy'::text, 'recording'::text, 'guardian'::text]))),
  constraint consent_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint consent_pkey PRIMARY KEY (visit_id, kind)
);

create table country_branch (
  country text not null,
  branch_id integer not null,
  constraint country_branch_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint country_branch_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint country_branch_pkey PRIMARY KEY (country)
);

create table desk (
  id integer not null generated always as identity,
  branch_id integer not null,
  name text not null,
  active boolean not null default true,
  constraint desk_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint desk_pkey PRIMARY KEY (id),
  constraint desk_branch_id_name_key UNIQUE (branch_id, name)
);

create table desk_topic (
  desk_id integer not null,
  topic_id integer not null,
  constraint desk_topic_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id) ON DELETE CASCADE,
  constraint desk_topic_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint desk_topic_pkey PRIMARY KEY (desk_id, topic_id)
);

create table desk_watch (
  connection_id uuid not null,
  process_id uuid not null,
  staff_id integer not null,
  branch_id integer not null,
  since timestamp with time zone not null,
  constraint desk_watch_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint desk_watch_process_id_fkey FOREIGN KEY (process_id) REFERENCES server_process(id) ON DELETE CASCADE,
  constraint desk_watch_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint desk_watch_pkey PRIMARY KEY (connection_id)
);

create table desk_window (
  id integer not null generated always as identity,
  desk_id integer not null,
  weekday smallint not null,
  opens time without time zone not null,
  closes time without time zone not null,
  breaks jsonb not null default '[]'::jsonb,
  visit_minutes smallint not null,
  buffer_minutes smallint not null,
  valid_from date not null,
  valid_to date,
  on_holidays boolean not null default false,
  constraint desk_window_buffer_minutes_check CHECK ((buffer_minutes >= 0)),
  constraint desk_window_check CHECK ((closes > opens)),
  constraint desk_window_check1 CHECK ((valid_to >= valid_from)),
  constraint desk_window_visit_minutes_check CHECK ((visit_minutes > 0)),
  constraint desk_window_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7))),
  constraint desk_window_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id) ON DELETE CASCADE,
  constraint desk_window_pkey PRIMARY KEY (id),
  constraint desk_window_overlap EXCLUDE USING gist (desk_id WITH =, weekday WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&, int4range((EXTRACT(epoch FROM opens))::integer, (EXTRACT(epoch FROM closes))::integer) WITH &&)
);

create table device_check (
  visit_id uuid not null,
  checked_at timestamp with time zone not null,
  verdict text not null,
  results jsonb not null,
  constraint device_check_verdict_check CHECK ((verdict = ANY (ARRAY['ok'::text, 'warning'::text, 'failed'::text, 'unknown'::text]))),
  constraint device_check_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint device_check_pkey PRIMARY KEY (visit_id)
);

create table erasure_order (
  visit_id uuid not null,
  case_id uuid not null,
  staff_id integer not null,
  ground text not null,
  reason bytea,
  ordered_at timestamp with time zone not null,
  done_at timestamp with time zone,
  refused text,
  constraint erasure_order_check CHECK (((done_at IS NULL) OR (refused IS NULL))),
  constraint erasure_order_ground_check CHECK ((ground = ANY (ARRAY['withdrawn'::text, 'objection'::text, 'not_needed'::text, 'unlawful'::text, 'obligation'::text]))),
  constraint erasure_order_refused_check CHECK ((refused = ANY (ARRAY['ahead'::text, 'in_progress'::text, 'held'::text, 'entry_waiting'::text]))),
  constraint erasure_order_case_id_fkey FOREIGN KEY (case_id) REFERENCES person_case(id),
  constraint erasure_order_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint erasure_order_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint erasure_order_pkey PRIMARY KEY (visit_id)
);

create table hold (
  id uuid not null,
  owner_hash bytea not null,
  seat_id bigint not null,
  branch_id integer not null,
  topic_id integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  held_until timestamp with time zone not null,
  extended boolean not null default false,
  postal_code text,
  language text not null,
  answers bytea,
  visit_id uuid,
  created_at timestamp with time zone not null,
  country text,
  constraint hold_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint hold_language_check CHECK ((language = ANY (ARRAY['pl'::text, 'en'::text, 'uk'::text]))),
  constraint hold_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint hold_seat_id_fkey FOREIGN KEY (seat_id) REFERENCES seat(id) ON DELETE CASCADE,
  constraint hold_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint hold_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint hold_pkey PRIMARY KEY (id)
);

create table identity_check (
  id uuid not null,
  visit_id uuid not null,
  staff_id integer not null,
  result text not null,
  document text,
  reason text,
  decided_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  undone_by integer,
  undone_reason bytea,
  constraint identity_check_check CHECK (((result = 'confirmed'::text) <= (document IS NOT NULL))),
  constraint identity_check_check1 CHECK (((result = 'not_confirmed'::text) = (reason IS NOT NULL))),
  constraint identity_check_check2 CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
  constraint identity_check_check3 CHECK (((undone_reason IS NULL) OR (undone_at IS NOT NULL))),
  constraint identity_check_document_check CHECK ((document = ANY (ARRAY['idCard'::text, 'passport'::text, 'residenceCard'::text, 'drivingLicence'::text, 'mobile'::text, 'foreign'::text]))),
  constraint identity_check_reason_check CHECK ((reason = ANY (ARRAY['face'::text, 'data'::text, 'expired'::text, 'unreadable'::text, 'none'::text, 'refused'::text]))),
  constraint identity_check_result_check CHECK ((result = ANY (ARRAY['confirmed'::text, 'not_confirmed'::text, 'not_needed'::text]))),
  constraint identity_check_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint identity_check_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff(id),
  constraint identity_check_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint identity_check_pkey PRIMARY KEY (id)
);

create table institution (
  only_one boolean not null default true,
  time_zone text not null,
  phone_e164 text not null,
  texts jsonb not null,
  settings jsonb not null,
  legal_values jsonb,
  declaration jsonb,
  facts_version integer not null default 1,
  declaration_version integer not null default 1,
  constraint institution_only_one_check CHECK (only_one),
  constraint institution_pkey PRIMARY KEY (only_one)
);

create table institution_version (
  version integer not null,
  phone_e164 text not null,
  texts jsonb not null,
  saved_at timestamp with time zone not null,
  staff_id integer,
  restored_version integer,
  constraint institution_version_restored_version_fkey FOREIGN KEY (restored_version) REFERENCES institution_version(version),
  constraint institution_version_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint institution_version_pkey PRIMARY KEY (version)
);

create table large_notice (
  id bigint not null generated always as identity,
  body text not null,
  created_at timestamp with time zone not null,
  constraint large_notice_pkey PRIMARY KEY (id)
);

create table late_notice (
  id bigint not null generated always as identity,
  branch_id integer not null,
  staff_id integer not null,
  minutes smallint not null,
  said_at timestamp with time zone not null,
  constraint late_notice_minutes_check CHECK (((minutes >= 0) AND (minutes <= 240))),
  constraint late_notice_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint late_notice_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint late_notice_pkey PRIMARY KEY (id)
);

create table legal_text (
  kind text not null,
  version text not null,
  language text not null,
  body text not null,
  valid_from date not null,
  source text,
  labels jsonb not null default '{}'::jsonb,
  saved_at timestamp with time zone,
  staff_id integer,
  withdrawn_at timestamp with time zone,
  constraint legal_text_kind_check CHECK ((kind = ANY (ARRAY['privacy'::text, 'recording'::text, 'rules'::text]))),
  constraint legal_text_language_check CHECK ((language = ANY (ARRAY['pl'::text, 'en'::text, 'uk'::text]))),
  constraint legal_text_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint legal_text_pkey PRIMARY KEY (kind, version, language)
);

create table mailbox_item (
  id bigint not null generated always as identity,
  received_at timestamp with time zone not null,
  channel text not null,
  recipient text not null,
  sender text not null,
  subject text not null,
  html text,
  text text not null,
  message_id text,
  constraint mailbox_item_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint mailbox_item_pkey PRIMARY KEY (id)
);

create table message (
  id uuid not null,
  visit_id uuid not null,
  kind text not null,
  channel text not null,
  schedule_version integer not null,
  copy integer not null default 0,
  details jsonb,
  state message_state not null default 'queued'::message_state,
  due_at timestamp with time zone not null,
  useless_after timestamp with time zone not null,
  leased_until timestamp with time zone,
  attempts smallint not null default 0,
  provider text,
  provider_id text,
  last_error text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint message_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint message_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint message_pkey PRIMARY KEY (id),
  constraint message_visit_id_kind_schedule_version_copy_key UNIQUE (visit_id, kind, schedule_version, copy)
);

create table own_text (
  name text not null,
  language text not null,
  version integer not null,
  parts jsonb,
  valid_from timestamp with time zone not null,
  saved_at timestamp with time zone not null,
  staff_id integer not null,
  restored_version integer,
  withdrawn_at timestamp with time zone,
  constraint own_text_language_check CHECK ((language = ANY (ARRAY['pl'::text, 'en'::text, 'uk'::text]))),
  constraint own_text_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint own_text_pkey PRIMARY KEY (name, language, version)
);

create table person_case (
  id uuid not null,
  staff_id integer not null,
  found_by text not null,
  reason bytea,
  visit_ids uuid[] not null,
  opened_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint person_case_found_by_check CHECK ((found_by = ANY (ARRAY['phone'::text, 'email'::text, 'number'::text]))),
  constraint person_case_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint person_case_pkey PRIMARY KEY (id)
);

create table person_export (
  id uuid not null,
  case_id uuid not null,
  visit_ids uuid[] not null,
  prepared_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  constraint person_export_case_id_fkey FOREIGN KEY (case_id) REFERENCES person_case(id) ON DELETE CASCADE,
  constraint person_export_pkey PRIMARY KEY (id)
);

create table postal_area (
  prefix text not null,
  branch_id integer not null,
  constraint postal_area_prefix_check CHECK ((prefix ~ '^[0-9]{1,5}$'::text)),
  constraint postal_area_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint postal_area_pkey PRIMARY KEY (prefix)
);

create table postal_import (
  id uuid not null,
  source text not null,
  checked_at timestamp with time zone not null,
  checked_by integer,
  file_name text,
  file_hash bytea,
  restored_version integer,
  facts jsonb,
  problems jsonb not null default '[]'::jsonb,
  areas jsonb not null,
  area_count integer not null,
  expires_at timestamp with time zone,
  version integer,
  applied_at timestamp with time zone,
  applied_by integer,
  constraint postal_import_check CHECK (((version IS NULL) = (expires_at IS NOT NULL))),
  constraint postal_import_check1 CHECK (((version IS NULL) = (applied_at IS NULL))),
  constraint postal_import_source_check CHECK ((source = ANY (ARRAY['start'::text, 'file'::text, 'restored'::text]))),
  constraint postal_import_applied_by_fkey FOREIGN KEY (applied_by) REFERENCES staff(id),
  constraint postal_import_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES staff(id),
  constraint postal_import_restored_version_fkey FOREIGN KEY (restored_version) REFERENCES postal_import(version),
  constraint postal_import_pkey PRIMARY KEY (id),
  constraint postal_import_version_key UNIQUE (version)
);

create table presence (
  connection_id uuid not null,
  process_id uuid not null,
  visit_id uuid not null,
  participant text not null,
  page_id text not null,
  tab_id text not null,
  ready boolean not null default false,
  since timestamp with time zone not null,
  constraint presence_participant_check CHECK ((participant = ANY (ARRAY['client'::text, 'guardian'::text, 'interpreter'::text, 'officer'::text]))),
  constraint presence_process_id_fkey FOREIGN KEY (process_id) REFERENCES server_process(id) ON DELETE CASCADE,
  constraint presence_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint presence_pkey PRIMARY KEY (connection_id)
);

create table profile_confirmation (
  visit_id uuid not null,
  id uuid not null,
  reference text not null,
  staff_id integer not null,
  confirmed_at timestamp with time zone not null,
  constraint profile_confirmation_reference_check CHECK ((reference ~ '^PP-[0-9A-Z]{4}-[0-9A-Z]{4}$'::text)),
  constraint profile_confirmation_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint profile_confirmation_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint profile_confirmation_pkey PRIMARY KEY (visit_id),
  constraint profile_confirmation_id_key UNIQUE (id),
  constraint profile_confirmation_reference_key UNIQUE (reference)
);

create table rating (
  id uuid not null,
  branch_id integer not null,
  topic_id integer not null,
  week date not null,
  score smallint not null,
  settled text,
  comment bytea,
  constraint rating_score_check CHECK (((score >= 1) AND (score <= 5))),
  constraint rating_settled_check CHECK ((settled = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint rating_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint rating_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint rating_pkey PRIMARY KEY (id)
);

create table recording (
  visit_id uuid not null,
  branch_id integer not null,
  topic_id integer not null,
  wrapped_key bytea,
  state text not null default 'open'::text,
  started_at timestamp with time zone not null,
  acked_at timestamp with time zone,
  journal_version bigint not null default 0,
  finalised_version bigint,
  finalised_at timestamp with time zone,
  finalised_run uuid,
  finalise_attempts smallint not null default 0,
  finalise_error text,
  finalise_after timestamp with time zone,
  finalising_run uuid,
  finalising_until timestamp with time zone,
  left_overs boolean not null default false,
  manifest text,
  manifest_signature bytea,
  summary jsonb,
  bytes bigint not null default 0,
  keep_until timestamp with time zone not null,
  hold_reason bytea,
  held_by integer,
  held_at timestamp with time zone,
  release_reason bytea,
  constraint recording_check CHECK (((hold_reason IS NULL) = (held_at IS NULL))),
  constraint recording_check1 CHECK (((state = 'erased'::text) = (wrapped_key IS NULL))),
  constraint recording_check2 CHECK (((finalising_run IS NULL) = (finalising_until IS NULL))),
  constraint recording_state_check CHECK ((state = ANY (ARRAY['open'::text, 'ready'::text, 'failed'::text, 'erased'::text]))),
  constraint recording_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint recording_held_by_fkey FOREIGN KEY (held_by) REFERENCES staff(id),
  constraint recording_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint recording_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id),
  constraint recording_pkey PRIMARY KEY (visit_id)
);

create table recording_choice (
  id uuid not null,
  visit_id uuid not null,
  staff_id integer not null,
  choice text not null,
  reason bytea,
  chosen_at timestamp with time zone not null,
  constraint recording_choice_check CHECK (((reason IS NULL) OR (choice = 'continue'::text))),
  constraint recording_choice_choice_check CHECK ((choice = ANY (ARRAY['wait'::text, 'continue'::text]))),
  constraint recording_choice_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint recording_choice_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint recording_choice_pkey PRIMARY KEY (id)
);

create table recording_erasure (
  visit_id uuid not null,
  erased_at timestamp with time zone not null,
  staff_id integer,
  reason bytea,
  bytes bigint not null,
  manifest_digest bytea,
  bytes_gone_at timestamp with time zone,
  constraint recording_erasure_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint recording_erasure_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES recording(visit_id),
  constraint recording_erasure_pkey PRIMARY KEY (visit_id)
);

create table recording_file (
  visit_id uuid not null,
  run uuid not null,
  name text not null,
  kind text not null,
  participant text,
  offset_ms integer not null,
  duration_ms integer not null,
  length bigint not null,
  digest bytea not null,
  constraint recording_file_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'screen'::text, 'index'::text]))),
  constraint recording_file_name_check CHECK ((name ~ '^[a-z0-9-]+[.](webm|json)$'::text)),
  constraint recording_file_participant_check CHECK ((participant = ANY (ARRAY['client'::text, 'guardian'::text, 'interpreter'::text, 'officer'::text]))),
  constraint recording_file_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES recording(visit_id) ON DELETE CASCADE,
  constraint recording_file_pkey PRIMARY KEY (visit_id, run, name)
);

create table recording_package (
  id uuid not null,
  view_id uuid not null,
  salt bytea not null,
  sealed_key bytea not null,
  constraint recording_package_view_id_fkey FOREIGN KEY (view_id) REFERENCES recording_view(id) ON DELETE CASCADE,
  constraint recording_package_pkey PRIMARY KEY (id)
);

create table recording_part (
  session_id uuid not null,
  number integer not null,
  opened_at timestamp with time zone not null,
  first_batch bigint not null,
  batch bigint not null,
  hash bytea not null,
  length bigint not null default 0,
  constraint recording_part_number_check CHECK ((number > 0)),
  constraint recording_part_session_id_fkey FOREIGN KEY (session_id) REFERENCES recording_session(id) ON DELETE CASCADE,
  constraint recording_part_pkey PRIMARY KEY (session_id, number)
);

create table recording_session (
  id uuid not null,
  visit_id uuid not null,
  staff_id integer not null,
  opened_at timestamp with time zone not null,
  place bigint not null generated always as identity,
  closed_at timestamp with time zone,
  constraint recording_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint recording_session_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES recording(visit_id) ON DELETE CASCADE,
  constraint recording_session_pkey PRIMARY KEY (id)
);

create table recording_view (
  id uuid not null,
  visit_id uuid not null,
  staff_id integer not null,
  reason bytea,
  opened_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  files_read text[] not null default '{}'::text[],
  constraint recording_view_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint recording_view_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES recording(visit_id) ON DELETE CASCADE,
  constraint recording_view_pkey PRIMARY KEY (id)
);

create table replan_decision (
  run_id uuid not null,
  visit_id uuid not null,
  kind text not null,
  seat_id bigint,
  starts_at timestamp with time zone,
  state text not null default 'wanted'::text,
  reason text,
  done_at timestamp with time zone,
  undo_until timestamp with time zone,
  from_seat_id bigint,
  from_starts_at timestamp with time zone,
  from_choose_until timestamp with time zone,
  from_version integer,
  schedule_version integer,
  constraint replan_decision_check CHECK (((kind = 'move'::text) = (starts_at IS NOT NULL))),
  constraint replan_decision_check1 CHECK (((state = ANY (ARRAY['done'::text, 'undone'::text])) = (done_at IS NOT NULL))),
  constraint replan_decision_kind_check CHECK ((kind = ANY (ARRAY['move'::text, 'offer'::text, 'cancel'::text]))),
  constraint replan_decision_state_check CHECK ((state = ANY (ARRAY['wanted'::text, 'done'::text, 'refused'::text, 'dropped'::text, 'undone'::text]))),
  constraint replan_decision_run_id_fkey FOREIGN KEY (run_id) REFERENCES replan_run(id) ON DELETE CASCADE,
  constraint replan_decision_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint replan_decision_pkey PRIMARY KEY (run_id, visit_id)
);

create table replan_run (
  id uuid not null,
  branch_id integer not null,
  staff_id integer not null,
  created_at timestamp with time zone not null,
  constraint replan_run_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint replan_run_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint replan_run_pkey PRIMARY KEY (id)
);

create table retention_run (
  data_class text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  erased integer not null,
  constraint retention_run_pkey PRIMARY KEY (data_class)
);

create table seat (
  id bigint not null generated always as identity,
  desk_id integer not null,
  branch_id integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  state seat_state not null default 'free'::seat_state,
  held_until timestamp with time zone,
  hold_id uuid,
  claimable_from timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint seat_check CHECK ((ends_at > starts_at)),
  constraint seat_check1 CHECK (((state = 'held'::seat_state) = ((held_until IS NOT NULL) AND (hold_id IS NOT NULL)))),
  constraint seat_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint seat_desk_id_fkey FOREIGN KEY (desk_id) REFERENCES desk(id),
  constraint seat_pkey PRIMARY KEY (id),
  constraint seat_overlap EXCLUDE USING gist (desk_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (((withdrawn_at IS NULL) OR (state <> 'free'::seat_state)))
);

create table seat_count (
  branch_id integer,
  day date not null,
  hour smallint,
  offered integer not null,
  taken integer not null,
  constraint seat_count_check CHECK ((taken <= offered)),
  constraint seat_count_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
  constraint seat_count_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint seat_count_branch_id_day_hour_key UNIQUE NULLS NOT DISTINCT (branch_id, day, hour)
);

create table server_process (
  id uuid not null,
  seen_at timestamp with time zone not null,
  constraint server_process_pkey PRIMARY KEY (id)
);

create table staff (
  id integer not null generated always as identity,
  email text not null,
  name text not null,
  password_hash text,
  role text not null,
  branch_id integer,
  active boolean not null default true,
  failed_attempts smallint not null default 0,
  locked_until timestamp with time zone,
  on_break boolean not null default false,
  identity_hash bytea,
  changes integer not null default 0,
  factor_failures smallint not null default 0,
  factor_locked_until timestamp with time zone,
  signed_in_at timestamp with time zone,
  constraint staff_email_check CHECK ((email = lower(email))),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['officer'::text, 'supervisor'::text, 'administrator'::text, 'inspector'::text]))),
  constraint staff_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint staff_pkey PRIMARY KEY (id),
  constraint staff_email_key UNIQUE (email),
  constraint staff_identity_hash_key UNIQUE (identity_hash)
);

create table staff_link (
  id uuid not null,
  staff_id integer not null,
  kind text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint staff_link_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text]))),
  constraint staff_link_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_link_pkey PRIMARY KEY (id)
);

create table staff_mail (
  id uuid not null,
  staff_id integer not null,
  kind text not null,
  link_id uuid,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  useless_after timestamp with time zone not null,
  state text not null default 'queued'::text,
  attempts smallint not null default 0,
  last_error text,
  provider_id text,
  finished_at timestamp with time zone,
  constraint staff_mail_check CHECK (((link_id IS NULL) OR (kind = ANY (ARRAY['invitation'::text, 'reset'::text])))),
  constraint staff_mail_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text, 'password_changed'::text, 'factor_added'::text, 'factor_removed'::text, 'factors_reset'::text]))),
  constraint staff_mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'expired'::text, 'dead'::text]))),
  constraint staff_mail_link_id_fkey FOREIGN KEY (link_id) REFERENCES staff_link(id) ON DELETE SET NULL,
  constraint staff_mail_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_mail_pkey PRIMARY KEY (id)
);

create table staff_passkey (
  id uuid not null,
  staff_id integer not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}'::text[],
  name text not null,
  added_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint staff_passkey_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_passkey_pkey PRIMARY KEY (id),
  constraint staff_passkey_credential_id_key UNIQUE (credential_id)
);

create table staff_recovery_code (
  staff_id integer not null,
  code_hash bytea not null,
  constraint staff_recovery_code_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_recovery_code_pkey PRIMARY KEY (staff_id, code_hash)
);

create table staff_session (
  token_hash bytea not null,
  staff_id integer not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  id uuid not null default gen_random_uuid(),
  stage text not null default 'open'::text,
  way text not null default 'password'::text,
  confirmed_at timestamp with time zone not null,
  browser text not null default ''::text,
  challenge text,
  challenge_until timestamp with time zone,
  provider_session_hash bytea,
  constraint staff_session_stage_check CHECK ((stage = ANY (ARRAY['factor'::text, 'set_up'::text, 'open'::text]))),
  constraint staff_session_way_check CHECK ((way = ANY (ARRAY['password'::text, 'totp'::text, 'passkey'::text, 'recovery'::text, 'oidc'::text]))),
  constraint staff_session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_session_pkey PRIMARY KEY (token_hash),
  constraint staff_session_id_key UNIQUE (id)
);

create table staff_topic (
  staff_id integer not null,
  topic_id integer not null,
  constraint staff_topic_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_topic_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint staff_topic_pkey PRIMARY KEY (staff_id, topic_id)
);

create table staff_totp (
  staff_id integer not null,
  seed bytea not null,
  last_step bigint not null,
  added_at timestamp with time zone not null,
  constraint staff_totp_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id) ON DELETE CASCADE,
  constraint staff_totp_pkey PRIMARY KEY (staff_id)
);

create table topic (
  id integer not null generated always as identity,
  code text not null,
  "position" smallint not null,
  routing text not null,
  address_of text not null,
  requires_identity boolean not null default false,
  active boolean not null default true,
  texts jsonb not null,
  recording text not null default 'required'::text,
  constraint topic_address_of_check CHECK ((address_of = ANY (ARRAY['home'::text, 'firm'::text]))),
  constraint topic_code_check CHECK ((code ~ '^[a-z][a-z0-9-]*$'::text)),
  constraint topic_recording_check CHECK ((recording = ANY (ARRAY['required'::text, 'optional'::text, 'never'::text]))),
  constraint topic_routing_check CHECK ((routing = ANY (ARRAY['postal'::text, 'country'::text, 'manual'::text]))),
  constraint topic_pkey PRIMARY KEY (id),
  constraint topic_code_key UNIQUE (code)
);

create table unmet_search (
  day date not null,
  branch_id integer not null,
  topic_id integer not null,
  area text not null,
  searches integer not null,
  constraint unmet_search_area_check CHECK ((area ~ '^([0-9]{3})?$'::text)),
  constraint unmet_search_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint unmet_search_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint unmet_search_pkey PRIMARY KEY (day, branch_id, topic_id, area)
);

create table visit (
  id uuid not null,
  number text not null,
  seat_id bigint not null,
  branch_id integer not null,
  topic_id integer not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  state visit_state not null default 'booked'::visit_state,
  state_reason text,
  state_changed_at timestamp with time zone not null,
  language text not null,
  client bytea,
  phone_hash bytea,
  email_hash bytea,
  has_guardian boolean not null,
  recording_consent boolean not null,
  link_version integer not null default 1,
  schedule_version integer not null default 1,
  booked_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  officer_id integer,
  closing_note bytea,
  staff_note bytea,
  interpreter bytea,
  extended_minutes smallint not null default 0,
  asked text,
  recording_state text not null default 'off'::text,
  follow_up_of uuid,
  rated boolean not null default false,
  interpreter_withdrawals integer not null default 0,
  choose_until timestamp with time zone,
  erased_at timestamp with time zone,
  country text,
  constraint visit_asked_check CHECK ((asked = ANY (ARRAY['face'::text, 'front'::text, 'back'::text, 'closer'::text, 'glare'::text, 'still'::text, 'share'::text]))),
  constraint visit_check CHECK ((ends_at > starts_at)),
  constraint visit_check1 CHECK (((state = ANY (ARRAY['cancelled'::visit_state, 'missed'::visit_state, 'ended_early'::visit_state])) = (state_reason IS NOT NULL))),
  constraint visit_check2 CHECK (((erased_at IS NOT NULL) = (client IS NULL))),
  constraint visit_check3 CHECK (((phone_hash IS NULL) = (email_hash IS NULL))),
  constraint visit_check4 CHECK (((erased_at IS NULL) OR ((phone_hash IS NULL) AND (closing_note IS NULL) AND (staff_note IS NULL) AND (interpreter IS NULL) AND (follow_up_of IS NULL)))),
  constraint visit_check5 CHECK (((erased_at IS NULL) OR (state = ANY (ARRAY['completed'::visit_state, 'ended_early'::visit_state, 'cancelled'::visit_state, 'missed'::visit_state])))),
  constraint visit_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint visit_extended_minutes_check CHECK ((extended_minutes >= 0)),
  constraint visit_language_check CHECK ((language = ANY (ARRAY['pl'::text, 'en'::text, 'uk'::text]))),
  constraint visit_number_check CHECK ((number ~ '^EW-[0-9A-Z]{4}-[0-9A-Z]{4}$'::text)),
  constraint visit_recording_state_check CHECK ((recording_state = ANY (ARRAY['off'::text, 'starting'::text, 'on'::text, 'interrupted'::text, 'paused'::text, 'unrecorded'::text]))),
  constraint visit_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint visit_follow_up_of_fkey FOREIGN KEY (follow_up_of) REFERENCES visit(id),
  constraint visit_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES staff(id),
  constraint visit_seat_id_fkey FOREIGN KEY (seat_id) REFERENCES seat(id),
  constraint visit_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_number_key UNIQUE (number)
);

create table visit_count (
  branch_id integer,
  day date not null,
  topic_id integer not null,
  booked integer not null,
  completed integer not null,
  ended_early integer not null,
  cancelled_by_client integer not null,
  cancelled_by_institution integer not null,
  missed_by_client integer not null,
  missed_by_institution integer not null,
  spreads jsonb not null,
  constraint visit_count_branch_id_fkey FOREIGN KEY (branch_id) REFERENCES branch(id),
  constraint visit_count_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topic(id),
  constraint visit_count_branch_id_day_topic_id_key UNIQUE NULLS NOT DISTINCT (branch_id, day, topic_id)
);

create table visit_count_due (
  id bigint not null generated always as identity,
  branch_id integer not null,
  starts_at timestamp with time zone not null,
  constraint visit_count_due_pkey PRIMARY KEY (id)
);

create table visit_matter (
  visit_id uuid not null,
  matter text not null,
  constraint visit_matter_matter_check CHECK ((matter = ANY (ARRAY['general'::text, 'forms'::text, 'advice'::text, 'profile_create'::text]))),
  constraint visit_matter_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint visit_matter_pkey PRIMARY KEY (visit_id, matter)
);

create table warning (
  id uuid not null,
  visit_id uuid not null,
  reason text not null,
  staff_id integer not null,
  given_at timestamp with time zone not null,
  seen_at timestamp with time zone,
  constraint warning_reason_check CHECK ((reason = ANY (ARRAY['third_person'::text, 'public_place'::text, 'noise'::text, 'left_view'::text, 'camera_off'::text, 'client_recording'::text, 'behaviour'::text, 'picture'::text]))),
  constraint warning_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES staff(id),
  constraint warning_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES visit(id) ON DELETE CASCADE,
  constraint warning_pkey PRIMARY KEY (id)
);

create table webhook_attempt (
  id uuid not null,
  delivery_id uuid not null,
  at timestamp with time zone not null,
  duration_ms integer not null,
  status integer,
  error text,
  excerpt bytea,
  constraint webhook_attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_delivery(id) ON DELETE CASCADE,
  constraint webhook_attempt_pkey PRIMARY KEY (id)
);

create table webhook_delivery (
  id uuid not null,
  endpoint_id uuid not null,
  entry_id uuid,
  state text not null default 'queued'::text,
  due_at timestamp with time zone not null,
  attempts integer not null default 0,
  give_up_at timestamp with time zone not null,
  last_error text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'delivered'::text, 'failed'::text, 'withdrawn'::text]))),
  constraint webhook_delivery_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id),
  constraint webhook_delivery_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES backoffice_entry(id),
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_endpoint_id_entry_id_key UNIQUE (endpoint_id, entry_id)
);

create table webhook_endpoint (
  id uuid not null,
  url text not null,
  description text not null,
  kinds text[] not null,
  version integer not null default 1,
  secret bytea not null,
  old_secret bytea,
  old_secret_until timestamp with time zone,
  paused_at timestamp with time zone,
  paused_by text,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint webhook_endpoint_check CHECK (((paused_at IS NULL) = (paused_by IS NULL))),
  constraint webhook_endpoint_check1 CHECK (((old_secret IS NULL) = (old_secret_until IS NULL))),
  constraint webhook_endpoint_paused_by_check CHECK ((paused_by = ANY (ARRAY['staff'::text, 'gone'::text]))),
  constraint webhook_endpoint_pkey PRIMARY KEY (id)
);

CREATE INDEX application_visit ON public.application USING btree (visit_id);
CREATE INDEX audit_entry_action ON public.audit_entry USING btree (action, at);
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at);
CREATE INDEX audit_entry_branch ON public.audit_entry USING btree (branch_id, at) WHERE (branch_id IS NOT NULL);
CREATE INDEX audit_entry_staff ON public.audit_entry USING btree (staff_id, at) WHERE (staff_id IS NOT NULL);
CREATE INDEX audit_entry_subject ON public.audit_entry USING btree (subject_kind, subject_id);
CREATE INDEX backoffice_entry_created ON public.backoffice_entry USING btree (created_at);
CREATE INDEX backoffice_entry_open ON public.backoffice_entry USING btree (created_at, id) WHERE (state <> 'taken'::text);
CREATE INDEX backoffice_entry_unrouted ON public.backoffice_entry USING btree (created_at) WHERE (routed_at IS NULL);
CREATE INDEX backup_note_kind ON public.backup_note USING btree (kind, at);
CREATE INDEX desk_watch_branch ON public.desk_watch USING btree (branch_id);
CREATE INDEX erasure_order_case ON public.erasure_order USING btree (case_id);
CREATE INDEX erasure_order_open ON public.erasure_order USING btree (ordered_at) WHERE ((done_at IS NULL) AND (refused IS NULL));
CREATE INDEX hold_created_at ON public.hold USING btree (created_at);
CREATE INDEX hold_owner ON public.hold USING btree (owner_hash) WHERE (visit_id IS NULL);
CREATE INDEX hold_seat ON public.hold USING btree (seat_id);
CREATE UNIQUE INDEX identity_check_current ON public.identity_check USING btree (visit_id) WHERE (undone_at IS NULL);
CREATE INDEX late_notice_branch ON public.late_notice USING btree (branch_id, said_at);
CREATE INDEX message_by_time ON public.message USING btree (COALESCE(finished_at, due_at), id);
CREATE INDEX message_due_by_channel ON public.message USING btree (channel, due_at) WHERE (state = ANY (ARRAY['queued'::message_state, 'sending'::message_state]));
CREATE INDEX message_provider_id ON public.message USING btree (provider_id) WHERE (provider_id IS NOT NULL);
CREATE INDEX message_troubled ON public.message USING btree (COALESCE(finished_at, due_at), id) WHERE (state = ANY (ARRAY['dead'::message_state, 'undelivered'::message_state, 'expired'::message_state]));
CREATE INDEX person_case_opened ON public.person_case USING btree (opened_at);
CREATE INDEX person_export_case ON public.person_export USING btree (case_id);
CREATE INDEX presence_visit ON public.presence USING btree (visit_id);
CREATE INDEX rating_week ON public.rating USING btree (week, branch_id, topic_id, score);
CREATE INDEX recording_branch ON public.recording USING btree (branch_id, started_at);
CREATE INDEX recording_choice_visit ON public.recording_choice USING btree (visit_id);
CREATE INDEX recording_session_visit ON public.recording_session USING btree (visit_id);
CREATE INDEX recording_to_erase ON public.recording USING btree (keep_until) WHERE ((state <> 'erased'::text) AND (hold_reason IS NULL));
CREATE INDEX recording_to_finalise ON public.recording USING btree (started_at) WHERE ((state <> 'erased'::text) AND ((finalised_version IS DISTINCT FROM journal_version) OR left_overs));
CREATE INDEX recording_view_visit ON public.recording_view USING btree (visit_id);
CREATE INDEX replan_decision_visit ON public.replan_decision USING btree (visit_id);
CREATE INDEX replan_decision_wanted ON public.replan_decision USING btree (run_id) WHERE (state = 'wanted'::text);
CREATE INDEX replan_run_branch ON public.replan_run USING btree (branch_id, created_at);
CREATE INDEX seat_count_of_day ON public.seat_count USING btree (day, branch_id) WHERE (hour IS NULL);
CREATE INDEX seat_desk_start ON public.seat USING btree (desk_id, starts_at);
CREATE INDEX seat_withdrawn ON public.seat USING btree (branch_id, starts_at) WHERE (withdrawn_at IS NOT NULL);
CREATE INDEX seat_withdrawn_held ON public.seat USING btree (held_until) WHERE ((withdrawn_at IS NOT NULL) AND (state = 'held'::seat_state));
CREATE INDEX staff_link_staff ON public.staff_link USING btree (staff_id);
CREATE INDEX staff_mail_due ON public.staff_mail USING btree (due_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX staff_passkey_staff ON public.staff_passkey USING btree (staff_id);
CREATE INDEX staff_session_provider ON public.staff_session USING btree (provider_session_hash) WHERE (provider_session_hash IS NOT NULL);
CREATE INDEX staff_session_staff ON public.staff_session USING btree (staff_id);
CREATE UNIQUE INDEX visit_active_seat ON public.visit USING btree (seat_id) WHERE (state <> 'cancelled'::visit_state);
CREATE INDEX visit_branch_day ON public.visit USING btree (branch_id, starts_at);
CREATE INDEX visit_choosing ON public.visit USING btree (branch_id) WHERE ((choose_until IS NOT NULL) AND (state = 'booked'::visit_state));
CREATE INDEX visit_count_day ON public.visit_count USING btree (day);
CREATE INDEX visit_email ON public.visit USING btree (email_hash) WHERE (email_hash IS NOT NULL);
CREATE UNIQUE INDEX visit_follow_up ON public.visit USING btree (follow_up_of) WHERE ((follow_up_of IS NOT NULL) AND (state <> 'cancelled'::visit_state));
CREATE INDEX visit_kept ON public.visit USING btree (ends_at) WHERE (client IS NOT NULL);
CREATE INDEX visit_open ON public.visit USING btree (ends_at) WHERE (state = ANY (ARRAY['booked'::visit_state, 'waiting'::visit_state, 'in_progress'::visit_state]));
CREATE INDEX visit_phone ON public.visit USING btree (phone_hash) WHERE (phone_hash IS NOT NULL);
CREATE INDEX visit_seat ON public.visit USING btree (seat_id);
CREATE INDEX warning_visit ON public.warning USING btree (visit_id);
CREATE INDEX webhook_attempt_at ON public.webhook_attempt USING btree (at);
CREATE INDEX webhook_attempt_delivery ON public.webhook_attempt USING btree (delivery_id, at);
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (endpoint_id, due_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE INDEX webhook_delivery_entry ON public.webhook_delivery USING btree (entry_id);
CREATE INDEX webhook_delivery_failed ON public.webhook_delivery USING btree (endpoint_id) WHERE (state = 'failed'::text);
CREATE INDEX webhook_delivery_log ON public.webhook_delivery USING btree (endpoint_id, created_at, id);
