import { Refusal } from '../../../platform/refusals.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { CellModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { page, redirect } from '../../../platform/web/route.ts'
import { addresseeChoices, bodyChoices, leadChoices, meetingChoices, offered } from './choices.ts'
import { issueItem, raiseItem } from './raise.ts'
import type { NewItem } from './raise.ts'
import { readRaising } from './raise-forms.ts'
import type { Offered } from './raise-forms.ts'
import { dueInWords } from './rules.ts'
import { isItemKind, itemPath, itemWords } from './words.ts'

const address = '/workspace/follow-up/new'

/** Something new that no minute raised: typed, read once more, and issued. */
export const raiseRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/follow-up/new', permission: 'follow-up.raise', handler: askNew },
  { method: 'POST', path: '/follow-up/new', permission: 'follow-up.raise', handler: doNew },
]

async function offeredTo({ trx, viewer, today }: WorkspaceContext): Promise<Offered> {
  return {
    bodies: await bodyChoices(trx, viewer),
    addressees: await addresseeChoices(trx, viewer),
    leads: await leadChoices(trx, viewer, today),
    meetings: await meetingChoices(trx, viewer, null),
  }
}

function formPage(
  context: WorkspaceContext,
  choices: Offered,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): Answer {
  const { kind } = context.query
  const fields = {
    ...dateFields('raised', context.today),
    'due-kind': 'none',
    ...(isItemKind(kind) && { kind }),
    ...context.fields,
  }
  return page(
    'modules/follow-up/views/new.njk',
    {
      title: 'Raise a recommendation, a request or an action',
      form: { action: address, fields, faults, refusals },
      back: { text: 'Back', href: '/workspace/follow-up' },
      bodies: offered(choices.bodies),
      addressees: offered(choices.addressees),
      leads: offered(choices.leads),
      meetings: offered(choices.meetings),
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

async function askNew(context: WorkspaceContext): Promise<Answer> {
  return formPage(context, await offeredTo(context))
}

/** The form leads to the page on which it is read once more; from there it is issued, or changed again. */
async function doNew(context: WorkspaceContext): Promise<Answer> {
  const choices = await offeredTo(context)
  if (context.fields['step'] === 'change') return formPage(context, choices)
  const { viewer, today } = context
  const own = { areaId: viewer.area.id, name: viewer.organisation.name, today }
  const read = readRaising(context.fields, choices, own)
  if (!read.ok) return formPage(context, choices, read.errors)
  if (context.fields['step'] !== 'issue') return checkPage(context, read.value)
  try {
    const record = await raiseItem(context.trx, context, read.value)
    const issued = await issueItem(context.trx, context, record)
    return redirect(itemPath(read.value.kind, issued.id), `${issued.reference} is issued`)
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return formPage(context, choices, [], fault.reasons)
  }
}

function checkPage(context: WorkspaceContext, made: NewItem): Answer {
  const text = (words: string): CellModel => ({ type: 'text', text: words })
  const to = (made.addressedTo ?? []).map(each => each.words).join('; ')
  const rows = [
    { key: 'What it is', value: text(itemWords[made.kind].word) },
    { key: 'Title', value: text(made.title) },
    { key: 'What is asked', value: { type: 'paragraphs' as const, text: made.asked } },
    { key: 'Raised by', value: text(made.raisedByWords) },
    ...(made.dated === undefined ? [] : [{ key: 'Raised on', value: { type: 'date' as const, date: made.dated } }]),
    ...(made.kind === 'recommendation' ? [{ key: 'Addressed to', value: text(to) }] : []),
    { key: 'Lead', value: text(made.leadWords) },
    ...((made.others ?? []).length === 0 ? [] : [{ key: 'With', value: text((made.others ?? []).join(', ')) }]),
    { key: 'Due', value: text(dueOf(made)) },
  ]
  const kept = Object.entries(context.fields)
    .filter(([name]) => name !== 'step' && !name.startsWith('_'))
    .flatMap(([name, value]) => [value ?? []].flat().map(each => ({ name, value: each })))
  return page('modules/follow-up/views/new-check.njk', {
    title: 'Read it once more',
    kind: made.kind,
    word: itemWords[made.kind].word,
    check: { rows },
    kept,
    form: { action: address, fields: {}, faults: [] },
    visible: whoSees(made),
  })
}

function dueOf({ kind, due }: NewItem): string {
  if (due !== null) return dueInWords(due)
  return kind === 'recommendation' ? 'a reply in the time that your rules give' : 'to be looked at again'
}

/** Whether another organisation will see it once it is issued. */
function whoSees({ kind, addressedTo = [], owner }: NewItem): boolean {
  return kind === 'recommendation' ? addressedTo.some(each => each.organisationId !== null) : owner !== null
}
