-- Meetings: agendas, attendance, minutes with what was raised in them, and the signatures under them.

create table workspace.meetings_meeting (
  area_id smallint not null,
  record_id uuid not null,
  body_id uuid not null,
  -- The body's name when the meeting was called: a body may be renamed, its meeting was not.
  body_name text not null check (body_name <> ''),
  -- London time of day, where it is known: 10:00
  starts text check (starts ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  place text,
  online_link text,
  -- Whether the public may attend; left out where it is not known. Minutes of the others are published too (Specified Information Order 2011, 5(c)).
  open_to_public boolean,
  -- Raised with every change, so that calendars take the newer (RFC 5545, SEQUENCE).
  sequence integer not null default 0,
  agenda_sent_on date,
  cancelled_why text,
  -- Who presided, or why that is not known, in a historical area.
  chair_person uuid,
  chair_note text,
  -- The marking printed on the paper, as found.
  printed_marking text,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, body_id) references workspace.record (area_id, id)
);
create index meetings_meeting_of_body on workspace.meetings_meeting (area_id, body_id);

-- An item of an agenda. `number` is as printed; without one it is the place in the order. What is withdrawn after
-- publication stays as a tombstone, so that the numbers of the others stand.
create table workspace.meetings_item (
  area_id smallint not null,
  id uuid not null,
  meeting_id uuid not null,
  position integer not null,
  number text,
  printed_reference text,
  title text not null check (title <> ''),
  kind text not null check (kind in ('minutes', 'ordinary', 'other-business')),
  classification text not null default 'open'
    check (classification in ('open', 'exempt', 'confidential', 'withheld', 'unresolved')),
  ground jsonb,
  withdrawn_on date,
  withdrawn_why text,
  version integer not null default 1,
  primary key (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  check (classification in ('open', 'unresolved') or ground is not null),
  check ((withdrawn_on is null) = (withdrawn_why is null))
);
create index meetings_item_of_meeting on workspace.meetings_item (area_id, meeting_id, position);

-- What is considered under an item. Under a withheld item this is the only place that says so.
create table workspace.meetings_item_record (
  area_id smallint not null,
  item_id uuid not null,
  record_id uuid not null,
  record_kind text not null,
  added_at timestamptz not null,
  primary key (area_id, item_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id) on delete cascade
);

create table workspace.meetings_attendance (
  area_id smallint not null,
  id uuid not null,
  meeting_id uuid not null,
  position integer not null,
  organisation_id uuid,
  person_id uuid,
  -- What the public reads of somebody without a public name: the post, as printed.
  label text not null check (label <> ''),
  -- Initials by which the minutes name them, as printed.
  initials text,
  presence text not null check (presence in ('attended', 'apologies', 'minutes')),
  arrived text,
  left_at text,
  primary key (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id)
);
create index meetings_attendance_of_meeting on workspace.meetings_attendance (area_id, meeting_id);

create table workspace.meetings_minutes (
  area_id smallint not null,
  record_id uuid not null,
  meeting_id uuid not null,
  -- The organisation whose clerk takes them.
  kept_by uuid not null,
  taken_by text,
  -- When the body meets next, as the minutes say.
  next_meeting_printed text,
  next_meeting_date date,
  circulated_on date,
  agreed_at uuid,
  agreed_on date,
  signed_on date,
  published_on date,
  -- What does not fit together in a loaded paper, besides what the rules find.
  stated_findings jsonb not null default '[]',
  source text,
  primary key (area_id, record_id),
  unique (area_id, meeting_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id)
);
create table workspace.meetings_minute (
  area_id smallint not null,
  minutes_id uuid not null,
  item_id uuid not null,
  text text not null,
  written_by text not null,
  written_at timestamptz not null,
  version integer not null default 1,
  primary key (area_id, minutes_id, item_id),
  foreign key (area_id, minutes_id) references workspace.meetings_minutes (area_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id)
);

-- What was changed between circulation and agreement.
create table workspace.meetings_correction (
  area_id smallint not null,
  id uuid not null,
  minutes_id uuid not null,
  item_id uuid not null,
  text_before text not null,
  text_after text not null,
  why text not null check (why <> ''),
  made_by text not null,
  made_on date not null,
  primary key (area_id, id),
  foreign key (area_id, minutes_id) references workspace.meetings_minutes (area_id, record_id)
);
create index meetings_correction_of on workspace.meetings_correction (area_id, minutes_id);

-- What a minute raises: an action or an undertaking, with who and by when as they were said.
create table workspace.meetings_outcome (
  area_id smallint not null,
  id uuid not null,
  minutes_id uuid not null,
  item_id uuid not null,
  position integer not null,
  form text not null check (form in ('action', 'undertaking')),
  text text not null check (text <> ''),
  -- Who, as said: initials, a name, a team. The rest only where it was given beyond doubt.
  lead_words text,
  lead_person uuid,
  lead_organisation uuid,
  lead_role text,
  others jsonb not null default '[]',
  due_kind text check (due_kind in ('date', 'meeting', 'condition')),
  due_date date,
  due_meeting uuid,
  due_condition text,
  due_look_again date,
  -- What it comes of, among what the item considers.
  about_id uuid,
  about_kind text,
  finding text,
  -- Whether an action is raised for it; a mere statement of what is planned may be listed without one.
  raises boolean not null default true,
  printed_reference text,
  action_id uuid,
  primary key (area_id, id),
  foreign key (area_id, minutes_id) references workspace.meetings_minutes (area_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id),
  check ((about_id is null) = (about_kind is null))
);
create index meetings_outcome_of on workspace.meetings_outcome (area_id, minutes_id);

create table workspace.meetings_signature (
  area_id smallint not null,
  minutes_id uuid not null,
  organisation_id uuid not null,
  -- As the public reads it: a public name, or the office alone.
  name text not null check (name <> ''),
  person_id uuid,
  role text not null,
  signed_on date not null,
  -- Where a paper does not print the office: put together from what it shows.
  inferred boolean not null default false,
  primary key (area_id, minutes_id, organisation_id),
  foreign key (area_id, minutes_id) references workspace.meetings_minutes (area_id, record_id)
);
