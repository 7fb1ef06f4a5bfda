import type { PublicContext } from '../../../platform/web/route.ts'
import { allEntries } from '../../../record/published.ts'
import type { PublicEntry } from '../../../record/register.ts'
import { measureKind } from '../kinds.ts'
import { standingWords } from '../measures/words.ts'
import type { CountedPart } from './areas-model.ts'
import type { PublishedOverview } from './compare-facts.ts'
import type { OfferedPart } from './filters.ts'
import { isOut, type MeasureFacts, type PartsFacts, standingKey } from './lines.ts'

type Told = NonNullable<MeasureFacts['told']>

/** The published measures of an area, with what was frozen of each for lists. */
export interface PublishedMeasures {
  entries: readonly PublishedMeasure[]
  /** Public addresses of the objectives that are published too, with their references. */
  objectives: ReadonlyMap<string, string>
}

interface PublishedMeasure {
  entry: PublicEntry
  facts: Readonly<Record<string, unknown>>
  /** Null where it was published before lists had anything of their own. */
  overview: PublishedOverview | null
}

/** Reads every published measure that is in use, as it stood at the moment asked for. Two statements, however many. */
export async function publishedMeasures({ db, area, asOf }: PublicContext): Promise<PublishedMeasures> {
  const entries = await allEntries(db, [area.id], measureKind.kind, asOf)
  const objectives = await allEntries(db, [area.id], 'objective', asOf)
  return {
    entries: entries.filter(({ state }) => state === 'in-use').map(publishedMeasure),
    objectives: new Map(objectives.map(({ address, reference }) => [address, reference])),
  }
}

function publishedMeasure(entry: PublicEntry): PublishedMeasure {
  const facts: Readonly<Record<string, unknown>> = { ...entry.facts }
  const text = facts['overview']
  // Written by `overviewParts` at publication.
  const overview = typeof text === 'string' && text !== '' ? (JSON.parse(text) as PublishedOverview) : null
  return { entry, facts, overview }
}

/** The measures as rows of the whole area, or of one part. */
export function publishedFacts(
  context: PublicContext,
  { entries, objectives }: PublishedMeasures,
  part: OfferedPart | null,
): MeasureFacts[] {
  return entries.map(({ entry, facts, overview }) => {
    const address = textOf(facts['objectiveAddress'])
    const reference = address === null ? undefined : objectives.get(address)
    const title = textOf(facts['objective'])
    const told = overview === null && part === null ? toldFacts(entry, facts) : null
    return {
      title: entry.title,
      reference: entry.reference,
      href: `/${context.area.slug}/${entry.address}`,
      measure: overview?.measure ?? { unit: 'count', kind: 'count', frequency: 'month', decimals: 0 },
      objective:
        title === null
          ? null
          : {
              title,
              href: reference === undefined || address === null ? null : `/${context.area.slug}/${address}`,
              order: reference ?? '',
            },
      series: part === null ? (overview?.whole ?? null) : (overview?.parts[part.dimension]?.[part.name] ?? null),
      parts: part === null ? partsFacts(overview) : [],
      ...(told !== null && { told }),
    }
  })
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function toldFacts(entry: PublicEntry, facts: Readonly<Record<string, unknown>>): Told | null {
  const latest = textOf(facts['latest'])
  if (latest === null) return null
  const word = facts['reading']
  const standing = (['bad', 'good', 'neutral', 'usual'] as const).find(each => standingWords[each].word === word)
  return { latest, period: textOf(facts['period']) ?? '', standing: standing ?? 'silent', says: entry.summary }
}

/** Parts that a sentence names at most. */
const mostNamed = 3

function partsFacts(overview: PublishedOverview | null): PartsFacts[] {
  return Object.entries(overview?.parts ?? {}).map(([dimension, parts]) => {
    const out = Object.entries(parts)
      .filter(([, series]) => isOut(standingKey({ series })))
      .map(([name]) => name)
    return { dimension, parts: Object.keys(parts).length, outCount: out.length, out: out.slice(0, mostNamed) }
  })
}

/** Every part that a published measure has figures of, with how many measures stand out there. */
export function publishedParts({ entries }: PublishedMeasures): CountedPart[] {
  const found = new Map<string, CountedPart>()
  for (const { overview } of entries) {
    for (const [dimension, parts] of Object.entries(overview?.parts ?? {})) {
      for (const [name, series] of Object.entries(parts)) {
        const key = JSON.stringify([dimension, name])
        const before = found.get(key) ?? { dimension, name, measures: 0, out: 0 }
        const out = isOut(standingKey({ series })) ? 1 : 0
        found.set(key, { ...before, measures: before.measures + 1, out: before.out + out })
      }
    }
  }
  return [...found.values()]
}
