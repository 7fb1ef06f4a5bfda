-- Reminders of deadlines, whom an unkept one goes on to, and the calendar feeds of one's own deadlines.

-- How many days before its day a deadline is first spoken of, where an organisation has set it.
create table workspace.reminder_setting (
  area_id smallint not null references workspace.area,
  organisation_id uuid not null references workspace.organisation,
  days_before integer not null check (days_before between 0 and 60),
  set_by text not null,
  set_at timestamptz not null,
  primary key (area_id, organisation_id)
);

-- Who is told of what a role has not done: another role there, or somebody outside by e-mail.
create table workspace.reminder_escalation (
  area_id smallint not null references workspace.area,
  organisation_id uuid not null references workspace.organisation,
  owner_role text not null,
  to_role text,
  to_address text,
  -- Working days after the first reminder that it is overdue.
  after_days integer not null check (after_days between 1 and 60),
  set_by text not null,
  set_at timestamptz not null,
  primary key (area_id, organisation_id, owner_role),
  check (num_nonnulls(to_role, to_address) = 1)
);

-- Whether somebody is told before a deadline; of what is due and overdue everybody is.
create table workspace.reminder_preference (
  user_id uuid primary key references auth."user" (id) on delete cascade,
  before_due boolean not null,
  changed_at timestamptz not null
);

-- A day on which every message was written, so that a later start writes no more.
create table workspace.reminder_day (
  day date primary key,
  finished_at timestamptz not null
);

-- One message for each recipient and day, written in the transaction of the mail itself. The recipient is a user's id;
-- for an address outside, the area, the organisation and a hash of the address.
create table workspace.reminder_message (
  recipient text not null,
  day date not null,
  primary key (recipient, day)
);
create index reminder_message_by_day on workspace.reminder_message (day);

-- Which stages of which deadline a recipient was told of. A deadline that moves begins anew.
create table workspace.reminder_told (
  recipient text not null,
  area_id smallint not null,
  clock_id uuid not null,
  due date not null,
  stage text not null,
  told_on date not null,
  primary key (recipient, area_id, clock_id, due, stage)
);
create index reminder_told_by_day on workspace.reminder_told (told_on);

-- The secret address of somebody's calendar of deadlines. The secret itself is kept nowhere.
create table workspace.calendar_feed (
  user_id uuid primary key references auth."user" (id) on delete cascade,
  token_hash text not null unique,
  made_at timestamptz not null
);

-- What moved with a bank holiday is found by the moment it moved.
create index event_redated on workspace.event (area_id, at) where kind like '%.clock-redated';
