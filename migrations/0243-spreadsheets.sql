-- What a spreadsheet's rows and columns mean, kept for the next file of the same shape; and what is told of a load:
-- how the file was read, what looked odd and who confirmed it, which figures it revised.

-- Not a record: how an organisation reads its own spreadsheets, so it carries a policy of its own.
create table workspace.performance_mapping (
  area_id smallint not null references workspace.area,
  id uuid not null,
  organisation_id uuid not null,
  name text not null check (name <> ''),
  mapping jsonb not null,
  kept_by text not null,
  kept_at timestamptz not null,
  primary key (area_id, id),
  unique (area_id, organisation_id, name)
);
alter table workspace.performance_mapping enable row level security;
alter table workspace.performance_mapping force row level security;
create policy holder on workspace.performance_mapping to peelian_program
  using (organisation_id = any (workspace.viewer_organisations()))
  with check (organisation_id = any (workspace.viewer_organisations()));

-- Beside a file of figures, from when it is chosen.
create table workspace.performance_import_reading (
  area_id smallint not null,
  id uuid not null,
  -- The spreadsheet as it was chosen, where the rows that are loaded were read out of one; else null.
  file_name text,
  sha256 bytea,
  mapping jsonb,
  mapping_name text,
  -- Sentences: what of this file is not as the kept mapping has it.
  differences jsonb not null default '[]',
  -- Figures that looked odd, as they were confirmed.
  confirmed jsonb not null default '[]',
  confirmed_by text,
  confirmed_at timestamptz,
  -- Why figures that were held already were changed by hand.
  reason text,
  -- Some of the figures that the load revised: what was held, and what came instead.
  revised jsonb not null default '[]',
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);
