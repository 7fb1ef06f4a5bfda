-- Performance: measures, their figures with every revision, what was loaded, and the exceptions that the rules raise.

create table workspace.performance_measure (
  area_id smallint not null,
  id uuid not null,
  unit text not null check (unit in ('count', 'rate', 'percent', 'money')),
  kind text not null check (kind in
    ('count', 'proportion', 'rate', 'stock', 'rolling', 'cumulative', 'change', 'money', 'grade')),
  polarity text not null check (polarity in ('increase', 'decrease', 'neutral')),
  frequency text not null check (frequency in ('day', 'week', 'month', 'quarter', 'year')),
  decimals smallint not null default 0 check (decimals between 0 and 6),
  numerator text,
  denominator text,
  definition text not null,
  source text not null,
  target double precision,
  shift_points smallint not null default 7 check (shift_points between 2 and 30),
  trend_points smallint not null default 7 check (trend_points between 3 and 30),
  near_rule text not null default 'nhs' check (near_rule in ('nhs', 'we', 'off')),
  screening boolean not null default false,
  rules_since date not null,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);

-- A series is the figures of one measure and one breakdown from one source. '' is the whole area, and the measure's
-- own source.
create table workspace.performance_series (
  id integer generated always as identity primary key,
  area_id smallint not null,
  measure_id uuid not null,
  breakdown text not null default '',
  source text not null default '',
  unique (area_id, measure_id, breakdown, source),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);

create sequence workspace.performance_import_number as integer;
create table workspace.performance_import (
  area_id smallint not null,
  id uuid not null,
  -- Drawn before the rows are loaded, which carry it.
  number integer not null unique default nextval('workspace.performance_import_number'),
  file_name text not null,
  sha256 bytea not null,
  encoding text not null,
  rows integer not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  loaded_by text not null,
  loaded_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);

-- Figures, every revision kept; the highest revision is the latest. A missing figure has its mark and no value.
-- Rows are written only by the loader, after their series and import in the same transaction, and never deleted;
-- foreign keys, checked row by row, would double the time of a load.
create table workspace.performance_observation (
  series_id integer not null,
  import_number integer not null,
  period_start date not null,
  as_at date,
  value double precision,
  numerator double precision,
  denominator double precision,
  revision smallint not null,
  status smallint not null,
  mark text,
  primary key (series_id, period_start, revision)
);

create table workspace.performance_exception (
  area_id smallint not null,
  id uuid not null,
  measure_id uuid not null,
  series_id integer not null references workspace.performance_series,
  rule text not null check (rule in ('beyond', 'shift', 'trend', 'near')),
  direction text not null check (direction in ('high', 'low')),
  judged text not null check (judged in ('good', 'bad', 'neutral')),
  first_period date not null,
  completed_period date not null,
  last_period date not null,
  revision smallint not null,
  value double precision not null,
  text text not null,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);
create index performance_exception_of_series on workspace.performance_exception (series_id, rule, direction);
