import { stat } from 'node:fs/promises'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Command, CommandContext, Output } from '../../platform/commands/command.ts'
import { openDatabase } from '../../platform/database/open.ts'
import type { Database, Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { Fault, UsageFault } from '../../platform/fault.ts'
import { findAreaBySlug } from '../../record/areas.ts'
import type { Area } from '../../record/areas.ts'
import type { Act } from '../../record/record.ts'
import { type Organisation, organisationsOf } from '../organisations/index.ts'
import type { Raised } from './exceptions/raise-exceptions.ts'
import { fileOnDisk } from './import/csv-file.ts'
import { loadObservations, type LoadReport } from './import/load-observations.ts'
import { loadMapped, withDoubts } from './import/load-mapped.ts'
import { holdersOfMeasures } from './import/queries.ts'
import { followedOnTerminal } from './loads/terminal.ts'
import { raiseFollowed } from './loads/raise-followed.ts'

/** Faults printed for people at most; with `--json` all that are kept. */
const faultsPrinted = 50

/** `peelian import performance FILE --area AREA`: loads figures, whole or not at all, and raises the exceptions. */
export const importPerformanceCommand: Command = {
  name: 'import performance',
  summary: 'load figures from a file, all of it or nothing',
  usage: [
    'npx peelian import performance FILE --area AREA [--organisation NAME] [--dry-run] [--confirm] [--json]',
    'npx peelian import performance FILE --area AREA --mapping NAME [--as-at DAY] [--status WORD] [--period PERIOD]',
    '',
    'FILE has the columns measure (title or reference), period and value, and may have breakdown, numerator,',
    'denominator, status, as_at, source and unit. A period is 2017-11, 2017-W31, 2017/18 Q1, 2017/18 or a date.',
    '--area AREA          the area, as in its addresses: warwickshire',
    '--organisation NAME  whose measures are meant, as in its addresses; the office unless given',
    '--dry-run            check and compare, and change nothing',
    '--confirm            figures that look odd, and what differs from the mapping, were looked at and are right',
    '--mapping NAME       FILE is a spreadsheet (.xlsx or .csv), read as was described and kept on the page under NAME',
    '--as-at DAY          with --mapping: the day the figures stood so, like 2018-04-01',
    '--status WORD        with --mapping: provisional, revised or final',
    '--period PERIOD      with --mapping: the period of all the figures, where the spreadsheet does not say it',
    'Exit code 1, and nothing is loaded, if anything in the file needs putting right.',
  ],
  options: {
    area: { type: 'string' },
    organisation: { type: 'string' },
    'dry-run': { type: 'boolean' },
    confirm: { type: 'boolean' },
    mapping: { type: 'string' },
    'as-at': { type: 'string' },
    status: { type: 'string' },
    period: { type: 'string' },
  },
  words: [1, 1],
  async run(context) {
    const { typed, output } = context
    const path = typed.words[0] ?? ''
    const { size } = await stat(path).catch(() => {
      throw new Fault(`There is no file ${path}, or it cannot be read.`)
    })
    const database = await openDatabase(context.configuration())
    try {
      const { report, raised } = await importFile(database.program, path, size, context)
      print(output, report, raised, typed.options['dry-run'] === true)
      return report.faultCount > 0 ? 1 : 0
    } finally {
      await database.close()
    }
  },
}

async function importFile(
  db: Database,
  path: string,
  size: number,
  { typed, output, stopped }: CommandContext,
): Promise<{ report: LoadReport; raised: Raised | null }> {
  const { area, organisation } = await inTransaction(db, null, trx => whereTo(trx, typed.options))
  const dryRun = typed.options['dry-run'] === true
  const act = { viewer: loaderFor(organisation), now: Temporal.Now.instant() }
  const file = fileOnDisk(path)
  return followedOnTerminal(output, { name: file.name, bytes: size, stopped }, follower =>
    inTransaction(db, { organisation }, async trx => {
      const doubts = typed.options['confirm'] === true ? 'confirmed' : 'ask'
      const options = { areaId: area.id, dryRun, follower, doubts } as const
      const report = await (typeof typed.options['mapping'] === 'string'
        ? loadMapped(trx, act, { path, name: file.name, ...sheetOptions(typed.options) }, options, output)
        : loadObservations(trx, act, file, options).then(report => withDoubts(report, options)))
      if (report.loaded === null) return { report, raised: null }
      return { report, raised: await raiseFollowed(trx, act, area.id, report.series, follower) }
    }),
  )
}

/** What was said of a spreadsheet beside its mapping. */
function sheetOptions(options: CommandContext['typed']['options']) {
  const said = (name: string) => (typeof options[name] === 'string' ? options[name] : null)
  return { mapping: said('mapping') ?? '', asAt: said('as-at'), status: said('status'), period: said('period') }
}

/** Who loads, in the history: the command, acting for the organisation that holds the measures. */
export function loaderFor(organisation: Organisation): Act['viewer'] & Pick<Viewer, 'userId'> {
  const { id, name, kind } = organisation
  return { userId: 'command-line', personId: null, name: 'The command line', organisation: { id, name, kind } }
}

/** The area and the organisation that a command's options name. */
export async function whereTo(
  trx: Trx,
  options: CommandContext['typed']['options'],
): Promise<{ area: Area; organisation: Organisation }> {
  const slug = options['area']
  if (typeof slug !== 'string') throw new UsageFault('Say which area the figures are for: --area warwickshire.')
  const area = await findAreaBySlug(trx, slug)
  if (area === undefined) throw new UsageFault(`There is no area "${slug}".`)
  return { area, organisation: await holderFor(trx, area, options['organisation']) }
}

/** The organisation whose measures are meant: the one that was named, else the office, else the only one with measures. */
async function holderFor(trx: Trx, area: Area, named: unknown): Promise<Organisation> {
  const organisations = await organisationsOf(trx, area.id)
  const names = organisations.map(each => each.slug).join(', ')
  if (typeof named === 'string') {
    const found = organisations.find(each => each.slug === named)
    if (found === undefined) throw new UsageFault(`${area.name} has no organisation "${named}". It has: ${names}.`)
    return found
  }
  const holding = await holdersOfMeasures(
    trx,
    area.id,
    organisations.map(each => each.id),
  )
  const candidates = organisations.filter(each => holding.includes(each.id))
  const office = candidates.find(each => each.kind === 'office') ?? organisations.find(each => each.kind === 'office')
  const chosen = candidates.length === 1 ? candidates[0] : office
  if (chosen === undefined) throw new UsageFault(`Say whose measures are meant: --organisation, one of ${names}.`)
  return chosen
}

function print(output: Output, report: LoadReport, raised: Raised | null, dryRun: boolean): void {
  const { rows, added, changed, unchanged, older, encoding, faults, faultCount } = report
  const json = {
    ...{ rows, added, changed, unchanged, errors: faults },
    ...(older > 0 && { older }),
    ...(faultCount > faults.length && { errorCount: faultCount }),
    ...{ encoding, exceptionsRaised: raised?.raised ?? 0 },
  }
  if (faultCount > 0) output.progress(`Nothing was loaded: ${counted(faultCount, 'thing')} in the file to put right.`)
  if (faultCount > 0 && report.doubts.length > 0) {
    output.progress('Once somebody has looked at the figures that look odd, --confirm loads them.')
  }
  output.result(json, () => forPeople(report, raised, dryRun))
}

function forPeople(report: LoadReport, raised: Raised | null, dryRun: boolean): string[] {
  const { rows, added, changed, unchanged, older, encoding, faults, faultCount } = report
  const read = encoding === 'windows-1252' ? ['The file was read as Windows-1252.'] : []
  if (faultCount > 0) {
    const shown = faults.slice(0, faultsPrinted)
    const lines = shown.map(
      ({ line, column, message }) => `line ${String(line)}${column === '' ? '' : `, ${column}`}: ${message}`,
    )
    return [
      ...read,
      ...lines,
      ...(faultCount > shown.length ? [`and ${counted(faultCount - shown.length, 'more')}`] : []),
    ]
  }
  const olderWords = older === 0 ? '' : ` ${number(older)} older than held, kept as earlier revisions.`
  const counts = `${number(added)} new, ${number(changed)} changed, ${number(unchanged)} unchanged.${olderWords}`
  const raisedWords = raised === null ? [] : [`${counted(raised.raised, 'exception')} raised.`]
  return [...read, `${counted(rows, 'row')}: ${counts}${dryRun ? ' Nothing was changed.' : ''}`, ...raisedWords]
}

const number = (n: number) => n.toLocaleString('en-GB')

function counted(n: number, word: string): string {
  return `${number(n)} ${word}${n === 1 || word === 'more' ? '' : 's'}`
}
