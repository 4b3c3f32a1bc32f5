-- The recording: which journals there are, how far they are known to be durable, what was made of them, who saw
-- it and why, and what was erased. The bytes themselves lie in the store, sealed; see docs/recording.md.

create table recording (
  visit_id uuid primary key references visit,
  branch_id integer not null references branch,
  topic_id integer not null references topic,
  -- the recording's own key, sealed under the institution's; null once the recording is erased
  wrapped_key bytea,
  state text not null default 'open' check (state in ('open', 'ready', 'failed', 'erased')),
  started_at timestamptz not null,
  -- when a batch was last durable; the server judges by it whether the recording goes on
  acked_at timestamptz,
  -- raised whenever something durable is added: a later finalising takes it in
  journal_version bigint not null default 0,
  finalised_version bigint,
  finalised_at timestamptz,
  -- name of the run whose files are valid; files of other runs are left-overs
  finalised_run uuid,
  finalise_attempts smallint not null default 0,
  finalise_error text,                                       -- a code, never content
  finalise_after timestamptz,                                -- not before: it failed a moment ago
  -- who makes the files now, and until when that is believed without another sign of life
  finalising_run uuid,
  finalising_until timestamptz,
  -- the store may hold files of another run than the valid one
  left_overs boolean not null default false,
  manifest text,                                             -- the very bytes that were signed
  manifest_signature bytea,                                  -- number of the key, and Ed25519
  -- what a person is told: { seconds, gaps: [{ seconds, why }], participants: [] }; no personal data
  summary jsonb,
  bytes bigint not null default 0,                           -- of journals and files together
  keep_until timestamptz not null,
  hold_reason bytea,                                         -- sealed; not null: a legal hold, nothing is erased
  held_by integer references staff,
  held_at timestamptz,
  release_reason bytea,                                      -- of the last hold that was taken back; sealed
  check ((hold_reason is null) = (held_at is null)),
  check ((state = 'erased') = (wrapped_key is null)),
  check ((finalising_run is null) = (finalising_until is null))
);
create index recording_to_finalise on recording (started_at)
  where state <> 'erased' and (finalised_version is distinct from journal_version or left_overs);
create index recording_to_erase on recording (keep_until) where state <> 'erased' and hold_reason is null;
create index recording_branch on recording (branch_id, started_at);

-- One page load of an officer: a sequence of batches and a chain of hashes of its own.
create table recording_session (
  id uuid primary key,
  visit_id uuid not null references recording on delete cascade,
  staff_id integer not null references staff,
  opened_at timestamptz not null,
  -- which page came last; clocks of two processes do not tell
  place bigint generated always as identity,
  -- the page has said that nothing more will come
  closed_at timestamptz
);
create index recording_session_visit on recording_session (visit_id);

-- One socket of a session: written by one process only, so that no two ever write to the same bytes. How far it is
-- durable is noted every second; what was added since is found by reading on.
create table recording_part (
  session_id uuid not null references recording_session on delete cascade,
  number integer not null check (number > 0),
  opened_at timestamptz not null,
  -- the batch that its first piece holds
  first_batch bigint not null,
  -- last batch, its hash and the part's length in bytes when this was noted; batch 0: none yet
  batch bigint not null,
  hash bytea not null,
  length bigint not null default 0,
  primary key (session_id, number)
);

-- What was made of the journals: one file a participant, one a shared screen, and the index of the whole.
create table recording_file (
  visit_id uuid not null references recording on delete cascade,
  run uuid not null,
  name text not null check (name ~ '^[a-z0-9-]+[.](webm|json)$'),
  kind text not null check (kind in ('person', 'screen', 'index')),
  participant text check (participant in ('client', 'guardian', 'interpreter', 'officer')),
  -- where its first moment lies on the recording's clock, and how long it is
  offset_ms integer not null,
  duration_ms integer not null,
  length bigint not null,                                    -- of the plain content, in bytes
  digest bytea not null,                                     -- SHA-256 over the sealed bytes
  primary key (visit_id, run, name)
);

-- What the officer chose when the recording was interrupted.
create table recording_choice (
  id uuid primary key,
  visit_id uuid not null references visit on delete cascade,
  staff_id integer not null references staff,
  choice text not null check (choice in ('wait', 'continue')),
  reason bytea,                                              -- sealed; needed to continue
  chosen_at timestamptz not null,
  check ((choice = 'continue') = (reason is not null))
);
create index recording_choice_visit on recording_choice (visit_id);

-- Who watched, with the reason typed before. The reason is sealed: it may name people.
create table recording_view (
  id uuid primary key,
  visit_id uuid not null references recording on delete cascade,
  staff_id integer not null references staff,
  reason bytea not null,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  -- files of which something was read: the first read of each is written down
  files_read text[] not null default '{}'
);
create index recording_view_visit on recording_view (visit_id);

-- A package somebody takes along: the recording's key under a passphrase that only this person was shown.
create table recording_package (
  id uuid primary key,
  view_id uuid not null references recording_view on delete cascade,
  salt bytea not null,
  sealed_key bytea not null
);

-- What is left of an erased recording: that there was one, and who let it be erased.
create table recording_erasure (
  visit_id uuid primary key references recording,
  erased_at timestamptz not null,
  staff_id integer references staff,                         -- null: its time was over
  reason bytea,                                              -- sealed
  bytes bigint not null,
  manifest_digest bytea,
  -- the bytes in the store are gone too; until then the job tries again (without the key they are noise already)
  bytes_gone_at timestamptz
);
