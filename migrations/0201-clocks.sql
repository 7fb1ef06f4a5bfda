-- Running clocks: the facts they were worked out from, so that a pause, an extension or a new bank holiday can date
-- them again; who may see them; and what the public may open of a due date.

alter table workspace.clock
  add column record_kind text,
  -- The organisations that may see it: those that hold the record, and the one that owes.
  add column holders uuid[],
  -- What it is worked out from: from, year, members, paused, leftOut, extended, length, jurisdiction.
  add column facts jsonb not null default '{}',
  -- The London moment where the rule counts hours; `due` is its day.
  add column due_at timestamp,
  -- The due was agreed (a date, a meeting, a condition) instead of the rule's own: then no calendar moves it.
  add column agreed boolean not null default false,
  -- The due of the record is this clock's.
  add column sets_due boolean not null default true,
  add column in_force boolean not null default true,
  add column extension_ground text,
  add column cancelled_why text,
  -- Why the start or the end is not known, where no evidence is held.
  add column not_known_why text,
  -- How often it changed: a personal calendar takes the newer (RFC 5545, SEQUENCE).
  add column sequence integer not null default 0,
  add column updated_at timestamptz;
alter table workspace.clock alter column started_on drop not null;
alter table workspace.clock drop constraint clock_state_check;
alter table workspace.clock add constraint clock_state_check
  check (state in ('running', 'paused', 'stopped', 'cancelled', 'not-known'));

alter table workspace.record no force row level security;
update workspace.clock c set
  record_kind = r.kind,
  holders = array(select distinct holder from unnest(r.holders || c.organisation_id) holder),
  facts = jsonb_build_object('from', c.started_on),
  agreed = jsonb_array_length(c.working) < 3,
  updated_at = c.created_at
from workspace.record r where r.area_id = c.area_id and r.id = c.record_id;
alter table workspace.record force row level security;
delete from workspace.clock where holders is null;
alter table workspace.clock
  alter column record_kind set not null,
  alter column holders set not null,
  alter column updated_at set not null;

drop index workspace.clock_of_organisation;
-- The duties of an organisation: what runs, by day; by who owes it; by kind of record.
create index clock_running on workspace.clock (area_id, organisation_id, (coalesce(due, 'infinity'::date)), id)
  where state in ('running', 'paused');
create index clock_running_by_owner
  on workspace.clock (area_id, organisation_id, owner_role, (coalesce(due, 'infinity'::date)), id)
  where state in ('running', 'paused');
create index clock_running_by_kind
  on workspace.clock (area_id, organisation_id, record_kind, (coalesce(due, 'infinity'::date)), id)
  where state in ('running', 'paused');
-- What was kept late, by when.
create index clock_kept_late on workspace.clock (area_id, organisation_id, stopped_on desc, id)
  where state = 'stopped' and stopped_on > due;

alter table workspace.clock enable row level security;
alter table workspace.clock force row level security;
create policy holders on workspace.clock to peelian_program
  using (holders && workspace.viewer_organisations()) with check (holders && workspace.viewer_organisations());

-- Lengths that an organisation or one of its bodies sets instead of a rule's own.
create table workspace.clock_setting (
  area_id smallint not null,
  -- The organisation, or the record of one of its bodies.
  set_for uuid not null,
  rule text not null,
  length integer not null check (length > 0),
  set_by text not null,
  set_at timestamptz not null,
  primary key (area_id, set_for, rule)
);

-- Bank holidays proclaimed or withdrawn after this version was made. Area 0 means every area.
create table workspace.calendar_change (
  area_id smallint not null,
  seq bigint generated always as identity,
  date date not null,
  change text not null check (change in ('added', 'removed')),
  name text not null check (name <> ''),
  -- The part of the kingdom that takes the day.
  where_taken text not null,
  -- Where it was proclaimed.
  source text not null check (source <> ''),
  made_by text not null,
  made_at timestamptz not null,
  primary key (area_id, seq)
);

-- What the public opens of a due date: the clocks of a record as they stood while the entry was valid.
alter table published.entry add column clocks jsonb not null default '[]';
