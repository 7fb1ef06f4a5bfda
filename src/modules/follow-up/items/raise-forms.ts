import { z } from 'zod'
import { choice, date, optionalText, readForm, text } from '../../../platform/web/form.ts'
import { choices as ticks } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { Body } from '../../organisations/index.ts'
import { chosen } from './choices.ts'
import type { Choice } from './choices.ts'
import { dueShape, readDue, readLead } from './forms.ts'
import type { Checked } from './forms.ts'
import type { NewLead } from './leads.ts'
import type { Addressee, NewItem } from './raise.ts'
import type { NamedMeeting } from './rules.ts'
import { itemKinds } from './words.ts'

/** What the form of something new offers. */
export interface Offered {
  bodies: readonly Choice<Body>[]
  addressees: readonly Choice<string>[]
  leads: readonly Choice<NewLead>[]
  meetings: readonly Choice<NamedMeeting>[]
}

const raisingForm = (addressees: readonly string[]) =>
  z.object({
    kind: choice('Choose what it is', itemKinds),
    title: text('Enter a short title', 'The title', 200),
    asked: text('Say what is asked or recommended', 'What is asked', 20_000),
    body: optionalText('The body'),
    'raised-by': optionalText('Who raised it', 300),
    raised: date('the day it was raised'),
    to: ticks('Choose only organisations from the list', addressees),
    'to-words': optionalText('Other bodies', 2000),
    lead: optionalText('Who leads'),
    'lead-words': optionalText('Who leads, in words', 300),
    others: optionalText('Who helps', 2000),
    ...dueShape,
  })

type Typed = z.output<ReturnType<typeof raisingForm>>

/** Something new as typed: a recommendation is addressed to somebody, anything else has a lead. */
export function readRaising(
  fields: FormFields,
  offered: Offered,
  own: { areaId: number; name: string; today: Temporal.PlainDate },
): Checked<NewItem> {
  const read = readForm(raisingForm(offered.addressees.map(each => each.value)), fields)
  if (!read.ok) return read
  const typed = read.value
  if (Temporal.PlainDate.compare(typed.raised, own.today) > 0) {
    return { ok: false, errors: [{ field: 'raised', message: 'The day it was raised must be today or earlier' }] }
  }
  const addressedTo = addresseesIn(typed, offered)
  if (typed.kind === 'recommendation' && addressedTo.length === 0) {
    return { ok: false, errors: [{ field: 'to', message: 'Choose to whom it is addressed, or name another body' }] }
  }
  const lead = leadIn(typed, addressedTo, offered)
  if (!lead.ok) return lead
  const due = readDue(typed, offered.meetings)
  if (!due.ok) return due
  const body = chosen(offered.bodies, typed.body)
  return {
    ok: true,
    value: {
      kind: typed.kind,
      areaId: own.areaId,
      title: typed.title,
      asked: typed.asked,
      owner: lead.value.owner,
      leadWords: lead.value.words,
      others: lines(typed.others),
      due: due.value,
      ...(typed.kind === 'recommendation' && { addressedTo }),
      raisedByWords: typed['raised-by'] ?? body?.name ?? own.name,
      ...(body !== null && { raisedByBody: body.id }),
      dated: typed.raised,
    },
  }
}

function addresseesIn(typed: Typed, { addressees }: Offered): Addressee[] {
  const known = addressees.filter(each => typed.to.includes(each.value))
  return [
    ...known.map(each => ({ organisationId: each.means, words: each.text })),
    ...lines(typed['to-words']).map(words => ({ organisationId: null, words })),
  ]
}

/** A recommendation without a lead is led by whoever it is addressed to. */
function leadIn(typed: Typed, addressedTo: readonly Addressee[], { leads }: Offered): Checked<NewLead> {
  const named = typed.lead !== null || typed['lead-words'] !== null
  const [first] = addressedTo
  if (typed.kind === 'recommendation' && !named && first !== undefined) {
    const owner = first.organisationId === null ? null : { organisationId: first.organisationId }
    return {
      ok: true,
      value: { words: new Intl.ListFormat('en-GB').format(addressedTo.map(each => each.words)), owner },
    }
  }
  return readLead(typed.lead, typed['lead-words'], leads, { list: 'lead', words: 'lead-words' })
}

function lines(typed: string | null): string[] {
  return (typed ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}
