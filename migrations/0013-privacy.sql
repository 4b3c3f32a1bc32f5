-- Personal data leave when their time is over, or on demand; the row of the visit stays as a fact without a person.

alter table visit
  alter column client drop not null,
  alter column phone_hash drop not null,
  alter column email_hash drop not null,
  add column erased_at timestamptz,
  add check ((erased_at is not null) = (client is null)),
  add check ((phone_hash is null) = (email_hash is null)),
  add check (erased_at is null or (phone_hash is null and closing_note is null and staff_note is null
    and interpreter is null and follow_up_of is null)),
  -- Nothing that is still to come, or goes on, is erased
  add check (erased_at is null or state in ('completed', 'ended_early', 'cancelled', 'missed'));

-- A person's visits are looked up among all, not only among those to come
drop index visit_active_phone;
drop index visit_active_email;
create index visit_phone on visit (phone_hash) where phone_hash is not null;
create index visit_email on visit (email_hash) where email_hash is not null;
create index visit_kept on visit (ends_at) where client is not null;

-- Words of the staff may name the client: they go with the visit's data, what happened stays
alter table application alter column purpose drop not null;
alter table recording_view alter column reason drop not null;
alter table identity_check drop constraint identity_check_check2,
  add check ((undone_at is null) = (undone_by is null)),
  add check (undone_reason is null or undone_at is not null);
alter table recording_choice drop constraint recording_choice_check,
  add check (reason is null or choice = 'continue');

-- An inspector looks at what is kept of one person, for a reason, for some hours
create table person_case (
  id uuid primary key,
  staff_id integer not null references staff,
  found_by text not null check (found_by in ('phone', 'email', 'number')),
  reason bytea,                                              -- sealed; null once its time is over
  visit_ids uuid[] not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null
);
create index person_case_opened on person_case (opened_at);

-- The data of a case handed over as one package, which is made when it is taken: once
create table person_export (
  id uuid primary key,
  case_id uuid not null references person_case on delete cascade,
  visit_ids uuid[] not null,
  prepared_at timestamptz not null,
  expires_at timestamptz not null,
  taken_at timestamptz
);
create index person_export_case on person_export (case_id);

-- An erasure on demand: ordered with all its visits at once, then carried out visit by visit
create table erasure_order (
  visit_id uuid primary key references visit,
  case_id uuid not null references person_case,
  staff_id integer not null references staff,
  ground text not null check (ground in ('withdrawn', 'objection', 'not_needed', 'unlawful', 'obligation')),
  reason bytea,                                              -- sealed; null once its time is over
  ordered_at timestamptz not null,
  done_at timestamptz,
  refused text check (refused in ('ahead', 'in_progress', 'held', 'entry_waiting')),
  check (done_at is null or refused is null)
);
create index erasure_order_case on erasure_order (case_id);
create index erasure_order_open on erasure_order (ordered_at) where done_at is null and refused is null;

-- What the job of a data class did the last time
create table retention_run (
  data_class text primary key,
  started_at timestamptz not null,
  finished_at timestamptz,                                   -- null: it is at it, or was killed
  erased integer not null
);

update institution set settings = settings || '{"keptDays": {"visit": 1825, "contact": 365, "chat": 365,
  "notes": 365, "deviceCheck": 90, "messages": 365, "ratingComment": 365, "hold": 1, "backoffice": 365,
  "audit": 3650, "session": 30, "request": 1825, "mailbox": 30}}'
where not settings ? 'keptDays';

-- Up to where the record of who did what was cut because its time was over: the seal before the first entry that is
-- left, under a MAC of a key that is not in the database. Without it a missing beginning is a break.
create table audit_cut (
  only_one boolean primary key default true check (only_one),
  position bigint not null,
  seal bytea not null,
  mac bytea not null,
  cut_at timestamptz not null
);

-- Still append-only; a cut says so in its own transaction, and proves itself by its MAC
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('e_wizyta.audit_cut', true) = 'on' then
    return null;
  end if;
  raise exception '% is append-only', tg_table_name;
end $$;
