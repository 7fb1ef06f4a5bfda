import type { StateModel } from '../platform/web/patterns.ts'
import type { HistoryLine } from './history.ts'
import { kindOf, stateOf } from './kinds.ts'

/** What the record layer itself does to a record, in words. A kind's own events are in its description. */
const ownEvents: Readonly<Record<string, string>> = {
  created: 'Started',
  changed: 'Changed',
  'clock-started': 'A deadline began',
  'clock-stopped': 'A deadline was met or ended',
  'clock-paused': 'A deadline was paused',
  'clock-resumed': 'A deadline runs again',
  'clock-extended': 'A deadline was extended',
  'clock-days-left-out': 'Days were left out of a deadline',
  'clock-moved': 'A deadline counts from another day',
  'clock-cancelled': 'A deadline was cancelled',
  'clock-handed-over': 'A deadline was handed over',
  'clock-redated': 'A deadline moved with the bank holidays',
  'handed-over': 'Handed over',
  'due-moved': 'Its due moved with its deadline',
  published: 'Published',
  released: 'Released',
  attached: 'Something was attached',
  classified: 'Classification changed',
  superseded: 'Superseded',
  'taken-down': 'Taken down',
}

/** The state of a record as a tag with its word. */
export function stateModel(kind: string, state: string): StateModel {
  const { word, colour } = stateOf(kind, state)
  return { word, colour }
}

/** "Question", as a step of the trail is headed. */
export function kindWord(kind: string): string {
  const { word } = kindOf(kind)
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** What happened, in words. */
export function eventWords(line: Pick<HistoryLine, 'kind'>): string {
  const [kind = '', event = ''] = line.kind.split(/\.(?=[^.]*$)/)
  return kindOf(kind).events[event] ?? ownEvents[event] ?? event
}

/** "1 question", "1,204 questions" */
export function counted(n: number, kind: string): string {
  const { word, plural } = kindOf(kind)
  return `${n.toLocaleString('en-GB')} ${n === 1 ? word : plural}`
}

/** What a historical area says in place of what is still to come. */
export const noLaterPaper = 'No later paper is held.'
