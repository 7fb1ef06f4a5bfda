import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import type { BodyForm } from '../../organisations/index.ts'

export const meetingForms = [
  'ordinary',
  'extraordinary',
  'public-scrutiny',
  'confirmation-hearing',
  'working-group',
  'private-briefing',
] as const
export type MeetingForm = (typeof meetingForms)[number]

/** What the public gets of a kind of meeting: its agenda and minutes, or nothing. */
export type ForThePublic = 'everything' | 'nothing'

interface FormDescription {
  word: string
  hint: string
}

const described: Readonly<Record<MeetingForm, FormDescription>> = {
  ordinary: { word: 'Ordinary meeting', hint: 'One of the body’s regular meetings.' },
  extraordinary: { word: 'Extraordinary meeting', hint: 'Called for particular business, outside the calendar.' },
  'public-scrutiny': {
    word: 'Public scrutiny meeting',
    hint: 'The public asks the chief constable and the commissioner. It is held in public.',
  },
  'confirmation-hearing': {
    word: 'Confirmation hearing',
    hint: 'The panel questions whom the commissioner proposes for a post. It is held in public.',
  },
  'working-group': {
    word: 'Working group',
    hint: 'Closed, unless the rules of the body open it. Nothing of a closed one is published.',
  },
  'private-briefing': {
    word: 'Private briefing',
    hint: 'No decision is taken. Notes stay with your organisation, and nothing is published.',
  },
}

export const formOfMeetingWords = (form: MeetingForm): string => described[form].word
export const formOptions = meetingForms.map(value => ({
  value,
  text: described[value].word,
  hint: described[value].hint,
}))

/** What a new meeting of a body is unless somebody says otherwise. */
export function usualForm(body: BodyForm): MeetingForm {
  return body === 'working-group' ? 'working-group' : 'ordinary'
}

/** What the public gets of a meeting. @param opened whether a setting opens the body's working groups */
export function forThePublic(form: MeetingForm, opened: boolean): ForThePublic {
  if (form === 'private-briefing') return 'nothing'
  return form === 'working-group' && !opened ? 'nothing' : 'everything'
}

/** Why nothing of such a meeting may be sent out to the public; empty where it may. */
export function publicObstacles(form: MeetingForm, opened: boolean): string[] {
  if (forThePublic(form, opened) === 'everything') return []
  return form === 'private-briefing'
    ? ['Nothing of a private briefing is published.']
    : ['The meetings of this working group are closed. The rules of the body can open them.']
}

/** Why the notes of a meeting may not be handed to anybody else; empty where they may. */
export function sharingObstacles(form: MeetingForm): string[] {
  return form === 'private-briefing' ? ['Notes of a private briefing stay with the organisation that made them.'] : []
}

/** Why a meeting may not be scheduled so. */
export function formObstacles(made: {
  form: MeetingForm
  holder: OrganisationKind
  openToPublic: boolean | null
  candidatePost: string | null
}): string[] {
  const { form, holder, openToPublic, candidatePost } = made
  const reasons: string[] = []
  if (form === 'confirmation-hearing') {
    if (!isPanel(holder)) reasons.push('Confirmation hearings are meetings of the panel.')
    if (openToPublic === false) reasons.push('A confirmation hearing is held in public.')
    if (candidatePost === null) reasons.push('Say for which post the candidate is proposed.')
  }
  if (form === 'public-scrutiny' && openToPublic === false) reasons.push('A public scrutiny meeting is held in public.')
  if (form === 'private-briefing' && openToPublic === true)
    reasons.push('A private briefing is not open to the public.')
  return reasons
}

/** A panel, or the council that hosts one, meets under Part VA of the Local Government Act 1972. */
export function isPanel(holder: OrganisationKind): boolean {
  return holder === 'panel' || holder === 'council'
}

/**
 * Whether the law asks for public notice of a meeting (Local Government Act 1972 s.100A(6) and 100B, which apply to
 * police and crime panels by SI 2012/2734): of a panel's own meetings, not of its working groups or briefings.
 */
export function needsStatutoryNotice(form: MeetingForm, holder: OrganisationKind): boolean {
  return isPanel(holder) && form !== 'working-group' && form !== 'private-briefing'
}
