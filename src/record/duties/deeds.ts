import type { z } from 'zod'
import { Refusal } from '../../platform/refusals.ts'
import type { FieldFault, FormResult } from '../../platform/web/form.ts'
import { dateFields, readForm } from '../../platform/web/form.ts'
import type { FormModel } from '../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext } from '../../platform/web/route.ts'
import { notFound, page, redirect } from '../../platform/web/route.ts'
import { cancelDuty, extendClock, handOverClock, leaveOutDays, pauseClock, resumeClock } from '../clock-changes.ts'
import { knownPeople } from '../kinds.ts'
import { clockPath, deedWords, openClock } from './clock-page.ts'
import type { OpenedClock } from './clock-page.ts'
import { recordWords, workWords } from './clock-heads.ts'
import {
  cancelForm,
  chosenOwner,
  extendForm,
  handOverChoices,
  handOverForm,
  leaveOutForm,
  pauseForm,
  resumeForm,
} from './deed-forms.ts'
import { deedObstacles } from './deed-rules.ts'
import type { ClockDeed } from './deed-rules.ts'

/** What a deed came to: done, or what is wrong with which field. */
type Outcome = { done: string } | { faults: readonly FieldFault[] }

/** The form of a deed; 404 where the clock is not theirs to see or the deed not theirs to do. */
export async function showDeed(context: WorkspaceContext, deed: ClockDeed): Promise<Answer> {
  const opened = await openClock(context)
  if (opened === null || deedObstacles(deed, opened.clock, opened.actor) === null) return notFound()
  const fields = startingFields(deed, context.today)
  return formPage(context, opened, deed, { fields, refusals: deedObstacles(deed, opened.clock, opened.actor) ?? [] })
}

/** Today is where a pause usually begins and ends. */
function startingFields(deed: ClockDeed, today: Temporal.PlainDate): FormFields {
  if (deed === 'pause') return dateFields('from', today)
  return deed === 'resume' ? dateFields('on', today) : {}
}

/** Does a deed, or gives the form back with what is wrong and everything that was typed. */
export async function doDeed(context: WorkspaceContext, deed: ClockDeed): Promise<Answer> {
  const opened = await openClock(context)
  const obstacles = opened === null ? null : deedObstacles(deed, opened.clock, opened.actor)
  if (opened === null) return notFound()
  if (obstacles === null) return gone(context, opened, deed)
  if (obstacles.length > 0) return formPage(context, opened, deed, { fields: context.fields, refusals: obstacles })
  if (context.fields['version'] !== String(opened.clock.sequence)) return changedMeanwhile(context, opened, deed)
  const outcome = await attempt(context, opened, deed)
  if ('done' in outcome) return redirect(clockPath(opened.clock.id), outcome.done)
  return formPage(context, opened, deed, { fields: context.fields, faults: outcome.faults })
}

/** The clock stopped or changed since the form was opened, so that this cannot be done to it any more. */
function gone(context: WorkspaceContext, opened: OpenedClock, deed: ClockDeed): Answer | Promise<Answer> {
  if (!opened.actor.manages || opened.actor.historical) return notFound()
  const mine = deed === 'hand-over' ? opened.actor.owes : opened.actor.holds
  return mine ? changedMeanwhile(context, opened, deed) : notFound()
}

function changedMeanwhile(context: WorkspaceContext, opened: OpenedClock, deed: ClockDeed): Promise<Answer> {
  const refusals = ['This clock changed after you opened the form. Look at it again before you send what you typed.']
  return formPage(context, opened, deed, { fields: context.fields, refusals })
}

/** A refusal speaks of the day that was typed; where no day is typed, of the whole. */
async function attempt(context: WorkspaceContext, opened: OpenedClock, deed: ClockDeed): Promise<Outcome> {
  try {
    return await deeds[deed](context, opened)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const field = {
      pause: 'from',
      resume: 'on',
      'leave-out': 'from',
      extend: 'ground',
      cancel: 'why',
      'hand-over': 'to',
    }
    return { faults: [{ field: field[deed], message: refusal.reasons.join(' ') }] }
  }
}

type Deed = (context: WorkspaceContext, opened: OpenedClock) => Promise<Outcome>

const deeds: Readonly<Record<ClockDeed, Deed>> = {
  pause: withForm(pauseForm, async (context, { clock }, { from, why }) => {
    await pauseClock(context.trx, context, clock, from, why)
    return { done: 'Paused. It has no day until it runs again.' }
  }),
  resume: withForm(resumeForm, async (context, { clock }, { on, why }) => {
    await resumeClock(context.trx, context, clock, on, why)
    return { done: 'It runs again, with its new day.' }
  }),
  extend: withForm(extendForm, async (context, { clock }, { ground }) => {
    await extendClock(context.trx, context, clock, ground)
    return { done: 'Extended.' }
  }),
  'leave-out': withForm(leaveOutForm, async (context, { clock }, { from, to, why }) => {
    if (Temporal.PlainDate.compare(to, from) < 0) {
      return { faults: [{ field: 'to', message: 'The last day left out must not lie before the first' }] }
    }
    await leaveOutDays(context.trx, context, clock, { from, to, why })
    return { done: 'Those days are left out.' }
  }),
  cancel: withForm(cancelForm, async (context, { clock }, { why }) => {
    await cancelDuty(context.trx, context, clock, why)
    return { done: 'Cancelled. The reason stays with it.' }
  }),
  'hand-over': withForm(handOverForm, async (context, { clock, owes }, { to, why }) => {
    const people = await knownPeople().postHolders(context.trx, clock.organisationId, context.today)
    const owner = chosenOwner(to, owes.kind, people)
    if (owner === null) return { faults: [{ field: 'to', message: 'Choose who does it from now on' }] }
    await handOverClock(context.trx, context, clock, owner, why)
    return { done: 'Handed over.' }
  }),
}

/** A deed on what was typed, once it can be read. */
function withForm<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  deed: (context: WorkspaceContext, opened: OpenedClock, typed: z.output<z.ZodObject<Shape>>) => Promise<Outcome>,
): Deed {
  return async (context, opened) => {
    const read: FormResult<z.output<z.ZodObject<Shape>>> = readForm(schema, context.fields)
    return read.ok ? deed(context, opened, read.value) : { faults: read.errors }
  }
}

async function formPage(
  context: WorkspaceContext,
  { clock, head, owes }: OpenedClock,
  deed: ClockDeed,
  shown: Pick<FormModel, 'fields'> & Partial<Pick<FormModel, 'faults' | 'refusals'>>,
): Promise<Answer> {
  const action = `${clockPath(clock.id)}/${deed}`
  const form: FormModel = { action, faults: [], ...shown, version: clock.sequence }
  const wrong = form.faults.length > 0 || (form.refusals ?? []).length > 0
  const people =
    deed === 'hand-over' ? await knownPeople().postHolders(context.trx, clock.organisationId, context.today) : []
  const model = {
    title: deedWords[deed],
    deed,
    form,
    what: workWords(clock, head),
    record: recordWords(clock.recordKind, head),
    ground: clock.rule.extension?.ground,
    pausedFrom: clock.facts.paused?.find(pause => pause.to === null)?.from,
    choices: handOverChoices(owes.kind, people),
    back: { text: 'Back', href: clockPath(clock.id) },
  }
  return page('record/duties/views/deed.njk', model, wrong ? 422 : 200)
}
