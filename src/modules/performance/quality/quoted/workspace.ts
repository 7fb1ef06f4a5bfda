import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../../platform/web/route.ts'
import { notFound, page } from '../../../../platform/web/route.ts'
import { paths } from '../../paths.ts'
import { periodInWords, periodText } from '../../period.ts'
import { findMeasures } from '../../queries.ts'
import { FigureBook } from '../claims/bind.ts'
import { printed, sourceOf } from '../finding.ts'
import { qualityPaths } from '../paths.ts'
import { writeFigureName } from './figure-name.ts'

export const quoteRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/performance/quote', permission: 'performance.read', handler: showQuote },
]

/** Periods that are offered of each series: a year of months, and the month a year before. */
const latestPeriods = 13
const mostSeries = 60

/**
 * A measure and a period are chosen; what is to be pasted into a paper, minutes, an answer or a claim is shown beside
 * the figure. Works without a script.
 */
async function showQuote(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, query } = context
  const measures = await findMeasures(trx, viewer.area.id)
  const chosen = measures.find(each => each.id === query['measure'])
  if (query['measure'] !== undefined && query['measure'] !== '' && chosen === undefined) return notFound()
  const held = chosen === undefined ? null : await new FigureBook(trx, viewer.area.id).held(chosen.reference)
  return page('modules/performance/quality/views/quote.njk', {
    title: 'Quote a figure',
    breadcrumbs: [{ text: 'Performance', href: paths.measures }],
    action: qualityPaths.quote,
    measures: measures.map(each => ({ value: each.id, text: `${each.title} (${each.reference})` })),
    chosen: chosen?.id ?? '',
    measure: chosen?.title ?? null,
    series: (held?.series ?? []).slice(0, mostSeries).map(series => ({
      title: [series.breakdown, series.source].filter(Boolean).join(', ') || 'The whole area',
      figures: series.figures
        .slice(-latestPeriods)
        .toReversed()
        .flatMap(figure => {
          if (held === null || figure.value === null) return []
          const sources = held.series.filter(each => each.breakdown === series.breakdown).length
          const name = writeFigureName({
            reference: held.measure.reference,
            breakdown: series.breakdown,
            period: periodText(figure.period),
            source: sources > 1 ? sourceOf(held.measure, series.source) : '',
          })
          return [
            {
              period: periodInWords(figure.period),
              text: printed(held.measure, figure),
              name,
              quote: `{figure ${name}}`,
            },
          ]
        }),
    })),
  })
}
