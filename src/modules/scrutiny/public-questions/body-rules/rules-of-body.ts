import { z } from 'zod'
import type { Notice } from './notice.ts'

/** What the public reads of a body's rules before asking; the whole of them but who keeps them. */
export const publicRules = z.object({
  notice: z.object({
    length: z.number(),
    unit: z.enum(['working-days', 'days']),
    clear: z.boolean(),
    until: z.string().nullable(),
  }),
  mostWords: z.number().nullable(),
  mostAtMeeting: z.number().nullable(),
  mostEach: z.number().nullable(),
  minutesAll: z.number().nullable(),
  minutesEach: z.number().nullable(),
  supplementaries: z.number(),
  whoMayAsk: z.string().nullable(),
  about: z.string().nullable(),
  lateAtDiscretion: z.boolean(),
  grounds: z.array(z.string()),
  handling: z.string().nullable(),
  keepMonths: z.number(),
})

/** A body's rules for questions from the public. */
export type PublicRules = z.infer<typeof publicRules> & { notice: Notice }

/**
 * What a body's rules begin with where it has set none: the notice that panel papers of 2014 ask for, and the grounds
 * that councils' own rules of procedure commonly name. Every one of them is the body's to change.
 */
export const rulesToBeginWith: PublicRules = {
  notice: { length: 3, unit: 'working-days', clear: false, until: null },
  mostWords: 150,
  mostAtMeeting: null,
  mostEach: 2,
  minutesAll: 30,
  minutesEach: 3,
  supplementaries: 1,
  whoMayAsk: null,
  about: null,
  lateAtDiscretion: true,
  grounds: [
    'It is not about the business of this body',
    'It is substantially the same as one put in the last six months',
    'It is defamatory, frivolous or offensive',
    'It would need confidential or exempt information to be disclosed',
    'It is about an individual case, for which there is another way',
  ],
  handling: null,
  keepMonths: 12,
}
