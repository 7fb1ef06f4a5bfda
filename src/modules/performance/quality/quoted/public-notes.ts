import { z } from 'zod'
import { londonDate } from '../../../../platform/time.ts'
import { type Quotation, quotationKey, type QuotationNote } from '../../../../platform/web/quotations.ts'
import type { PublicContext } from '../../../../platform/web/route.ts'
import { atAddress, shownAreas } from '../../../../record/published.ts'
import { units } from '../../measure.ts'
import { figureText, markInWords } from '../../figures.ts'
import { parsePeriod, periodInWords } from '../../period.ts'
import type { Binding } from '../claims/claim.ts'
import { publishedMeasure } from './published-queries.ts'
import { readFigureName } from './figure-name.ts'
import { noteOn, type QuotedValue } from './revised.ts'

/** As much of a published measure as a quotation is held against. */
const bodyShape = z.object({
  source: z.string(),
  printed: z.object({ unit: z.enum(units), decimals: z.number() }),
  series: z.array(
    z.object({
      title: z.string(),
      breakdown: z.string(),
      source: z.string(),
      figures: z.array(
        z.object({
          period: z.string(),
          value: z.number().nullable(),
          mark: z.string().nullable().default(null),
          asAt: z.string().nullable().default(null),
        }),
      ),
    }),
  ),
  revisions: z.array(z.object({ series: z.string(), period: z.string(), value: z.string() })).default([]),
})
type Body = z.output<typeof bodyShape>

/** Where and when something was published. */
export interface PublishedAt {
  db: PublicContext['db']
  area: { id: number; slug: string }
  asOf: Temporal.Instant
}

/** How figures quoted on a public page stand in what is published of their measures; of others nothing is said. */
export async function publicNotes(
  { db, area, asOf }: PublishedAt,
  quoted: readonly Quotation[],
): Promise<Map<string, QuotationNote>> {
  const slugs = await shownAreas(db, area.id)
  const notes = new Map<string, QuotationNote>()
  for (const quotation of quoted) {
    const binding = readFigureName(quotation.name)
    if (quotation.text === null || binding === null) continue
    const entry = await publishedMeasure(db, [...slugs.keys()], binding.reference, asOf)
    if (entry === undefined) continue
    const at = await atAddress(db, entry.area_id, entry.address, asOf)
    const read = at.found === 'record' ? bodyShape.safeParse(at.snapshot.body) : null
    if (at.found !== 'record' || read?.success !== true) continue
    const values = valuesIn(read.data, binding, londonDate(at.snapshot.publishedAt))
    const said = noteOn(quotation.text, values)
    const href = `/${slugs.get(entry.area_id) ?? area.slug}/${entry.address}`
    if (said !== null) notes.set(quotationKey(quotation), { href, note: said.note })
  }
  return notes
}

/** Every value of a figure that was published: those of its revisions, and what holds now. */
function valuesIn(body: Body, binding: Binding, published: Temporal.PlainDate): QuotedValue[] {
  const period = parsePeriod(binding.period)
  if ('fault' in period) return []
  const series = body.series.filter(
    each =>
      each.breakdown === binding.breakdown && (binding.source === '' || isFrom(body, each.source, binding.source)),
  )
  const words = periodInWords(period)
  return series.slice(0, 1).flatMap(({ title, figures }) => {
    const figure = figures.find(each => each.period === binding.period)
    if (figure === undefined) return []
    const { value, mark, asAt } = figure
    const earlier = body.revisions
      .filter(each => each.series === title && each.period === words)
      .map(({ value: text }): QuotedValue => ({ value: null, text, on: null }))
      .toReversed()
    const on = asAt === null ? published : Temporal.PlainDate.from(asAt)
    const text = value === null ? markInWords(mark) : figureText(value, body.printed)
    return [...earlier, { value, text, on }]
  })
}

const isFrom = (body: Body, source: string, wanted: string): boolean =>
  source === wanted || (source === '' && body.source === wanted)
