import type { LoadFollower, LoadPhase } from './follower.ts'

/** How far a load is, as it is stored, printed and drawn. */
export interface Progress {
  phase: LoadPhase
  rows: number
  /** From 0 to 1; null where it cannot be told. */
  part: number | null
}

/** Shares of the whole that the steps take, as measured on a million rows. */
const upToRead = 0.05
const upToRules = 0.85

export function progressOf(
  follower: Pick<LoadFollower, 'phase' | 'bytes' | 'bytesRead' | 'rows' | 'series' | 'seriesRead'>,
): Progress {
  const { phase, bytes, bytesRead, rows, series, seriesRead } = follower
  const read = bytes > 0 ? Math.min(1, bytesRead / bytes) : null
  if (phase === 'looking') return { phase, rows, part: read === null ? null : upToRead * read }
  if (phase === 'rules') {
    return { phase, rows, part: upToRules + (1 - upToRules) * (series > 0 ? seriesRead / series : 0) }
  }
  return { phase, rows, part: read === null ? null : upToRead + (upToRules - upToRead) * read }
}

export const phaseWords: Record<LoadPhase, string> = {
  looking: 'Looking at the file',
  reading: 'Reading and checking',
  writing: 'Writing the last figures',
  rules: 'Reading the figures by the rules',
}

/** Seconds that are left, judged by those gone by; null while too little is done to tell. */
export function secondsLeft(part: number | null, secondsGone: number): number | null {
  if (part === null || part < 0.03 || secondsGone < 1) return null
  return Math.ceil((secondsGone * (1 - part)) / part)
}

/** “about 40 seconds left”, “about 3 minutes left”. */
export function leftInWords(seconds: number | null): string {
  if (seconds === null) return ''
  if (seconds <= 90) return `about ${String(seconds)} ${seconds === 1 ? 'second' : 'seconds'} left`
  return `about ${String(Math.round(seconds / 60))} minutes left`
}

/** One line: what it does, per cent, rows, time left. */
export function progressLine({ phase, rows, part }: Progress, secondsGone: number): string {
  const percent = part === null ? '' : `${String(percentOf(part))}%`
  const count = rows > 0 ? `${rows.toLocaleString('en-GB')} rows` : ''
  const left = leftInWords(secondsLeft(part, secondsGone))
  return [phaseWords[phase], percent, count, left].filter(text => text !== '').join(', ')
}

/** Whole per cent; what is not done is never 100. */
export function percentOf(part: number): number {
  return Math.min(99, Math.floor(part * 100 + 1e-6))
}

/** A bar of some width in plain characters. */
export function drawnBar(part: number | null, width: number): string {
  const full = Math.round((part ?? 0) * width)
  return `[${'#'.repeat(full)}${'.'.repeat(width - full)}]`
}
