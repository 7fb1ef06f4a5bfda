import type { OpenForm } from './open-form.ts'
import { forceMonths } from './force-months.ts'
import { officialTables } from './official-tables.ts'
import { population } from './population.ts'
import { recordedCrime } from './recorded-crime.ts'
import { street } from './street.ts'
import { useOfForce } from './use-of-force.ts'
import { workforce } from './workforce.ts'

/** Every form of national open data that is read, in the order in which they are offered. */
export const openForms: readonly OpenForm[] = [
  street,
  forceMonths,
  recordedCrime,
  officialTables,
  workforce,
  useOfForce,
  population,
]
