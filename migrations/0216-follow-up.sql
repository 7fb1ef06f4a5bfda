-- Recommendations and requests for information beside actions, in one register: several leads, replies kept apart from
-- the judgement, closure at a meeting or by the chair, and the colour by a stated rule.

-- What is particular to a recommendation, a request for information or an action, beside its record.
create table workspace.follow_up_item (
  area_id smallint not null,
  record_id uuid not null,
  asked text not null,
  raised_by_organisation uuid not null,
  -- The record of the body at whose meeting it was raised, where there is one.
  raised_by_body uuid,
  raised_by_words text not null,
  -- Everyone who leads, in words, as lists print them.
  lead_words text not null,
  first_due text,
  first_due_date date,
  due_moves integer not null default 0,
  -- What could not be resolved and is published as such.
  finding text,
  reopened integer not null default 0,
  -- The day on which information that was asked for arrived.
  received_on date,
  cancelled_why text,
  -- A colour chosen against the rule, never without its reason.
  rag_override text check (rag_override in ('red', 'amber', 'green')),
  rag_override_why text,
  rag_override_by text,
  rag_override_on date,
  -- Of a row of an old log: its state as printed, and beside it what the row itself shows.
  printed_state text,
  row_shows text check (row_shows in
    ('done-with-date', 'only-arranged', 'part-done', 'answered-something-else', 'not-shown', 'for-a-reviewer')),
  row_shows_why text,
  row_shows_on date,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  check ((rag_override is null) = (rag_override_why is null)),
  check ((printed_state is null) = (row_shows is null))
);
create index follow_up_item_of_raiser on workspace.follow_up_item (area_id, raised_by_organisation);
insert into workspace.follow_up_item (area_id, record_id, asked, raised_by_organisation, raised_by_words, lead_words,
  first_due, first_due_date, due_moves, finding, reopened)
select area_id, record_id, asked, raised_by_organisation, raised_by_words, lead_words,
  first_due, first_due_date, due_moves, finding, reopened
from workspace.follow_up_action;

-- Who leads, or stands in for a lead, from when to when: whoever left stays on record.
create table workspace.follow_up_lead (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  words text not null check (words <> ''),
  person_id uuid,
  organisation_id uuid,
  role text,
  -- The lead this one is the substitute of.
  stands_in_for uuid,
  since date not null,
  until date,
  ended_why text,
  seq bigint generated always as identity,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.follow_up_item (area_id, record_id),
  foreign key (area_id, stands_in_for) references workspace.follow_up_lead (area_id, id),
  check ((until is null) = (ended_why is null))
);
create index follow_up_lead_of_item on workspace.follow_up_lead (area_id, record_id);
alter table workspace.record no force row level security;
insert into workspace.follow_up_lead (area_id, id, record_id, words, person_id, organisation_id, role, since)
select a.area_id, gen_random_uuid(), a.record_id, coalesce(nullif(a.lead_words, ''), 'not recorded'),
  r.owner_person, r.owner_organisation, r.owner_role, r.dated
from workspace.follow_up_action a join workspace.record r on r.area_id = a.area_id and r.id = a.record_id;
alter table workspace.record force row level security;

-- To whom a recommendation is addressed: an organisation of the area, or another body in words.
create table workspace.follow_up_addressee (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  organisation_id uuid,
  words text not null check (words <> ''),
  seq bigint generated always as identity,
  primary key (area_id, id),
  unique (area_id, record_id, organisation_id),
  foreign key (area_id, record_id) references workspace.follow_up_item (area_id, record_id)
);
create index follow_up_addressee_of_item on workspace.follow_up_addressee (area_id, record_id);

-- A reply to a recommendation: the replier's own record until it is sent. Each change after that is a reply of its own.
create table workspace.follow_up_reply (
  area_id smallint not null,
  record_id uuid not null,
  recommendation_id uuid not null,
  asker_organisation uuid not null,
  addressee_id uuid not null,
  answer text not null check (answer in ('accepted', 'partly', 'rejected')),
  reason text not null,
  -- What was or will be done, and by when.
  doing text,
  done_by date,
  in_the_name_of text not null,
  sent_on date,
  sent_by text,
  -- Put on record by whoever asked, from a letter of somebody who does not use this software.
  on_paper boolean not null default false,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, recommendation_id) references workspace.record (area_id, id),
  foreign key (area_id, addressee_id) references workspace.follow_up_addressee (area_id, id)
);
create index follow_up_reply_of_recommendation on workspace.follow_up_reply (area_id, recommendation_id);

-- Every closing, and its undoing: where it was decided, and whether what was done answers what was asked.
create table workspace.follow_up_closure (
  area_id smallint not null,
  id uuid not null,
  record_id uuid not null,
  closed_on date not null,
  -- Left out where it was closed before this was asked.
  way text check (way in ('meeting', 'chair')),
  meeting_id uuid,
  meeting_words text,
  answers_asked text not null check (answers_asked in ('yes', 'partly', 'no')),
  reason text not null,
  reopened_on date,
  reopened_meeting_id uuid,
  reopened_meeting_words text,
  reopened_why text,
  seq bigint generated always as identity,
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.follow_up_item (area_id, record_id),
  check (way is distinct from 'meeting' or meeting_words is not null),
  check ((reopened_on is null) = (reopened_why is null))
);
create index follow_up_closure_of_item on workspace.follow_up_closure (area_id, record_id);
insert into workspace.follow_up_closure (area_id, id, record_id, closed_on, answers_asked, reason)
select area_id, gen_random_uuid(), record_id, closed_on, answers_asked, coalesce(closing_reason, '')
from workspace.follow_up_action where closed_on is not null and answers_asked is not null;

drop table workspace.follow_up_action cascade;
alter table workspace.follow_up_update
  add foreign key (area_id, record_id) references workspace.follow_up_item (area_id, record_id);
alter table workspace.follow_up_due_change
  add foreign key (area_id, record_id) references workspace.follow_up_item (area_id, record_id),
  -- False where the reply to a recommendation says by when it is done: that moves nothing that was agreed.
  add column counted boolean not null default true;
create index follow_up_due_change_in_time on workspace.follow_up_due_change (area_id, changed_on desc);

-- The rule by which a colour is worked out, set by an organisation for all it raises, or for one of its bodies.
create table workspace.follow_up_rag_rule (
  area_id smallint not null,
  organisation_id uuid not null,
  body_id uuid,
  -- Red when more than so many days late.
  red_late_days integer not null check (red_late_days between 0 and 3650),
  -- Red when the due moved more than so many times; left out: moves do not count.
  red_moves integer check (red_moves between 0 and 100),
  -- Amber when due within so many days, or late at all.
  amber_within_days integer not null check (amber_within_days between 0 and 3650),
  amber_without_date boolean not null,
  version integer not null default 1,
  set_by text not null,
  set_at timestamptz not null,
  unique nulls not distinct (area_id, organisation_id, body_id)
);
