-- What a minute raises may also be a request for information or a recommendation; and sentences of a minute that read
-- like an undertaking and were looked at: none is left in the prose unseen.

alter table workspace.meetings_outcome drop constraint meetings_outcome_form_check;
alter table workspace.meetings_outcome add constraint meetings_outcome_form_check
  check (form in ('action', 'undertaking', 'request', 'recommendation'));

create table workspace.meetings_prose_settled (
  area_id smallint not null,
  minutes_id uuid not null,
  item_id uuid not null,
  sentence text not null,
  settled_by text not null,
  settled_on date not null,
  primary key (area_id, minutes_id, item_id, sentence),
  foreign key (area_id, minutes_id) references workspace.meetings_minutes (area_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id)
);
