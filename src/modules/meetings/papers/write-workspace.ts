import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { orOvertaken, overtakenPage } from '../stale.ts'
import { appendixForm, paperForm as paperSchema, readBackground, textFaults, uploadForm, versionForm } from './forms.ts'
import { paperForm, storedPaper } from './pages.ts'
import { sectionsOf } from './paper-text.ts'
import { paperPath } from './paths.ts'
import { findPaper } from './queries.ts'
import type { AppendixRow, Paper, PaperDocument } from './queries.ts'
import { readUpload, splitRecommendations } from './read-upload.ts'
import { buildPaperSnapshot } from './snapshot.ts'
import { addAppendix, keepDocument, removeAppendix, saveAppendix, savePaper, setDocument } from './write-paper.ts'
import type { PaperWords } from './write-paper.ts'

const permission = 'meetings.write-paper'
const base = '/meetings/papers/:id'

export const writeWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: `${base}/write`, permission, handler: askWrite },
  { method: 'POST', path: `${base}/write`, permission, handler: doWrite },
  { method: 'GET', path: `${base}/upload`, permission, handler: askUpload },
  { method: 'POST', path: `${base}/upload`, permission, handler: doUpload },
  { method: 'POST', path: `${base}/document/remove`, permission, handler: doRemoveDocument },
  { method: 'GET', path: `${base}/appendices/new`, permission, handler: askAppendix },
  { method: 'POST', path: `${base}/appendices/new`, permission, handler: doAppendix },
  { method: 'GET', path: `${base}/appendices/:appendix`, permission, handler: askAppendix },
  { method: 'POST', path: `${base}/appendices/:appendix`, permission, handler: doAppendix },
  { method: 'POST', path: `${base}/appendices/:appendix/remove`, permission, handler: doRemoveAppendix },
]

/** A paper whose words are this organisation's to write. */
async function load(context: WorkspaceContext): Promise<Paper | null> {
  const paper = await findPaper(context.trx, openedKey(context))
  return paper?.row.received_id === null ? paper : null
}

const backTo = (paper: Paper) => ({ text: 'Back to the paper', href: paperPath(paper.head.id) })

async function askWrite(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  return paper === null ? notFound() : writePage(paper, storedPaper(paper), [])
}

function writePage(paper: Paper, fields: FormFields, faults: readonly FieldFault[], preview?: object): Answer {
  const model = {
    title: `Write: ${paper.head.title}`,
    caption: paper.head.reference,
    form: paperForm(`${paperPath(paper.head.id)}/write`, paper, fields, faults),
    preview,
    back: backTo(paper),
  }
  return page('modules/meetings/papers/views/write-paper.njk', model, faults.length > 0 ? 422 : 200)
}

/** The words typed, or what is wrong with them by field. */
function readWords(context: WorkspaceContext, paper: Paper) {
  const read = readForm(paperSchema, context.fields)
  if (!read.ok) return { faults: read.errors }
  const { value } = read
  const background = readBackground(value.background)
  const faults = [
    ...textFaults('recommendations', value.recommendations, paper.row.grounds),
    ...textFaults('body', value.body, paper.row.grounds),
    ...('faults' in background ? background.faults : []),
  ]
  if (faults.length > 0 || 'faults' in background) return { faults }
  const { title, author, contact, recommendations, body } = value
  const meetingWords = value['meeting-words']
  const words: PaperWords = { title, meetingWords, author, contact, recommendations, body, ...background }
  return { words, version: value.version }
}

async function doWrite(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const typed = readWords(context, paper)
  if ('faults' in typed) return writePage(paper, context.fields, typed.faults)
  const { words, version } = typed
  if (context.fields['preview'] !== undefined) return writePage(paper, context.fields, [], previewOf(paper, words))
  return orOvertaken(
    async () => {
      await savePaper(context.trx, context, paper.head, version, words)
      return redirect(paperPath(paper.head.id), 'Saved')
    },
    async () => overtaken(context, paper),
  )
}

function previewOf(paper: Paper, words: PaperWords): object {
  const { author, contact, recommendations, body, background } = words
  const row = { ...paper.row, author, contact, recommendations, body, background }
  const facts = { everything: true, toOrganisation: false, mayPublish: false, standing: null, pages: [] }
  return buildPaperSnapshot({ ...paper, row }, facts).body
}

function overtaken(context: WorkspaceContext, paper: Paper): Answer {
  const stored = storedPaper(paper)
  const labels = {
    title: 'Title',
    recommendations: 'Recommendations',
    body: 'Report',
    background: 'Background papers',
    author: 'Author',
    contact: 'Contact',
  }
  return overtakenPage({
    title: paper.head.title,
    action: `${paperPath(paper.head.id)}/write`,
    fields: context.fields,
    version: paper.head.version,
    changed: 'Someone else changed this paper.',
    rows: Object.entries(labels).map(([field, label]) => ({ field, label, now: String(stored[field] ?? '') })),
    current: paperPath(paper.head.id),
  })
}

async function askUpload(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  return paper === null ? notFound() : uploadPage(paper, [])
}

function uploadPage(paper: Paper, faults: readonly FieldFault[]): Answer {
  const path = paperPath(paper.head.id)
  const model = {
    title: `Upload a document: ${paper.head.title}`,
    caption: paper.head.title,
    form: { ...paperForm(`${path}/upload`, paper, {}, faults), files: true },
    document: paper.row.document,
    remove: `${path}/document/remove`,
    back: backTo(paper),
  }
  return page('modules/meetings/papers/views/upload-paper.njk', model, faults.length > 0 ? 422 : 200)
}

async function doUpload(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const read = readForm(uploadForm, context.fields)
  if (!read.ok) return uploadPage(paper, read.errors)
  const upload = context.uploads.find(each => each.field === 'file')
  if (upload === undefined) return uploadPage(paper, [{ field: 'file', message: 'Choose a document' }])
  const found = await readUpload(upload)
  const { trx } = context
  const path = paperPath(paper.head.id)
  switch (found.type) {
    case 'unreadable':
      return uploadPage(paper, [{ field: 'file', message: found.message }])
    case 'file':
      return uploadPage(paper, [
        { field: 'file', message: `“${upload.fileName}” must be a Word document or a PDF. Add it as an appendix` },
      ])
    case 'pdf': {
      const document = await keepDocument(trx, context, paper.head, upload, paper.head.title, found)
      await setDocument(trx, context, paper.head, read.value.version, document)
      return redirect(path, uploadedNotice(document))
    }
    case 'text': {
      const faults = textFaults('file', found.markdown, paper.row.grounds)
      if (faults.length > 0) return uploadPage(paper, faults)
      await savePaper(trx, context, paper.head, read.value.version, {
        title: paper.head.title,
        meetingWords: paper.row.meeting_words,
        author: paper.row.author,
        contact: paper.row.contact,
        background: paper.row.background,
        ...splitRecommendations(found.markdown),
      })
      return redirect(path, ['The text of the document is here now.', ...found.notes].join(' '))
    }
  }
}

function uploadedNotice({ pages, scanned }: PaperDocument): string {
  const length = `${String(pages ?? 0)} ${pages === 1 ? 'page' : 'pages'}`
  if (!scanned) return `Uploaded: ${length}, with text.`
  return `Uploaded: ${length}. It is a scan without text: ask for an accessible version, or describe its pages below.`
}

async function doRemoveDocument(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  const read = readForm(versionForm, context.fields)
  if (paper === null || !read.ok) return notFound()
  await setDocument(context.trx, context, paper.head, read.value.version, null)
  return redirect(paperPath(paper.head.id), 'The document is not part of the paper any more')
}

interface HereAppendix {
  paper: Paper
  appendix: AppendixRow | null
}

/** The appendix an address names; null for a new one; undefined where there is none. */
async function loadAppendix(context: WorkspaceContext): Promise<HereAppendix | undefined> {
  const paper = await load(context)
  if (paper === null) return undefined
  const id = context.params['appendix']
  if (id === undefined) return { paper, appendix: null }
  const appendix = paper.appendices.find(each => each.id === asIdentity(id))
  return appendix === undefined ? undefined : { paper, appendix }
}

async function askAppendix(context: WorkspaceContext): Promise<Answer> {
  const here = await loadAppendix(context)
  if (here === undefined) return notFound()
  const { appendix } = here
  return appendixPage(here, appendix === null ? {} : { title: appendix.title, text: appendix.body }, [])
}

const appendixPath = ({ paper, appendix }: HereAppendix) =>
  `${paperPath(paper.head.id)}/appendices/${appendix?.id ?? 'new'}`

function appendixPage(here: HereAppendix, fields: FormFields, faults: readonly FieldFault[]): Answer {
  const { paper, appendix } = here
  const section = sectionsOf(paper).find(each => each.id === appendix?.id)
  const model = {
    title: section?.title ?? 'Add an appendix',
    caption: paper.head.title,
    form: { ...paperForm(appendixPath(here), paper, fields, faults), files: true },
    document: appendix?.document ?? null,
    remove: appendix === null ? null : `${appendixPath(here)}/remove`,
    back: backTo(paper),
  }
  return page('modules/meetings/papers/views/appendix.njk', model, faults.length > 0 ? 422 : 200)
}

async function doAppendix(context: WorkspaceContext): Promise<Answer> {
  const here = await loadAppendix(context)
  if (here === undefined) return notFound()
  const { paper, appendix } = here
  const read = readForm(appendixForm, context.fields)
  const back = (faults: readonly FieldFault[]) => appendixPage(here, context.fields, faults)
  if (!read.ok) return back(read.errors)
  const taken = await takeUpload(context, paper, read.value)
  if ('faults' in taken) return back(taken.faults)
  const { words, document, notes } = taken
  const faults = textFaults('text', words.body, paper.row.grounds)
  if (faults.length > 0) return back(faults)
  if (words.body === '' && document === undefined && appendix?.document == null) {
    return back([{ field: 'text', message: 'Write the appendix, or choose a document' }])
  }
  const { version } = read.value
  if (appendix === null) await addAppendix(context.trx, context, paper.head, version, words, document ?? null)
  else await saveAppendix(context.trx, context, paper.head, version, appendix.id, words, document)
  return redirect(paperPath(paper.head.id), ['Appendix saved.', ...notes].join(' '))
}

/** What came of the document chosen with an appendix: text, or a document of its own. */
async function takeUpload(context: WorkspaceContext, paper: Paper, value: { title: string; text: string }) {
  const words = { title: value.title, body: value.text }
  const upload = context.uploads.find(each => each.field === 'file')
  if (upload === undefined) return { words, notes: [] as string[] }
  const found = await readUpload(upload)
  if (found.type === 'unreadable') return { faults: [{ field: 'file', message: found.message }] }
  if (found.type === 'text') return { words: { ...words, body: found.markdown }, notes: found.notes }
  const read = found.type === 'pdf' ? found : null
  const document = await keepDocument(context.trx, context, paper.head, upload, value.title, read)
  return { words, document, notes: read === null ? [] : [uploadedNotice(document)] }
}

async function doRemoveAppendix(context: WorkspaceContext): Promise<Answer> {
  const here = await loadAppendix(context)
  const read = readForm(versionForm, context.fields)
  if (here?.appendix == null || !read.ok) return notFound()
  await removeAppendix(context.trx, context, here.paper.head, read.value.version, here.appendix.id)
  return redirect(paperPath(here.paper.head.id), 'The appendix is taken out')
}
