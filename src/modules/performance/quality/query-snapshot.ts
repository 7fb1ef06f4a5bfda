import type { Trx } from '../../../platform/database/tables.ts'
import type { Snapshot } from '../../../record/description.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { ruleInWords } from './find.ts'
import { figureObstacles } from './publishable.ts'
import { findQueries, type HeldQuery } from './quality-queries.ts'
import { severityWords, verdictWord } from './words.ts'

/** What an audience gets of a data query: what was found, the figures, the rule, and what explains it. */
export async function querySnapshot(trx: Trx, key: RecordKey): Promise<Snapshot> {
  const [query] = await findQueries(trx, key.areaId, [key.id])
  if (query === undefined) throw new Error(`The data query ${key.id} is not visible to whoever publishes it`)
  const { sentence, explanation } = query
  return {
    body: {
      text: sentence,
      verdict: verdictWord(query.verdict),
      severity: severityWords[query.severity].word,
      rule: ruleInWords(query.rule),
      settle: query.settle,
      explanation,
      figures: query.figures.map(({ measureId: _measureId, value: _value, ...figure }) => figure),
    },
    summary: sentence,
    searchText: `${sentence} ${explanation ?? ''}`,
    facts: { verdict: verdictWord(query.verdict) },
    preview: [
      { heading: 'What was found', text: sentence },
      ...(explanation === null ? [] : [{ heading: 'Explanation', text: explanation }]),
    ],
  }
}

export const measuresIn = ({ measure_id, figures }: Pick<HeldQuery, 'measure_id' | 'figures'>): string[] => [
  ...new Set([measure_id, ...figures.map(each => each.measureId)]),
]

export async function queryObstacles(trx: Trx, record: RecordHead): Promise<readonly string[]> {
  const [query] = await findQueries(trx, record.areaId, [record.id])
  if (query === undefined) return []
  const withheld = query.withheld ? ['It rests on a figure that is withheld, and would tell of it.'] : []
  return [...withheld, ...(await figureObstacles(trx, record.areaId, measuresIn(query)))]
}
