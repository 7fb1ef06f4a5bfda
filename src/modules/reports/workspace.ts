import { z } from 'zod'
import {
  chosenId,
  choices,
  date,
  dateFields,
  optionalId,
  optionalText,
  readForm,
  text,
} from '../../platform/web/form.ts'
import type { FieldFault } from '../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { page, redirect } from '../../platform/web/route.ts'
import { listReceived } from '../../record/release.ts'
import type { Received } from '../../record/release.ts'
import { workspaceAddress } from '../../record/records.ts'
import { organisationsOf } from '../organisations/index.ts'
import { assembleReport } from './assemble.ts'
import { gathered, gatheredSections, typedHeadings, typedSections } from './sections.ts'
import type { TypedSection } from './sections.ts'

const address = '/workspace/reports'

export const reportsWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/reports', permission: 'reports.assemble', handler: context => askPage(context, []) },
  { method: 'POST', path: '/reports', permission: 'reports.assemble', handler: doAssemble },
]

const typed = optionalText('This section', 20_000)
const reportForm = z.object({
  reader: chosenId('Choose the panel that the report goes to'),
  title: text('Enter what the report is called', 'The title'),
  request: optionalId('Choose the request again'),
  since: date('the first day it covers'),
  until: date('the last day it covers'),
  sections: choices('Choose at least one section, or write one by hand', gatheredSections),
  activity: typed,
  decisions: typed,
  inspections: typed,
})

async function askPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const panels = await panelsOf(context)
  const requests = await requestsOf(context)
  const fields = Object.keys(context.fields).length > 0 ? context.fields : await proposal(context, panels)
  const model = {
    title: 'Put a report to the panel together',
    form: { action: address, fields, faults },
    panels: panels.map(({ id, name }) => ({ value: id, text: name })),
    requests: requests.map(each => ({ value: each.recordId, text: each.title })),
    sections: gatheredSections.map(value => ({ value, text: gathered[value].heading })),
    typed: typedSections.map(name => ({ name, label: typedHeadings[name] })),
  }
  return page('modules/reports/views/assemble.njk', model, faults.length > 0 ? 422 : 200)
}

async function panelsOf({ trx, viewer }: WorkspaceContext) {
  return (await organisationsOf(trx, viewer.area.id)).filter(each => each.kind === 'panel')
}

/** Papers that this organisation was asked for, of which the report may be one. */
function requestsOf({ trx, viewer }: WorkspaceContext): Promise<Received[]> {
  return listReceived(trx, viewer.organisation.id, { areaId: viewer.area.id, kinds: ['paper-request'], limit: 50 })
}

/** Everything since the panel's last meeting, as far as this organisation was sent its agenda; a quarter otherwise. */
async function proposal({ trx, viewer, today }: WorkspaceContext, panels: readonly { id: string }[]) {
  const [panel] = panels
  const agendas = await listReceived(trx, viewer.organisation.id, { areaId: viewer.area.id, kinds: ['meeting'] })
  const before = agendas.filter(
    each => each.fromOrganisation === panel?.id && Temporal.PlainDate.compare(each.dated, today) < 0,
  )
  const last = before
    .map(each => each.dated)
    .sort((a, b) => Temporal.PlainDate.compare(a, b))
    .at(-1)
  return {
    reader: panel?.id ?? '',
    title: 'Report of the Police and Crime Commissioner',
    ...dateFields('since', last ?? today.subtract({ months: 3 })),
    ...dateFields('until', today),
    sections: [...gatheredSections],
  }
}

async function doAssemble(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(reportForm, context.fields)
  if (!read.ok) return askPage(context, read.errors)
  const { reader, title, request: requestId, since, until, sections, ...byHand } = read.value
  if (Temporal.PlainDate.compare(until, since) < 0) {
    return askPage(context, [{ field: 'until', message: 'The last day must not lie before the first' }])
  }
  const panel = (await panelsOf(context)).find(({ id }) => id === reader)
  if (panel === undefined) return askPage(context, [{ field: 'reader', message: 'Choose the panel again' }])
  const typedTexts: Partial<Record<TypedSection, string>> = {}
  for (const name of typedSections) if (byHand[name] !== null) typedTexts[name] = byHand[name]
  const asked = { viewer: context.viewer, readerId: panel.id, since, until, title, requestId, meetingWords: panel.name }
  const paper = await assembleReport(context.trx, context, { ...asked, sections, typed: typedTexts })
  return redirect(workspaceAddress(paper), 'The report is put together as a draft. Read it, edit it, then send it.')
}
