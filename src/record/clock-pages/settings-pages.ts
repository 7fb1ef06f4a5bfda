import { z } from 'zod'
import type { Trx } from '../../platform/database/tables.ts'
import { type FieldFault, readForm } from '../../platform/web/form.ts'
import type { CellModel, ColumnModel, FormModel, RowModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { clockRules } from '../clock-basis.ts'
import { setLength, settingsOf } from '../clock-settings.ts'
import type { StoredSetting } from '../clock-settings.ts'
import { countInWords } from '../clocks/days.ts'
import type { ClockRule } from '../clocks/index.ts'

const top = '/workspace/clocks/settings'

/** A rule whose length an organisation or its bodies set. */
type SettableRule = ClockRule & { setting: NonNullable<ClockRule['setting']> }

function isSettable(rule: ClockRule): rule is SettableRule {
  return rule.setting !== undefined
}

/** Whose length is set: the organisation, or one of its bodies. */
interface Settable {
  id: string
  name: string
  /** The name of its box in the form. */
  field: string
}

export const settingRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/clocks/settings', permission: 'record.read', handler: showSettings },
  { method: 'GET', path: '/clocks/settings/:rule', permission: 'clocks.settings', handler: showSetting },
  { method: 'POST', path: '/clocks/settings/:rule', permission: 'clocks.settings', handler: saveSetting },
]

async function settables({ trx, viewer }: WorkspaceContext): Promise<Settable[]> {
  const { id, name } = viewer.organisation
  const bodies = await bodiesOf(trx, viewer.area.id, id)
  return [{ id, name, field: 'own' }, ...bodies.map(body => ({ ...body, field: `body-${body.id}` }))]
}

/** Bodies are records like any other: those that still meet, of which the organisation holds the papers. */
async function bodiesOf(trx: Trx, areaId: number, organisationId: string): Promise<{ id: string; name: string }[]> {
  const rows = await trx
    .selectFrom('record')
    .select(['id', 'title as name', 'holders'])
    .where('area_id', '=', areaId)
    .where('kind', '=', 'body')
    .where('state', '=', 'standing')
    .orderBy('title')
    .execute()
  return rows.filter(row => row.holders.includes(organisationId))
}

async function showSettings(context: WorkspaceContext): Promise<Answer> {
  const rules = [...clockRules().values()].filter(isSettable)
  const ours = await settables(context)
  const stored = await settingsOf(
    context.trx,
    context.viewer.area.id,
    ours.map(({ id }) => id),
  )
  const row = (rule: SettableRule) => settingRow(context, rule, ours, stored)
  const ofScheme = (rule: SettableRule) => rule.id.startsWith('SIO-')
  return page('record/clock-pages/views/settings.njk', {
    title: 'Lengths that you set yourselves',
    organisation: context.viewer.organisation.name,
    columns,
    conventions: rules.filter(rule => !ofScheme(rule)).map(row),
    scheme: rules.filter(ofScheme).map(row),
    may: context.may('clocks.settings'),
  })
}

const columns: readonly ColumnModel[] = [
  { heading: 'Convention' },
  { heading: 'Default' },
  { heading: 'Here' },
  { heading: 'Set by' },
]

function settingRow(
  context: WorkspaceContext,
  rule: SettableRule,
  ours: readonly Settable[],
  stored: readonly StoredSetting[],
): RowModel {
  const set = stored.filter(each => each.rule === rule.id)
  const here = ours.flatMap(({ id, name }) => {
    const found = set.find(each => each.setFor === id)
    if (found === undefined) return []
    const words = lengthInWords(rule, found.length)
    return [id === context.viewer.organisation.id ? words : `${name}: ${words}`]
  })
  const latest = set.toSorted((a, b) => Temporal.Instant.compare(b.setAt, a.setAt))[0]
  const href = context.may('clocks.settings') ? { href: `${top}/${rule.id}` } : {}
  return {
    cells: [
      { type: 'text', text: rule.title, hint: rule.id, ...href },
      { type: 'text', text: lengthInWords(rule, rule.setting.default) },
      here.length === 0 ? { type: 'text', text: 'the default' } : { type: 'paragraphs', text: here.join('\n') },
      latest === undefined ? { type: 'text', text: '' } : setByCell(latest),
    ],
  }
}

function setByCell({ setBy, setAt }: StoredSetting): CellModel {
  return { type: 'paragraphs', text: `${setBy}\n${whenWords(setAt)}` }
}

function whenWords(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO('Europe/London').toPlainDate().toLocaleString('en-GB', { dateStyle: 'long' })
}

/** "10 working days"; nothing to say where nobody has set a length. */
function lengthInWords(rule: SettableRule, length: number | null): string {
  return length === null ? 'none' : countInWords(length, rule.setting.unit)
}

function ruleOf({ params }: WorkspaceContext): SettableRule | null {
  const rule = clockRules().get(params['rule'] ?? '')
  return rule !== undefined && isSettable(rule) ? rule : null
}

async function showSetting(context: WorkspaceContext): Promise<Answer> {
  const rule = ruleOf(context)
  if (rule === null) return notFound()
  const ours = await settables(context)
  const lengths = await lengthsOf(context, rule, ours)
  const fields = Object.fromEntries(ours.map(({ id, field }) => [field, String(lengths.get(id) ?? '')]))
  return settingPage(rule, ours, fields)
}

/** The lengths set for a rule, by whom they are set for. */
async function lengthsOf(
  { trx, viewer }: WorkspaceContext,
  rule: SettableRule,
  ours: readonly Settable[],
): Promise<Map<string, number>> {
  const stored = await settingsOf(
    trx,
    viewer.area.id,
    ours.map(({ id }) => id),
  )
  return new Map(stored.filter(each => each.rule === rule.id).map(each => [each.setFor, each.length]))
}

function settingPage(
  rule: SettableRule,
  ours: readonly Settable[],
  fields: FormFields,
  faults: readonly FieldFault[] = [],
): Answer {
  const form: FormModel = { action: `${top}/${rule.id}`, fields, faults }
  const model = {
    title: rule.title,
    back: { text: 'Back', href: top },
    form,
    rule,
    fallback: rule.setting.default === null ? null : lengthInWords(rule, rule.setting.default),
    unit: countInWords(2, rule.setting.unit).replace('2 ', ''),
    boxes: ours.map(({ field, name }) => ({ field, name })),
  }
  return page('record/clock-pages/views/setting.njk', model, faults.length > 0 ? 422 : 200)
}

async function saveSetting(context: WorkspaceContext): Promise<Answer> {
  const rule = ruleOf(context)
  if (rule === null) return notFound()
  const ours = await settables(context)
  const shape = Object.fromEntries(ours.map(({ field }) => [field, optionalLength(rule.setting.title)]))
  const read = readForm(z.object(shape), context.fields)
  if (!read.ok) return settingPage(rule, ours, read.fields, read.errors)
  const lengths = await lengthsOf(context, rule, ours)
  const changed = ours.filter(({ id, field }) => (read.value[field] ?? null) !== (lengths.get(id) ?? null))
  for (const { id, field } of changed) {
    const length = read.value[field] ?? null
    await setLength(context.trx, context, context.viewer.area.id, { setFor: id, rule: rule.id, length })
  }
  return redirect(top, changed.length === 0 ? 'Nothing was changed.' : `${rule.title}: the new length is set.`)
}

/** A whole number of days, months or the like; null where the box is left empty. */
function optionalLength(title: string): z.ZodType<number | null> {
  const what = `The number of ${title} must be a whole number from 1 to 1,000, or left empty`
  return z.preprocess(value => {
    const typed = typeof value === 'string' ? value.trim() : ''
    if (typed === '') return null
    return /^\d{1,5}$/.test(typed) ? Number(typed) : Number.NaN
  }, z.number(what).int(what).min(1, what).max(1000, what).nullable())
}
