-- In the room: kinds of meeting, nested and late items, the chair's private notes, who was there and when, quorum,
-- declarations of interest, resolutions and votes, and items put off to a later meeting.

alter table workspace.meetings_meeting
  add column form text not null default 'ordinary'
    check (form in ('ordinary', 'extraordinary', 'public-scrutiny', 'confirmation-hearing', 'working-group', 'private-briefing')),
  -- The post whose proposed holder a confirmation hearing questions.
  add column candidate_post text,
  -- The day on which the public was told of the day that now stands.
  add column noticed_on date;

alter table workspace.meetings_item
  -- The item that this one is a part of: 5a is a part of 5.
  add column parent_id uuid,
  add column lead text,
  -- Added after the agenda was published, with the chair's reason (Local Government Act 1972 s.100B(4)).
  add column lateness text check (lateness in ('late', 'urgent', 'tabled')),
  add column late_reason text,
  add column late_decided_on date,
  add foreign key (area_id, parent_id) references workspace.meetings_item (area_id, id),
  add check (parent_id is null or parent_id <> id),
  add check ((lateness is null) = (late_reason is null) and (lateness is null) = (late_decided_on is null));

-- For the chair's copy alone: nothing that is released or published reads this table.
create table workspace.meetings_item_private (
  area_id smallint not null,
  item_id uuid not null,
  minutes smallint check (minutes between 1 and 600),
  notes text,
  primary key (area_id, item_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id) on delete cascade
);

-- An item put off to another meeting, or to one not yet known. What was put off several times is one thread.
create table workspace.meetings_deferral (
  area_id smallint not null,
  id uuid not null,
  -- The item with which the thread began. It may be gone: an agenda nobody was sent keeps no tombstone.
  thread uuid not null,
  from_meeting uuid not null,
  from_item uuid not null,
  to_meeting uuid,
  to_item uuid,
  title text not null check (title <> ''),
  why text not null check (why <> ''),
  decided_on date not null,
  primary key (area_id, id),
  foreign key (area_id, from_meeting) references workspace.meetings_meeting (area_id, record_id),
  foreign key (area_id, to_meeting) references workspace.meetings_meeting (area_id, record_id),
  check (to_item is null or to_meeting is not null)
);
create index meetings_deferral_of_thread on workspace.meetings_deferral (area_id, thread);
create index meetings_deferral_of_meeting on workspace.meetings_deferral (area_id, from_meeting);

alter table workspace.meetings_attendance
  -- In which group the minutes list somebody; null where it was not said.
  add column part text check (part in ('member', 'co-opted', 'officer', 'office', 'force', 'guest', 'other')),
  -- The authority that somebody sits for, as it was on the day.
  add column authority text,
  -- The seat on the body that somebody sits in; a substitute sits in the seat of another.
  add column seat_id uuid,
  add column as_substitute boolean not null default false,
  add column substitute_for text,
  -- Whether the seat counts for quorum and vote: an adviser may sit on a body without one.
  add column votes boolean not null default false,
  add check (not as_substitute or substitute_for is not null);

create table workspace.meetings_movement (
  area_id smallint not null,
  id uuid not null,
  attendance_id uuid not null,
  direction text not null check (direction in ('arrived', 'left')),
  -- The item before which it happened; null where only the time is known.
  item_id uuid,
  at_time text check (at_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  primary key (area_id, id),
  foreign key (area_id, attendance_id) references workspace.meetings_attendance (area_id, id) on delete cascade,
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id),
  check (item_id is not null or at_time is not null)
);
create index meetings_movement_of on workspace.meetings_movement (area_id, attendance_id);

create table workspace.meetings_room (
  area_id smallint not null,
  meeting_id uuid not null,
  presided_by uuid,
  -- A paper that does not say who presided.
  presiding_not_recorded boolean not null default false,
  public_present integer check (public_present >= 0),
  online_followers integer check (online_followers >= 0),
  none_declared boolean not null default false,
  -- The resolution to exclude the public as typed, where it is not the offered wording, and why.
  exclusion_text text,
  exclusion_why text,
  primary key (area_id, meeting_id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  foreign key (area_id, presided_by) references workspace.meetings_attendance (area_id, id)
    on delete set null (presided_by),
  check (not presiding_not_recorded or presided_by is null)
);

create table workspace.meetings_declaration (
  area_id smallint not null,
  id uuid not null,
  meeting_id uuid not null,
  attendance_id uuid not null,
  -- Null for an interest in the meeting as a whole.
  item_id uuid,
  kind text not null check (kind in ('pecuniary', 'other')),
  nature text not null check (nature <> ''),
  left_room boolean not null,
  primary key (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  foreign key (area_id, attendance_id) references workspace.meetings_attendance (area_id, id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id),
  check (not left_room or item_id is not null)
);
create index meetings_declaration_of on workspace.meetings_declaration (area_id, meeting_id);

create table workspace.meetings_resolution (
  area_id smallint not null,
  id uuid not null,
  meeting_id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('ordinary', 'exclude-public', 'veto')),
  text text not null check (text <> ''),
  proposer uuid,
  seconder uuid,
  -- Without a vote, by a show of hands, or by name.
  way text not null check (way in ('agreed', 'hands', 'recorded')),
  votes_for integer check (votes_for >= 0),
  votes_against integer check (votes_against >= 0),
  abstained integer check (abstained >= 0),
  -- How the person presiding broke an equal vote.
  casting text check (casting in ('for', 'against')),
  -- For a veto: of how many members in post two-thirds are asked.
  members_in_post integer check (members_in_post > 0),
  carried boolean not null,
  -- Why an unusual wording of the resolution to exclude the public was let stand.
  confirmed_why text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id),
  foreign key (area_id, proposer) references workspace.meetings_attendance (area_id, id),
  foreign key (area_id, seconder) references workspace.meetings_attendance (area_id, id),
  check ((way = 'agreed') = (votes_for is null)),
  check ((votes_for is null) = (votes_against is null)),
  check ((kind = 'veto') = (members_in_post is not null))
);
create index meetings_resolution_of on workspace.meetings_resolution (area_id, meeting_id);

create table workspace.meetings_vote (
  area_id smallint not null,
  resolution_id uuid not null,
  attendance_id uuid not null,
  vote text not null check (vote in ('for', 'against', 'abstained', 'absent')),
  primary key (area_id, resolution_id, attendance_id),
  foreign key (area_id, resolution_id) references workspace.meetings_resolution (area_id, id) on delete cascade,
  foreign key (area_id, attendance_id) references workspace.meetings_attendance (area_id, id)
);

-- What a body's rules of procedure say of its meetings, where they are known. A quorum that is a number stands with
-- the body itself; here it is a fraction of the members in post, and the least it may come to.
create table workspace.meetings_body_rule (
  area_id smallint not null,
  body_id uuid not null,
  quorum_numerator smallint check (quorum_numerator > 0),
  quorum_denominator smallint check (quorum_denominator >= quorum_numerator),
  quorum_least smallint check (quorum_least > 0),
  quorum_words text,
  -- Clear working days of notice that the body gives itself, or adds to those of the law.
  notice_days smallint check (notice_days between 1 and 60),
  -- Opens the meetings of a working group, which are closed otherwise.
  meets_in_public boolean not null default false,
  -- Whether the person presiding has a casting vote; null where it is not known.
  casting_vote boolean,
  version integer not null default 1,
  primary key (area_id, body_id),
  foreign key (area_id, body_id) references workspace.record (area_id, id),
  check ((quorum_numerator is null) = (quorum_denominator is null)),
  check (quorum_least is null or quorum_numerator is not null)
);
