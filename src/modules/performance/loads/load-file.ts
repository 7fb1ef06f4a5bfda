import { z } from 'zod'
import type { Trx } from '../../../platform/database/tables.ts'
import type { Act } from '../../../record/record.ts'
import { loadObservations } from '../import/load-observations.ts'
import { loadOpenData, TriedOnly } from '../open-data/load-open-data.ts'
import { openForms } from '../open-data/open-forms.ts'
import { ownForm } from './order-load.ts'
import { raiseFollowed } from './raise-followed.ts'
import { type LoadEnd, LoadEnded, type Loader } from './run-load.ts'

const optionsForm = z.object({
  dryRun: z.boolean().default(false),
  force: z.string().optional(),
  year: z.string().optional(),
})

/** Faults that are kept for the page; all are counted. */
const faultsKept = 200

/** Loads a file that was handed in on a page, of whatever form it is. */
export const loadFile: Loader = async (trx, act, load) => {
  const options = optionsForm.parse(load.options)
  return load.form === ownForm ? loadOwn(trx, act, load, options.dryRun) : loadOpen(trx, act, load, options)
}

type Given = Parameters<Loader>[2]

async function loadOwn(trx: Trx, act: Act, { key, file, follower }: Given, dryRun: boolean): Promise<LoadEnd> {
  const report = await loadObservations(trx, act, file, { areaId: key.areaId, dryRun, checked: key, follower })
  const kept = {
    ...report,
    series: [],
    faults: report.faults.slice(0, faultsKept),
    doubts: report.doubts.slice(0, faultsKept),
  }
  if (report.loaded === null) {
    const sound = report.faultCount === 0
    const record = sound && dryRun ? 'checked' : 'dropped'
    throw new LoadEnded({ state: sound ? 'done' : 'refused', record, report: kept })
  }
  const { raised } = await raiseFollowed(trx, act, key.areaId, report.series, follower)
  return { state: 'done', record: 'applied', report: { ...kept, exceptionsRaised: raised } }
}

async function loadOpen(
  trx: Trx,
  act: Act,
  { key, form: name, file, follower }: Given,
  { dryRun, force, year }: z.output<typeof optionsForm>,
): Promise<LoadEnd> {
  const form = openForms.find(each => each.name === name)
  if (form === undefined) throw new Error(`There is no form ${name} of open data`)
  try {
    const report = await loadOpenData(trx, act, form, file, {
      ...{ areaId: key.areaId, again: false, dryRun, checked: key, follower },
      ...(force !== undefined && { force }),
      ...(year !== undefined && { year }),
    })
    return { state: 'done', record: report.loaded === null ? 'dropped' : 'applied', report }
  } catch (fault) {
    if (!(fault instanceof TriedOnly)) throw fault
    const { report } = fault
    const kept = { ...report, faults: report.faults.slice(0, faultsKept) }
    throw new LoadEnded({ state: report.faultCount > 0 ? 'refused' : 'done', record: 'dropped', report: kept })
  }
}
