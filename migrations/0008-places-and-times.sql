-- Places and times that the institution changes by itself.

-- A topic may lead to a branch by the country of insurance; each says whether its visits are recorded.
alter table topic drop constraint topic_routing_check;
alter table topic add constraint topic_routing_check check (routing in ('postal', 'country', 'manual'));
alter table topic add column recording text not null default 'required'
  check (recording in ('required', 'optional', 'never'));
update topic set recording = institution.settings ->> 'recordingConsent' from institution;

create table country_branch (
  country text primary key check (country ~ '^[A-Z]{2}$'),   -- ISO 3166-1
  branch_id integer not null references branch
);

-- A closure of the institution, of a branch or of one desk: whole days, or the same hours of each.
alter table closure rename column day to first_day;
alter table closure add column last_day date;
update closure set last_day = first_day;
alter table closure alter column last_day set not null;
alter table closure add column desk_id integer references desk on delete cascade;
alter table closure add column starts time;
alter table closure add column ends time;
alter table closure add check (last_day >= first_day);
alter table closure add check (ends > starts and (starts is null) = (ends is null));
alter table closure add check (desk_id is null or branch_id is not null);

-- A desk is never open twice at one time.
alter table desk_window add check (valid_to >= valid_from);
alter table desk_window add constraint desk_window_overlap exclude using gist (
  desk_id with =, weekday with =, daterange(valid_from, valid_to, '[]') with &&,
  int4range(extract(epoch from opens)::integer, extract(epoch from closes)::integer) with &&
);

-- A withdrawn seat that nobody has is only kept for what refers to it: it takes no time from others.
alter table seat drop constraint seat_desk_id_starts_at_key;
alter table seat drop constraint seat_desk_id_tstzrange_excl;
alter table seat add constraint seat_overlap exclude using gist
  (desk_id with =, tstzrange(starts_at, ends_at) with &&) where (withdrawn_at is null or state <> 'free');
create index seat_desk_start on seat (desk_id, starts_at);
-- Before a seat is deleted the database looks for visits that refer to it.
create index visit_seat on visit (seat_id);
