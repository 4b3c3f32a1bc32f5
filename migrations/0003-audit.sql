-- Who did or saw what, and when. Rows are only ever added: the tables themselves refuse anything else, and
-- the chain of seals, made under a key that is not in the database, shows what somebody did past them.

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null check (actor in ('staff', 'client', 'system')),
  staff_id integer,                                          -- no reference: an entry outlives everything
  action text not null,                                      -- src/audit/audit-action.ts
  subject_kind text,
  subject_id text,
  branch_id integer,
  details jsonb not null default '{}',                       -- codes and numbers; never content
  check ((actor = 'staff') = (staff_id is not null)),
  check ((subject_kind is null) = (subject_id is null))
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_subject on audit_entry (subject_kind, subject_id);
create index audit_entry_staff on audit_entry (staff_id, at) where staff_id is not null;

-- Position in the chain and the MAC over the entry and the seal before it. Made a moment later by one writer,
-- so that entries never wait for each other.
create table audit_seal (
  position bigint primary key,
  entry_id bigint not null unique references audit_entry,
  seal bytea not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();
