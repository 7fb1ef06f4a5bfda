import type { Ground } from '../../record/classification.ts'
import type { Role } from '../../platform/access/viewer.ts'
import type { Titled } from '../facts.ts'
import type { Deed, RelativeDay } from './facts.ts'

/** What the panel does between its meetings, by its clerk unless somebody else is named: `panel-year.json`. */
export interface InventedPanelYear {
  body: string
  rules: {
    set: RelativeDay
    numerator: number
    denominator: number
    least: number
    words: string
    castingVote: boolean
  }
  publicQuestions: {
    set: RelativeDay
    whoMayAsk: string
    about: string
    received: { on: RelativeDay; meeting: string; name: string; email: string; text: string }
  }
  programme: readonly InventedProgrammeItem[]
  closedItem: { meeting: string; on: RelativeDay; title: string; ground: Ground }
  papers: { asked: readonly InventedRequest[]; own: PaperText & { on: RelativeDay; programme: string } }
  review: {
    title: string
    begun: RelativeDay
    scope: string
    survey: string
    sessions: readonly {
      on: RelativeDay
      subject: string
      witnesses: readonly { category: string; witness: string }[]
    }[]
  }
}

export interface InventedProgrammeItem extends Titled {
  covers: string
  lead: string
  form: 'report' | 'briefing-note'
  standing: boolean
  added: RelativeDay
  last: RelativeDay | null
  next: { on: RelativeDay | null; words: string | null }
  requested?: RelativeDay
  circulated?: RelativeDay
  deferred?: Deed & { to: RelativeDay; why: string }
  /** When it is put on the agenda of the next meeting. */
  placed?: RelativeDay
}

/** A paper asked of the office, for an item that comes from the work programme. */
export interface InventedRequest extends Titled {
  on: RelativeDay
  programme: string
  covers: string
  role: Role
  due: RelativeDay
  /** Left out while it is awaited. */
  sent?: Deed & Omit<PaperText, 'title'> & { appendix: { title: string; body: string } }
}

export interface PaperText {
  title: string
  author: string
  contact: string
  recommendations: string
  body: string
}
