-- Papers under the items of a meeting: who is asked for them, what they say, what of them is withheld, where they stand.

-- A request for a paper. Its record is held by the organisation that asks, and is released to the one that is asked.
create table workspace.meetings_paper_request (
  area_id smallint not null,
  record_id uuid not null,
  meeting_id uuid not null,
  item_id uuid,
  covers text not null check (covers <> ''),
  asked_organisation uuid not null,
  asked_role text,
  withdrawn_why text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  -- An item that goes before anybody has read it takes nothing along: the request stays, for its meeting.
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id) on delete set null (item_id)
);
create index meetings_paper_request_of_meeting on workspace.meetings_paper_request (area_id, meeting_id);

-- A paper, in Markdown, or as a file of its own. What is withheld of the text is fenced off in the text itself, by a
-- key into `grounds`, so that a marking moves with its words. A paper received from another organisation is the
-- receiver's own record, with the words as they were sent.
create table workspace.meetings_paper (
  area_id smallint not null,
  record_id uuid not null,
  -- The request it is written for, which may be another organisation's record.
  request_id uuid,
  -- For which meeting and item, in words.
  meeting_words text,
  author text,
  contact text,
  recommendations text not null default '',
  body text not null default '',
  -- [{"title", "url"}]
  background jsonb not null default '[]',
  -- {"G1": ground}
  grounds jsonb not null default '{}',
  -- An uploaded document that is the paper, and what was found of it: fileId, name, mediaType, size, pages, scanned.
  document jsonb,
  received_id uuid,
  received_version integer,
  received_from uuid,
  -- Whether the organisation that wrote it lets this one publish it.
  may_publish boolean not null default true,
  -- Markings that found no place in a later version, in words without content, until somebody settles them.
  unsettled jsonb not null default '[]',
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id),
  check ((received_id is null) = (received_version is null) and (received_id is null) = (received_from is null))
);
create index meetings_paper_received on workspace.meetings_paper (area_id, received_id) where received_id is not null;
create index meetings_paper_for_request on workspace.meetings_paper (area_id, request_id) where request_id is not null;

create table workspace.meetings_paper_appendix (
  area_id smallint not null,
  id uuid not null,
  paper_id uuid not null,
  position integer not null,
  title text not null check (title <> ''),
  body text not null default '',
  document jsonb,
  -- Why all of it is withheld; null where it is open.
  ground jsonb,
  -- Kept back by the organisation that wrote it: there is nothing here to read.
  kept_back boolean not null default false,
  -- The appendix of the received paper that it is a copy of.
  received_id uuid,
  primary key (area_id, id),
  foreign key (area_id, paper_id) references workspace.meetings_paper (area_id, record_id)
);
create index meetings_paper_appendix_of_paper on workspace.meetings_paper_appendix (area_id, paper_id, position);

-- Whom a paper goes to, and on what terms.
create table workspace.meetings_paper_receiver (
  area_id smallint not null,
  paper_id uuid not null,
  organisation_id uuid not null,
  -- Whether they read what is withheld from the public.
  in_full boolean not null,
  -- Whether they may publish the rest.
  may_publish boolean not null,
  sent_version integer not null,
  sent_at timestamptz not null,
  primary key (area_id, paper_id, organisation_id),
  foreign key (area_id, paper_id) references workspace.meetings_paper (area_id, record_id)
);

-- Where a paper stands. One placed after the papers were first published belongs to a numbered supplement.
create table workspace.meetings_paper_place (
  area_id smallint not null,
  paper_id uuid not null,
  meeting_id uuid not null,
  item_id uuid not null,
  position integer not null,
  supplement integer check (supplement > 0),
  placed_at timestamptz not null,
  primary key (area_id, paper_id, item_id),
  foreign key (area_id, paper_id) references workspace.meetings_paper (area_id, record_id),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id),
  foreign key (area_id, item_id) references workspace.meetings_item (area_id, id) on delete cascade
);
create index meetings_paper_place_of_meeting on workspace.meetings_paper_place (area_id, meeting_id, position);

-- What is withheld in one place and printed in another, where somebody decided that it may stand. The words
-- themselves are not kept, only their fingerprint together with the place.
create table workspace.meetings_paper_settled (
  area_id smallint not null,
  meeting_id uuid not null,
  fingerprint bytea not null,
  reason text not null check (reason <> ''),
  settled_by text not null,
  settled_at timestamptz not null,
  primary key (area_id, meeting_id, fingerprint),
  foreign key (area_id, meeting_id) references workspace.meetings_meeting (area_id, record_id)
);

-- The pages of an uploaded PDF: what was read of them, and what each is called for those who cannot see it.
create table workspace.meetings_paper_page (
  area_id smallint not null,
  file_id uuid not null references workspace.file on delete cascade,
  page integer not null check (page > 0),
  text text not null,
  alternative text not null check (alternative <> ''),
  primary key (file_id, page)
);
