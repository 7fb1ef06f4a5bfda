import type { TagColour } from '../../../platform/web/patterns.ts'
import type { Standing } from './content.ts'

/** How a measure stands, in the words that its own page uses. */
export const standingWords: Readonly<Record<Standing, { word: string; colour: TagColour }>> = {
  good: { word: 'Out of the ordinary, for the better', colour: 'green' },
  bad: { word: 'Out of the ordinary, for the worse', colour: 'orange' },
  neutral: { word: 'Out of the ordinary', colour: 'blue' },
  usual: { word: 'Within its usual range', colour: 'grey' },
  silent: { word: 'Too early to say, or not judged', colour: 'grey' },
}
