import { type LinkModel, withQuery } from '../../../../platform/web/patterns.ts'
import type { Answer, PublicContext } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { atAddress } from '../../../../record/published.ts'
import { comparators } from '../held.ts'
import { compareCsv, compareJson } from './compare-downloads.ts'
import { compareModel, comparisonOf } from './compare-model.ts'
import { type Compared, type CompareChoices, offeredBy, readChoices } from './compared.ts'

/** What was frozen of a measure for comparing its areas, with what is asked of it. */
interface Found {
  compared: Compared
  offered: ReturnType<typeof offeredBy>
  choices: CompareChoices
}

/** Links from a published measure to the comparisons that can be made of it: one for each kind of area. */
export function compareLinks(body: object, address: string): LinkModel[] {
  const { comparison } = body as { comparison?: Compared }
  return (comparison?.dimensions ?? [])
    .filter(({ areas }) => areas.length > 1)
    .map(({ name }) => ({ text: name, href: withQuery(`${address}/compare`, {}, { dimension: name }) }))
}

/** Only what was published with the measure is compared, by the group as it was held then. */
async function load(context: PublicContext): Promise<Found | Answer> {
  const { db, area, asOf, params, query } = context
  const slug = params['slug'] ?? ''
  const at = await atAddress(db, area.id, `performance/${slug}`, asOf)
  if (at.found === 'moved') return redirect(`/${area.slug}/${at.address}/compare`)
  if (at.found === 'taken-down') {
    return { type: 'gone', model: { title: 'This page was taken down', on: at.on, reason: at.reason } }
  }
  if (at.found !== 'record') return notFound()
  const { comparison } = at.snapshot.body as { comparison?: Compared }
  if (comparison === undefined) return notFound()
  const offered = offeredBy(comparison, query, comparators)
  const choices = readChoices(query, offered)
  return choices === null ? notFound() : { compared: comparison, offered, choices }
}

/** The areas of one published measure at one time. */
export async function showPublicCompare(context: PublicContext): Promise<Answer> {
  const found = await load(context)
  if ('type' in found) return found
  const { compared, offered, choices } = found
  const { area, params } = context
  const address = `/${area.slug}/performance/${params['slug'] ?? ''}`
  const model = await compareModel(compared, offered, choices, {
    side: 'public',
    address: `${address}/compare`,
    areaName: area.name,
    breadcrumbs: [
      { text: area.name, href: `/${area.slug}/` },
      { text: 'Performance', href: `/${area.slug}/performance` },
      { text: compared.measure.title, href: address },
    ],
    group: null,
  })
  return page('modules/performance/views/compare.njk', model, choices.groupFault === null ? 200 : 422)
}

export function downloadPublicCompareCsv(context: PublicContext): Promise<Answer> {
  return download(context, compareCsv)
}

export function downloadPublicCompareJson(context: PublicContext): Promise<Answer> {
  return download(context, compareJson)
}

async function download(context: PublicContext, write: typeof compareCsv): Promise<Answer> {
  const found = await load(context)
  if ('type' in found) return found
  const { compared, choices } = found
  const { area, params } = context
  const comparison = await comparisonOf(compared, choices, { areaName: area.name, side: 'public' })
  const fileName = `${area.slug}-${params['slug'] ?? ''}-compared`
  return write(compared, choices, comparison, { fileName, banner: area.banner })
}
