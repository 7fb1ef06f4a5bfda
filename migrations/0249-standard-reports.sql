-- The reports people know: which measure stands in which of their lines, as each organisation chose it for its own.

create table workspace.performance_report_line (
  area_id smallint not null,
  organisation_id uuid not null,
  report text not null,
  line text not null,
  measure_id uuid not null,
  primary key (area_id, organisation_id, report, line),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);
create index performance_report_line_of_measure on workspace.performance_report_line (area_id, measure_id);
