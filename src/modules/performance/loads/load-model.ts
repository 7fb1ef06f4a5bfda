import type { StateModel } from '../../../platform/web/patterns.ts'
import { paths } from '../paths.ts'
import type { LoadPhase } from './follower.ts'
import type { LoadState, StoredLoad } from './load-queries.ts'
import { leftInWords, percentOf, phaseWords, type Progress, progressOf, secondsLeft } from './progress.ts'

const states: Record<LoadState, StateModel> = {
  // One word, as the page's script moves on from the one to the other.
  waiting: { word: 'Not finished', colour: 'blue' },
  running: { word: 'Not finished', colour: 'blue' },
  done: { word: 'Done', colour: 'green' },
  refused: { word: 'Not loaded', colour: 'red' },
  stopped: { word: 'Stopped', colour: 'grey' },
  failed: { word: 'Given up', colour: 'red' },
}

export const isRunning = (load: Pick<StoredLoad, 'state'>): boolean =>
  load.state === 'waiting' || load.state === 'running'

/** How far a stored load is. */
export function progressOfLoad(load: StoredLoad): Progress {
  const [word = '', read = '0', of = '0'] = load.phase.split(/[ /]/)
  const phase: LoadPhase = word === 'reading' || word === 'writing' || word === 'rules' ? word : 'looking'
  return progressOf({
    ...{ phase, bytes: Number(load.bytes), bytesRead: Number(load.bytes_read), rows: Number(load.rows_read) },
    ...{ series: Number(of), seriesRead: Number(read) },
  })
}

/** Files of one batch together: what a page and its script show. */
export interface BatchProgress {
  running: boolean
  /** Of the whole batch, 0 to 100. */
  percent: number
  /** Files at an end, of all. */
  done: number
  files: number
  rows: number
  /** What happens now, in a sentence. */
  words: string
  left: string
}

export function batchProgress(loads: readonly StoredLoad[], now: Temporal.Instant): BatchProgress {
  const bytes = loads.reduce((sum, load) => sum + Number(load.bytes), 0)
  const parts = loads.map(load => (isRunning(load) ? (progressOfLoad(load).part ?? 0) : 1) * Number(load.bytes))
  const part = bytes === 0 ? 1 : parts.reduce((sum, each) => sum + each, 0) / bytes
  const current = loads.find(load => load.state === 'running')
  const running = loads.some(isRunning)
  return {
    running,
    percent: running ? percentOf(part) : 100,
    done: loads.filter(load => !isRunning(load)).length,
    files: loads.length,
    rows: loads.reduce((sum, load) => sum + Number(load.rows_read), 0),
    words: running ? wordsOf(current) : 'Finished',
    left: running ? leftInWords(secondsLeft(part, secondsSince(loads, now))) : '',
  }
}

function wordsOf(current: StoredLoad | undefined): string {
  if (current === undefined) return 'Waiting to begin'
  return current.stop ? 'Stopping' : phaseWords[progressOfLoad(current).phase]
}

function secondsSince(loads: readonly StoredLoad[], now: Temporal.Instant): number {
  const begun = loads.flatMap(load => (load.begun_at === null ? [] : [load.begun_at.epochMilliseconds]))
  return begun.length === 0 ? 0 : (now.epochMilliseconds - Math.min(...begun)) / 1000
}

/** One file of a batch on its page. */
export function fileModel(load: StoredLoad & { title: string }, report: LoadOutcome) {
  const linked = load.state === 'done' && (report.applied || report.checked)
  return {
    name: load.title,
    state: states[load.state],
    href: linked ? paths.import(load.id) : null,
    rows: Number(load.rows_read),
    ...report,
  }
}

/** What the page tells of a file that is at an end. */
export interface LoadOutcome {
  applied: boolean
  /** Checked only; it is loaded from its own page. */
  checked: boolean
  sentences: readonly string[]
  notices: readonly string[]
  faults: readonly { line: number; column: string; message: string }[]
  moreFaults: number
}
