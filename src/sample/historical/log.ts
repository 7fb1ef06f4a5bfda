import type { Trx } from '../../platform/database/tables.ts'
import { loadPrinted } from '../../modules/follow-up/index.ts'
import type { NewItem, NewLead, PrintedItem } from '../../modules/follow-up/index.ts'
import { publishRecord } from '../../record/publish.ts'
import { readFacts } from '../read-facts.ts'
import type { Doing } from '../timeline.ts'
import type { LogRowFact } from './panel-facts.ts'
import { historicalAreas, loader } from './world.ts'
import type { PaperWorld } from './world.ts'

/** Whose logs the papers hold. */
const raisers: Readonly<Partial<Record<(typeof historicalAreas)[number], { organisation: string; body: string }>>> = {
  warwickshire: { organisation: 'warwickshire-panel', body: 'warwickshire-panel-body' },
}

/** Rows of a body's log, each with its state as printed and what the row itself shows. */
export async function planLogs(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    for (const row of await readFacts<LogRowFact[]>(`${slug}/log.json`)) planRow(world, slug, row)
  }
}

function planRow(world: PaperWorld, slug: (typeof historicalAreas)[number], row: LogRowFact): void {
  const area = world.areas.get(slug)
  const raiser = raisers[slug]
  if (raiser === undefined) throw new Error(`The sample data do not say whose log that of ${slug} is`)
  const by = loader(world, raiser.organisation, area)
  world.timeline.add(world.papers.publishedAt(row.source), by, (trx, act) => loadRow(trx, act, world, row, raiser.body))
}

async function loadRow(trx: Trx, act: Doing, world: PaperWorld, row: LogRowFact, bodyKey: string): Promise<void> {
  const body = world.bodies.get(bodyKey)
  const item: PrintedItem = {
    ...{ kind: row.kind, areaId: body.areaId, title: row.title, asked: row.asked, owner: null, leadWords: '' },
    leads: row.leads.map(lead => leadOf(world, lead)),
    due: { kind: 'date', date: Temporal.PlainDate.from(row.panelUpdate) },
    raisedByWords: body.title,
    raisedByBody: body.id,
    raisedFrom: raisedFrom(world, row),
    dated: Temporal.PlainDate.from(row.raisedOn),
    ...(row.finding !== null && { finding: row.finding }),
    ...{ printedState: row.printedState, shows: row.shows, showsWhy: row.showsWhy },
    ...(row.showsOn !== null && { showsOn: Temporal.PlainDate.from(row.showsOn) }),
    // The log says of a row that it is completed; that the panel closed it at a meeting is not in it.
    state: /^com/i.test(row.printedState) ? 'reported' : 'open',
    updates: row.updates.map(({ on, says }) => ({ on: Temporal.PlainDate.from(on), text: says })),
    source: world.papers.cite(row.source),
    ...(row.kind === 'recommendation' && { addressedTo: addressees(world, row) }),
  }
  await publishRecord(trx, act, await loadPrinted(trx, act, item))
}

function leadOf(world: PaperWorld, { organisation, role, person, words }: LogRowFact['leads'][number]): NewLead {
  if (organisation === null) return { words, owner: null }
  return {
    words,
    owner: {
      organisationId: world.cast.organisations.get(organisation).id,
      ...(role !== null && { role }),
      ...(person !== null && { personId: world.cast.people.get(person) }),
    },
  }
}

function addressees(world: PaperWorld, { leads }: LogRowFact): NonNullable<NewItem['addressedTo']> {
  return leads.flatMap(({ organisation }) => {
    if (organisation === null) return []
    const { id, name } = world.cast.organisations.get(organisation)
    return [{ organisationId: id, words: name }]
  })
}

function raisedFrom(world: PaperWorld, { meeting, question }: LogRowFact): NonNullable<NewItem['raisedFrom']> {
  return [
    ...(meeting === null ? [] : [{ ...world.meetings.get(meeting), relation: 'raised-at' as const }]),
    ...(question === null ? [] : [{ ...world.questions.get(question), relation: 'raised-by' as const }]),
  ]
}
