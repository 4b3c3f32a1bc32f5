-- How the staff gets in: second factors, an identity provider, invitations, sessions that can be told apart.

alter table staff alter column password_hash drop not null;    -- null: only invited, or known by the identity provider alone
alter table staff
  add column identity_hash bytea unique,                       -- who this is at the identity provider: keyed hash of issuer and subject
  add column changes integer not null default 0,               -- raised by every change an administrator makes
  add column factor_failures smallint not null default 0,      -- wrong codes since the last right one
  add column factor_locked_until timestamptz,
  add column signed_in_at timestamptz;                         -- the last time

alter table staff_session
  add column id uuid not null default gen_random_uuid() unique,
  -- 'factor': the second factor is still to be shown; 'set_up': the first one is still to be made; 'open': signed in
  add column stage text not null default 'open' check (stage in ('factor', 'set_up', 'open')),
  add column way text not null default 'password' check (way in ('password', 'totp', 'passkey', 'recovery', 'oidc')),
  add column confirmed_at timestamptz,                         -- when the person last proved to be themself
  add column browser text not null default '',                 -- 'Firefox, Windows'; never the address
  add column challenge text,                                   -- for a passkey: asked once, answered once
  add column challenge_until timestamptz,
  add column provider_session_hash bytea;                      -- keyed hash of the session at the identity provider
update staff_session set confirmed_at = created_at;
alter table staff_session alter column confirmed_at set not null;
create index staff_session_staff on staff_session (staff_id);
create index staff_session_provider on staff_session (provider_session_hash) where provider_session_hash is not null;

create table staff_totp (
  staff_id integer primary key references staff on delete cascade,
  seed bytea not null,                                         -- sealed
  last_step bigint not null,                                   -- the half minute of the last code taken: none works twice
  added_at timestamptz not null
);

create table staff_passkey (
  id uuid primary key,
  staff_id integer not null references staff on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null,
  added_at timestamptz not null,
  used_at timestamptz
);
create index staff_passkey_staff on staff_passkey (staff_id);

create table staff_recovery_code (
  staff_id integer not null references staff on delete cascade,
  code_hash bytea not null,                                    -- keyed
  primary key (staff_id, code_hash)
);

-- An invitation or a way to a new password. The token in the e-mail is a MAC over the id and stands nowhere.
create table staff_link (
  id uuid primary key,
  staff_id integer not null references staff on delete cascade,
  kind text not null check (kind in ('invitation', 'reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index staff_link_staff on staff_link (staff_id);

-- The outbox of e-mails to the staff; like `message` it holds neither address nor text.
create table staff_mail (
  id uuid primary key,
  staff_id integer not null references staff on delete cascade,
  kind text not null check (kind in ('invitation', 'reset', 'password_changed', 'factor_added', 'factor_removed', 'factors_reset')),
  link_id uuid references staff_link on delete set null,     -- links are deleted when they are used
  created_at timestamptz not null,
  due_at timestamptz not null,                                 -- of a claimed one: the end of its lease
  useless_after timestamptz not null,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'expired', 'dead')),
  attempts smallint not null default 0,
  last_error text,
  provider_id text,
  finished_at timestamptz,
  check (link_id is null or kind in ('invitation', 'reset'))
);
create index staff_mail_due on staff_mail (due_at) where state in ('queued', 'sending');
