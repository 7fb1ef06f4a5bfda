import type { Command, Output } from '../../../platform/commands/command.ts'
import { openDatabase } from '../../../platform/database/open.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { UsageFault } from '../../../platform/fault.ts'
import { plural } from '../../../platform/plural.ts'
import { findAreaBySlug } from '../../../record/areas.ts'
import { organisationsOf } from '../../organisations/index.ts'
import { sortOf } from './claims/enter-claim.ts'
import { shownParts } from './claims/snapshot.ts'
import { contradictionsIn } from './find.ts'
import { findClaims } from './quality-queries.ts'
import { forEachSubject } from './subjects.ts'
import { severityOf, verdicts } from './verdicts.ts'
import { settleWords } from './words.ts'

/** A finding, or a claim that is not borne out, as it is printed. */
interface Listed {
  rule: string
  verdict: string
  severity: string
  measure: string
  sentence: string
  settle: string
  figures: object[]
}

/** `peelian quality --area AREA`: what in an area's figures contradicts something else. Changes nothing. */
export const qualityCommand: Command = {
  name: 'quality',
  summary: 'list what in the figures of an area contradicts something else',
  usage: [
    'npx peelian quality --area AREA [--organisation NAME] [--json]',
    '',
    'Reads every measure by the rules for contradictions and lists what they find, then the claims read from papers',
    'that the figures do not bear out. Figures that agree are passed over. Nothing is changed.',
    '--area AREA          the area, as in its addresses: warwickshire',
    '--organisation NAME  whose measures are read, as in its addresses; all of the area unless given',
  ],
  options: { area: { type: 'string' }, organisation: { type: 'string' } },
  words: [0, 0],
  async run({ typed, output, configuration }) {
    const database = await openDatabase(configuration())
    try {
      const { areaId, organisations } = await inTransaction(database.program, null, trx => whose(trx, typed.options))
      const listed: Listed[] = []
      // Each organisation's figures by themselves: what one holds is not held against what another does.
      for (const organisation of organisations) {
        listed.push(...(await inTransaction(database.program, { organisation }, trx => listOf(trx, areaId))))
      }
      // A measure that two organisations hold is read for each of them.
      print(output, [...new Map(listed.map(each => [`${each.rule} ${each.sentence}`, each])).values()])
    } finally {
      await database.close()
    }
  },
}

async function whose(trx: Trx, options: Readonly<Record<string, unknown>>) {
  const slug = options['area']
  if (typeof slug !== 'string') throw new UsageFault('Say which area is meant: --area warwickshire.')
  const area = await findAreaBySlug(trx, slug)
  if (area === undefined) throw new UsageFault(`There is no area "${slug}".`)
  const all = await organisationsOf(trx, area.id)
  const named = options['organisation']
  if (typeof named !== 'string') return { areaId: area.id, organisations: all }
  const found = all.find(each => each.slug === named)
  if (found === undefined) {
    const names = all.map(each => each.slug).join(', ')
    throw new UsageFault(`${area.name} has no organisation "${named}". It has: ${names}.`)
  }
  return { areaId: area.id, organisations: [found] }
}

async function listOf(trx: Trx, areaId: number): Promise<Listed[]> {
  const listed: Listed[] = []
  await forEachSubject(trx, areaId, null, async subjects => {
    const titles = new Map(subjects.map(({ measure }) => [measure.id, measure.title]))
    for (const { rule, verdict, measureId, sentence, figures } of contradictionsIn(subjects)) {
      listed.push({
        ...{ rule, verdict, severity: severityOf(verdict), measure: titles.get(measureId) ?? '', sentence },
        settle: verdicts[verdict].settle,
        figures: figures.map(({ measure, breakdown, period, source, value, text }) => ({
          ...{ measure, breakdown, period, source, value, text },
        })),
      })
    }
  })
  return [...listed, ...(await claimsOf(trx, areaId))]
}

async function claimsOf(trx: Trx, areaId: number): Promise<Listed[]> {
  const claims = await findClaims(trx, areaId)
  return claims
    .filter(each => each.severity !== 'ok' && each.state !== 'withdrawn')
    .map(claim => ({
      rule: `claim: ${sortOf(claim)}`,
      ...{ verdict: claim.verdict, severity: claim.severity },
      measure: claim.parts.find(part => part.measure !== null)?.measure ?? '',
      sentence: `${claim.title} (${claim.paper}, ${claim.place}): ${claim.reason}`,
      settle: settleWords(claim.verdict),
      figures: shownParts(claim).map(({ role, what, text, from }) => ({ role, measure: what, text, source: from })),
    }))
}

function print(output: Output, listed: readonly Listed[]): void {
  output.result(listed, () => {
    if (listed.length === 0) return ['Nothing was found that contradicts anything else.']
    const wrong = listed.filter(each => each.severity === 'error').length
    return [
      ...listed.flatMap(({ severity, verdict, sentence }) => [`${severity}  ${verdict}`, `  ${sentence}`]),
      '',
      `${plural(listed.length, 'finding')}, ${String(wrong)} of which cannot be right.`,
    ]
  })
}
