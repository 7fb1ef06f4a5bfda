import { londonDate } from '../../../../platform/time.ts'
import type { Trx } from '../../../../platform/database/tables.ts'
import { beforeCommit } from '../../../../platform/database/transaction.ts'
import type { Viewer } from '../../../../platform/access/viewer.ts'
import type { FieldFault } from '../../../../platform/web/form.ts'
import {
  type Quotation,
  quotationKey,
  type QuotationNote,
  type Quotations,
  quotationsIn,
  replaceQuotations,
  writeQuotation,
} from '../../../../platform/web/quotations.ts'
import type { FormFields } from '../../../../platform/web/route.ts'
import { touchedRecords } from '../../../../record/history.ts'
import { kindOf } from '../../../../record/kinds.ts'
import { link } from '../../../../record/links.ts'
import type { Act } from '../../../../record/record.ts'
import { figureText, markInWords } from '../../figures.ts'
import { paths } from '../../paths.ts'
import { FigureBook, type FoundFigure } from '../claims/bind.ts'
import { valuesOf } from '../quality-queries.ts'
import { readFigureName } from './figure-name.ts'
import { publicNotes } from './public-notes.ts'
import { noteOn, type QuotedValue } from './revised.ts'

/** Figures quoted in papers, minutes, answers and any other text: bound when saved, with a note once revised. */
export const figureQuotations: Quotations = {
  resolve,
  forViewer,
  forPublic: (context, quoted) => publicNotes(context, quoted),
}

async function resolve(
  trx: Trx,
  act: { viewer: Viewer; now: Temporal.Instant },
  fields: FormFields,
): Promise<{ fields: FormFields; faults: FieldFault[] }> {
  const book = new FigureBook(trx, act.viewer.area.id)
  const resolved: Record<string, FormFields[string]> = {}
  const faults: FieldFault[] = []
  const measures = new Map<string, string>()
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value !== 'string') resolved[field] = value
    else {
      const done = await resolveText(trx, book, value)
      resolved[field] = done.text
      faults.push(...done.faults.map(message => ({ field, message })))
      for (const { measure } of done.found) measures.set(measure.id, measure.title)
    }
  }
  if (measures.size > 0) beforeCommit(trx, () => linkQuoting(trx, act, [...measures.keys()]))
  return { fields: resolved, faults }
}

interface Resolved {
  text: string
  faults: string[]
  found: FoundFigure[]
}

async function resolveText(trx: Trx, book: FigureBook, text: string): Promise<Resolved> {
  const written = new Map<string, string>()
  const faults: string[] = []
  const found: FoundFigure[] = []
  for (const quotation of quotationsIn(text)) {
    const figure = await findQuoted(book, quotation)
    if (typeof figure === 'string') {
      // What others hold and published may be quoted from their texts; what is new must be found here.
      if (quotation.text === null) faults.push(`${writeQuotation(quotation)}: ${figure}`)
      continue
    }
    const fault = await faultOf(trx, quotation, figure)
    if (fault !== null) faults.push(fault)
    found.push(figure)
    const now = quotation.text ?? figureText(figure.figure.value ?? 0, figure.measure)
    written.set(quotationKey(quotation), writeQuotation({ name: quotation.name, text: now }))
  }
  const replaced = replaceQuotations(text, each => written.get(quotationKey(each)) ?? writeQuotation(each))
  return { text: replaced, faults, found }
}

async function findQuoted(book: FigureBook, { name }: Quotation): Promise<FoundFigure | string> {
  const binding = readFigureName(name)
  return binding === null ? 'write a figure like M-2025-01 "North" 2025-09 between the braces.' : book.find(binding)
}

/** A figure that is missing cannot be quoted, nor can one be given a value that it never had. */
async function faultOf(trx: Trx, quotation: Quotation, found: FoundFigure): Promise<string | null> {
  const marker = writeQuotation(quotation)
  if (quotation.text === null)
    return found.figure.value === null ? `${marker}: no figure is held for this period.` : null
  return noteOn(quotation.text, await allValues(trx, found)) === null
    ? `${marker}: the figure has never been ${quotation.text}. Take out “= ${quotation.text}”, and it is filled in.`
    : null
}

async function allValues(trx: Trx, { measure, series, figure }: FoundFigure): Promise<QuotedValue[]> {
  return (await valuesOf(trx, series.id, figure.period.start)).map(({ value, as_at, loaded_at }) => ({
    value,
    text: value === null ? markInWords(null) : figureText(value, measure),
    on: as_at ?? (loaded_at === null ? null : londonDate(loaded_at)),
  }))
}

/** Ties whatever was written in this transaction, and may quote figures, to the measures it quotes. */
async function linkQuoting(trx: Trx, act: Act, measureIds: readonly string[]): Promise<void> {
  for (const record of touchedRecords(trx)) {
    if (kindOf(record.kind).relations['quotes']?.includes('measure') !== true) continue
    for (const id of measureIds) await link(trx, act, record, 'quotes', { areaId: record.areaId, id, kind: 'measure' })
  }
}

async function forViewer(
  trx: Trx,
  { viewer, now }: { viewer: Viewer; now: Temporal.Instant },
  quoted: readonly Quotation[],
): Promise<Map<string, QuotationNote>> {
  const book = new FigureBook(trx, viewer.area.id)
  const notes = new Map<string, QuotationNote>()
  const elsewhere: Quotation[] = []
  for (const quotation of quoted) {
    const key = quotationKey(quotation)
    if (quotation.text === null || notes.has(key)) continue
    const found = await findQuoted(book, quotation)
    if (typeof found === 'string') elsewhere.push(quotation)
    else {
      const said = noteOn(quotation.text, await allValues(trx, found))
      if (said !== null) notes.set(key, { href: paths.measure(found.measure.id), note: said.note })
    }
  }
  // Of a figure that another organisation holds, what it has published is known to everyone.
  if (elsewhere.length === 0) return notes
  return new Map([...notes, ...(await publicNotes({ db: trx, area: viewer.area, asOf: now }, elsewhere))])
}
