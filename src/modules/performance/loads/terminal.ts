import type { Output } from '../../../platform/commands/command.ts'
import { LoadFollower } from './follower.ts'
import { drawnBar, progressLine, progressOf } from './progress.ts'

export interface Followed {
  name: string
  /** Size of the file. */
  bytes: number
  stopped: AbortSignal
}

const barWidth = 24
/** Milliseconds between two drawings of the bar, and between two lines where there is no terminal. */
const redrawn = 200
const retold = 5000

/** Runs a load whose progress a terminal shows: a bar that moves, or, where stderr is no terminal, a line now and then. */
export async function followedOnTerminal<T>(
  output: Output,
  { name, bytes, stopped }: Followed,
  load: (follower: LoadFollower) => Promise<T>,
): Promise<T> {
  const follower = new LoadFollower(stopped, bytes)
  const begun = performance.now()
  const line = () => progressLine(progressOf(follower), (performance.now() - begun) / 1000)
  const { redraw } = output
  const tell =
    redraw === undefined
      ? () => output.progress(`${name}: ${line()}`)
      : () => redraw(`${drawnBar(progressOf(follower).part, barWidth)} ${name}: ${line()}`)
  const timer = setInterval(tell, redraw === undefined ? retold : redrawn)
  try {
    return await load(follower)
  } finally {
    clearInterval(timer)
    redraw?.('')
  }
}
