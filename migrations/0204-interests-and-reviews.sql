-- Registering interests, and which part of a record a review of a classification is about.

-- Where the host council keeps the register of interests of a body's members: the one thing of it that is public here.
alter table workspace.organisations_body add column interests_register text check (interests_register ~ '^https?://');

-- That somebody has interests to register, from when, and when it was done. What the interests are stands in the register
-- of the monitoring officer and never here.
create table workspace.organisations_interest (
  area_id smallint not null,
  id uuid not null,
  -- The body the person sits on, or the record of the person in office.
  record_id uuid not null,
  person_id uuid not null references workspace.organisations_person,
  -- The seat it comes of, where it comes of one.
  membership_id uuid,
  rule text not null check (rule in ('DPI-REG', 'W-CODE', 'DPI-MEET', 'PCC-INT')),
  -- The day of becoming a member, of the disclosure, or on which the change became known.
  began_on date not null,
  clock_id uuid not null,
  registered_on date check (registered_on >= began_on),
  register text check (register ~ '^https?://'),
  primary key (area_id, id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create index organisations_interest_on on workspace.organisations_interest (area_id, record_id, began_on);

-- What a review of a classification looks at again, where that is one part of a record: an item of an agenda.
create table workspace.classification_review (
  area_id smallint not null,
  clock_id uuid not null,
  record_id uuid not null,
  part_id uuid,
  primary key (area_id, clock_id)
);
create index classification_review_of on workspace.classification_review (area_id, record_id);
