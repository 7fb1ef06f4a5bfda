import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findReceived } from '../../../record/release.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { organisationNames } from '../../organisations/index.ts'
import { itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { findMeetings } from '../meeting/queries.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { register as meetingsRegister } from '../paths.ts'
import { describeForm, newPaperForm, whyForm } from './forms.ts'
import { paperKind } from './kind.ts'
import { paperActions, paperForm, paperSummary, placeLines, receiverLines, scannedPages } from './pages.ts'
import { isWritten, documentsOf, sectionsOf } from './paper-text.ts'
import { papersRegister, paperPath, receivedPaperPath, requestsRegister } from './paths.ts'
import { changeAlternative, findPaper, findPapers, pagesOf, placesOfPaper, receiversOfPaper } from './queries.ts'
import type { Paper } from './queries.ts'
import { settleMarkings } from './place-paper.ts'
import { buildPaperSnapshot, standingOf } from './snapshot.ts'
import { addPaper, noteChange } from './write-paper.ts'

export const papersWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/papers', permission: 'meetings.read', handler: showRegister },
  { method: 'GET', path: '/meetings/papers/new', permission: 'meetings.write-paper', handler: askNew },
  { method: 'POST', path: '/meetings/papers/new', permission: 'meetings.write-paper', handler: doAdd },
  { method: 'GET', path: '/meetings/papers/:id', permission: 'meetings.read', handler: showPaper },
  { method: 'POST', path: '/meetings/papers/:id/settle', permission: 'meetings.classify', handler: doSettle },
  { method: 'POST', path: '/meetings/papers/:id/describe', permission: 'meetings.write-paper', handler: doDescribe },
]

async function showRegister(context: WorkspaceContext): Promise<Answer> {
  const begin = { text: 'Write a paper', href: `${papersRegister}/new` }
  const requests = { text: 'Papers asked for', href: requestsRegister }
  return workspaceRegisterPage(context, paperKind, {
    address: papersRegister,
    actions: context.may('meetings.write-paper') ? [begin, requests] : [requests],
    empty: 'Papers appear here when they are begun, or placed on an agenda. What others send you stands below.',
    columns: [{ heading: 'For' }],
    cells: async heads => {
      const ids = heads.map(head => head.id)
      const papers = await findPapers(context.trx, context.viewer.area.id, ids)
      return new Map(papers.map(({ head, row }) => [head.id, [{ type: 'text', text: row.meeting_words ?? '' }]]))
    },
  })
}

function askNew(context: WorkspaceContext): Answer {
  const { title, request } = context.query
  return newPage(context, { title: title ?? '' }, request ?? '', [])
}

function newPage(
  _context: WorkspaceContext,
  fields: WorkspaceContext['fields'],
  request: string,
  faults: readonly FieldFault[],
): Answer {
  const form = { action: `${papersRegister}/new`, fields, faults }
  const model = { title: 'Write a paper', form, request, back: { text: 'Back', href: papersRegister } }
  return page('modules/meetings/papers/views/new-paper.njk', model, faults.length > 0 ? 422 : 200)
}

async function doAdd(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(newPaperForm, context.fields)
  const typed = context.fields['request']
  if (!read.ok) return newPage(context, context.fields, typeof typed === 'string' ? typed : '', read.errors)
  const { title, request } = read.value
  const meetingWords = read.value['meeting-words']
  const areaId = context.viewer.area.id
  const head = await addPaper(context.trx, context, { areaId, title, meetingWords, requestId: request })
  return redirect(paperPath(head.id), 'Paper begun')
}

/** What came back of one of the forms on the page of a paper. */
interface CameBack {
  settle?: readonly FieldFault[]
  describe?: readonly FieldFault[]
}

async function showPaper(context: WorkspaceContext): Promise<Answer> {
  return paperPage(context, {})
}

async function paperPage(context: WorkspaceContext, back: CameBack): Promise<Answer> {
  const { trx, viewer } = context
  const paper = await findPaper(trx, openedKey(context))
  if (paper === null) return receivedOr404(context)
  const receivers = await receiversOfPaper(trx, paper.head)
  const ids = [...receivers.map(each => each.organisation_id), paper.row.received_from ?? viewer.organisation.id]
  const names = await organisationNames(trx, ids)
  const may = (permission: string) => context.may(permission)
  const failed = back.settle !== undefined || back.describe !== undefined
  const model = {
    title: paper.head.title,
    breadcrumbs: [
      { text: 'Meetings', href: meetingsRegister },
      { text: 'Papers', href: papersRegister },
    ],
    record: await recordModel(context, paper.head, {
      summary: paperSummary(paper, names),
      actions: paperActions(paper, may),
    }),
    ...(await contentModel(context, paper)),
    places: placeLines(paper, await placesInWords(context, paper), may),
    receivers: receiverLines(paper, receivers, names),
    later: await laterVersion(context, paper),
    unsettled: paper.row.unsettled,
    settle: may('meetings.classify')
      ? paperForm(`${paperPath(paper.head.id)}/settle`, paper, context.fields, back.settle)
      : null,
    ...(await scanModel(context, paper, back.describe)),
  }
  return page('modules/meetings/papers/views/paper.njk', model, failed ? 422 : 200)
}

async function receivedOr404({ trx, viewer, ...context }: WorkspaceContext): Promise<Answer> {
  const key = openedKey({ viewer, ...context })
  const received = await findReceived(trx, viewer.organisation.id, key)
  return received?.kind === 'paper' ? redirect(receivedPaperPath(key.id)) : notFound()
}

/** The paper in full, as those read it whose it is. */
async function contentModel(context: WorkspaceContext, paper: Paper) {
  const standing = await standingOf(context.trx, paper)
  const facts = { everything: true, toOrganisation: false, mayPublish: false, standing, pages: [] }
  const change = paper.row.received_id === null && context.may('meetings.write-paper')
  return {
    written: isWritten(paper),
    body: buildPaperSnapshot(paper, facts).body,
    appendices: change
      ? sectionsOf(paper, standing?.firstLetter).flatMap(section =>
          section.appendix === null
            ? []
            : [{ text: section.title, href: `${paperPath(paper.head.id)}/appendices/${section.id}` }],
        )
      : [],
  }
}

async function placesInWords({ trx }: WorkspaceContext, paper: Paper) {
  const places = await placesOfPaper(trx, paper.head)
  const meetings = await findMeetings(
    trx,
    paper.head.areaId,
    places.map(place => place.meeting_id),
  )
  const lines = []
  for (const place of places) {
    const meeting = meetings.find(each => each.head.id === place.meeting_id)
    if (meeting === undefined) continue
    const item = numbered(await itemsOf(trx, meeting.head)).find(each => each.id === place.item_id)
    if (item !== undefined) {
      lines.push({ ...place, meeting: meeting.head.title, item: `item ${item.shown}, ${item.title}` })
    }
  }
  return lines
}

async function laterVersion({ trx, viewer }: WorkspaceContext, { head, row }: Paper) {
  if (row.received_id === null) return null
  const received = await findReceived(trx, viewer.organisation.id, { areaId: head.areaId, id: row.received_id })
  if (received === null || received.version === row.received_version) return null
  return { at: received.sentAt, href: receivedPaperPath(row.received_id) }
}

async function scanModel(context: WorkspaceContext, paper: Paper, faults?: readonly FieldFault[]) {
  const files = documentsOf(paper).map(document => document.fileId)
  const pages = await pagesOf(context.trx, files)
  const form = paperForm(
    `${paperPath(paper.head.id)}/describe`,
    paper,
    faults === undefined ? {} : context.fields,
    faults,
  )
  const [first] = scannedPages(paper, pages)
  const scans =
    first === undefined ? [] : [{ ...first, next: first.silent[0], form: mayDescribe(context) ? form : null }]
  return { scans, describe: form }
}

const mayDescribe = (context: WorkspaceContext) => context.may('meetings.write-paper')

async function doSettle(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(whyForm, context.fields)
  if (!read.ok) return paperPage(context, { settle: read.errors })
  const key = openedKey(context)
  await settleMarkings(context.trx, context, key, read.value.version, read.value.why)
  return redirect(paperPath(key.id), 'Settled')
}

async function doDescribe(context: WorkspaceContext): Promise<Answer> {
  const paper = await findPaper(context.trx, openedKey(context))
  if (paper === null) return notFound()
  const read = readForm(describeForm, context.fields)
  if (!read.ok) return paperPage(context, { describe: read.errors })
  const { version, file, page: number, alternative } = read.value
  if (!documentsOf(paper).some(document => document.fileId === asIdentity(file))) return notFound()
  await changeAlternative(context.trx, file, number, alternative)
  await noteChange(context.trx, context, paper.head, version, 'document-changed')
  return redirect(paperPath(paper.head.id), `Page ${String(number)} is described`)
}
