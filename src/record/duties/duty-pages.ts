import { isRole, roleWords } from '../../platform/access/viewer.ts'
import { writeCsv } from '../../platform/web/csv.ts'
import { withQuery } from '../../platform/web/patterns.ts'
import type { FilterModel, RegisterModel } from '../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext } from '../../platform/web/route.ts'
import { page } from '../../platform/web/route.ts'
import { judgedHere } from '../clock-models.ts'
import type { JudgedAt } from '../clock-models.ts'
import { allKinds, knownPeople } from '../kinds.ts'
import { capital } from '../public-pages.ts'
import { isIdentity } from '../records.ts'
import { dutyRow, linesOf } from './duty-lines.ts'
import { countDuties, countedTo, othersWhoOwe, pageOfDuties, valuesOf } from './queries.ts'
import type { DutyQuery, DutyScope } from './queries.ts'
import { urgencies, urgencyWords } from './urgency.ts'
import type { Urgency } from './urgency.ts'

/** The lists of duties: one's own organisation's, and what others owe on its records. */
export type DutyView = 'own' | 'others'

const addresses: Readonly<Record<DutyView, string>> = {
  own: '/workspace/duties',
  others: '/workspace/duties/owed-to-us',
}

/** Rows of a CSV at most; whoever needs more filters. */
const csvRows = 5000

/** Every running duty of the viewer's organisation, or what others owe it, by day. */
export async function showDuties(context: WorkspaceContext, view: DutyView): Promise<Answer> {
  const { trx, viewer, now } = context
  const scope = await scopeOf(context, view)
  const judged = await judgedHere(trx, viewer.area.id, now)
  const query = readQuery(context.query)
  const found = await pageOfDuties(trx, scope, judged, query)
  const counts = await countDuties(trx, scope, judged, query)
  const lines = await linesOf(context, found.clocks, judged)
  const address = addresses[view]
  const turn = (changes: Record<string, string | undefined>) => withQuery(address, context.query, changes)
  const register: RegisterModel = {
    title: view === 'own' ? 'Duties' : 'What others owe us',
    count: countWords(counts, query.urgency),
    address,
    filters: await filtersOf(context, view, query),
    filtered: isFiltered(query),
    columns: [
      { heading: 'What is to be done' },
      { heading: view === 'own' ? 'By whom' : 'Owed by' },
      { heading: 'State' },
      { heading: 'Due' },
    ],
    rows: lines.map(line => dutyRow(line, view === 'own' ? line.owner : line.organisation)),
    empty: emptyWords[view],
    ...(found.previous !== null && { previous: turn({ before: found.previous, after: undefined }) }),
    ...(found.next !== null && { next: turn({ after: found.next, before: undefined }) }),
    downloads: { csv: withQuery(`${address}.csv`, context.query, { after: undefined, before: undefined }) },
  }
  return page('record/duties/views/duties.njk', {
    title: register.title,
    view,
    register,
    shares: urgencies.map(urgency => ({
      text: urgencyWords[urgency],
      count: boundedWords(counts.get(urgency) ?? 0),
      href: withQuery(address, context.query, { urgency, after: undefined, before: undefined }),
      current: urgency === query.urgency,
      some: (counts.get(urgency) ?? 0) > 0,
    })),
    cut: [...counts.values()].some(n => n > countedTo) ? csvRows : null,
  })
}

const emptyWords: Readonly<Record<DutyView, string>> = {
  own: 'Nothing is owed. A duty stands here from the day its clock starts: when a question is put, an action is raised or minutes are signed.',
  others:
    'Nobody owes you anything. What you ask of others stands here until it is done: a question put to the force, a recommendation sent.',
}

async function scopeOf({ trx, viewer }: WorkspaceContext, view: DutyView): Promise<DutyScope> {
  const [areaId, organisation] = [viewer.area.id, viewer.organisation.id]
  if (view === 'own') return { areaId, owedBy: [organisation] }
  return { areaId, owedBy: await othersWhoOwe(trx, areaId, organisation), heldBy: organisation }
}

/** What makes no sense in an address is left out. */
function readQuery(query: WorkspaceContext['query']): DutyQuery {
  const { urgency, owner = '', kind = '', after, before } = query
  const [what, value = ''] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)]
  return {
    urgency: urgencies.find(each => each === urgency) ?? null,
    ...(what === 'role' && /^[a-z-]{1,40}$/.test(value) && { role: value }),
    ...(what === 'person' && isIdentity(value) && { personId: value }),
    ...(allKinds().some(each => each.kind === kind) && { kind }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
    size: 25,
  }
}

function isFiltered({ urgency, role, personId, kind }: DutyQuery): boolean {
  return urgency !== null || role !== undefined || personId !== undefined || kind !== undefined
}

/** "3 overdue, 1 due today, 12 later"; of one urgency its number alone. */
function countWords(counts: ReadonlyMap<Urgency, number>, urgency: Urgency | null): string {
  if (urgency !== null) return `${urgencyWords[urgency]}: ${boundedWords(counts.get(urgency) ?? 0)}`
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (all === 0) return 'No duties are running'
  if (all > countedTo) return `More than ${countedTo.toLocaleString('en-GB')} duties are running`
  return all === 1 ? '1 duty is running' : `${all.toLocaleString('en-GB')} duties are running`
}

function boundedWords(n: number): string {
  return n > countedTo ? `more than ${countedTo.toLocaleString('en-GB')}` : n.toLocaleString('en-GB')
}

async function filtersOf(context: WorkspaceContext, view: DutyView, query: DutyQuery): Promise<FilterModel[]> {
  const urgency: FilterModel = {
    type: 'choice',
    name: 'urgency',
    label: 'How urgent',
    options: [{ value: '', text: 'All' }, ...urgencies.map(value => ({ value, text: urgencyWords[value] }))],
    value: query.urgency ?? '',
  }
  const chosen = context.query
  return [
    urgency,
    ...(view === 'own' ? [await ownerFilter(context, chosen['owner'] ?? '')] : []),
    await kindFilter(context, view, query.kind ?? ''),
  ]
}

async function ownerFilter({ trx, viewer }: WorkspaceContext, value: string): Promise<FilterModel> {
  const [area, organisation] = [viewer.area.id, viewer.organisation.id]
  const roles = await valuesOf(trx, area, organisation, 'owner_role')
  const persons = await valuesOf(trx, area, organisation, 'owner_person')
  const names = persons.length === 0 ? new Map<string, string>() : await knownPeople().names(trx, persons)
  const options = [
    { value: '', text: 'Everybody' },
    ...roles.map(role => ({
      value: `role:${role}`,
      text: capital(isRole(role) ? roleWords(role) : role.replaceAll('-', ' ')),
    })),
    ...persons.map(id => ({ value: `person:${id}`, text: names.get(id) ?? 'A person named' })),
  ]
  return { type: 'choice', name: 'owner', label: 'By whom', options, value }
}

async function kindFilter({ trx, viewer }: WorkspaceContext, view: DutyView, value: string): Promise<FilterModel> {
  const known = allKinds().map(({ kind, plural }) => ({ value: kind, text: capital(plural) }))
  const running =
    view === 'own'
      ? await valuesOf(trx, viewer.area.id, viewer.organisation.id, 'record_kind')
      : known.map(k => k.value)
  const options = known
    .filter(each => running.includes(each.value))
    .sort((a, b) => a.text.localeCompare(b.text, 'en-GB'))
  return {
    type: 'choice',
    name: 'kind',
    label: 'Of what',
    options: [{ value: '', text: 'Everything' }, ...options],
    value,
  }
}

/** The same list as CSV, with the filters of the address; at most 5,000 rows, the soonest first. */
export async function sendDuties(context: WorkspaceContext, view: DutyView): Promise<Answer> {
  const { trx, viewer, now } = context
  const scope = await scopeOf(context, view)
  const judged = await judgedHere(trx, viewer.area.id, now)
  const query = readQuery({ ...context.query, after: undefined, before: undefined })
  const { clocks } = await pageOfDuties(trx, scope, judged, { ...query, size: csvRows })
  return {
    type: 'content',
    mediaType: 'text/csv; charset=utf-8',
    body: await csvOf(context, clocks, judged),
    fileName: view === 'own' ? 'duties.csv' : 'owed-to-us.csv',
  }
}

/** Duties as CSV: what is to be done, on which record, by when and whom, and by which law. */
export async function csvOf(
  context: Pick<WorkspaceContext, 'trx' | 'viewer'>,
  clocks: Parameters<typeof linesOf>[1],
  judged: JudgedAt,
): Promise<string> {
  const lines = await linesOf(context, clocks, judged)
  const columns = ['work', 'reference', 'title', 'state', 'started', 'due', 'done', 'days_left', 'owner', 'owed_by']
  return writeCsv(
    [...columns, 'rule', 'law'],
    lines.map(({ clock, work, head, state, days, owner, organisation }) => [
      work,
      head?.reference,
      head?.title,
      state.word,
      clock.startedOn,
      clock.due?.toString(),
      clock.stoppedOn,
      days,
      owner,
      organisation,
      clock.rule.id,
      clock.rule.source,
    ]),
  )
}
