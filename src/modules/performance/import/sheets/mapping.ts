import { z } from 'zod'
import { missingMarks } from '../../figures.ts'
import { blankMark, zeroMark } from './figure-spellings.ts'

/*
 * What the rows and columns of a spreadsheet mean. It is said once by a person, shown before it is used, and kept for
 * the next file of the same shape. References of measures and names of breakdowns are those of the area.
 */

/** What a column holds. In `figures` the figures stand: one such column in a long table, many in a wide one. */
export const holds = [
  'nothing',
  'figures',
  'measure',
  'period',
  'breakdown',
  'numerator',
  'denominator',
  'status',
  'as_at',
  'source',
] as const
export type Holds = (typeof holds)[number]

/** What the headings of the columns of figures say in one row: nothing but names, or what the figures below are. */
export const says = ['names', 'period', 'measure', 'breakdown'] as const
export type Says = (typeof says)[number]

const layoutShape = {
  /** The sheet's name; null for a file that has no sheets. */
  sheet: z.string().nullable(),
  /** Rows of headings from the top, counted from 1. */
  headings: z.array(z.object({ row: z.int().min(1), says: z.enum(says) })).max(4),
  /** The first row with figures. */
  firstRow: z.int().min(1),
  /** Every column of the sheet from the first: its headings, joined, and what it holds. */
  columns: z.array(z.object({ heading: z.string(), holds: z.enum(holds) })),
  /** An empty label means the one above it, or to its left. */
  fillDown: z.boolean(),
  /** Rows and columns that the spreadsheet hides are read like the others. */
  readHidden: z.boolean(),
}

const markValue = z.enum([...missingMarks, zeroMark, blankMark])
const choice = <const Value extends string>(...values: Value[]) => z.enum(values).nullable()

export const mappingSchema = z.object({
  ...layoutShape,
  /** The one measure of the file, by its reference, where no label says it. */
  measure: z.string().nullable(),
  /** The one period of the file, where no label says it: asked for with each file, and not kept. */
  period: z.string().nullable(),
  /** What labels of measures mean: a reference, or null where the rows are left out. */
  measures: z.record(z.string(), z.string().nullable()),
  /** What labels of breakdowns mean: a name, '' for the whole area, null where the rows are left out. */
  breakdowns: z.record(z.string(), z.string().nullable()),
  periods: z.object({
    quarter: choice('calendar', 'financial'),
    month: choice('ends', 'begins'),
    year: choice('begins', 'ends'),
    date: choice('day-first', 'month-first'),
    week: choice('begins', 'ends'),
  }),
  figures: z.object({
    comma: choice('thousands', 'decimal'),
    percentages: choice('of-100', 'of-1'),
    pounds: choice('drop'),
    brackets: choice('negative'),
    blank: choice('missing', 'nothing'),
    marks: z.record(z.string(), markValue),
  }),
  /** Of all figures of the file, where no column says it: asked for with each file, and not kept. */
  status: z.enum(['', 'provisional', 'revised', 'final']),
  asAt: z.string().nullable(),
})

export type Mapping = z.output<typeof mappingSchema>
export type Layout = Pick<Mapping, keyof typeof layoutShape>

export const emptyMapping: Mapping = {
  sheet: null,
  headings: [],
  firstRow: 1,
  columns: [],
  fillDown: false,
  readHidden: true,
  measure: null,
  period: null,
  measures: {},
  breakdowns: {},
  periods: { quarter: null, month: null, year: null, date: null, week: null },
  figures: { comma: null, percentages: null, pounds: null, brackets: null, blank: null, marks: {} },
  status: '',
  asAt: null,
}

/** A mapping without what is asked for with each file. */
export function forNextMonth(mapping: Mapping): Mapping {
  return { ...mapping, period: null, status: '', asAt: null }
}
