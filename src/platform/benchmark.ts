/** One measured piece of work, as `peelian bench --json` prints it. */
export interface BenchResult {
  /** What was measured, with its unit. */
  work: string
  /** Ours and the reference in the same run, in the unit that `work` names. */
  ours: number
  reference: number | null
  /** Ours divided by the reference; null where there is none. */
  ratio: number | null
  /** `>=0.5`, `<=2`; null where the figure is only information. */
  goal: string | null
  met: boolean | null
}

/** A benchmark by the name that is typed. */
export interface Bench {
  name: string
  run(progress: (message: string) => void): Promise<BenchResult[]>
}

/** Puts a measurement and its reference together and says whether the goal is met. */
export function compared(work: string, ours: number, reference: number, goal: string): BenchResult {
  const ratio = ours / reference
  const limit = Number(goal.slice(2))
  return { work, ours, reference, ratio, goal, met: goal.startsWith('>=') ? ratio >= limit : ratio <= limit }
}

/** A measurement beside a reference that tells how much is ours, without a goal. */
export function beside(work: string, ours: number, reference: number): BenchResult {
  return { work, ours, reference, ratio: ours / reference, goal: null, met: null }
}

/** A figure that has no goal: a time or a size on this machine. */
export function information(work: string, ours: number): BenchResult {
  return { work, ours, reference: null, ratio: null, goal: null, met: null }
}
