-- The performance report of a month or a quarter: which measures it is about, and what is written in it by hand. What
-- it says of them is worked out anew until it is published, and frozen with the publication.

create table workspace.reports_performance_report (
  area_id smallint not null,
  id uuid not null,
  frequency text not null check (frequency in ('month', 'quarter')),
  period_start date not null,
  measures uuid[] not null,
  summary text not null default '',
  -- By measure, what the writer adds to it.
  remarks jsonb not null default '{}',
  -- Built at publication; later reports say what changed since.
  frozen jsonb,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);
create index reports_performance_report_in_time
  on workspace.reports_performance_report (area_id, frequency, period_start);
