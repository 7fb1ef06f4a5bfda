-- What a dictionary of measures says besides: how its chart is chosen, whether its figures follow the year, how long
-- they take to settle, what a stock counts, what is hidden about people, a band beside a target; the breakdowns of a
-- measure as a tree; breaks in what was recorded; and how each series was last read.

alter table workspace.performance_measure drop constraint performance_measure_unit_check;
alter table workspace.performance_measure
  add constraint performance_measure_unit_check check (unit in ('count', 'rate', 'percent', 'points', 'money')),
  add column chart text not null default 'auto' check (chart in ('auto', 'xmr', 'poisson', 'p', 'u', 'none')),
  add column seasonal boolean not null default false,
  add column settling smallint not null default 0 check (settling between 0 and 24),
  add column per integer check (per > 0),
  add column basis text check (basis in ('establishment', 'full-time-equivalent', 'headcount')),
  add column disclosure smallint check (disclosure between 2 and 100),
  add column band_low double precision,
  add column band_high double precision,
  add constraint performance_measure_band check (band_low <= band_high);

-- Into what a measure is broken down, and whether the parts add up to the whole.
create table workspace.performance_dimension (
  area_id smallint not null,
  measure_id uuid not null,
  name text not null,
  adding text not null default 'not' check (adding in ('to-the-whole', 'several-answers', 'not')),
  primary key (area_id, measure_id, name),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);

-- A breakdown that a measure's files may name. Those not listed here are breakdowns of no dimension, without a parent.
create table workspace.performance_breakdown (
  area_id smallint not null,
  measure_id uuid not null,
  name text not null check (name <> ''),
  dimension text not null,
  parent text,
  primary key (area_id, measure_id, name),
  foreign key (area_id, measure_id, dimension) references workspace.performance_dimension (area_id, measure_id, name)
);

-- From this period on the figures are not what they were: new limits begin here where `rebases`.
create table workspace.performance_break (
  area_id smallint not null,
  id uuid not null,
  measure_id uuid not null,
  -- Null: every breakdown.
  breakdown text,
  from_period date not null,
  cause text not null check (cause in ('recording', 'definition', 'system', 'operating-model', 'other')),
  reason text not null,
  rebases boolean not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);
create index performance_break_of_measure on workspace.performance_break (area_id, measure_id, from_period);

-- How each series was last read by the rules, for the pages that show many at once. Made anew with every reading.
create table workspace.performance_reading (
  series_id integer primary key references workspace.performance_series,
  area_id smallint not null,
  measure_id uuid not null,
  latest_period date,
  latest_value double precision,
  latest_status smallint,
  previous_value double precision,
  year_before_value double precision,
  points integer not null,
  method text not null,
  strength text not null,
  centre double precision,
  lower double precision,
  upper double precision,
  standing text not null check (standing in ('good', 'bad', 'neutral', 'usual', 'silent')),
  says text not null,
  -- The latest two years of figures at most, oldest first; null where missing.
  recent double precision[] not null
);
create index performance_reading_of_measure on workspace.performance_reading (area_id, measure_id);
