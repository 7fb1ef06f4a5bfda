import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { StaleRecord } from '../../../platform/refusals.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { findBody } from '../../organisations/index.ts'
import type { Body } from '../../organisations/index.ts'
import { isPanel } from '../meeting/form-of-meeting.ts'
import { findMeeting } from '../meeting/queries.ts'
import type { Meeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { bodyRuleOf, setBodyRules } from './body-rule-queries.ts'
import type { BodyRuleRow } from './body-rule-queries.ts'
import { bodyRulesForm } from './forms.ts'

/** The rules of a body are kept from the page of any of its meetings. */
export const bodyRulesWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/rules', permission: 'meetings.edit', handler: ask },
  { method: 'POST', path: '/meetings/:id/rules', permission: 'meetings.edit', handler: save },
]

interface Here {
  meeting: Meeting
  body: Body
  rule: BodyRuleRow | null
}

async function load(context: WorkspaceContext): Promise<Here | null> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return null
  const key = { areaId: meeting.head.areaId, id: meeting.row.body_id }
  const body = await findBody(context.trx, key)
  return body === null ? null : { meeting, body, rule: await bodyRuleOf(context.trx, key) }
}

async function ask(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  return here === null ? notFound() : rulesPage(context, here, stored(here.rule), [], [])
}

const words = (value: number | null) => (value === null ? '' : String(value))

function stored(rule: BodyRuleRow | null): FormFields {
  if (rule === null) return {}
  return {
    numerator: words(rule.quorum_numerator),
    denominator: words(rule.quorum_denominator),
    least: words(rule.quorum_least),
    words: rule.quorum_words ?? '',
    'notice-days': words(rule.notice_days),
    'meets-in-public': rule.meets_in_public ? 'yes' : '',
    casting: rule.casting_vote === null ? '' : rule.casting_vote ? 'yes' : 'no',
  }
}

function rulesPage(
  { viewer }: WorkspaceContext,
  { meeting, body, rule }: Here,
  fields: FormFields,
  faults: readonly FieldFault[],
  refusals: readonly string[],
): Answer {
  const path = meetingPath(meeting.head.id)
  const model = {
    title: 'Rules of the body’s meetings',
    caption: body.name,
    form: { action: `${path}/rules`, fields, faults, refusals, version: rule?.version ?? 0 },
    quorum: body.quorum,
    bodyPath: `/workspace/organisations/bodies/${body.id}`,
    panel: isPanel(viewer.organisation.kind),
    workingGroup: body.form === 'working-group' || meeting.row.form === 'working-group',
    back: { text: 'Back to the meeting', href: path },
  }
  return page('modules/meetings/views/body-rules.njk', model, faults.length + refusals.length > 0 ? 422 : 200)
}

async function save(context: WorkspaceContext): Promise<Answer> {
  const here = await load(context)
  if (here === null) return notFound()
  const read = readForm(bodyRulesForm, context.fields)
  if (!read.ok) return rulesPage(context, here, context.fields, read.errors, [])
  const { value } = read
  const rules = {
    quorum_numerator: value.numerator,
    quorum_denominator: value.denominator,
    quorum_least: value.least,
    quorum_words: value.words,
    notice_days: value['notice-days'],
    meets_in_public: value['meets-in-public'],
    casting_vote: value.casting === null ? null : value.casting === 'yes',
  }
  try {
    await setBodyRules(context.trx, context, here.body, value.version, rules)
  } catch (error) {
    if (!(error instanceof StaleRecord)) throw error
    const reason =
      'Someone else changed these rules after you opened this page. What you typed stands below; send it again to put it in place of theirs.'
    return rulesPage(context, here, context.fields, [], [reason])
  }
  return redirect(meetingPath(here.meeting.head.id), 'Rules saved')
}
