import { Refusal, StaleRecord } from '../../../platform/refusals.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { dateFields } from '../../../platform/web/form.ts'
import type { ActionModel, FormModel } from '../../../platform/web/patterns.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import type { RecordHead, RecordKey } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { paths } from '../paths.ts'
import { frequencyWords } from '../period.ts'
import { findExceptions, findMeasures, type HeldException } from '../queries.ts'
import { askedAbout, type GivenAnswer, wholeAnswers } from './asked.ts'
import { accept, endWatch, explain, notAccept, resolve, takeUpAgain, watch } from './deeds.ts'
import { readExplanation, readNote, readReason, readWatch, type Typed, typedHere } from './forms.ts'
import { type Deed, deedObstacles, deeds, stands } from './life.ts'
import { deedVerbs } from './words.ts'

interface Loaded {
  record: RecordHead
  exception: HeldException
}

/** Reads the form of a deed and says how it is done. */
type ReadDeed = (context: WorkspaceContext, loaded: Loaded, version: number) => Promise<Typed<() => Promise<void>>>

interface DeedPage {
  permission: string
  /** Said once it is done. */
  done: string
  read: ReadDeed
  more?: (context: WorkspaceContext, loaded: Loaded) => Promise<object>
  begins?: (context: WorkspaceContext) => FormFields
}

type ByReason = typeof notAccept

const byReason =
  (deed: ByReason): ReadDeed =>
  async (context, { record }, version) =>
    then(readReason(context.fields), reason => deed(context.trx, context, record, version, reason))

function then<T>(typed: Typed<T>, deed: (value: T) => Promise<void>): Typed<() => Promise<void>> {
  return typed.ok ? { ok: true, value: () => deed(typed.value) } : typed
}

const pages: Record<Deed, DeedPage> = {
  explain: {
    permission: 'performance.explain',
    done: 'The explanation is recorded',
    read: async (context, { record }, version) => {
      const answers = await answersAbout(context, record)
      return then(readExplanation(context.fields, answers, context.today), said =>
        explain(context.trx, context, record, version, said),
      )
    },
    more: async (context, { record }) => ({ answers: answerOptions(await answersAbout(context, record)) }),
    begins: ({ today }) => dateFields('saidOn', today),
  },
  accept: {
    permission: 'performance.accept',
    done: 'The explanation is accepted. Nothing more is asked.',
    read: async (context, { record }, version) =>
      then(readNote(context.fields), note => accept(context.trx, context, record, version, note)),
  },
  'not-accept': {
    permission: 'performance.accept',
    done: 'The explanation is not accepted',
    read: byReason(notAccept),
  },
  watch: {
    permission: 'performance.explain',
    done: 'It is watched',
    read: async (context, { record, exception }, version) => {
      const frequency = await frequencyOf(context, exception)
      return then(readWatch(context.fields, frequency), asked => watch(context.trx, context, record, version, asked))
    },
    more: async (context, { exception }) => ({ period: frequencyWords[await frequencyOf(context, exception)] }),
  },
  'end-watch': {
    permission: 'performance.explain',
    done: 'The watch is ended',
    read: async (context, { record }, version) =>
      then(readNote(context.fields), note => endWatch(context.trx, context, record, version, note)),
  },
  resolve: { permission: 'performance.accept', done: 'It is closed', read: byReason(resolve) },
  'take-up-again': { permission: 'performance.accept', done: 'It is taken up again', read: byReason(takeUpAgain) },
}

/** A page with a form for each deed, below the exception's own address. */
export const deedRoutes: readonly WorkspaceRoute[] = deeds.flatMap((deed): WorkspaceRoute[] => {
  const route = { path: `/performance/exceptions/:id/${deed}`, permission: pages[deed].permission }
  return [
    { ...route, method: 'GET', handler: context => askDeed(context, deed) },
    { ...route, method: 'POST', handler: context => doDeed(context, deed) },
  ]
})

async function answersAbout(context: WorkspaceContext, key: RecordKey): Promise<GivenAnswer[]> {
  return wholeAnswers(await askedAbout(context.trx, context.viewer.organisation.id, key))
}

function answerOptions(answers: readonly GivenAnswer[]) {
  if (answers.length === 0) return []
  return [
    ...answers.map(({ id, reference, title, by }) => ({ value: id, text: `${reference}: ${title}`, hint: `By ${by}` })),
    { value: typedHere, text: 'It is typed here', hint: 'Said in a letter, at a meeting or on the telephone.' },
  ]
}

async function frequencyOf({ trx }: WorkspaceContext, exception: HeldException) {
  const [measure] = await findMeasures(trx, exception.area_id, [exception.measure_id])
  if (measure === undefined) throw new Error(`The measure of the exception ${exception.id} is not visible`)
  return measure.frequency
}

async function load({ trx, viewer, params }: WorkspaceContext): Promise<Loaded | null> {
  const record = await findRecord(trx, { areaId: viewer.area.id, id: params['id'] ?? '' })
  const [exception] = record === null ? [] : await findExceptions(trx, viewer.area.id, [record.id])
  return record === null || exception === undefined ? null : { record, exception }
}

async function askDeed(context: WorkspaceContext, deed: Deed): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const refusals = deedObstacles(deed, loaded.exception)
  const fields = pages[deed].begins?.(context) ?? {}
  return deedPage({ ...context, fields }, loaded, deed, { refusals })
}

async function deedPage(
  context: WorkspaceContext,
  loaded: Loaded,
  deed: Deed,
  { faults = [], refusals = [] }: { faults?: readonly FieldFault[]; refusals?: readonly string[] },
): Promise<Answer> {
  const { record, exception } = loaded
  const path = paths.exception(record.id)
  const form: FormModel = {
    ...{ action: `${path}/${deed}`, fields: context.fields, faults, refusals, version: record.version },
  }
  const more = (await pages[deed].more?.(context, loaded)) ?? {}
  return page(
    'modules/performance/views/exception-deed.njk',
    {
      title: deedVerbs[deed],
      back: { text: 'Back to the exception', href: path },
      ...{ deed, form, exception: { title: record.title, text: exception.text }, ...more },
    },
    faults.length + refusals.length > 0 ? 422 : 200,
  )
}

/** Said where somebody else, or new figures, did something to it while the form was being filled in. */
const changedMeanwhile = 'It was changed after you opened this page. Read it once more, then send this again.'

async function doDeed(context: WorkspaceContext, deed: Deed): Promise<Answer> {
  const loaded = await load(context)
  if (loaded === null) return notFound()
  const version = Number(context.fields['version'] ?? Number.NaN)
  const read = await pages[deed].read(context, loaded, Number.isInteger(version) ? version : 0)
  if (!read.ok) return deedPage(context, loaded, deed, { faults: read.errors })
  try {
    await read.value()
  } catch (fault) {
    if (fault instanceof StaleRecord) return deedPage(context, loaded, deed, { refusals: [changedMeanwhile] })
    if (!(fault instanceof Refusal)) throw fault
    return deedPage(context, loaded, deed, { refusals: fault.reasons })
  }
  return redirect(paths.exception(loaded.record.id), pages[deed].done)
}

/** Deeds that an exception may come to from where it stands; the others would only be noise. */
const shownFor: Record<Deed, (exception: HeldException) => boolean> = {
  explain: () => true,
  accept: ({ standing, life }) => life !== 'accepted' && (stands(standing) || life === 'explained'),
  'not-accept': ({ life }) => life === 'explained' || life === 'accepted',
  watch: ({ standing }) => stands(standing),
  'end-watch': ({ standing, life }) => stands(standing) && life === 'watched',
  resolve: ({ standing, life }) => stands(standing) && life !== 'resolved',
  'take-up-again': ({ standing, life }) => stands(standing) && life === 'resolved',
}

const forOthers: Record<string, string> = {
  'performance.explain': 'This is for those who work on the figures: your role may read them.',
  'performance.accept':
    'This is for whoever answers for the organisation: the commissioner, a deputy or the chief executive.',
}

/** What may be done with an exception now, worded as verbs, and what not yet, with the reasons. */
export function deedActions(context: WorkspaceContext, exception: HeldException): ActionModel[] {
  return deeds
    .filter(deed => shownFor[deed](exception))
    .map(deed => {
      const { permission } = pages[deed]
      const reasons = [
        ...deedObstacles(deed, exception),
        ...(context.may(permission) ? [] : [forOthers[permission] ?? '']),
      ]
      const text = deedVerbs[deed]
      return reasons.length > 0 ? { text, reasons } : { text, href: `${paths.exception(exception.id)}/${deed}` }
    })
}
