import { packBench } from '../modules/meetings/index.ts'
import { performanceBenches } from '../modules/performance/index.ts'
import '../modules.ts'
import type { Bench } from '../platform/benchmark.ts'
import { clocksBench } from './clocks.ts'
import { pageBench, startBench } from './page.ts'
import { registerBench } from './register.ts'

/** Every benchmark, in the order they are run. */
export const allBenches: readonly Bench[] = [
  pageBench,
  registerBench,
  ...performanceBenches,
  packBench,
  clocksBench,
  startBench,
]
