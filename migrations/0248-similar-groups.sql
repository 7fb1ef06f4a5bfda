-- The forces that a police force is compared with: its most similar group, who belonged to it from when to when, and
-- where that is written. Groups are revised, so a comparison always says as at which day it was made.

create table workspace.performance_similar_group (
  area_id smallint not null,
  id uuid not null,
  -- What the force itself is called among the police areas of the files; null until somebody says.
  own_name text check (own_name <> ''),
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id)
);

create table workspace.performance_similar_member (
  area_id smallint not null,
  id uuid not null,
  group_id uuid not null,
  name text not null check (name <> ''),
  from_date date not null,
  -- The last day of membership; null while it lasts.
  to_date date,
  source text not null,
  primary key (area_id, id),
  foreign key (area_id, group_id) references workspace.performance_similar_group (area_id, id),
  check (from_date <= to_date)
);
create index performance_similar_member_of_group on workspace.performance_similar_member (area_id, group_id, name);
