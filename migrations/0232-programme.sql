-- The work programme of a body: what it means to look at, when it last did and when it will next; briefing notes asked
-- for and circulated; and task and finish reviews.

create table workspace.meetings_programme_item (
  area_id smallint not null,
  record_id uuid not null,
  body_id uuid not null,
  form text not null check (form in ('report', 'briefing-note')),
  -- What the report or note is to cover.
  covers text not null,
  -- Who leads, as the programme says.
  lead text,
  -- It comes to every meeting.
  standing boolean not null default false,
  last_meeting uuid,
  last_date date,
  next_meeting uuid,
  next_date date,
  -- What is said instead of, or beside, a date: "To be confirmed", "First meeting in the new municipal year".
  next_words text,
  requested_on date,
  circulated_on date,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, body_id) references workspace.record (area_id, id)
);
create index meetings_programme_item_of_body on workspace.meetings_programme_item (area_id, body_id);

-- When it was to come, each time that moved, and why: a deferral keeps its history.
create table workspace.meetings_programme_move (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  moved_on date not null,
  was text not null,
  became text not null,
  why text not null check (why <> ''),
  moved_by text not null,
  seq bigint generated always as identity,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.meetings_programme_item (area_id, record_id)
);
create index meetings_programme_move_of_item on workspace.meetings_programme_move (area_id, record_id);

-- A task and finish review of a body, from its scope to the body's adoption of its report.
create table workspace.meetings_review (
  area_id smallint not null,
  record_id uuid not null,
  body_id uuid not null,
  scope text not null,
  -- The working group that does it, where there is one.
  group_id uuid,
  survey text,
  survey_answers integer check (survey_answers >= 0),
  findings text,
  recommendations text,
  report_meeting uuid,
  adopted_at uuid,
  adopted_on date,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, body_id) references workspace.record (area_id, id)
);
create table workspace.meetings_review_session (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  held_on date not null,
  subject text not null check (subject <> ''),
  notes text,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.meetings_review (area_id, record_id)
);
-- Who gives evidence, by category: an organisation or a post, never a victim or a private person by name.
create table workspace.meetings_review_witness (
  area_id smallint not null,
  id uuid not null,
  session_id uuid not null,
  category text not null check (category <> ''),
  witness text not null check (witness <> ''),
  primary key (area_id, id),
  foreign key (area_id, session_id) references workspace.meetings_review_session (area_id, id) on delete cascade
);
create index meetings_review_session_of on workspace.meetings_review_session (area_id, record_id, held_on);
create index meetings_review_witness_of on workspace.meetings_review_witness (area_id, session_id);
