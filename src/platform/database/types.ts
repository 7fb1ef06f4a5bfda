import pg from 'pg'

/**
 * How PostgreSQL's values become JavaScript's. `pg` by itself makes a `Date` at local midnight of a date, which in
 * summer is the day before in UTC; here a date is a `Temporal.PlainDate` and a moment a `Temporal.Instant`.
 * The settings of `sessionSettings` below belong to these parsers: they fix the text forms that they read.
 */
type Parser = (text: string) => unknown

/** Object numbers of PostgreSQL's types, as listed in its catalogue `pg_type`; they never change. */
const oid = {
  bigint: 20,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  bigintArray: 1016,
  dateArray: 1182,
  timeArray: 1183,
  timestampArray: 1115,
  timestamptzArray: 1185,
  intervalArray: 1187,
  textArray: 1009,
} as const

/**
 * A bigint as a number.
 *
 * @throws RangeError if it is too large for a number to hold exactly (beyond 2^53)
 */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The whole number ${text} is too large to be held exactly`)
  return value
}

const single = new Map<number, Parser>([
  [oid.bigint, wholeNumber],
  [oid.date, text => Temporal.PlainDate.from(text)],
  [oid.time, text => Temporal.PlainTime.from(text)],
  [oid.timestamp, text => Temporal.PlainDateTime.from(text)],
  [oid.timestamptz, text => Temporal.Instant.from(text)],
  [oid.interval, text => Temporal.Duration.from(text)],
])

const elementOf = new Map<number, number>([
  [oid.bigintArray, oid.bigint],
  [oid.dateArray, oid.date],
  [oid.timeArray, oid.time],
  [oid.timestampArray, oid.timestamp],
  [oid.timestamptzArray, oid.timestamptz],
  [oid.intervalArray, oid.interval],
])

/** `pg` declares its parsers for a closed list of types that leaves arrays out; it has them all the same. */
interface ParsersByNumber {
  getTypeParser(id: number, format?: 'text' | 'binary'): Parser
}
const builtIn: ParsersByNumber = pg.types

/** Applies a parser to every text of an array, at any depth; a null stays. */
function mapElements(element: unknown, parse: Parser): unknown {
  if (Array.isArray(element)) return element.map(each => mapElements(each, parse))
  return typeof element === 'string' ? parse(element) : element
}

function arrayParser(parse: Parser): Parser {
  const split = builtIn.getTypeParser(oid.textArray, 'text')
  return text => mapElements(split(text), parse)
}

const parsers = new Map<number, Parser>(single)
for (const [array, element] of elementOf) {
  const parse = single.get(element)
  if (parse) parsers.set(array, arrayParser(parse))
}

/** The parsers of one connection pool; everything not named here is as `pg` gives it (numeric stays text). */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: 'text' | 'binary') {
    const own = format === 'binary' ? undefined : parsers.get(id)
    return own ?? builtIn.getTypeParser(id, format)
  },
}

/** Settings a connection starts with, so that the text forms are the ones the parsers read on any server. */
export const sessionSettings: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO,YMD',
  intervalstyle: 'iso_8601',
}

/** A value of `Temporal`, which PostgreSQL takes as its ISO text. */
function isTemporal(
  value: unknown,
): value is Temporal.PlainDate | Temporal.Instant | Temporal.PlainDateTime | Temporal.PlainTime | Temporal.Duration {
  return (
    value instanceof Temporal.PlainDate ||
    value instanceof Temporal.Instant ||
    value instanceof Temporal.PlainDateTime ||
    value instanceof Temporal.PlainTime ||
    value instanceof Temporal.Duration
  )
}

/**
 * A parameter as `pg` can send it: values of `Temporal`, alone or in arrays, become text; all else stays.
 * (`pg` would send their JSON, quotation marks included.)
 */
export function bindable(value: unknown): unknown {
  if (isTemporal(value)) return value.toString()
  return Array.isArray(value) ? value.map(bindable) : value
}
