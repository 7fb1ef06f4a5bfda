-- Actions, whatever raised them: what was asked, the due as first set, every change of it, dated updates, and closure.

create table workspace.follow_up_action (
  area_id smallint not null,
  record_id uuid not null,
  asked text not null,
  raised_by_organisation uuid not null,
  raised_by_words text not null,
  lead_words text not null,
  first_due text,
  first_due_date date,
  due_moves integer not null default 0,
  finding text,
  answers_asked text check (answers_asked in ('yes', 'partly', 'no')),
  closing_reason text,
  closed_on date,
  reopened integer not null default 0,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create table workspace.follow_up_update (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  dated date not null,
  text text not null,
  written_by text not null,
  organisation_id uuid not null,
  seq bigint generated always as identity,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.follow_up_action (area_id, record_id)
);
create index follow_up_update_of_action on workspace.follow_up_update (area_id, record_id, dated);
create table workspace.follow_up_due_change (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  changed_on date not null,
  due_before text not null,
  due_after text not null,
  reason text not null,
  changed_by text not null,
  seq bigint generated always as identity,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.follow_up_action (area_id, record_id)
);
create index follow_up_due_change_of_action on workspace.follow_up_due_change (area_id, record_id, changed_on);
