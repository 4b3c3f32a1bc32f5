-- What the institution must show citizens, changed on its own pages. Null only until a start has filled it from
-- the data folder.
alter table institution
  add column legal_values jsonb,
  add column declaration jsonb,
  add column facts_version integer not null default 1,
  add column declaration_version integer not null default 1;

-- A legal text as it was written, its placeholders open: a changed value of the institution makes a new version.
alter table legal_text add column if not exists source text;

-- What the commands of backup and restore have done, for who looks after the system.
create table backup_note (
  id uuid primary key,
  kind text not null check (kind in ('backup', 'verify', 'restore')),
  at timestamptz not null,
  -- The snapshot's name, which is the time it was taken.
  snapshot text not null,
  place text not null,
  bytes bigint not null,
  recordings integer not null,
  problems integer not null,
  -- Of the public keys: tells whether the keys have changed since, and nothing about them.
  keys_fingerprint text not null,
  keys_kept text not null check (keys_kept in ('sealed', 'apart'))
);
create index backup_note_kind on backup_note (kind, at);
