import type { Configuration } from './configuration.ts'
import type { OpenDatabase } from './database/open.ts'

/** What the two sites and the sample areas are built from. */
export interface Services extends Pick<OpenDatabase, 'program' | 'public' | 'publicRead'> {
  configuration: Configuration
  /** Signs sessions and forms: `SESSION_SECRET`, or what was made at the first start. */
  sessionSecret: string
  /** Whether this is a demonstration: every page says so, and the sign-in page lists the sample users. */
  demo: boolean
  now: () => Temporal.Instant
  /** Writes one line to the log of whoever runs the program. No personal data. */
  log: (message: string) => void
}
