import { z } from 'zod'
import type { LoadOutcome } from './load-model.ts'
import type { StoredLoad } from './load-queries.ts'

/** Faults printed for each file. */
const faultsShown = 50

const reportForm = z.object({
  rows: z.number().default(0),
  added: z.number().default(0),
  changed: z.number().default(0),
  unchanged: z.number().default(0),
  older: z.number().default(0),
  faultCount: z.number().default(0),
  faults: z.array(z.object({ line: z.number(), column: z.string(), message: z.string() })).default([]),
  notices: z.array(z.string()).default([]),
  measuresSetUp: z.number().default(0),
  exceptionsRaised: z.number().default(0),
  loadedBefore: z.string().nullable().default(null),
  loaded: z.looseObject({}).nullable().default(null),
  reasons: z.array(z.string()).default([]),
})

type Report = z.output<typeof reportForm>

/** What came of a load, in sentences. */
export function outcomeOf(load: StoredLoad): LoadOutcome {
  const report = reportForm.parse(load.report ?? {})
  const faults = report.faults.slice(0, faultsShown)
  return {
    applied: load.state === 'done' && report.loaded !== null,
    checked: load.state === 'done' && report.loaded === null && isDryRun(load),
    sentences: sentences(load, report),
    notices: report.notices,
    faults,
    moreFaults: report.faultCount - faults.length,
  }
}

const isDryRun = (load: StoredLoad) => z.object({ dryRun: z.boolean() }).safeParse(load.options).data?.dryRun === true

function sentences(load: StoredLoad, report: Report): string[] {
  switch (load.state) {
    case 'waiting':
    case 'running':
      return []
    case 'stopped':
      return ['It was stopped. Nothing of this file was loaded.']
    case 'failed':
      return [
        'It was begun several times and never came to an end. Nothing of this file was loaded. Try a smaller file.',
      ]
    case 'refused':
      return report.reasons.length > 0
        ? report.reasons
        : [`Nothing of this file was loaded: ${counted(report.faultCount, 'thing')} in it to put right.`]
    case 'done':
      return done(report, isDryRun(load))
  }
}

function done(report: Report, dryRun: boolean): string[] {
  if (report.loadedBefore !== null) return ['This very file was loaded before. It was passed over.']
  const { rows, added, changed, unchanged, older, measuresSetUp, exceptionsRaised } = report
  const counts = [`${number(added)} new`, `${number(changed)} changed`, `${number(unchanged)} unchanged`]
  if (older > 0) counts.push(`${number(older)} older than those held and kept as earlier revisions`)
  const said = [`${counted(rows, 'row')}: ${counts.join(', ')}.`]
  if (dryRun) return [...said, 'It was only checked. Nothing was changed.']
  if (added + changed + older === 0) return [...said, 'Every figure in it is held already.']
  if (measuresSetUp > 0) said.push(`${counted(measuresSetUp, 'measure')} set up.`)
  return [...said, `${counted(exceptionsRaised, 'exception')} raised.`]
}

const number = (n: number) => n.toLocaleString('en-GB')
const counted = (n: number, word: string) => `${number(n)} ${word}${n === 1 ? '' : 's'}`
