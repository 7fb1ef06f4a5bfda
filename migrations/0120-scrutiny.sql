-- Scrutiny: questions from one organisation to another, their answers, what the asker made of them, and formal
-- challenges on several subjects.

-- Questions put together, numbered, because of one report or for one meeting. Not a record: it goes where its
-- questions go, so it carries a policy of its own.
create table workspace.scrutiny_set (
  area_id smallint not null references workspace.area,
  id uuid not null,
  organisation_id uuid not null,
  title text not null check (title <> ''),
  -- The report or meeting it is tied to, and its day.
  tied_to text,
  dated date,
  made_at timestamptz not null,
  primary key (area_id, id)
);
alter table workspace.scrutiny_set enable row level security;
alter table workspace.scrutiny_set force row level security;
create policy holder on workspace.scrutiny_set to peelian_program
  using (organisation_id = any (workspace.viewer_organisations()))
  with check (organisation_id = any (workspace.viewer_organisations()));

-- Parties are kept as they were named when the question was put: a person may leave, the question stays as asked.
create table workspace.scrutiny_question (
  area_id smallint not null,
  record_id uuid not null,
  form text not null check (form in ('question', 'report', 'tasking')),
  text text not null check (text <> ''),
  why text,
  heads text[] not null default '{}'
    check (heads <@ array['a', 'b', 'c', 'ca', 'd', 'e', 'f', 'g', 'h']),
  asked_for text not null check (asked_for in ('writing', 'meeting', 'both')),
  meeting_id uuid,
  meeting_title text,
  meeting_date date,
  asker_organisation uuid not null,
  asker_person uuid,
  asker_role text,
  asker_name text not null check (asker_name <> ''),
  answerer_organisation uuid not null,
  answerer_person uuid,
  answerer_role text,
  answerer_name text not null check (answerer_name <> ''),
  drafted_by text not null,
  set_id uuid,
  set_number smallint,
  put_on date,
  put_by text,
  answer_due date,
  withdrawn_on date,
  withdrawn_why text,
  -- What papers record of a historical question, step by step, and where it stands.
  recorded jsonb not null default '[]',
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, set_id) references workspace.scrutiny_set (area_id, id),
  unique (area_id, set_id, set_number),
  check ((set_id is null) = (set_number is null)),
  check ((withdrawn_on is null) = (withdrawn_why is null))
);
create index scrutiny_question_for_meeting on workspace.scrutiny_question (area_id, meeting_id)
  where meeting_id is not null;

-- A formal challenge: one letter on several subjects.
create table workspace.scrutiny_challenge (
  area_id smallint not null,
  record_id uuid not null,
  letter text not null,
  asker_organisation uuid not null,
  asker_person uuid,
  asker_role text,
  asker_name text not null check (asker_name <> ''),
  answerer_organisation uuid not null,
  answerer_person uuid,
  answerer_role text,
  answerer_name text not null check (answerer_name <> ''),
  sent_on date,
  sent_by text,
  reply_due date,
  -- A reply that papers speak of and nobody here holds.
  reply_known boolean not null default false,
  reply_note text,
  recorded jsonb not null default '[]',
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create table workspace.scrutiny_challenge_subject (
  area_id smallint not null,
  record_id uuid not null,
  number smallint not null check (number > 0),
  heading text not null check (heading <> ''),
  asks text,
  primary key (area_id, record_id, number),
  foreign key (area_id, record_id) references workspace.scrutiny_challenge (area_id, record_id)
);

-- An answer is held by who gives it, and stands in the name of one chief officer or of the commissioner.
create table workspace.scrutiny_answer (
  area_id smallint not null,
  record_id uuid not null,
  answers_kind text not null check (answers_kind in ('question', 'challenge')),
  answers_id uuid not null,
  asker_organisation uuid not null,
  text text not null,
  giver_organisation uuid not null,
  giver_person uuid,
  giver_role text,
  giver_name text not null check (giver_name <> ''),
  prepared_by text,
  how text not null check (how in ('writing', 'meeting', 'both')),
  part boolean not null default false,
  reply_by date,
  given_on date,
  given_by text,
  source text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create index scrutiny_answer_of on workspace.scrutiny_answer (area_id, answers_id);

-- Whether an attachment of an answer may be published, as the giver says; if not, on which limb of article 2(2) of the
-- Specified Information Order and who decided.
create table workspace.scrutiny_attachment (
  area_id smallint not null,
  attachment_id uuid not null,
  answer_id uuid not null,
  number smallint not null check (number > 0),
  withheld_limb text check (withheld_limb in ('a', 'b', 'c', 'd')),
  withheld_by text,
  primary key (area_id, attachment_id),
  foreign key (area_id, attachment_id) references workspace.attachment (area_id, id),
  foreign key (area_id, answer_id) references workspace.scrutiny_answer (area_id, record_id),
  unique (area_id, answer_id, number),
  check ((withheld_limb is null) = (withheld_by is null))
);

-- What the asker makes of an answer, every wording kept; the highest number is the one that stands.
create table workspace.scrutiny_judgement (
  area_id smallint not null,
  record_id uuid not null,
  number smallint not null check (number > 0),
  judges_kind text not null check (judges_kind in ('question', 'challenge')),
  judges_id uuid not null,
  outcome text not null
    check (outcome in ('assured', 'partly-assured', 'not-assured', 'answers', 'partly-answers', 'does-not-answer')),
  reason text not null check (reason <> ''),
  judged_on date not null,
  judged_by text not null,
  revised_why text,
  primary key (area_id, record_id, number),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  check ((number = 1) = (revised_why is null))
);
create index scrutiny_judgement_of on workspace.scrutiny_judgement (area_id, judges_id);
