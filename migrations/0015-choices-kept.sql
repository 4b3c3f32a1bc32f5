
-- Which label of its text was ticked: the institution may change later what it asks for.
alter table consent add column label text;
update consent set label = case kind
    when 'guardian' then 'consent.guardian.label'
    when 'privacy' then 'consent.privacy.' || coalesce(institution.settings ->> 'privacyConsent', 'consent') || '.label'
    else 'consent.recording.' || case when topic.recording = 'optional' then 'optional' else 'required' end || '.label'
  end
from visit
  join topic on topic.id = visit.topic_id
  left join institution on true
where visit.id = consent.visit_id;
alter table consent alter column label set not null;

-- Withdrawn seats whose holds are to end: looked for each minute, and hardly ever there.
create index seat_withdrawn_held on seat (held_until) where withdrawn_at is not null and state = 'held';

-- The country of insurance that led to the branch (ISO 3166-1), of topics that ask for it.
alter table hold add column country text check (country ~ '^[A-Z]{2}$');
alter table visit add column country text check (country ~ '^[A-Z]{2}$');
