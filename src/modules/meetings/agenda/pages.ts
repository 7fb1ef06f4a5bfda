import type { OrganisationKind } from '../../../platform/access/viewer.ts'
import type { FormModel } from '../../../platform/web/patterns.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { FormFields } from '../../../platform/web/route.ts'
import type { RecordHead } from '../../../record/record.ts'
import { kindWord } from '../../../record/words.ts'
import { meetingPath } from '../paths.ts'
import { groundFields } from './forms.ts'
import { latenessWords } from './late-words.ts'
import type { ItemRow } from './queries.ts'
import { itemKinds, latenesses } from './rules.ts'
import type { ItemKind } from './rules.ts'

const kindWords: Readonly<Record<ItemKind, string>> = {
  minutes: 'Minutes of the last meeting',
  ordinary: 'Ordinary item',
  'other-business': 'Any other business',
}
export const kindOptions = itemKinds.map(value => ({ value, text: kindWords[value] }))

/** How an item may come onto an agenda that is published. */
export const lateOptions = latenesses.map(value => ({ value, text: latenessWords[value] }))

/** What an organisation may mark an item as: panel and commissioner withhold under different law. */
export function markingOptions(holder: OrganisationKind) {
  const open = { value: 'open', text: 'Yes: it is open' }
  if (holder !== 'panel' && holder !== 'council') {
    return [
      open,
      { value: 'article-2-2', text: 'No: withheld under article 2(2) of the Specified Information Order 2011' },
    ]
  }
  return [
    open,
    { value: 'schedule-12a', text: 'No: exempt under Schedule 12A to the Local Government Act 1972' },
    { value: 'confidential', text: 'No: confidential under section 100A(3) of the same Act' },
  ]
}

/** Limbs of article 2(2), as the form offers them. */
export const limbOptions = [
  { value: 'a', text: '(a) national security' },
  { value: 'b', text: '(b) the safety of a person' },
  { value: 'c', text: '(c) preventing or detecting crime, or justice' },
  { value: 'd', text: '(d) an enactment prohibits it' },
]

export const itemPath = (meeting: string, item: string) => `${meetingPath(meeting)}/items/${item}`

/** The stored words of an item as the fields of its form. */
export function storedItem(item: ItemRow): FormFields {
  return { title: item.title, kind: item.kind, number: item.number ?? '', lead: item.lead ?? '' }
}

export function itemForm(
  action: string,
  item: ItemRow,
  fields: FormFields,
  faults: readonly FieldFault[] = [],
): FormModel {
  return { action, fields, faults, version: item.version }
}

export const storedMarking = (item: ItemRow): FormFields => groundFields(item.ground)

/** Something that may be taken up, and whether it was put for this very meeting. */
export interface Takeable {
  record: RecordHead
  forMeeting: boolean
}

/** What may be taken up under an item, as a list to choose from. */
export function takeUpOptions(offered: readonly Takeable[], taken: ReadonlySet<string>) {
  return offered
    .filter(({ record }) => !taken.has(record.id))
    .map(({ record, forMeeting }) => {
      const what = `${kindWord(record.kind)} ${record.reference}: ${record.title}`
      return { value: record.id, text: forMeeting ? `${what} (put for this meeting)` : what }
    })
}
