-- The life of an exception: what the figures say of it apart from what people did; every deed with its words; and
-- commentary on the figures of a period, every wording kept.

alter table workspace.performance_exception
  -- What the figures say.
  add column standing text not null default 'new' check (standing in ('new', 'continuing', 'ended', 'lapsed')),
  -- What people did last; while an exception is over or lapsed, nothing more is to be done whatever stands here.
  add column life text not null default 'raised'
    check (life in ('raised', 'explained', 'accepted', 'watched', 'resolved')),
  add column level text not null default 'explain' check (level in ('note', 'explain', 'escalate')),
  add column worse boolean not null default false,
  -- Loads that brought a later figure of it since it was last explained.
  add column loads_since smallint not null default 0,
  add column explained boolean not null default false,
  -- The figure and the level at the last deed, by which "it got worse" is judged.
  add column then_value double precision,
  add column then_level text check (then_level in ('note', 'explain', 'escalate')),
  -- It is watched up to and with this day, or until the figures of this period have come.
  add column watch_day date,
  add column watch_period date,
  add constraint performance_exception_watched
    check ((life = 'watched') = (watch_day is not null or watch_period is not null));

alter table workspace.record no force row level security;
update workspace.performance_exception e set standing = r.state
from workspace.record r where r.area_id = e.area_id and r.id = e.id;
alter table workspace.record force row level security;
update workspace.performance_exception set level = 'note' where judged = 'good';

create index performance_exception_of_measure on workspace.performance_exception (area_id, measure_id);
create index performance_exception_watched_until on workspace.performance_exception (area_id) where life = 'watched';

-- What people did with an exception, and what the software did because of its figures; nothing is ever changed here.
create table workspace.performance_exception_deed (
  area_id smallint not null,
  exception_id uuid not null,
  number smallint not null,
  deed text not null check (deed in
    ('explained', 'accepted', 'not-accepted', 'watched', 'returned', 'resolved', 'taken-up-again')),
  -- The explanation, or the reason.
  words text,
  -- Of an explanation: who gave it and when, the record it stands in, and whether the public may read it.
  said_by text,
  said_on date,
  from_record uuid,
  open boolean not null default false,
  until_day date,
  until_period date,
  -- The period and the figure that the exception had come to.
  at_period date not null,
  at_value double precision not null,
  done_by text not null,
  done_at timestamptz not null,
  primary key (area_id, exception_id, number),
  foreign key (area_id, exception_id) references workspace.record (area_id, id)
);

-- What an organisation says about the figures of one period.
create table workspace.performance_commentary (
  area_id smallint not null,
  id uuid not null,
  -- The measure it is about may be another organisation's: its title and reference are those that were seen.
  measure_id uuid not null,
  breakdown text not null default '',
  period_start date not null,
  organisation_id uuid not null,
  organisation_name text not null,
  -- Whether its writer agrees to its publication.
  may_publish boolean not null default false,
  primary key (area_id, id),
  foreign key (area_id, id) references workspace.record (area_id, id),
  foreign key (area_id, measure_id) references workspace.performance_measure (area_id, id)
);
create unique index performance_commentary_of_period on workspace.performance_commentary
  (area_id, measure_id, breakdown, period_start, organisation_id);

-- Each wording of a commentary; the last stands, the earlier stay readable.
create table workspace.performance_commentary_wording (
  area_id smallint not null,
  commentary_id uuid not null,
  number smallint not null,
  words text not null,
  author text not null,
  written_at timestamptz not null,
  -- Set when it was released or published; a wording that nobody else has seen is changed in place.
  released_at timestamptz,
  primary key (area_id, commentary_id, number),
  foreign key (area_id, commentary_id) references workspace.performance_commentary (area_id, id)
);
