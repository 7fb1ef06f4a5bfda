import { enterClaim, findContradictions } from '../../modules/performance/index.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { linkedFrom } from '../../record/links.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import { readFacts } from '../read-facts.ts'
import type { ClaimFact } from '../facts.ts'
import type { Doing } from '../timeline.ts'
import { historicalAreas, loader } from './world.ts'
import type { PaperWorld } from './world.ts'

/** The paper with which the last of the figures came: what they are held against is entered then. */
const lastOfFigures = { paper: 'ons-rolling-year-2018-12' }

/**
 * What the papers say of their figures, as claims bound to those; then the rules look for what else contradicts itself.
 * Both are published with the figures they speak of.
 */
export async function planClaims(world: PaperWorld): Promise<void> {
  for (const slug of historicalAreas) {
    const area = world.areas.get(slug)
    const facts = await readFacts<ClaimFact[]>(`${slug}/claims.json`)
    const office = slug === 'west-mercia' ? 'west-mercia-office' : 'warwickshire-office'
    const last = world.papers.lastPublishedAt([lastOfFigures, ...facts.map(({ source }) => source)])
    world.timeline.add(last, loader(world, office, area), async (trx, act) => {
      for (const fact of facts) await publishRecord(trx, act, await enter(trx, act, world, area.id, fact))
      await findContradictions(trx, act, area.id)
      const found = await queriesAbout(trx, measuresOf(world, area.id))
      for (const id of found) await publishRecord(trx, act, { areaId: area.id, id })
    })
  }
}

async function enter(trx: Trx, act: Doing, world: PaperWorld, areaId: number, fact: ClaimFact): Promise<RecordHead> {
  return enterClaim(trx, act, {
    ...{ areaId, title: fact.says, sort: fact.sort },
    paper: world.papers.find(fact.source.paper).title,
    place: fact.source.place,
    lines: fact.lines.map(line => namesIn(world, line)).join('\n'),
    comment: fact.comment ?? null,
  })
}

/** Figures are named by the reference of their measure, sources as they are cited. */
function namesIn(world: PaperWorld, line: string): string {
  return line
    .replaceAll(/\{([^}]+)\}/g, (_, key: string) => world.measures.get(key).reference)
    .replaceAll(/<([^|>]+)\|([^>]+)>/g, (_, paper: string, place: string) => {
      return `"${world.papers.cite({ paper, place, date: world.papers.find(paper).date, line: [] })}"`
    })
}

/** Each measure of an area once, though some are known by two keys. */
function measuresOf(world: PaperWorld, areaId: number): RecordHead[] {
  return [...new Set(world.measures.values())].filter(measure => measure.areaId === areaId)
}

async function queriesAbout(trx: Trx, measures: readonly RecordHead[]): Promise<string[]> {
  const found: string[] = []
  for (const measure of measures) {
    // No exceptions are raised here, so that what was found in a measure is a data query.
    found.push(...(await linkedFrom(trx, measure, 'found-in')).map(({ id }) => id))
  }
  return found
}
