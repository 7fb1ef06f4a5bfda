-- The duties of an organisation by plain columns. Under a row policy a condition may only use an index where all of it
-- is known to leak nothing, and `coalesce` is not: the earlier indexes gave the order, but no day to begin from.

drop index workspace.clock_running;
drop index workspace.clock_running_by_owner;
drop index workspace.clock_running_by_kind;
create index clock_running on workspace.clock (area_id, organisation_id, due, id)
  where state in ('running', 'paused');
create index clock_running_by_owner on workspace.clock (area_id, organisation_id, owner_role, due, id)
  where state in ('running', 'paused');
create index clock_running_by_person on workspace.clock (area_id, organisation_id, owner_person, due, id)
  where state in ('running', 'paused') and owner_person is not null;
create index clock_running_by_kind on workspace.clock (area_id, organisation_id, record_kind, due, id)
  where state in ('running', 'paused');
-- What changed lately in a clock that runs or ran.
create index clock_changed on workspace.clock (area_id, updated_at desc, id) where sequence > 0;
-- What was sent to an organisation lately.
create index sent_lately on workspace.sent (organisation_id, area_id, sent_at desc);
