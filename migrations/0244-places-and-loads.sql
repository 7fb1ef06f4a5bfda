-- Places under every name that files give them, the measures that national open data is loaded into, and loads that
-- take long: how far they are, whether somebody has stopped them.

create table workspace.performance_place (
  area_id smallint not null,
  id uuid not null,
  kind text not null check (kind in ('police-area', 'district', 'csp')),
  -- The name its figures stand under, whatever it is called later.
  name text not null check (name <> ''),
  spelling text not null,
  -- The area itself (its police area), or a part of it.
  own boolean not null default false,
  merged_into uuid,
  merged_from date,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (area_id, id),
  unique (area_id, kind, spelling),
  foreign key (area_id, merged_into) references workspace.performance_place (area_id, id),
  check ((merged_into is null) = (merged_from is null)),
  check (merged_into <> id)
);

-- Other names of a place: at any time, or, where a day is given, the name it bears from that day on.
create table workspace.performance_place_name (
  area_id smallint not null,
  place_id uuid not null,
  spelling text not null,
  name text not null check (name <> ''),
  from_day date,
  primary key (area_id, place_id, spelling),
  foreign key (area_id, place_id) references workspace.performance_place (area_id, id) on delete cascade
);
create index performance_place_by_spelling on workspace.performance_place_name (area_id, spelling);

-- Which measure of an organisation holds which figures of national open data, whatever its title has become.
create table workspace.performance_open_measure (
  area_id smallint not null,
  organisation_id uuid not null references workspace.organisation (id),
  key text not null,
  measure_id uuid not null,
  primary key (area_id, organisation_id, key),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);

-- A load that runs by itself, one for each file. Written outside the load's own transaction while it runs.
create table workspace.performance_load (
  area_id smallint not null,
  id uuid not null,
  -- Files that were handed in together, in their order.
  batch uuid not null,
  place smallint not null,
  -- A form of national open data, or 'figures' for a file in Peelian's own columns.
  form text not null,
  options jsonb not null,
  organisation_id uuid not null references workspace.organisation (id),
  asked_by jsonb not null,
  asked_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'refused', 'stopped', 'failed')),
  -- What it is doing, in a word.
  phase text not null default '',
  begun_at timestamptz,
  -- When the process that runs it last gave a sign of life.
  seen_at timestamptz,
  attempts smallint not null default 0,
  stop boolean not null default false,
  bytes bigint not null,
  bytes_read bigint not null default 0,
  rows_read bigint not null default 0,
  report jsonb,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);
create index performance_load_of_batch on workspace.performance_load (area_id, batch, place);
create index performance_load_unfinished on workspace.performance_load (asked_at) where state in ('waiting', 'running');
