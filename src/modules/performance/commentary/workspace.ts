import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import type { RecordKey } from '../../../record/record.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findReceived } from '../../../record/release.ts'
import { findRecord, isIdentity } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { organisationsOf } from '../../organisations/index.ts'
import { paths } from '../paths.ts'
import { frequencyWords } from '../period.ts'
import { seriesOf } from '../queries.ts'
import { commentaryBody } from './body.ts'
import {
  changeCommentary,
  keptElsewhere,
  publishReceived,
  releaseCommentary,
  releaseObstacles,
  writeCommentary,
} from './commentary.ts'
import { type Commentary, findCommentary, publishedParts, type Wording } from './commentary-queries.ts'
import { isPublishedMeasure, type WritableMeasure, writableMeasures } from './commentary-queries.ts'
import { fieldsOf, readChanged, readNew, readReceivers } from './forms.ts'
import { commentaryKind } from './kind.ts'
import { commentaryPath, commentaryRegister, receivedCommentaryPath, writePath } from './paths.ts'

const at = '/performance/commentary'
const write = 'performance.comment'
const release = 'performance.release-commentary'

/** Commentary on the figures: written, changed, released, read, and published where its writer agrees. */
export const commentaryRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: 'performance.read', handler: showRegister },
  { method: 'GET', path: `${at}/new`, permission: write, handler: askNew },
  { method: 'POST', path: `${at}/new`, permission: write, handler: doWrite },
  { method: 'GET', path: `${at}/:id`, permission: 'performance.read', handler: showCommentary },
  { method: 'GET', path: `${at}/:id/edit`, permission: write, handler: askChange },
  { method: 'POST', path: `${at}/:id/edit`, permission: write, handler: doChange },
  { method: 'GET', path: `${at}/:id/release`, permission: release, handler: askRelease },
  { method: 'POST', path: `${at}/:id/release`, permission: release, handler: doRelease },
  { method: 'GET', path: `${at}/received/:id`, permission: 'performance.read', handler: showReceived },
  { method: 'POST', path: `${at}/received/:id/publish`, permission: 'performance.publish', handler: doPublish },
]

const register = { text: 'Commentary', href: commentaryRegister }
const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({ areaId: viewer.area.id, id: params['id'] ?? '' })
const single = (value: FormFields[string]): string => (typeof value === 'string' ? value : (value?.at(-1) ?? ''))

interface Returned {
  faults?: readonly FieldFault[]
  refusals?: readonly string[]
}

function showRegister(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, commentaryKind, {
    address: commentaryRegister,
    title: 'Commentary',
    introduction: 'What is said about the figures of a period, by whoever answers for them and whoever reads them.',
    empty: 'Commentary appears here when it is written about the figures of a period.',
    ...(context.may(write) && { actions: [{ text: 'Write commentary', href: `${commentaryRegister}/new` }] }),
  })
}

/** The measure that the address asks for, among those that this person may write about. */
async function askedMeasure(context: WorkspaceContext): Promise<{
  measures: readonly WritableMeasure[]
  measure: WritableMeasure | null
}> {
  const measures = await writableMeasures(context.trx, context.viewer.area.id)
  const asked = context.fields['measure'] === undefined ? context.query['measure'] : single(context.fields['measure'])
  return { measures, measure: measures.find(each => each.id === asked) ?? null }
}

async function askNew(context: WorkspaceContext): Promise<Answer> {
  const { measures, measure } = await askedMeasure(context)
  if (measure !== null) {
    const { period = '', breakdown = '' } = context.query
    return newPage(context, measure, { period, breakdown, author: context.viewer.name }, {})
  }
  return page('modules/performance/views/commentary-measure.njk', {
    title: 'Write commentary',
    back: register,
    action: `${commentaryRegister}/new`,
    measures: measures.map(({ id, title }) => ({ value: id, text: title })),
  })
}

/** The parts of a measure that somebody may write about: of one's own those with figures, else those published. */
async function partsOf({ trx, viewer }: WorkspaceContext, measure: WritableMeasure): Promise<string[]> {
  const key = { areaId: viewer.area.id, id: measure.id }
  if ((await findRecord(trx, key)) === null) return publishedParts(trx, key)
  const series = await seriesOf(trx, key.areaId, [key.id])
  return [...new Set(series.map(each => each.breakdown))].filter(name => name !== '')
}

async function newPage(
  context: WorkspaceContext,
  measure: WritableMeasure,
  fields: FormFields,
  { faults = [], refusals = [] }: Returned,
): Promise<Answer> {
  const form: FormModel = { action: writePath(measure.id), fields, faults, refusals }
  return page(
    'modules/performance/views/commentary-form.njk',
    {
      ...{ title: 'Write commentary', back: register, form, measure: measure.title, isNew: true },
      period: frequencyWords[measure.frequency],
      parts: (await partsOf(context, measure)).map(name => ({ value: name, text: name })),
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

async function doWrite(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer, fields } = context
  const { measure } = await askedMeasure({ ...context, fields: {} })
  if (measure === null) return notFound()
  const read = readNew(fields, measure.frequency, await partsOf(context, measure))
  if (!read.ok) return newPage(context, measure, fields, { faults: read.errors })
  const { period, breakdown, said } = read.value
  return attempt(
    async () => {
      const head = await writeCommentary(trx, context, { areaId: viewer.area.id, measure, breakdown, period }, said)
      return { to: commentaryPath(head.id), notice: 'The draft is saved. Only your organisation sees it.' }
    },
    refusals => newPage(context, measure, fields, { refusals }),
  )
}

/** Said where somebody else changed it while a form was being filled in. */
const changedMeanwhile = 'It was changed after you opened this page. Read it once more, then send this again.'

async function attempt(
  deed: () => Promise<{ to: string; notice: string }>,
  refused: (reasons: readonly string[]) => Promise<Answer>,
): Promise<Answer> {
  try {
    const { to, notice } = await deed()
    return redirect(to, notice)
  } catch (fault) {
    if (fault instanceof StaleRecord) return refused([changedMeanwhile])
    if (!(fault instanceof Refusal)) throw fault
    return refused(fault.reasons)
  }
}

async function showCommentary(context: WorkspaceContext): Promise<Answer> {
  const found = await findCommentary(context.trx, keyOf(context))
  if (found === null) return notFound()
  const { head, row, stands, earlier } = found
  const own = await findRecord(context.trx, { areaId: head.areaId, id: row.measure_id })
  return page('modules/performance/views/commentary.njk', {
    title: head.title,
    breadcrumbs: [{ text: 'Performance', href: paths.measures }, register],
    record: await recordModel(context, head, {
      summary: [
        { key: 'Written by', value: { type: 'text', text: `${stands.author}, ${row.organisation_name}` } },
        {
          key: 'For the public',
          value: { type: 'text', text: row.may_publish ? 'Yes, with the measure' : 'No' },
        },
      ],
      actions: actionsOf(context, found),
    }),
    text: stands.words,
    earlier: earlier.map(wordingModel),
    measure: own === null ? null : { text: own.title, href: paths.measure(own.id) },
  })
}

const wordingModel = ({ words, author, written_at: at }: Wording) => ({ words, author, at })

function actionsOf(context: WorkspaceContext, { head }: Commentary): ActionModel[] {
  const reasons = [
    ...releaseObstacles(head.state),
    ...(context.may(release) ? [] : ['This is for whoever signs for the organisation.']),
  ]
  const text = 'Release it to others'
  return [
    ...(context.may(write) ? [{ text: 'Change it', href: `${commentaryPath(head.id)}/edit` }] : []),
    reasons.length > 0 ? { text, reasons } : { text, href: `${commentaryPath(head.id)}/release` },
    ...(context.may('performance.publish') ? [{ text: 'Publish', href: `/workspace/records/${head.id}/publish` }] : []),
  ]
}

async function askChange(context: WorkspaceContext): Promise<Answer> {
  const found = await findCommentary(context.trx, keyOf(context))
  return found === null ? notFound() : changePage(found, fieldsOf(found), {})
}

async function changePage(
  { head }: Commentary,
  fields: FormFields,
  { faults = [], refusals = [] }: Returned,
): Promise<Answer> {
  const path = commentaryPath(head.id)
  const form: FormModel = { action: `${path}/edit`, fields, faults, refusals, version: head.version }
  return page(
    'modules/performance/views/commentary-form.njk',
    { title: 'Change this commentary', back: { text: 'Back', href: path }, form, measure: head.title, isNew: false },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const found = await findCommentary(trx, keyOf(context))
  if (found === null) return notFound()
  const read = readChanged(fields)
  if (!read.ok) return changePage(found, fields, { faults: read.errors })
  return attempt(
    async () => {
      await changeCommentary(trx, context, found.head, Number(fields['version'] ?? 0), read.value)
      return { to: commentaryPath(found.head.id), notice: 'Saved' }
    },
    refusals => changePage(found, fields, { refusals }),
  )
}

/** The other organisations of the area, those at a desk of office, force and panel. */
async function receiversOf({ trx, viewer }: WorkspaceContext) {
  const all = await organisationsOf(trx, viewer.area.id)
  const desks = all.filter(({ kind }) => kind === 'office' || kind === 'force' || kind === 'panel')
  return desks.filter(({ id }) => id !== viewer.organisation.id).map(({ id, name }) => ({ value: id, text: name }))
}

async function askRelease(context: WorkspaceContext): Promise<Answer> {
  const found = await findCommentary(context.trx, keyOf(context))
  return found === null ? notFound() : releasePage(context, found, { refusals: releaseObstacles(found.head.state) })
}

async function releasePage(
  context: WorkspaceContext,
  { head, row, stands }: Commentary,
  { faults = [], refusals = [] }: Returned,
): Promise<Answer> {
  const path = commentaryPath(head.id)
  const form: FormModel = {
    ...{ action: `${path}/release`, fields: context.fields, faults, refusals, version: head.version },
  }
  const receivers = await receiversOf(context)
  return page(
    'modules/performance/views/commentary-release.njk',
    {
      ...{ title: 'Release this commentary', back: { text: 'Back', href: path }, form, receivers },
      commentary: { title: head.title, text: stands.words, author: stands.author, mayPublish: row.may_publish },
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

async function doRelease(context: WorkspaceContext): Promise<Answer> {
  const { trx, fields } = context
  const found = await findCommentary(trx, keyOf(context))
  if (found === null) return notFound()
  const receivers = await receiversOf(context)
  const read = readReceivers(
    fields,
    receivers.map(({ value }) => value),
  )
  if (!read.ok) return releasePage(context, found, { faults: read.errors })
  return attempt(
    async () => {
      await releaseCommentary(trx, context, found.head, Number(fields['version'] ?? 0), read.value)
      return { to: commentaryPath(found.head.id), notice: 'It is released' }
    },
    refusals => releasePage(context, found, { refusals }),
  )
}

/** What another organisation released, as it was then. */
async function showReceived(context: WorkspaceContext): Promise<Answer> {
  return receivedPage(context, [])
}

async function receivedPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const { trx, viewer } = context
  const key = keyOf(context)
  const received = isIdentity(key.id) ? await findReceived(trx, viewer.organisation.id, key) : null
  const read = received?.kind === 'commentary' ? commentaryBody.safeParse(received.body) : null
  if (received === null || read?.success !== true) return notFound()
  const body = read.data
  const own = await findRecord(trx, { areaId: key.areaId, id: body.measureId })
  return page(
    'modules/performance/views/commentary-received.njk',
    {
      title: received.title,
      breadcrumbs: [{ text: 'Performance', href: paths.measures }, register],
      ...{ body, reference: received.reference, sentAt: received.sentAt, refusals },
      measure: own === null ? null : { text: own.title, href: paths.measure(own.id) },
      actions: context.may('performance.publish')
        ? [await publishAction(context, received.recordId, body, own !== null)]
        : [],
    },
    refusals.length > 0 ? 422 : 200,
  )
}

async function publishAction(
  { trx, viewer }: WorkspaceContext,
  id: string,
  body: { mayPublish: boolean; measureId: string },
  isOurs: boolean,
): Promise<ActionModel> {
  const key = { areaId: viewer.area.id, id: body.measureId }
  const reasons = [
    ...(isOurs ? [] : [keptElsewhere]),
    ...(body.mayPublish ? [] : ['Its writer has not agreed to its publication.']),
    ...((await isPublishedMeasure(trx, key)) ? [] : ['Publish the measure first.']),
  ]
  const text = 'Publish it beside the figures'
  return reasons.length > 0 ? { text, reasons } : { text, post: `${receivedCommentaryPath(id)}/publish` }
}

async function doPublish(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  return attempt(
    async () => {
      await publishReceived(context.trx, context, key)
      return { to: receivedCommentaryPath(key.id), notice: 'Published' }
    },
    refusals => receivedPage(context, refusals),
  )
}
