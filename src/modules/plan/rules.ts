/** What may be said of an objective. */
export const progressWords = ['on-its-way', 'done', 'not-known'] as const
export type ProgressWord = (typeof progressWords)[number]

/** What stands in the way of a plan's years, in words; empty where nothing does. */
export function planFaults({ firstYear, lastYear }: { firstYear: number | null; lastYear: number | null }): string[] {
  if (firstYear === null || lastYear === null || firstYear <= lastYear) return []
  return ['The plan must not end before it begins.']
}

/** What stands in the way of an objective's number. */
export function objectiveFaults(number: number, taken: readonly number[]): string[] {
  return taken.includes(number) ? [`This plan has an objective ${number} already.`] : []
}

/** What stands in the way of a word on progress: it speaks of a day that has come. */
export function progressFaults(dated: Temporal.PlainDate, today: Temporal.PlainDate): string[] {
  return Temporal.PlainDate.compare(dated, today) > 0 ? ['Give a day that has already come.'] : []
}

/** Why a plan cannot be made the current one, in words; empty where it can. */
export function currentFaults(plan: { state: string }, objectives: number): string[] {
  if (plan.state === 'current') return ['This is the current plan already.']
  return objectives === 0 ? ['It has no objectives yet.'] : []
}

/** Why a plan cannot be published, in words: before it is issued it is nobody's promise. */
export function publishingFaults(plan: { state: string }): string[] {
  return plan.state === 'draft' ? ['It is still being prepared. Make it the current plan first.'] : []
}

/** The number that a further objective gets unless somebody chooses another. */
export function nextNumber(taken: readonly number[]): number {
  return Math.max(0, ...taken) + 1
}

const words: Readonly<Record<ProgressWord, string>> = {
  'on-its-way': 'On its way',
  done: 'Done',
  'not-known': 'Not known',
}

export const progressInWords = (word: ProgressWord): string => words[word]

/** The years a plan covers: `2016 to 2021`, `from 2016`, `until 2021`, or null where no paper says. */
export function yearsInWords(firstYear: number | null, lastYear: number | null): string | null {
  if (firstYear !== null && lastYear !== null)
    return firstYear === lastYear ? `${firstYear}` : `${firstYear} to ${lastYear}`
  if (firstYear !== null) return `from ${firstYear}`
  return lastYear === null ? null : `until ${lastYear}`
}
