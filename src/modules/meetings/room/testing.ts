import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Ground } from '../../../record/classification.ts'
import type { RecordHead } from '../../../record/record.ts'
import { addBody, addMembership, addPerson } from '../../organisations/index.ts'
import type { Capacity } from '../../organisations/index.ts'
import { addItem, addMeeting, publishAgenda } from '../index.ts'
import type { NewItem, NewMeeting } from '../index.ts'
import { day, makeCast } from '../testing.ts'
import type { Cast } from '../testing.ts'

/** A member of the panel: the person and the seat. */
export interface PanelMember {
  personId: string
  seatId: string
}

/** A panel with members of three authorities, two independents and a substitute, and everyone else of the cast. */
export interface PanelCast extends Cast {
  panelBody: RecordHead
  panelChair: Viewer
  members: ReadonlyMap<string, PanelMember>
  /** Sits for two authorities. */
  doubled: { personId: string; seats: readonly string[] }
  /** Sits for nobody but may replace somebody. */
  substitute: PanelMember
}

const seated: readonly [string, Capacity, string | null][] = [
  ['Amabel Thorne', 'chair', 'Northtown Borough Council'],
  ['Basil Quarrington', 'member', 'Northtown Borough Council'],
  ['Coralie Dunmore', 'member', 'Testshire County Council'],
  ['Digby Underwell', 'member', 'Testshire County Council'],
  ['Esme Farringdon', 'co-opted-independent', null],
]

/** Makes the panel, with a quorum of three. */
export async function makePanel(quorum: number | null = 3): Promise<PanelCast> {
  const cast = await makeCast()
  const { world } = cast
  const clerk = world.viewer(world.panel, 'panel-clerk')
  return world.as(clerk, async (trx, act) => {
    const body = { areaId: 1, name: 'Testshire Police and Crime Panel', form: 'panel', quorum } as const
    const panelBody = await addBody(trx, act, { ...body, holders: [world.panel.id], sides: [world.office.id] })
    const person = async (name: string) => (await addPerson(trx, act, { areaId: 1, name, publicName: name })).personId
    const seat = async (personId: string, capacity: Capacity, authority: string | null) => {
      const made = { areaId: 1, bodyId: panelBody.id, personId, capacity, authority, started: '2025-05-01' }
      return (await addMembership(trx, act, { ...made, organisationId: world.panel.id })).id
    }
    const members = new Map<string, PanelMember>()
    for (const [name, capacity, authority] of seated) {
      const personId = await person(name)
      members.set(name, { personId, seatId: await seat(personId, capacity, authority) })
    }
    const doubled = await person('Fenella Marchbanks')
    const seats = [
      await seat(doubled, 'member', 'Southtown District Council'),
      await seat(doubled, 'member', 'Testshire County Council'),
    ]
    const standIn = await person('Gideon Applecross')
    const substitute = { personId: standIn, seatId: await seat(standIn, 'substitute', 'Testshire County Council') }
    const panelChair = world.viewer(world.panel, 'panel-chair')
    return { ...cast, panelBody, panelChair, members, doubled: { personId: doubled, seats }, substitute }
  })
}

export const exempt: Ground = {
  code: 'schedule-12a',
  paragraphs: [1],
  publicInterest: 'It names a complainant',
  neutralTitle: 'Complaints',
}

/** A meeting of the panel with three items, of which the third is exempt. */
export interface PanelMeeting {
  meeting: RecordHead
  first: string
  open: string
  withheld: string
}

export async function planPanelMeeting(
  { world, panelBody, panelClerk }: PanelCast,
  date: string,
  more: Partial<NewMeeting> = {},
): Promise<PanelMeeting> {
  return world.as(panelClerk, async (trx, act) => {
    const made = { areaId: 1, bodyId: panelBody.id, date: day(date), starts: '10:00', openToPublic: true }
    const meeting = await addMeeting(trx, act, { ...made, ...more })
    const add = (item: NewItem) => addItem(trx, act, meeting, item)
    return {
      meeting,
      first: await add({ title: 'Minutes of the last meeting', kind: 'minutes' }),
      open: await add({ title: 'Report of the commissioner' }),
      withheld: await add({ title: 'Complaint of a named resident', ground: exempt }),
    }
  })
}

export function publishPanelAgenda({ world, panelClerk }: PanelCast, meeting: RecordHead): Promise<void> {
  return world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null))
}
