import { longDate } from '../../../platform/time.ts'
import type { Due } from '../../../record/record.ts'

/** When something is due, as minutes say it. */
export function dueWords(due: Due): string {
  switch (due.kind) {
    case 'date':
      return `by ${longDate(due.date)}`
    case 'meeting':
      return due.date === null ? 'at a meeting' : `at the meeting of ${longDate(due.date)}`
    case 'condition':
      return due.lookAgain === null
        ? due.condition
        : `${due.condition} (to be looked at again on ${longDate(due.lookAgain)})`
  }
}
