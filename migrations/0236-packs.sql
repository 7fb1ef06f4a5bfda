-- The open pack of a meeting, typeset at publication, so that the public site serves bytes and never typesets.

create table published.pack (
  area_id smallint not null,
  meeting_id uuid not null,
  -- 1 for the first; one more each time the pack is made anew after a change.
  version integer not null check (version > 0),
  -- 0 for the pack with everything in it; 1 and on for a supplement by itself.
  supplement integer not null check (supplement >= 0),
  -- Bytes of the PDF. Where they are destroyed, this row goes with them.
  file_id uuid not null references published.file on delete cascade,
  -- The published records whose words stand in it: the meeting and its papers.
  records uuid[] not null,
  -- The same content for the HTML page, with the page on which each part of it is printed.
  body jsonb not null,
  made_at timestamptz not null,
  primary key (area_id, meeting_id, version, supplement)
);
create index pack_of_file on published.pack (file_id);
create index pack_holds on published.pack using gin (records);

-- What is taken down is destroyed wherever it was printed too: every pack that held it goes in the same transaction.
create function published.drop_packs_with() returns trigger language plpgsql as $$
begin
  delete from published.file f using published.pack p where p.file_id = f.id and p.records @> array[new.record_id];
  return null;
end $$;
create trigger packs_dropped after update of withdrawn_at on published.snapshot
  for each row when (old.withdrawn_at is null and new.withdrawn_at is not null)
  execute function published.drop_packs_with();
