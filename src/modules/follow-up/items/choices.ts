import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Trx } from '../../../platform/database/tables.ts'
import { longDate } from '../../../platform/time.ts'
import { workspaceRegister } from '../../../record/register.ts'
import { bodiesOf, organisationsOf, postHolders } from '../../organisations/index.ts'
import type { Body } from '../../organisations/index.ts'
import type { NewLead } from './leads.ts'
import type { NamedMeeting } from './rules.ts'

/** How many meetings a form offers: further back, one is named in words. */
const meetingsOffered = 40

/** A choice of a form with what it stands for. */
export interface Choice<Value> {
  value: string
  text: string
  means: Value
}

type Asking = Pick<Viewer, 'area' | 'organisation'>

/** The meetings held so far of the viewer's organisation, the latest first; with `from` also those to come. */
export async function meetingChoices(
  trx: Trx,
  { area, organisation }: Asking,
  until: Temporal.PlainDate | null,
): Promise<Choice<NamedMeeting>[]> {
  const query = { sort: 'dated' as const, descending: true, size: meetingsOffered }
  const { rows } = await workspaceRegister(trx, organisation.id, area.id, 'meeting', query)
  return rows
    .filter(({ state, dated }) => state !== 'cancelled' && isUntil(dated, until))
    .map(({ id, title, dated }) => {
      const words = title.includes(String(dated.year)) ? title : `${title}, ${longDate(dated)}`
      return { value: id, text: words, means: { id, words, date: dated } }
    })
}

function isUntil(dated: Temporal.PlainDate, until: Temporal.PlainDate | null): boolean {
  return until === null || Temporal.PlainDate.compare(dated, until) <= 0
}

/** Everyone in a post of an organisation of the area, and the organisations themselves: who may lead. */
export async function leadChoices(trx: Trx, { area }: Asking, today: Temporal.PlainDate): Promise<Choice<NewLead>[]> {
  const organisations = await organisationsOf(trx, area.id)
  const choices = await Promise.all(
    organisations.map(async organisation => {
      const holders = await postHolders(trx, organisation.id, today)
      const own = { value: organisation.id, text: organisation.name, means: leadOf(organisation.name, organisation.id) }
      return [own, ...holders.map(holder => holderChoice(holder, organisation.shortName))]
    }),
  )
  return choices.flat()
}

function leadOf(words: string, organisationId: string): NewLead {
  return { words, owner: { organisationId } }
}

function holderChoice(holder: Awaited<ReturnType<typeof postHolders>>[number], organisation: string): Choice<NewLead> {
  const { organisationId, personId, role, title, publicName } = holder
  const words = publicName === null ? `${title}, ${organisation}` : `${publicName}, ${title}`
  const text = publicName === null ? words : `${words} (${organisation})`
  return {
    value: `${organisationId}/${personId}/${role}`,
    text,
    means: { words, owner: { organisationId, personId, role } },
  }
}

/** The organisations of the area that something may be addressed to: all but one's own. */
export async function addresseeChoices(trx: Trx, { area, organisation }: Asking): Promise<Choice<string>[]> {
  const organisations = await organisationsOf(trx, area.id)
  return organisations
    .filter(each => each.id !== organisation.id)
    .map(({ id, name }) => ({ value: id, text: name, means: id }))
}

/** The bodies that the viewer's organisation holds. */
export async function bodyChoices(trx: Trx, { area, organisation }: Asking): Promise<Choice<Body>[]> {
  const bodies = (await bodiesOf(trx, area.id)).filter(body => body.holders.includes(organisation.id))
  return bodies.map(body => ({ value: body.id, text: body.name, means: body }))
}

/** What a form's value stands for, or null where it was not offered. */
export function chosen<Value>(choices: readonly Choice<Value>[], value: string | null): Value | null {
  return choices.find(choice => choice.value === value)?.means ?? null
}

/** Choices as a form lists them. */
export function offered(choices: readonly Choice<unknown>[]): { value: string; text: string }[] {
  return choices.map(({ value, text }) => ({ value, text }))
}
