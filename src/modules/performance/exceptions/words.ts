import type { StateModel } from '../../../platform/web/patterns.ts'
import type { Level, Life, Standing } from '../tables.ts'
import type { Deed } from './life.ts'
import type { DoneDeed } from './exceptions-queries.ts'

/** What the figures say, as a tag. */
export const standingTags: Record<Standing, StateModel> = {
  new: { word: 'New', colour: 'blue' },
  continuing: { word: 'Continuing', colour: 'yellow' },
  ended: { word: 'Over', colour: 'grey' },
  lapsed: { word: 'No longer borne out', colour: 'grey' },
}

/** What people did, as a tag. */
export const lifeTags: Record<Life, StateModel> = {
  raised: { word: 'Raised', colour: 'blue' },
  explained: { word: 'Explained', colour: 'purple' },
  accepted: { word: 'Explanation accepted', colour: 'green' },
  watched: { word: 'Watched', colour: 'teal' },
  resolved: { word: 'Resolved', colour: 'grey' },
}

/** What it asks for. */
export const levelWords: Record<Level, string> = {
  note: 'To note',
  explain: 'To be explained',
  escalate: 'Consider escalating',
}

/** A deed as the button that leads to it. */
export const deedVerbs: Record<Deed, string> = {
  explain: 'Record the explanation',
  accept: 'Accept the explanation',
  'not-accept': 'Do not accept the explanation',
  watch: 'Watch it',
  'end-watch': 'End the watch',
  resolve: 'Close it',
  'take-up-again': 'Take it up again',
}

/** A deed that was done. */
export const doneWords: Record<DoneDeed['deed'], string> = {
  explained: 'Explained',
  accepted: 'Explanation accepted',
  'not-accepted': 'Explanation not accepted',
  watched: 'Watched',
  returned: 'Watch ended',
  resolved: 'Closed',
  'taken-up-again': 'Taken up again',
}
