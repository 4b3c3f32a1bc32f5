-- Postal areas come in versions. A row begins as a dry run that expires; applied, it gets its version and is kept.
create table postal_import (
  id uuid primary key,
  source text not null check (source in ('start', 'file', 'restored')),
  checked_at timestamptz not null,
  checked_by integer references staff (id),
  file_name text,
  -- SHA-256 of the file's bytes
  file_hash bytea,
  restored_version integer,
  -- {"encoding", "delimiter", "lines", "errors", "warnings"} of the file, null for what is no file
  facts jsonb,
  -- The first of the bad lines, as many as a person can mend
  problems jsonb not null default '[]',
  -- {"branch code": ["prefix", …]}
  areas jsonb not null,
  area_count integer not null,
  expires_at timestamptz,
  version integer unique,
  applied_at timestamptz,
  applied_by integer references staff (id),
  check ((version is null) = (expires_at is not null)),
  check ((version is null) = (applied_at is null))
);
alter table postal_import
  add foreign key (restored_version) references postal_import (version);

-- What an institution has had until now is its first version.
insert into postal_import (id, source, checked_at, areas, area_count, version, applied_at)
select gen_random_uuid(), 'start', now(), jsonb_object_agg(code, prefixes), sum(jsonb_array_length(prefixes)), 1, now()
from (
  select branch.code, jsonb_agg(prefix order by prefix) as prefixes
  from postal_area join branch on branch.id = branch_id
  group by branch.code
) as areas
having count(*) > 0;

-- The institution's own wording of e-mails and SMS; without a row the catalogue's stands.
create table own_text (
  name text not null,
  language text not null check (language in ('pl', 'en', 'uk')),
  version integer not null,
  -- {"key of the catalogue": "text"}; null: the catalogue's again
  parts jsonb,
  valid_from timestamptz not null,
  saved_at timestamptz not null,
  staff_id integer not null references staff (id),
  restored_version integer,
  -- Taken back before it was in force
  withdrawn_at timestamptz,
  primary key (name, language, version)
);

-- What the institution said of itself: name, address, phone; the newest stands in institution, too.
create table institution_version (
  version integer primary key,
  phone_e164 text not null,
  texts jsonb not null,
  saved_at timestamptz not null,
  -- Null for what the service began with
  staff_id integer references staff (id),
  restored_version integer references institution_version (version)
);

-- A legal text with its placeholders open, what is ticked under it, and who published it.
alter table legal_text
  add column source text,
  -- {"key of the catalogue": "what is ticked"}; without: the catalogue's
  add column labels jsonb not null default '{}',
  add column saved_at timestamptz,
  add column staff_id integer references staff (id),
  add column withdrawn_at timestamptz;
