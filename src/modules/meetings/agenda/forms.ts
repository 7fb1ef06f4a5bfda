import { z } from 'zod'
import {
  choice,
  chosenId,
  optionalChoice,
  optionalDate,
  optionalId,
  optionalText,
  text,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Ground } from '../../../record/classification.ts'
import { parts, presences } from './queries.ts'
import { itemKinds, latenesses } from './rules.ts'
import type { LateItem } from './rules.ts'

/** What an item may be marked as; which of them fit is the organisation's law. */
export const markings = ['open', 'schedule-12a', 'confidential', 'article-2-2'] as const
export type Marking = (typeof markings)[number]

const limbs = ['a', 'b', 'c', 'd'] as const

const marking = {
  marking: choice('Choose whether the public may have this item', markings),
  limb: optionalText('The limb', 1),
  'decided-by': optionalText('Who decided', 200),
  paragraphs: optionalText('The paragraphs', 50),
  'public-interest': optionalText('The reason', 2000),
  'confidential-reason': optionalText('The reason', 2000),
  'neutral-title': optionalText('The title for the notice', 200),
  reviewer: optionalText('The reviewer', 200),
  'review-on': optionalDate('the day of review'),
}

const words = {
  title: text('Enter a title', 'The title', 300),
  kind: choice('Choose what kind of item it is', itemKinds),
  number: optionalText('The number', 20),
  lead: optionalText('Who leads', 200),
}

const late = {
  'part-of': optionalId('Choose the item again'),
  late: optionalChoice('Choose whether it is late, urgent or tabled', latenesses),
  'late-reason': optionalText('The chair’s reason', 1000),
  'late-on': optionalDate('the day of the chair’s decision'),
}

export const newItemForm = z.object({ ...words, ...late, ...marking })
export const itemForm = z.object({ version: version(), ...words })
export const markingForm = z.object({ version: version(), ...marking })
export const withdrawForm = z.object({ version: version(), why: text('Say why it is withdrawn', 'The reason', 500) })
export const takeUpForm = z.object({ record: chosenId('Choose what is considered') })

export const attendanceForm = z.object({
  person: optionalId('Choose the person again'),
  organisation: optionalId('Choose the organisation again'),
  label: optionalText('The post', 200),
  initials: optionalText('The initials', 6),
  presence: choice('Choose whether they attended', presences),
  part: optionalChoice('Choose the group again', parts),
  authority: optionalText('The authority', 200),
  'substitute-for': optionalId('Choose whom they replace again'),
})

type LateFields = Pick<z.output<typeof newItemForm>, 'late' | 'late-reason' | 'late-on'>

/**
 * The chair's decision to let an item onto a published agenda, or what is missing of it, by field.
 *
 * @param announced whether the agenda is published; before that nothing is asked
 */
export function readLateness(
  value: LateFields,
  announced: boolean,
  today: Temporal.PlainDate,
): { late: LateItem | null } | { faults: FieldFault[] } {
  if (!announced) return { late: null }
  const { late: as, 'late-reason': reason, 'late-on': on } = value
  const faults: FieldFault[] = []
  if (as === null) faults.push({ field: 'late', message: 'Choose whether it is late, urgent or tabled' })
  if (reason === null) faults.push({ field: 'late-reason', message: 'Enter why the chair lets it in' })
  if (on !== null && Temporal.PlainDate.compare(on, today) > 0) {
    faults.push({ field: 'late-on', message: 'The day of the chair’s decision must be today or in the past' })
  }
  return as === null || reason === null || faults.length > 0
    ? { faults }
    : { late: { as, reason, decidedOn: on ?? today } }
}

type MarkingValue = Omit<z.output<typeof markingForm>, 'version'>

/** The ground that was typed, or what is missing of it, by field. */
export function readGround(value: MarkingValue): { ground: Ground | null } | { faults: FieldFault[] } {
  const review = {
    ...(value.reviewer !== null && { reviewer: value.reviewer }),
    ...(value['review-on'] !== null && { reviewOn: value['review-on'].toString() }),
    ...(value['neutral-title'] !== null && { neutralTitle: value['neutral-title'] }),
  }
  switch (value.marking) {
    case 'open':
      return { ground: null }
    case 'schedule-12a':
      return scheduleGround(value, review)
    case 'confidential':
      if (value['confidential-reason'] === null) return fault('confidential-reason', 'Say why it is confidential')
      return { ground: { code: 'confidential', reason: value['confidential-reason'], ...review } }
    case 'article-2-2':
      return articleGround(value, review)
  }
}

type Review = { reviewer?: string; reviewOn?: string; neutralTitle?: string }

/** Schedule 12A to the Local Government Act 1972, Part 1: paragraphs 1 to 7 apply in England. */
function scheduleGround(value: MarkingValue, review: Review): { ground: Ground } | { faults: FieldFault[] } {
  const paragraphs = [
    ...new Set(
      (value.paragraphs ?? '')
        .split(/[\s,]+/)
        .filter(each => each !== '')
        .map(Number),
    ),
  ]
  if (paragraphs.length === 0 || paragraphs.some(each => !Number.isInteger(each) || each < 1 || each > 7)) {
    return fault('paragraphs', 'Enter the paragraph of Schedule 12A, 1 to 7, like 3 or 1, 2')
  }
  const publicInterest = value['public-interest']
  if (publicInterest === null) return fault('public-interest', 'Say why the public interest is in withholding it')
  return { ground: { code: 'schedule-12a', paragraphs, publicInterest, ...review } }
}

function articleGround(value: MarkingValue, review: Review): { ground: Ground } | { faults: FieldFault[] } {
  const limb = limbs.find(each => each === value.limb)
  if (limb === undefined) return fault('limb', 'Choose the limb of article 2(2)')
  const decidedBy = value['decided-by']
  if (decidedBy === null) return fault('decided-by', 'Say who decided that it is withheld')
  return { ground: { code: 'article-2-2', limb, decidedBy, ...review } }
}

function fault(field: string, message: string): { faults: FieldFault[] } {
  return { faults: [{ field, message }] }
}

/** A stored ground as the fields of the form. */
export function groundFields(ground: Ground | null): Record<string, string> {
  if (ground === null) return { marking: 'open' }
  const common = {
    marking: ground.code === 'legacy-marking' ? '' : ground.code,
    'neutral-title': ground.neutralTitle ?? '',
    reviewer: ground.reviewer ?? '',
    ...dayFields(ground.reviewOn),
  }
  switch (ground.code) {
    case 'schedule-12a':
      return { ...common, paragraphs: ground.paragraphs.join(', '), 'public-interest': ground.publicInterest }
    case 'confidential':
      return { ...common, 'confidential-reason': ground.reason }
    case 'article-2-2':
      return { ...common, limb: ground.limb, 'decided-by': ground.decidedBy }
    case 'legacy-marking':
      return common
  }
}

function dayFields(day: string | undefined): Record<string, string> {
  if (day === undefined) return {}
  const { year, month, day: number } = Temporal.PlainDate.from(day)
  return { 'review-on-day': String(number), 'review-on-month': String(month), 'review-on-year': String(year) }
}
