import { StaleRecord } from '../../../../platform/refusals.ts'
import type { FormModel } from '../../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../../platform/web/route.ts'
import { notFound, page } from '../../../../platform/web/route.ts'
import { lengthSetting } from '../../../../record/clock-settings.ts'
import { bodiesOf, findBody } from '../../../organisations/index.ts'
import type { Body } from '../../../organisations/index.ts'
import { attempt, keyOf, singleField } from '../../handling.ts'
import { fieldsOfRules, readRules } from './forms.ts'
import { noticeInWords, noticeRule } from './notice.ts'
import { setRules } from './publish-rules.ts'
import { findRules, rulesOf } from './queries.ts'
import { rulesToBeginWith } from './rules-of-body.ts'

const here = '/scrutiny/public-questions/rules'
const permission = 'scrutiny.set-question-rules'
const view = (name: string) => `modules/scrutiny/public-questions/views/${name}.njk`

/** The rules of each body for questions from the public, as its clerk sets them. */
export const bodyRuleRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: here, permission, handler: showBodies },
  { method: 'GET', path: `${here}/:id`, permission, handler: showRules },
  { method: 'POST', path: `${here}/:id`, permission, handler: doSet },
]

async function showBodies({ trx, viewer }: WorkspaceContext): Promise<Answer> {
  const bodies = (await bodiesOf(trx, viewer.area.id)).filter(body => keeps(viewer, body))
  const set = await rulesOf(trx, viewer.area.id, viewer.organisation.id)
  return page(view('bodies'), {
    title: 'Rules for questions from the public',
    back: { text: 'Public questions', href: '/workspace/scrutiny/public-questions' },
    bodies: bodies.map(body => {
      const rules = set.find(each => each.bodyId === body.id)
      return {
        name: body.name,
        href: `/workspace${here}/${body.id}`,
        taking: rules?.taking ?? false,
        notice: rules === undefined ? null : noticeInWords(rules.notice),
      }
    }),
  })
}

/** A body's meetings are kept by the first that holds it. */
function keeps({ organisation }: WorkspaceContext['viewer'], body: Pick<Body, 'holders'>): boolean {
  return body.holders[0] === organisation.id
}

async function ownBody(context: WorkspaceContext): Promise<Body | null> {
  const body = await findBody(context.trx, keyOf(context))
  return body !== null && keeps(context.viewer, body) ? body : null
}

async function showRules(context: WorkspaceContext): Promise<Answer> {
  const body = await ownBody(context)
  if (body === null) return notFound()
  const rules = await findRules(context.trx, body)
  const begun = { ...rulesToBeginWith, taking: true, notice: await noticeToBeginWith(context, body) }
  return rulesPage(body, { ...fieldsOfRules(rules ?? begun), version: String(rules?.version ?? '') })
}

/** The notice that the body or its organisation has set as the length of the clock, or the rules' own. */
async function noticeToBeginWith({ trx, viewer }: WorkspaceContext, body: Body) {
  const set = { organisationId: viewer.organisation.id, bodyId: body.id }
  const length = await lengthSetting(trx, body.areaId, noticeRule, set)
  return { ...rulesToBeginWith.notice, ...(length !== undefined && { length }) }
}

function rulesPage(
  body: Body,
  fields: FormFields,
  given: { faults?: readonly FieldFault[]; refusals?: readonly string[] } = {},
): Answer {
  const { faults = [], refusals = [] } = given
  const form: FormModel = { action: `/workspace${here}/${body.id}`, fields, faults, refusals }
  const model = {
    title: `Questions from the public to ${body.name}`,
    form,
    version: singleField(fields, 'version'),
    back: { text: 'Rules for questions', href: `/workspace${here}` },
  }
  return page(view('body-rules'), model, faults.length + refusals.length > 0 ? 422 : 200)
}

async function doSet(context: WorkspaceContext): Promise<Answer> {
  const body = await ownBody(context)
  if (body === null) return notFound()
  const read = readRules(context.fields)
  if (!read.ok) return rulesPage(body, context.fields, { faults: read.errors })
  const { rules, version } = read.value
  const changed = 'Someone else changed these rules after you opened this page. Open it again and compare.'
  try {
    return await attempt(
      context,
      async () => {
        await setRules(context.trx, context, body, version, rules)
        const notice = rules.taking ? 'Questions are taken by these rules now.' : 'No questions are taken now.'
        return { to: `/workspace${here}`, notice }
      },
      { refused: refusals => rulesPage(body, context.fields, { refusals }) },
    )
  } catch (fault) {
    if (fault instanceof StaleRecord) return rulesPage(body, context.fields, { refusals: [changed] })
    throw fault
  }
}
