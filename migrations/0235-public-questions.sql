-- Questions from the public to a meeting: what each body's own rules say, the questions, who asked them, and what was
-- said; and what was said at a meeting to the questions of a panel's members.

-- A body's rules for questions from the public. Settings of one body: another panel's are others.
create table workspace.scrutiny_public_question_rule (
  area_id smallint not null,
  body_id uuid not null,
  -- The organisation that keeps the body's meetings, and so the questions to them.
  organisation_id uuid not null,
  body_name text not null check (body_name <> ''),
  -- Whether questions are taken now.
  taking boolean not null default true,
  notice smallint not null check (notice between 0 and 365),
  notice_unit text not null check (notice_unit in ('working-days', 'days')),
  -- Whether neither the day of asking nor that of the meeting counts.
  notice_clear boolean not null default false,
  -- London time of day on the last day; without it the whole day counts.
  notice_until text check (notice_until ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  most_words smallint check (most_words > 0),
  most_at_meeting smallint check (most_at_meeting > 0),
  most_each smallint check (most_each > 0),
  minutes_all smallint check (minutes_all > 0),
  minutes_each smallint check (minutes_each > 0),
  supplementaries smallint not null default 0 check (supplementaries >= 0),
  -- Who may ask, and about what, as the body says it.
  who_may_ask text,
  about text,
  late_at_discretion boolean not null default true,
  -- The grounds on which a question may be refused.
  grounds text[] not null default '{}',
  handling text,
  -- After how many months from the answer the asker's contact details are erased.
  keep_months smallint not null default 12 check (keep_months between 1 and 120),
  version integer not null default 1,
  changed_at timestamptz not null,
  primary key (area_id, body_id),
  foreign key (area_id, body_id) references workspace.record (area_id, id)
);

create table workspace.scrutiny_public_question (
  area_id smallint not null,
  record_id uuid not null,
  -- What came in through the public site: it is carried once, however often it was sent.
  message_id uuid not null unique,
  -- What the asker was told to quote.
  receipt text not null check (receipt <> ''),
  body_id uuid not null,
  body_name text not null check (body_name <> ''),
  meeting_id uuid,
  meeting_title text,
  meeting_date date,
  -- Null once it was removed as spam.
  text text,
  -- The name the asker agreed to be published; without one it is "a resident".
  shown_name text,
  wishes text not null check (wishes in ('in-person', 'read-out')),
  received_at timestamptz not null,
  ask_by date,
  -- After the last moment of the body's notice, when it came in.
  late boolean not null default false,
  late_why text,
  place smallint check (place > 0),
  decided_on date,
  decided_by text,
  ground text,
  refused_why text,
  put_how text check (put_how in ('in-person', 'read-out', 'not-put')),
  answer text,
  answered_by text,
  answered_on date,
  answered_how text check (answered_how in ('meeting', 'writing')),
  ended_on date,
  ended_why text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create index scrutiny_public_question_for_meeting on workspace.scrutiny_public_question (area_id, meeting_id)
  where meeting_id is not null;
create index scrutiny_public_question_ended on workspace.scrutiny_public_question (ended_on)
  where ended_on is not null;

-- Who asked, and how to reply: apart, so that erasing it is taking a row away. It goes nowhere else.
create table workspace.scrutiny_public_question_asker (
  area_id smallint not null,
  record_id uuid not null,
  organisation_id uuid not null,
  name text not null check (name <> ''),
  email text,
  address text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.scrutiny_public_question (area_id, record_id),
  check (email is not null or address is not null)
);
alter table workspace.scrutiny_public_question_asker enable row level security;
alter table workspace.scrutiny_public_question_asker force row level security;
create policy holder on workspace.scrutiny_public_question_asker to peelian_program
  using (organisation_id = any (workspace.viewer_organisations()))
  with check (organisation_id = any (workspace.viewer_organisations()));

create table workspace.scrutiny_public_question_supplementary (
  area_id smallint not null,
  record_id uuid not null,
  number smallint not null check (number > 0),
  text text not null check (text <> ''),
  answer text,
  answered_by text,
  primary key (area_id, record_id, number),
  foreign key (area_id, record_id) references workspace.scrutiny_public_question (area_id, record_id)
);

-- What was said at a meeting to a question that one organisation put to another, as the asker's clerk recorded it: the
-- answer, a further question with its answer, what was undertaken.
create table workspace.scrutiny_said (
  area_id smallint not null,
  id uuid not null,
  question_id uuid not null,
  number smallint not null check (number > 0),
  kind text not null check (kind in ('answer', 'supplementary', 'undertaking')),
  -- Who spoke, by name and office, as recorded.
  said_by text not null check (said_by <> ''),
  -- The further question, where there is one.
  asked text,
  says text not null check (says <> ''),
  said_on date not null,
  recorded_by text not null,
  -- The action that was raised for an undertaking.
  action_id uuid,
  primary key (area_id, id),
  unique (area_id, question_id, number),
  foreign key (area_id, question_id) references workspace.scrutiny_question (area_id, record_id),
  check ((kind = 'supplementary') = (asked is not null))
);

-- What the public form needs: the rules of each body that takes questions, and the bank holidays proclaimed since.
create table published.public_question_rule (
  area_id smallint not null,
  body_id uuid not null,
  body_name text not null,
  rules jsonb not null,
  holidays jsonb not null default '[]',
  primary key (area_id, body_id)
);
