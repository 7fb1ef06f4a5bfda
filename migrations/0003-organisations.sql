-- Organisations, people and bodies. Organisations and people belong to no area: they are facts that every organisation
-- may know. What an organisation keeps about them in an area (a body, an office-holder) is a record with its holder.

create table workspace.organisation (
  id uuid primary key,
  name text not null check (name <> ''),
  short_name text not null check (short_name <> ''),
  kind text not null check (kind in ('office', 'force', 'panel', 'council', 'other')),
  slug text not null unique check (slug ~ '^[a-z0-9-]+$'),
  -- The council that hosts a panel.
  host_id uuid references workspace.organisation,
  legal_name text,
  valid_from date,
  valid_to date,
  check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create table workspace.organisation_area (
  area_id smallint not null references workspace.area,
  organisation_id uuid not null references workspace.organisation,
  primary key (area_id, organisation_id)
);
create index organisation_area_of on workspace.organisation_area (organisation_id);

-- The local policing body that an office serves: the law changes its kind and name, the record keeps its maker.
create table workspace.organisations_policing_body (
  id uuid primary key,
  area_id smallint not null references workspace.area,
  organisation_id uuid not null references workspace.organisation,
  kind text not null check (kind in
    ('PCC', 'PFCC', 'MOPAC', 'MAYORAL_CA', 'COMMON_COUNCIL', 'POLICING_CRIME_BOARD', 'OTHER')),
  legal_name text not null check (legal_name <> ''),
  valid_from date,
  valid_to date,
  check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create index organisations_policing_body_of on workspace.organisations_policing_body (area_id, valid_from);

-- Who took over from whom. No date means that nothing was transferred yet; none is ever inferred.
create table workspace.organisations_succession (
  id uuid primary key,
  from_bodies uuid[] not null check (cardinality(from_bodies) > 0),
  to_bodies uuid[] not null check (cardinality(to_bodies) > 0),
  effective_on date,
  instrument text,
  scope text[] not null check (cardinality(scope) > 0
    and scope <@ array['POLICING', 'FIRE', 'ASSETS', 'STAFF', 'RECORDS'])
);

create table workspace.organisations_person (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]+$'),
  name text not null check (name <> ''),
  -- The name the public may read; without one a person appears by role alone.
  public_name text check (public_name <> ''),
  -- Names as papers print them, for finding a person by initials.
  also_printed text[] not null default '{}'
);

-- A time as a paper gives it: a day, a month, a year, or a financial year (2017/18).
create domain workspace.stated_time as text
  check (value ~ '^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|/[0-9]{2})?$');

-- A post over time. A start that no paper gives is left out; the times at which a paper shows the person in post stand in
-- its place (`shown`). `end_unknown`: nobody knows whether it goes on after the last of those.
create table workspace.organisations_appointment (
  id uuid primary key,
  area_id smallint not null references workspace.area,
  organisation_id uuid references workspace.organisation,
  person_id uuid references workspace.organisations_person,
  role text not null,
  title text not null check (title <> ''),
  -- The organisation that says so. What it says of another's post is public only through its own pages.
  recorded_by uuid not null references workspace.organisation,
  started workspace.stated_time,
  ended workspace.stated_time,
  end_unknown boolean not null default false,
  shown text[] not null default '{}',
  source text,
  note text,
  check (ended is null or not end_unknown)
);
create index organisations_appointment_in on workspace.organisations_appointment (organisation_id, role);
create index organisations_appointment_of on workspace.organisations_appointment (person_id);
create index organisations_appointment_area on workspace.organisations_appointment (area_id);

-- The record of a person who holds office, kept by an organisation in an area.
create table workspace.organisations_office_holder (
  area_id smallint not null,
  record_id uuid not null,
  person_id uuid not null references workspace.organisations_person,
  about text,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);
create index organisations_office_holder_of on workspace.organisations_office_holder (person_id, area_id);

-- A panel, board, committee or group. Quorum left out means that it is not known.
create table workspace.organisations_body (
  area_id smallint not null,
  record_id uuid not null,
  form text not null check (form in ('panel', 'board', 'committee', 'working-group', 'meeting', 'other')),
  purpose text,
  terms_of_reference text,
  quorum smallint check (quorum > 0),
  frequency text,
  chairing text,
  how_to_ask text,
  how_to_complain text,
  -- Organisations that attend, besides those that hold it.
  sides uuid[] not null default '{}',
  -- The day of the last paper held, in a historical area.
  as_at date,
  primary key (area_id, record_id),
  foreign key (area_id, record_id) references workspace.record (area_id, id)
);

-- A seat on a body over time: of a person, or of whoever holds a role in an organisation.
create table workspace.organisations_membership (
  area_id smallint not null,
  id uuid not null,
  body_id uuid not null,
  person_id uuid references workspace.organisations_person,
  organisation_id uuid references workspace.organisation,
  role text,
  title text,
  capacity text not null
    check (capacity in ('chair', 'vice-chair', 'member', 'co-opted-independent', 'substitute', 'attending')),
  -- The authority that sent the member, where one did.
  authority text,
  substitute_for uuid,
  started workspace.stated_time,
  ended workspace.stated_time,
  end_unknown boolean not null default false,
  shown text[] not null default '{}',
  source text,
  note text,
  primary key (area_id, id),
  foreign key (area_id, body_id) references workspace.organisations_body (area_id, record_id),
  foreign key (area_id, substitute_for) references workspace.organisations_membership (area_id, id),
  check (ended is null or not end_unknown)
);
create index organisations_membership_of_body on workspace.organisations_membership (area_id, body_id);
create index organisations_membership_of_person on workspace.organisations_membership (person_id);
