import { z } from 'zod'
import { choice, type FieldFault, optionalText, readForm, ticked } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { page, redirect } from '../../../platform/web/route.ts'
import { paths } from '../paths.ts'
import { orderLoads } from '../loads/order-load.ts'
import { pathOfBatch } from '../loads/workspace.ts'
import { placeNames } from '../places/places.ts'
import { openForms } from './open-forms.ts'

const at = '/performance/imports/open-data'
const permission = 'performance.load-open-data'

/** Loading national open data from a page: files go in, and are followed on a page of their own. */
export const openDataRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission, handler: askOpenData },
  { method: 'POST', path: at, permission, handler: doOpenData },
]

const names = openForms.map(form => form.name)

const openDataForm = z.object({
  form: choice('Choose what the files are', names),
  files: z.unknown(),
  force: optionalText('The name of the force', 100),
  year: optionalText('The year', 10).refine(year => year === null || isFinancialYear(year), {
    error: 'Enter the year as 2018/19, or leave it empty',
  }),
  checkOnly: ticked(),
})

function isFinancialYear(text: string): boolean {
  const [, first = '', second = ''] = /^(\d{4})\/(\d{2})$/.exec(text) ?? []
  return second !== '' && Number(second) === (Number(first) + 1) % 100
}

async function askOpenData(context: WorkspaceContext): Promise<Answer> {
  return openDataPage({ force: await ownForce(context) }, [])
}

/** The area's own force as its list of places or its name says, as a suggestion. */
async function ownForce({ trx, viewer }: WorkspaceContext): Promise<string> {
  const places = await placeNames(trx, viewer.area.id)
  return (places.own('police-area')[0] ?? places.find('police-area', viewer.area.name))?.name ?? ''
}

function openDataPage(fields: FormFields, faults: readonly FieldFault[]): Answer {
  const model = {
    title: 'Load national open data',
    back: { text: 'Back to loading figures', href: `${paths.imports}/new` },
    form: { action: paths.openData, fields, faults, files: true },
    forms: openForms.map(({ name, title, files }) => ({ value: name, text: title, hint: files })),
    places: paths.places,
  }
  return page('modules/performance/views/open-data.njk', model, faults.length > 0 ? 422 : 200)
}

async function doOpenData(context: WorkspaceContext): Promise<Answer> {
  const uploads = context.uploads.filter(each => each.field === 'files')
  const read = readForm(openDataForm, context.fields)
  const faults = read.ok ? [] : [...read.errors]
  if (uploads.length === 0 && !faults.some(each => each.field === 'files')) {
    faults.push({ field: 'files', message: 'Choose the files' })
  }
  const force = read.ok ? read.value.force : null
  if (force !== null && !(await isForce(context, force))) {
    faults.push({ field: 'force', message: `“${force}” is no police force that is known. Enter it under Places first` })
  }
  if (!read.ok || faults.length > 0) return openDataPage(context.fields, faults)
  const { form, year, checkOnly } = read.value
  const options = { dryRun: checkOnly, ...(force !== null && { force }), ...(year !== null && { year }) }
  const order = { areaId: context.viewer.area.id, form, options }
  return redirect(pathOfBatch(await orderLoads(context.trx, context, order, uploads)))
}

async function isForce({ trx, viewer }: WorkspaceContext, name: string): Promise<boolean> {
  return (await placeNames(trx, viewer.area.id)).find('police-area', name) !== undefined
}
