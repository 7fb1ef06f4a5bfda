-- What every record shares: areas, records, history, links, releases, clocks, files, and the published side.
-- Run by the owner. peelian_program may write the workspace; peelian_public may read `published` and add to `intake`.

create schema workspace;
create schema published;
create schema intake;

grant usage on schema workspace, published to peelian_program;
grant usage on schema intake to peelian_program;
grant usage on schema published, intake to peelian_public;
alter default privileges in schema workspace grant select, insert, update, delete on tables to peelian_program;
alter default privileges in schema workspace grant usage, select on sequences to peelian_program;
alter default privileges in schema published grant select, insert, update, delete on tables to peelian_program;
alter default privileges in schema published grant select on tables to peelian_public;
alter default privileges in schema intake grant select, delete on tables to peelian_program;
alter default privileges in schema intake grant insert on tables to peelian_public;

-- The organisations the present transaction acts for. Not set means none, and so no rows.
create function workspace.viewer_organisations() returns uuid[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('peelian.organisations', true), '')::uuid[], '{}')
$$;

create table workspace.area (
  id smallint primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]+$'),
  name text not null,
  kind text not null default 'area' check (kind in ('area', 'collaboration')),
  office_title text not null default 'Police and Crime Commissioner',
  historical boolean not null default false,
  demonstration boolean not null default false,
  as_at date,
  banner text
);
create table workspace.area_member (
  collaboration_id smallint not null references workspace.area,
  area_id smallint not null references workspace.area,
  primary key (collaboration_id, area_id)
);

create table workspace.record (
  area_id smallint not null references workspace.area,
  id uuid not null,
  kind text not null,
  holders uuid[] not null check (cardinality(holders) > 0),
  reference text not null,
  printed_reference text,
  title text not null check (title <> ''),
  classification text not null default 'open'
    check (classification in ('open', 'exempt', 'confidential', 'withheld', 'unresolved')),
  ground jsonb,
  state text not null,
  owner_person uuid,
  owner_role text,
  owner_organisation uuid,
  others jsonb not null default '[]',
  due_kind text check (due_kind in ('date', 'meeting', 'condition')),
  due_date date,
  due_meeting uuid,
  due_condition text,
  due_look_again date,
  dated date not null,
  publication text not null default 'unpublished'
    check (publication in ('unpublished', 'published', 'superseded', 'taken-down')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null default 1,
  search tsvector not null,
  primary key (area_id, id),
  check (classification in ('open', 'unresolved') or ground is not null)
);
create unique index record_reference on workspace.record (area_id, reference);
create index record_by_date on workspace.record (area_id, kind, dated desc, id desc);
create index record_by_state on workspace.record (area_id, kind, state, dated desc, id desc);
create index record_by_due on workspace.record (area_id, kind, (coalesce(due_date, 'infinity'::date)), id);
create index record_by_title on workspace.record (area_id, kind, lower(title) collate "C", id);
create index record_due_from on workspace.record (owner_organisation, due_date) where due_date is not null;
create index record_search on workspace.record using gin (search);
alter table workspace.record enable row level security;
alter table workspace.record force row level security;
create policy holders on workspace.record to peelian_program
  using (holders && workspace.viewer_organisations()) with check (holders && workspace.viewer_organisations());

-- How many records of a kind and state an organisation holds, kept in the writing transaction: a list of a hundred
-- thousand must not count itself each time it is opened.
create table workspace.record_count (
  area_id smallint not null,
  organisation_id uuid not null,
  kind text not null,
  state text not null,
  n integer not null,
  primary key (area_id, organisation_id, kind, state)
);
create function workspace.count_record(r workspace.record, change integer) returns void language sql as $$
  insert into workspace.record_count as c (area_id, organisation_id, kind, state, n)
  select r.area_id, holder, r.kind, r.state, change from unnest(r.holders) as holder order by holder
  on conflict (area_id, organisation_id, kind, state) do update set n = c.n + excluded.n
$$;
create function workspace.count_records() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = new.state and old.holders = new.holders then return null; end if;
  if tg_op <> 'INSERT' then perform workspace.count_record(old, -1); end if;
  if tg_op <> 'DELETE' then perform workspace.count_record(new, 1); end if;
  return null;
end $$;
create trigger record_counted after insert or update or delete on workspace.record
  for each row execute function workspace.count_records();

create table workspace.reference_counter (
  area_id smallint not null,
  prefix text not null,
  year integer not null,
  last integer not null,
  primary key (area_id, prefix, year)
);

-- Append-only history, chained by hash within an area. The payload lies apart so that it can be erased under a
-- retention rule without breaking the chain.
create table workspace.event_head (
  area_id smallint primary key references workspace.area,
  seq bigint not null,
  hash bytea not null
);
create table workspace.event (
  area_id smallint not null,
  seq bigint not null,
  record_id uuid,
  at timestamptz not null,
  kind text not null,
  payload_hash bytea not null,
  hash bytea not null,
  primary key (area_id, seq)
);
create index event_of_record on workspace.event (area_id, record_id, seq);
create table workspace.event_payload (
  area_id smallint not null,
  seq bigint not null,
  holders uuid[] not null,
  salt bytea,
  payload jsonb,
  erased_at timestamptz,
  erased_under text,
  primary key (area_id, seq),
  check ((payload is null) = (erased_at is not null))
);
revoke update, delete on workspace.event from peelian_program;
revoke delete on workspace.event_payload from peelian_program;
alter table workspace.event_payload enable row level security;
alter table workspace.event_payload force row level security;
create policy holders on workspace.event_payload to peelian_program
  using (holders && workspace.viewer_organisations()) with check (holders && workspace.viewer_organisations());

-- Typed links run from the later thing to what it came of: an answer answers a question.
create table workspace.link (
  from_area smallint not null,
  from_id uuid not null,
  relation text not null,
  to_area smallint not null,
  to_id uuid not null,
  made_at timestamptz not null,
  primary key (from_area, from_id, relation, to_area, to_id)
);
create index link_backwards on workspace.link (to_area, to_id);

-- A version of a record frozen for an organisation that does not hold it.
create table workspace.sent (
  area_id smallint not null,
  record_id uuid not null,
  version integer not null,
  organisation_id uuid not null,
  from_organisation uuid not null,
  kind text not null,
  reference text not null,
  title text not null,
  summary text not null,
  state text not null,
  due_date date,
  dated date not null,
  body jsonb not null,
  files uuid[] not null default '{}',
  sha256 bytea not null,
  sent_at timestamptz not null,
  primary key (area_id, record_id, version, organisation_id)
);
create index sent_to on workspace.sent (organisation_id, area_id, kind, dated desc, record_id desc);
alter table workspace.sent enable row level security;
alter table workspace.sent force row level security;
create policy parties on workspace.sent to peelian_program
  using (organisation_id = any (workspace.viewer_organisations())
    or from_organisation = any (workspace.viewer_organisations()));
revoke update, delete on workspace.sent from peelian_program;

create table workspace.clock (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  organisation_id uuid not null,
  rule text not null,
  owner_role text,
  owner_person uuid,
  trigger_text text not null,
  started_on date not null,
  due date,
  plan_by date,
  uncertain boolean not null default false,
  working jsonb not null,
  state text not null default 'running' check (state in ('running', 'paused', 'stopped', 'cancelled')),
  outcome text,
  stopped_on date,
  created_at timestamptz not null,
  primary key (area_id, id)
);
create index clock_of_record on workspace.clock (area_id, record_id);
create index clock_of_organisation on workspace.clock (organisation_id, state, due);

create table workspace.file (
  id uuid primary key,
  area_id smallint not null,
  name text not null,
  media_type text not null,
  size integer not null check (size between 0 and 52428800),
  sha256 bytea not null,
  added_at timestamptz not null
);
create table workspace.file_piece (
  file_id uuid not null references workspace.file on delete cascade,
  piece integer not null,
  bytes bytea not null,
  primary key (file_id, piece)
);
create table workspace.attachment (
  area_id smallint not null,
  record_id uuid not null,
  id uuid not null,
  title text not null,
  file_id uuid references workspace.file,
  url text,
  purpose text not null default 'attachment' check (purpose in ('attachment', 'evidence', 'letter')),
  classification text not null default 'open',
  ground jsonb,
  released_publicly boolean not null default false,
  added_by text not null,
  added_at timestamptz not null,
  seq bigint generated always as identity,
  primary key (area_id, id),
  check ((file_id is null) <> (url is null))
);
create index attachment_of_record on workspace.attachment (area_id, record_id);

-- The published side. Nothing here is read from the workspace; everything is written in the publishing transaction.
create table published.area (
  id smallint primary key,
  slug text not null unique,
  name text not null,
  kind text not null,
  office_title text not null,
  banner text,
  historical boolean not null,
  demonstration boolean not null,
  as_at date,
  members smallint[] not null default '{}',
  counter bigint not null default 0
);
create table published.snapshot (
  area_id smallint not null,
  record_id uuid not null,
  version integer not null,
  kind text not null,
  body jsonb,
  sha256 bytea not null,
  published_at timestamptz not null,
  note text,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  primary key (area_id, record_id, version)
);
create table published.entry (
  area_id smallint not null,
  record_id uuid not null,
  version integer not null,
  kind text not null,
  reference text not null,
  title text not null,
  summary text not null,
  state text not null,
  due_date date,
  due_text text,
  dated date not null,
  address text not null,
  holders text[] not null,
  facts jsonb not null,
  search tsvector not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  primary key (area_id, record_id, valid_from),
  check (valid_from < valid_to)
);
create unique index entry_address on published.entry (area_id, address) where valid_to = 'infinity';
create unique index entry_current on published.entry (area_id, record_id) where valid_to = 'infinity';
create index entry_addresses on published.entry (area_id, address);
create index entry_by_date on published.entry (area_id, kind, dated desc, record_id desc) where valid_to = 'infinity';
create index entry_by_state on published.entry (area_id, kind, state, dated desc, record_id desc)
  where valid_to = 'infinity';
create index entry_by_due on published.entry (area_id, kind, (coalesce(due_date, 'infinity'::date)), record_id)
  where valid_to = 'infinity';
create index entry_by_title on published.entry (area_id, kind, lower(title) collate "C", record_id)
  where valid_to = 'infinity';
create index entry_search on published.entry using gin (search) where valid_to = 'infinity';
create table published.link (
  from_area smallint not null,
  from_id uuid not null,
  relation text not null,
  to_area smallint not null,
  to_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  primary key (from_area, from_id, relation, to_area, to_id, valid_from)
);
create index published_link_backwards on published.link (to_area, to_id);
create table published.file (
  id uuid primary key,
  area_id smallint not null,
  record_id uuid not null,
  name text not null,
  media_type text not null,
  size integer not null,
  sha256 bytea not null
);
create table published.file_piece (
  file_id uuid not null references published.file on delete cascade,
  piece integer not null,
  bytes bytea not null,
  primary key (file_id, piece)
);
-- What is withheld: that it is, in which year, and on what ground. Nothing of its content.
create table published.gap (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  position text not null,
  title text,
  ground text not null,
  dated date not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity',
  primary key (area_id, id, valid_from)
);
create index gap_by_year on published.gap (area_id, dated);
-- The head of the history at the end of each day on which something happened.
create table published.head (
  area_id smallint not null,
  day date not null,
  seq bigint not null,
  hash bytea not null,
  primary key (area_id, day)
);
create table published.entry_count (
  area_id smallint not null,
  kind text not null,
  state text not null,
  n integer not null,
  primary key (area_id, kind, state)
);
create function published.count_entry(e published.entry, change integer) returns void language sql as $$
  insert into published.entry_count as c (area_id, kind, state, n) values (e.area_id, e.kind, e.state, change)
  on conflict (area_id, kind, state) do update set n = c.n + excluded.n
$$;
create function published.count_entries() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.valid_to = 'infinity' then perform published.count_entry(old, -1); end if;
  if tg_op <> 'DELETE' and new.valid_to = 'infinity' then perform published.count_entry(new, 1); end if;
  return null;
end $$;
create trigger entry_counted after insert or update or delete on published.entry
  for each row execute function published.count_entries();

create table intake.message (
  id uuid primary key,
  area_id smallint not null,
  kind text not null,
  body jsonb not null,
  received_at timestamptz not null default now()
);
