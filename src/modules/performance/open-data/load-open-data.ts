import type { Trx } from '../../../platform/database/tables.ts'
import { findArea } from '../../../record/areas.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { type ImportFile, type Inspection, inspect } from '../import/csv-file.ts'
import { type FigureRows, type LoadReport, loadRows } from '../import/load-observations.ts'
import { fileWords } from '../import/row-faults.ts'
import { followed, type LoadFollower } from '../loads/follower.ts'
import { raiseFollowed } from '../loads/raise-followed.ts'
import { notePlaces } from '../places/mergers.ts'
import { type Place, PlaceNames } from '../places/place-names.ts'
import { listPlaces } from '../places/places-queries.ts'
import { FigureSheet } from './figure-sheet.ts'
import { handOver } from './hand-over.ts'
import { loadedBefore, wholeFigures } from './open-data-queries.ts'
import type { OpenForm } from './open-form.ts'
import { keepPlaces, setUpMeasures } from './set-up-measures.ts'
import type { Setting } from './setting.ts'

/** What somebody says besides the files. */
export interface OpenChoices {
  /** The police force that is the area's own, where neither its name nor its list of places says so. */
  force?: string
  /** The financial year of files that do not say theirs. */
  year?: string
  /** A measure of all recorded crime by quarter, to work out single quarters with. */
  anchor?: string
}

export interface OpenLoad extends OpenChoices {
  areaId: number
  /** Read files that were loaded before once more. */
  again: boolean
  dryRun: boolean
  checked?: RecordKey
  follower?: LoadFollower
}

/** What a file of open data came to. With any fault, nothing was changed. */
export interface OpenReport extends Pick<
  LoadReport,
  'added' | 'changed' | 'unchanged' | 'older' | 'faults' | 'faultCount'
> {
  /** Rows of the file itself. */
  rows: number
  /** Figures that they came to. */
  figures: number
  measuresSetUp: number
  notices: readonly string[]
  exceptionsRaised: number
  /** When this very file was loaded before, in which case it was not read again. */
  loadedBefore: Temporal.Instant | null
  loaded: RecordKey | null
}

/** Thrown to roll a transaction back that was only to be tried; it carries what came of it. */
export class TriedOnly extends Error {
  readonly report: OpenReport

  constructor(report: OpenReport) {
    super('Nothing was to be changed')
    this.report = report
  }
}

/**
 * Loads a file of national open data: sets up the measures it needs, with their breakdowns and breaks, and loads the
 * figures as any others are, in the caller's transaction, which holds nothing else.
 *
 * @throws TriedOnly for a dry run and where there is anything to put right, so that the transaction is rolled back
 * @throws LoadStopped if the follower is told to stop
 */
export async function loadOpenData(
  trx: Trx,
  act: Act,
  form: OpenForm,
  file: ImportFile,
  load: OpenLoad,
): Promise<OpenReport> {
  const inspection = await inspect(followed(file, load.follower))
  const before = load.again ? null : await loadedBefore(trx, load.areaId, inspection.sha256)
  if (before !== null) return { ...empty, loadedBefore: before }
  const sheet = new FigureSheet()
  const inFile = await form.forceOf?.(file, inspection.encoding)
  const setting = await settingOf(trx, load, sheet, inFile ?? null)
  await readInto(form, file, inspection, load, setting, sheet)
  if (sheet.faultCount > 0 || setting === null) throw new TriedOnly(refused(sheet))
  const report = await apply(trx, act, sheet, { name: file.name, ...inspection }, load)
  if (load.dryRun || report.faultCount > 0) throw new TriedOnly(report)
  return report
}

const empty: OpenReport = {
  ...{ rows: 0, figures: 0, added: 0, changed: 0, unchanged: 0, older: 0, measuresSetUp: 0, exceptionsRaised: 0 },
  ...{ faults: [], faultCount: 0, notices: [], loadedBefore: null, loaded: null },
}

function refused(sheet: FigureSheet): OpenReport {
  const { rows, faults, faultCount, notices } = sheet
  return { ...empty, rows, faults, faultCount, notices: [...notices] }
}

/** Where the figures go; null, and said, where nobody has told which force is the area's own. */
async function settingOf(trx: Trx, load: OpenLoad, sheet: FigureSheet, inFile: string | null): Promise<Setting | null> {
  const places = new PlaceNames(await listPlaces(trx, load.areaId))
  const area = (await findArea(trx, load.areaId))?.name ?? ''
  const own =
    ownForce(places, load.force, area) ?? takenFrom(places, load.force === undefined ? inFile : null, area, sheet)
  if (own === undefined) {
    sheet.fault(
      1,
      '',
      load.force === undefined ? unknownOwn(area) : `“${load.force}” is no police force that is known.`,
    )
    return null
  }
  if (places.own('police-area').length === 0) sheet.ownForce = own.name
  const anchors = load.anchor === undefined ? null : await wholeFigures(trx, load.areaId, load.anchor)
  if (load.anchor !== undefined && anchors?.frequency !== 'quarter') {
    sheet.fault(1, '', `There is no quarterly measure “${load.anchor}” in this area.`)
  }
  return { places, own, year: load.year ?? null, anchors: anchors?.figures ?? null }
}

function ownForce(places: PlaceNames, named: string | undefined, areaName: string): Place | undefined {
  if (named !== undefined) return places.find('police-area', named)
  return places.own('police-area')[0] ?? places.find('police-area', areaName)
}

/** In an area whose force nobody has named so far, the force of the file. */
function takenFrom(places: PlaceNames, inFile: string | null, area: string, sheet: FigureSheet): Place | undefined {
  const found = inFile === null ? undefined : places.find('police-area', inFile)
  if (found !== undefined) {
    sheet.notice(`${found.name} is taken as ${area}’s own police force. Put this right under Places if it is not so.`)
  }
  return found
}

const unknownOwn = (area: string) =>
  `Which police force are ${area}’s own figures? Its name is that of none that is known: say it (--force), or mark the force as this area’s own under Places.`

async function readInto(
  form: OpenForm,
  file: ImportFile,
  { encoding, fault }: Inspection,
  { follower }: OpenLoad,
  setting: Setting | null,
  sheet: FigureSheet,
): Promise<void> {
  if (setting === null) return
  const workbook = fault === fileWords.excel
  if (workbook && form.workbooks !== true) sheet.fault(1, '', fileWords.excel)
  else if (fault !== null && !workbook) sheet.fault(1, '', fault)
  else await form.read({ file, encoding, workbook, follower }, setting, sheet)
}

async function apply(
  trx: Trx,
  act: Act,
  sheet: FigureSheet,
  file: Pick<FigureRows, 'name' | 'sha256' | 'encoding'>,
  load: OpenLoad,
): Promise<OpenReport> {
  await keepPlaces(trx, act, load.areaId, sheet)
  const { references, made } = await setUpMeasures(trx, act, sheet, load.areaId)
  const rows: FigureRows = {
    ...file,
    rowsOfFile: sheet.rows,
    read: (onRow, between) => handOver(sheet, references, onRow, between),
  }
  const { areaId, checked, follower } = load
  const report = await loadRows(trx, act, rows, {
    ...{ areaId, dryRun: false, doubts: 'none' },
    ...(checked !== undefined && { checked }),
    ...(follower !== undefined && { follower }),
  })
  if (report.faultCount === 0) await notePlaces(trx, act, areaId)
  const raised = report.faultCount === 0 ? await raiseFollowed(trx, act, areaId, report.series, follower) : null
  return {
    ...{
      rows: sheet.rows,
      figures: report.rows,
      notices: [...sheet.notices],
      measuresSetUp: report.faultCount === 0 ? made : 0,
      loadedBefore: null,
    },
    ...{
      added: report.added,
      changed: report.changed,
      unchanged: report.unchanged,
      older: report.older,
      loaded: report.loaded,
    },
    ...{ faults: report.faults, faultCount: report.faultCount, exceptionsRaised: raised?.raised ?? 0 },
  }
}
