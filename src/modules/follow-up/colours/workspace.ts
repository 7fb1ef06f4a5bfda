import { z } from 'zod'
import { StaleRecord } from '../../../platform/refusals.ts'
import { choice, optionalText, readForm, version, wholeNumber } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { bodyChoices } from '../items/choices.ts'
import { setColourRule, toRule } from './find-rule.ts'
import { colourRulesOf } from './queries.ts'
import type { ColourRuleRow } from './queries.ts'
import { firstRule, ruleInWords } from './rules.ts'
import type { ColourRule } from './rules.ts'

const address = '/workspace/follow-up/colours'

/** How the colours are worked out: the rule of the organisation, and of each body that has set its own. */
export const colourRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/follow-up/colours', permission: 'follow-up.read', handler: showRules },
  { method: 'GET', path: '/follow-up/colours/:for', permission: 'follow-up.set-rules', handler: askRule },
  { method: 'POST', path: '/follow-up/colours/:for', permission: 'follow-up.set-rules', handler: doSet },
]

/** For whom a rule is set: the organisation itself, or one of its bodies. */
interface SetFor {
  part: string
  name: string
  bodyId: string | null
}

/** The part of the address by which the organisation itself is meant. */
const itself = 'organisation'

async function setFors({ trx, viewer }: WorkspaceContext): Promise<SetFor[]> {
  const bodies = await bodyChoices(trx, viewer)
  return [
    { part: itself, name: `Everything that ${viewer.organisation.name} raises`, bodyId: null },
    ...bodies.map(({ value, text }) => ({ part: value, name: text, bodyId: value })),
  ]
}

async function showRules(context: WorkspaceContext): Promise<Answer> {
  const { trx, viewer } = context
  const rows = await colourRulesOf(trx, viewer.area.id, viewer.organisation.id)
  const rules = (await setFors(context)).map(each => {
    const row = rows.find(({ body_id: id }) => id === each.bodyId)
    return {
      name: each.name,
      href: `${address}/${each.part}`,
      sentences:
        row === undefined && each.bodyId !== null ? null : ruleInWords(row === undefined ? firstRule : toRule(row)),
      setBy: row?.set_by ?? null,
      setAt: row?.set_at ?? null,
    }
  })
  return page('modules/follow-up/views/colours.njk', {
    title: 'How the colours are worked out',
    breadcrumbs: [{ text: 'Recommendations, requests and actions', href: '/workspace/follow-up' }],
    rules,
    maySet: context.may('follow-up.set-rules'),
  })
}

async function find(context: WorkspaceContext): Promise<{ setFor: SetFor; row: ColourRuleRow | undefined } | null> {
  const setFor = (await setFors(context)).find(each => each.part === context.params['for'])
  if (setFor === undefined) return null
  const rows = await colourRulesOf(context.trx, context.viewer.area.id, context.viewer.organisation.id)
  return { setFor, row: rows.find(row => row.body_id === setFor.bodyId) }
}

function rulePage(
  { setFor, row }: { setFor: SetFor; row: ColourRuleRow | undefined },
  fields: FormFields,
  faults: readonly FieldFault[] = [],
  refusals: readonly string[] = [],
): Answer {
  const form = { action: `${address}/${setFor.part}`, fields, faults, refusals, version: row?.version ?? 0 }
  const status = faults.length + refusals.length > 0 ? 422 : 200
  const back = { text: 'Back', href: address }
  return page(
    'modules/follow-up/views/colour-rule.njk',
    { title: 'The rule of the colours', name: setFor.name, form, back },
    status,
  )
}

function ruleFields(rule: ColourRule): FormFields {
  return {
    'red-late-days': String(rule.redLateDays),
    'red-moves': rule.redMoves === null ? '' : String(rule.redMoves),
    'amber-within-days': String(rule.amberWithinDays),
    'without-date': rule.amberWithoutDate ? 'amber' : 'green',
  }
}

async function askRule(context: WorkspaceContext): Promise<Answer> {
  const found = await find(context)
  if (found === null) return notFound()
  return rulePage(found, ruleFields(found.row === undefined ? firstRule : toRule(found.row)))
}

const days = (what: string) => wholeNumber(`Enter ${what} in days, as a whole number`, capital(what), 0, 3650)

const ruleForm = z.object({
  version: version(),
  'red-late-days': days('how late makes it red'),
  'red-moves': optionalText('How many moves make it red', 5),
  'amber-within-days': days('how soon makes it amber'),
  'without-date': choice('Choose the colour of what has no date', ['amber', 'green']),
})

async function doSet(context: WorkspaceContext): Promise<Answer> {
  const found = await find(context)
  if (found === null) return notFound()
  const read = readForm(ruleForm, context.fields)
  if (!read.ok) return rulePage(found, context.fields, read.errors)
  const moves = read.value['red-moves']
  if (moves !== null && !/^\d{1,2}$|^100$/.test(moves)) {
    const message = 'How many moves make it red must be a whole number from 0 to 100, or empty'
    return rulePage(found, context.fields, [{ field: 'red-moves', message }])
  }
  const rule: ColourRule = {
    redLateDays: read.value['red-late-days'],
    redMoves: moves === null ? null : Number(moves),
    amberWithinDays: read.value['amber-within-days'],
    amberWithoutDate: read.value['without-date'] === 'amber',
  }
  try {
    const { bodyId } = found.setFor
    await setColourRule(context.trx, context, context.viewer.area.id, { bodyId, version: read.value.version, rule })
    return redirect(address, 'The rule is set. Every colour goes by it from now on.')
  } catch (fault) {
    if (!(fault instanceof StaleRecord)) throw fault
    const changed = 'Someone else changed the rule after you opened this page. Read it once more, then send this again.'
    return rulePage(found, context.fields, [], [changed])
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
