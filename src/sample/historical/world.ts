import type { Viewer, ViewerArea } from '../../platform/access/viewer.ts'
import type { Trx } from '../../platform/database/tables.ts'
import type { RecordHead } from '../../record/record.ts'
import { ByKey } from '../by-key.ts'
import { addOrganisations, addSampleArea, keeperOf } from '../cast.ts'
import type { Cast } from '../cast.ts'
import type { FindingFact, HistoricalArea, OrganisationFact, PersonFact } from '../facts.ts'
import { readFacts } from '../read-facts.ts'
import { Timeline } from '../timeline.ts'
import { Papers } from './papers.ts'

/** The areas made from papers, in the order in which they are added: a collaboration after its members. */
export const historicalAreas = ['warwickshire', 'west-mercia', 'warwickshire-and-west-mercia'] as const

/** What has been made of the papers so far. */
export interface PaperWorld {
  papers: Papers
  areas: ByKey<ViewerArea>
  /** The area that each organisation belongs to. */
  homes: ByKey<ViewerArea>
  cast: Cast
  timeline: Timeline
  bodies: ByKey<RecordHead>
  objectives: ByKey<RecordHead>
  measures: ByKey<RecordHead>
  meetings: ByKey<RecordHead>
  questions: ByKey<RecordHead>
  /** Items of work programmes. */
  programme: ByKey<RecordHead>
  /** Ids of seats on bodies, by `body person`. */
  seats: ByKey<string>
  findings: readonly FindingFact[]
  /** Names of people by key. */
  names: ReadonlyMap<string, string>
}

/** The organisations that the papers speak of. */
export async function readOrganisations(): Promise<OrganisationFact[]> {
  return readEach<OrganisationFact>('organisations')
}

/** A list of facts of every historical area, one after the other. */
export async function readEach<Fact>(name: string): Promise<Fact[]> {
  return (await Promise.all(historicalAreas.map(area => readFacts<Fact[]>(`${area}/${name}.json`)))).flat()
}

/** Adds the areas and their organisations. Everything else is put on the timeline, at the dates of the papers. */
export async function openPapers(trx: Trx, cast: Cast, firstAreaId: number): Promise<PaperWorld> {
  const world: PaperWorld = {
    papers: await Papers.read(),
    areas: new ByKey('area'),
    homes: new ByKey('organisation'),
    cast,
    timeline: new Timeline({ loading: true }),
    bodies: new ByKey('body'),
    objectives: new ByKey('objective'),
    measures: new ByKey('measure'),
    meetings: new ByKey('meeting'),
    questions: new ByKey('question'),
    programme: new ByKey('item of a work programme'),
    seats: new ByKey('seat'),
    findings: await readEach<FindingFact>('findings'),
    names: new Map((await readEach<PersonFact>('people')).map(({ key, name }) => [key, name])),
  }
  for (const [place, slug] of historicalAreas.entries()) await addHistoricalArea(trx, world, slug, firstAreaId + place)
  return world
}

async function addHistoricalArea(trx: Trx, world: PaperWorld, slug: string, id: number): Promise<void> {
  const { name, kind, members, asAt, banner } = await readFacts<HistoricalArea>(`${slug}/area.json`)
  const area = await addSampleArea(
    trx,
    {
      ...{ id, slug, name, banner, historical: true },
      kind: kind === 'collaboration' ? 'collaboration' : 'area',
      as_at: Temporal.PlainDate.from(asAt.date),
    },
    members.map(member => world.areas.get(member).id),
  )
  world.areas.set(slug, area)
  const organisations = await readFacts<OrganisationFact[]>(`${slug}/organisations.json`)
  await addOrganisations(trx, world.cast, area.id, organisations)
  for (const { key } of organisations) world.homes.set(key, area)
}

/** Whoever put an organisation's papers into the record: nobody of that organisation. */
export function loader(world: PaperWorld, organisation: string, area: ViewerArea): Viewer {
  return keeperOf(world.cast.organisations.get(organisation), area, 'Loaded from published papers')
}

/** The person of a key, where the papers name one. */
export function personOf(world: PaperWorld, key: string | null): string | null {
  return key === null ? null : world.cast.people.get(key)
}

/** What does not fit together in the papers about a record, as sentences; null where nothing was found. */
export function findingsAbout(world: PaperWorld, key: string): string | null {
  const found = world.findings.filter(finding => finding.about.includes(key)).map(finding => finding.says)
  return found.length === 0 ? null : found.join(' ')
}
