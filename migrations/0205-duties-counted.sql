-- Duties counted by urgency: the periods among them are known by their rule alone. And whose work a transaction may see
-- is looked up once for a statement, not once for each clock.

create index clock_running_by_rule on workspace.clock (area_id, organisation_id, rule, due, id)
  where state in ('running', 'paused');
alter policy holders on workspace.clock
  using (holders && (select workspace.viewer_organisations()))
  with check (holders && (select workspace.viewer_organisations()));
