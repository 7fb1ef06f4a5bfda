-- The quality of figures: what in them contradicts something else, and statements read from papers that are checked
-- against them.

-- A contradiction that the rules found in the figures of a measure. What it says is made anew at each look.
create table workspace.performance_data_query (
  area_id smallint not null,
  id uuid not null,
  measure_id uuid not null,
  -- The same contradiction has the same identity each time it is found.
  identity text not null,
  rule text not null,
  verdict text not null,
  severity text not null check (severity in ('error', 'warning')),
  sentence text not null,
  settle text not null,
  -- Every figure it speaks of: measure, breakdown, period, source, value as printed, what it is in this contradiction.
  figures jsonb not null,
  -- Whether what was found rests on a figure that is withheld: then it is never published.
  withheld boolean not null,
  explanation text,
  checked_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);
create unique index performance_data_query_identity
  on workspace.performance_data_query (area_id, measure_id, md5(identity));

-- A statement read from a paper, with the figures it speaks of, and what checking it came to.
create table workspace.performance_claim (
  area_id smallint not null,
  id uuid not null,
  sort text not null,
  -- Where it stands: the paper, and the page or line in it.
  paper text not null,
  place text not null,
  -- As they were entered, and as they were read when last checked.
  parts jsonb not null,
  comment text,
  verdict text not null,
  severity text not null check (severity in ('ok', 'warning', 'error')),
  reason text not null,
  checked_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);
