-- Police and crime plans, their objectives, and how each objective goes.

create table workspace.plan_plan (
  area_id smallint not null,
  record_id uuid not null,
  -- The years it covers, as printed on it; left out where no paper says.
  first_year smallint check (first_year between 1900 and 2999),
  last_year smallint check (last_year between 1900 and 2999),
  issued_on date,
  vision text,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  check (first_year is null or last_year is null or first_year <= last_year)
);
create table workspace.plan_objective (
  area_id smallint not null,
  record_id uuid not null,
  plan_id uuid not null,
  number smallint not null check (number > 0),
  aim text,
  source text,
  primary key (area_id, record_id),
  unique (area_id, plan_id, number),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, plan_id) references workspace.plan_plan (area_id, record_id)
);

-- What was said of an objective's progress, each with its day; the newest is the word on it.
create table workspace.plan_progress (
  area_id smallint not null,
  id uuid not null,
  objective_id uuid not null,
  word text not null check (word in ('on-its-way', 'done', 'not-known')),
  sentence text not null check (sentence <> ''),
  dated date not null,
  said_by text not null,
  said_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, objective_id) references workspace.plan_objective (area_id, record_id)
);
create index plan_progress_of on workspace.plan_progress (area_id, objective_id, dated desc, said_at desc);
