-- Who may come in: users, sessions, passwords and codes (the tables that better-auth 1.7 asks for, compiled by its
-- `getMigrations` from src/platform/access/authentication-options.ts), invitations, and the seats that say for which
-- organisation and area someone acts, with which roles, on which dates. Only peelian_program may touch them.

create schema auth;
grant usage on schema auth to peelian_program;
alter default privileges in schema auth grant select, insert, update, delete on tables to peelian_program;

create table auth."user" (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz default current_timestamp not null,
  two_factor_enabled boolean,
  -- The person of the public record this user is, where there is one.
  person_id uuid
);

create table auth.session (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id uuid not null references auth."user" (id) on delete cascade,
  -- What someone of several organisations or areas chose to act for in this session.
  acting_organisation uuid,
  acting_area smallint,
  last_seen_at timestamptz default current_timestamp
);
create index session_user_id_idx on auth.session (user_id);

create table auth.account (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth."user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz not null
);
create index account_user_id_idx on auth.account (user_id);

create table auth.verification (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz default current_timestamp not null,
  updated_at timestamptz default current_timestamp not null
);
create index verification_identifier_idx on auth.verification (identifier);

create table auth.two_factor (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  secret text not null,
  backup_codes text not null,
  user_id uuid not null references auth."user" (id) on delete cascade,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
create index two_factor_secret_idx on auth.two_factor (secret);
create index two_factor_user_id_idx on auth.two_factor (user_id);

create table auth.rate_limit (
  id uuid default pg_catalog.gen_random_uuid() not null primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- Wrong passwords in a row for one account. The key is a keyed hash of the address typed, whether or not there is
-- such an account, so that neither the table nor its behaviour tells who has one.
create table auth.failed_try (
  key text primary key,
  tries integer not null,
  last_at timestamptz not null
);

-- An invitation to roles in one organisation and area. The link holds the token; here is only its hash.
create table auth.invitation (
  id uuid primary key,
  token_hash text not null unique,
  email text not null,
  organisation_id uuid not null,
  area_id smallint not null references workspace.area,
  roles text[] not null check (cardinality(roles) > 0),
  until_date date,
  invited_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index invitation_of_organisation on auth.invitation (organisation_id, area_id);

-- Sample users of a demonstration, each with a password made for this installation. Empty everywhere else.
create table auth.demonstration_user (
  user_id uuid primary key references auth."user" (id) on delete cascade,
  position integer not null,
  password text not null
);

-- Who acts for which organisation and area with which role, and on which days; the last day counts.
create table workspace.seat (
  id uuid primary key,
  user_id uuid not null references auth."user" (id) on delete cascade,
  organisation_id uuid not null,
  area_id smallint not null references workspace.area,
  role text not null,
  from_date date not null,
  until_date date,
  check (until_date is null or from_date <= until_date)
);
create index seat_of_user on workspace.seat (user_id);
create index seat_of_organisation on workspace.seat (organisation_id, area_id);
