import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { Refusal } from '../../../platform/refusals.ts'
import { groundInWords } from '../../../record/classification.ts'
import type { Ground } from '../../../record/classification.ts'
import { clocksOf, dayOfDue } from '../../../record/clock-rows.ts'
import { groundFields, readGround } from '../agenda/forms.ts'
import { limbOptions, markingOptions } from '../agenda/pages.ts'
import { asIdentity, openedKey } from '../opened-key.ts'
import { blockText } from './compare.ts'
import { paperMarkingForm, reviewForm } from './forms.ts'
import { plainText } from './markdown.ts'
import { markPart } from './mark-part.ts'
import type { PaperPlace } from './mark-part.ts'
import { markableParts, paperForm } from './pages.ts'
import { sectionsOf } from './paper-text.ts'
import { paperPath } from './paths.ts'
import { findPaper } from './queries.ts'
import type { Paper } from './queries.ts'
import { groundsInUse, noteReview, reviewRule } from './review-clock.ts'
import { parseText } from './text.ts'
import { noteChange } from './write-paper.ts'

const permission = 'meetings.classify'
const base = '/meetings/papers/:id/classification'

export const markWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: base, permission, handler: showParts },
  { method: 'POST', path: `${base}/review`, permission, handler: doReview },
  { method: 'GET', path: `${base}/:what`, permission, handler: askMark },
  { method: 'POST', path: `${base}/:what`, permission, handler: doMark },
]

function load(context: WorkspaceContext): Promise<Paper | null> {
  return findPaper(context.trx, openedKey(context))
}

async function showParts(context: WorkspaceContext): Promise<Answer> {
  return partsPage(context, [])
}

async function partsPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const path = paperPath(paper.head.id)
  const running = (await clocksOf(context.trx, paper.head)).find(
    clock => clock.rule.id === reviewRule && clock.state === 'running',
  )
  const model = {
    title: `What is restricted: ${paper.head.title}`,
    caption: paper.head.title,
    ...markableParts(paper),
    inUse: groundsInUse(paper).map(groundLine),
    due: running === undefined ? null : dayOfDue(running.due),
    review: paperForm(`${path}/classification/review`, paper, context.fields, faults),
    back: { text: 'Back to the paper', href: path },
  }
  return page('modules/meetings/papers/views/classification.njk', model, faults.length > 0 ? 422 : 200)
}

function groundLine(ground: Ground) {
  return {
    ground: groundInWords(ground),
    reviewer: ground.reviewer ?? null,
    decidedBy: ground.code === 'article-2-2' ? ground.decidedBy : null,
    reviewOn: ground.reviewOn ?? null,
  }
}

async function doReview(context: WorkspaceContext): Promise<Answer> {
  const paper = await load(context)
  if (paper === null) return notFound()
  const read = readForm(reviewForm, context.fields)
  if (!read.ok) return partsPage(context, read.errors)
  const { version, again } = read.value
  await noteReview(context.trx, context, paper, again)
  await noteChange(context.trx, context, paper.head, version, 'reviewed')
  return redirect(`${paperPath(paper.head.id)}/classification`, 'Review noted')
}

interface Here {
  paper: Paper
  place: PaperPlace
  title: string
  words: string | null
  ground: Ground | null
  /** The address of the form, with what names the part. */
  action: string
}

/** The part of a paper that an address names. */
async function locate(context: WorkspaceContext): Promise<Here | null> {
  const paper = await load(context)
  if (paper === null) return null
  const path = `${paperPath(paper.head.id)}/classification`
  const own = (ground: object | null | undefined) => (ground != null && 'own' in ground ? (ground.own as Ground) : null)
  switch (context.params['what']) {
    case 'paper': {
      const place = { type: 'paper' as const }
      return { paper, place, title: 'The whole paper', words: null, ground: paper.head.ground, action: `${path}/paper` }
    }
    case 'appendix': {
      const id = asIdentity(context.query['appendix'])
      const section = sectionsOf(paper).find(each => each.id === id)
      if (section?.appendix == null) return null
      const ground = own(section.appendix.ground)
      const place = { type: 'appendix' as const, id }
      return { paper, place, title: section.title, words: null, ground, action: `${path}/appendix?appendix=${id}` }
    }
    default:
      return locateBlock(context, paper, path)
  }
}

function locateBlock({ query, params }: WorkspaceContext, paper: Paper, path: string): Here | null {
  const section = sectionsOf(paper).find(each => each.id === query['section'])
  const at = Number(query['at'] ?? '')
  const block = section === undefined ? undefined : parseText(section.source).blocks[at]
  if (params['what'] !== 'part' || section === undefined || block === undefined || block.type === 'gap') return null
  const kept = block.mark === null ? undefined : paper.row.grounds[block.mark]
  return {
    paper,
    place: { type: 'block', section: section.id, at },
    title: block.number === null ? `${section.title}: ${block.type}` : `${section.title}, ${block.number}`,
    words: plainText(blockText(block)),
    ground: kept !== undefined && 'own' in kept ? kept.own : null,
    action: `${path}/part?section=${section.id}&at=${String(at)}`,
  }
}

async function askMark(context: WorkspaceContext): Promise<Answer> {
  const here = await locate(context)
  return here === null ? notFound() : markPage(context, here, groundFields(here.ground), [])
}

function markPage(
  { viewer }: WorkspaceContext,
  here: Here,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Answer {
  const kind = viewer.organisation.kind
  const model = {
    title: here.title,
    caption: here.paper.head.title,
    words: here.words,
    form: paperForm(here.action, here.paper, fields, faults, refusals),
    markings: markingOptions(kind),
    limbs: limbOptions,
    panel: kind === 'panel' || kind === 'council',
    back: { text: 'Back', href: `${paperPath(here.paper.head.id)}/classification` },
  }
  const status = faults.length > 0 || refusals.length > 0 ? 422 : 200
  return page('modules/meetings/papers/views/mark-part.njk', model, status)
}

async function doMark(context: WorkspaceContext): Promise<Answer> {
  const here = await locate(context)
  if (here === null) return notFound()
  const read = readForm(paperMarkingForm, context.fields)
  if (!read.ok) return markPage(context, here, context.fields, read.errors)
  const marked = readGround(read.value)
  if ('faults' in marked) return markPage(context, here, context.fields, marked.faults)
  try {
    await markPart(context.trx, context, here.paper.head, read.value.version, here.place, marked.ground)
  } catch (error) {
    if (error instanceof Refusal) return markPage(context, here, context.fields, [], error.reasons)
    throw error
  }
  const notice = marked.ground === null ? 'Marked as open' : 'Marked as restricted'
  return redirect(`${paperPath(here.paper.head.id)}/classification`, notice)
}
