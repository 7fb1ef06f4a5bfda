import { stat } from 'node:fs/promises'
import type { Command, CommandContext, Output, Typed } from '../../../platform/commands/command.ts'
import { interrupted } from '../../../platform/commands/run.ts'
import { openDatabase } from '../../../platform/database/open.ts'
import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { Fault, UsageFault } from '../../../platform/fault.ts'
import { fileOnDisk } from '../import/csv-file.ts'
import { loaderFor, whereTo } from '../import-command.ts'
import { LoadStopped } from '../loads/follower.ts'
import { followedOnTerminal } from '../loads/terminal.ts'
import type { OpenLoad, OpenReport } from './load-open-data.ts'
import type { OpenForm } from './open-form.ts'
import { openForms } from './open-forms.ts'
import { runOpenData } from './run-open-data.ts'

/** Files are told apart by what came of them. */
interface FileDone {
  file: string
  report: OpenReport
}

const faultsPrinted = 50
const formWidth = Math.max(...openForms.map(form => form.name.length))

/** `peelian import open-data FORM FILE…`: loads files of national open data into an area. */
export const importOpenDataCommand: Command = {
  name: 'import open-data',
  summary: 'load files of national open data: street crime, force tables, workforce',
  usage: [
    'npx peelian import open-data FORM FILE… --area AREA [--organisation NAME] [--force FORCE] [--dry-run] [--json]',
    '',
    'FORM is one of:',
    ...openForms.map(form => `  ${form.name.padEnd(formWidth)}  ${form.title}`),
    '',
    'Measures that are missing are set up. Each file is loaded whole or not at all; one that was loaded before is',
    'passed over, so that the same command goes on where it was stopped. Ctrl-C leaves the file in hand unloaded.',
    '--area AREA          the area, as in its addresses: warwickshire',
    '--organisation NAME  whose measures they become, as in its addresses; the office unless given',
    '--force FORCE        the police force that is the area’s own, if the area’s name is not that of a force',
    '--year YEAR          the financial year of files that do not say theirs: 2018/19',
    '--anchor MEASURE     recorded-crime: a measure of all crime by quarter, to work out single quarters with',
    '--again              read files that were loaded before once more',
    '--dry-run            check and compare, and change nothing',
    'Exit code 1 if anything in a file needs putting right; the other files are loaded.',
  ],
  options: {
    area: { type: 'string' },
    organisation: { type: 'string' },
    force: { type: 'string' },
    year: { type: 'string' },
    anchor: { type: 'string' },
    again: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  words: [2, 2000],
  endsWhenStopped: true,
  async run(context) {
    const { typed, output, stopped } = context
    const [name = '', ...paths] = typed.words
    const form = formNamed(name)
    const sizes = await Promise.all(paths.map(sizeOf))
    const choices = choicesOf(typed)
    const database = await openDatabase(context.configuration())
    const done: FileDone[] = []
    try {
      const files = paths.map((path, i) => ({ path, bytes: sizes[i] ?? 0 }))
      await loadFiles(database.program, form, files, choices, context, done)
    } catch (fault) {
      if (!(fault instanceof LoadStopped)) throw fault
    } finally {
      await database.close()
    }
    if (stopped.aborted) tellStopped(output, done, paths.length)
    print(output, form, done, typed.options['dry-run'] === true)
    if (stopped.aborted) return interrupted
    return done.some(({ report }) => report.faultCount > 0) ? 1 : 0
  },
}

function formNamed(name: string): OpenForm {
  const form = openForms.find(each => each.name === name)
  if (form !== undefined) return form
  throw new UsageFault(`There is no form "${name}". It is one of: ${openForms.map(each => each.name).join(', ')}.`)
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) throw new Fault(`There is no file ${path}, or it cannot be read.`)
  return found.size
}

type Choices = Omit<OpenLoad, 'areaId'>

function choicesOf({ options }: Typed): Choices {
  const text = (name: string) => {
    const value = options[name]
    return typeof value === 'string' ? { [name]: value } : {}
  }
  const year = options['year']
  if (typeof year === 'string' && !isFinancialYear(year)) {
    throw new UsageFault(`"${year}" is not a financial year: write it like 2018/19.`)
  }
  const again = options['again'] === true
  return { ...text('force'), ...text('year'), ...text('anchor'), again, dryRun: options['dry-run'] === true }
}

function isFinancialYear(text: string): boolean {
  const [, first = '', second = ''] = /^(\d{4})\/(\d{2})$/.exec(text) ?? []
  return second !== '' && Number(second) === (Number(first) + 1) % 100
}

async function loadFiles(
  db: Database,
  form: OpenForm,
  files: readonly { path: string; bytes: number }[],
  choices: Choices,
  { typed, output, stopped }: CommandContext,
  done: FileDone[],
): Promise<void> {
  const { area, organisation } = await inTransaction(db, null, trx => whereTo(trx, typed.options))
  for (const [i, { path, bytes }] of files.entries()) {
    const act = { viewer: loaderFor(organisation), now: Temporal.Now.instant() }
    const file = fileOnDisk(path)
    const name = files.length === 1 ? file.name : `${String(i + 1)} of ${String(files.length)}, ${file.name}`
    const report = await followedOnTerminal(output, { name, bytes, stopped }, follower => {
      follower.goOn()
      return runOpenData(db, act, form, file, { ...choices, areaId: area.id, follower })
    })
    done.push({ file: file.name, report })
    if (files.length > 1) output.progress(`${name}: ${inOneLine(report)}`)
  }
}

function tellStopped(output: Output, done: readonly FileDone[], count: number): void {
  const loaded = done.filter(({ report }) => report.loaded !== null).length
  const before = loaded === 0 ? '' : ` ${counted(loaded, 'file')} before it ${loaded === 1 ? 'is' : 'are'} loaded.`
  output.progress(
    `Stopped. Nothing of the file in hand was loaded.${before} ` +
      `${counted(count - done.length, 'file')} to go: the same command goes on from here.`,
  )
}

function inOneLine(report: OpenReport): string {
  if (report.loadedBefore !== null)
    return `loaded before, on ${report.loadedBefore.toString().slice(0, 10)}; passed over.`
  if (report.faultCount > 0) return `not loaded: ${counted(report.faultCount, 'thing')} to put right.`
  const { rows, added, changed, unchanged, older } = report
  const earlier = older > 0 ? `, ${number(older)} older than those held and kept as earlier revisions` : ''
  return `${counted(rows, 'row')}: ${number(added)} new, ${number(changed)} changed, ${number(unchanged)} unchanged${earlier}.`
}

function print(output: Output, form: OpenForm, done: readonly FileDone[], dryRun: boolean): void {
  const json = {
    form: form.name,
    dryRun,
    files: done.map(({ file, report }) => {
      const { faults, loadedBefore, loaded, faultCount, ...rest } = report
      return {
        ...{ file, loaded: loaded !== null, loadedBefore: loadedBefore?.toString() ?? null, ...rest, errors: faults },
        ...(faultCount > faults.length && { errorCount: faultCount }),
      }
    }),
  }
  output.result(json, () => [...done.flatMap(each => forPeople(each)), ...inSum(done, dryRun)])
}

function forPeople({ file, report }: FileDone): string[] {
  const faults = report.faults
    .slice(0, faultsPrinted)
    .map(({ line, column, message }) => `  line ${String(line)}${column === '' ? '' : `, ${column}`}: ${message}`)
  const more = report.faultCount - faults.length
  return [
    `${file}: ${inOneLine(report)}`,
    ...report.notices.map(notice => `  ${notice}`),
    ...faults,
    ...(more > 0 ? [`  and ${number(more)} more`] : []),
  ]
}

function inSum(done: readonly FileDone[], dryRun: boolean): string[] {
  const sum = (of: (report: OpenReport) => number) => done.reduce((total, { report }) => total + of(report), 0)
  const [rows, figures] = [sum(report => report.rows), sum(report => report.figures)]
  const made = sum(report => report.measuresSetUp)
  const raised = sum(report => report.exceptionsRaised)
  const read = `${counted(rows, 'row')} came to ${counted(figures, 'figure')}`
  return [
    `${read}: ${number(sum(r => r.added))} new, ${number(sum(r => r.changed))} changed, ${number(sum(r => r.unchanged))} unchanged.`,
    `${counted(made, 'measure')} set up, ${counted(raised, 'exception')} raised.${dryRun ? ' Nothing was changed.' : ''}`,
  ]
}

const number = (n: number) => n.toLocaleString('en-GB')
const counted = (n: number, word: string) => `${number(n)} ${word}${n === 1 ? '' : 's'}`
