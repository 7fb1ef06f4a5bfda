import { type Encoding, fileInMemory } from '../import/csv-file.ts'
import { PlaceNames } from '../places/place-names.ts'
import { FigureSheet } from './figure-sheet.ts'
import { openForms } from './open-forms.ts'

/** Made-up rows in the forms of the national files. */
export const streetHeader =
  'Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context'

export function streetRow(id: string, month: string, place: string, type: string, outcome = ''): string {
  const force = 'Warwickshire Police'
  return [id, month, force, force, '-1.5', '52.3', 'On or near Mill Lane', 'E01', place, type, outcome, ''].join(',')
}

/** Reads rows by a form for an area whose own force is Warwickshire. */
export async function readForm(
  name: string,
  lines: readonly string[],
  given: { fileName?: string; year?: string; anchors?: ReadonlyMap<string, number>; encoding?: Encoding } = {},
): Promise<FigureSheet> {
  const form = openForms.find(each => each.name === name)
  const places = new PlaceNames([])
  const own = places.find('police-area', 'Warwickshire')
  if (form === undefined || own === undefined) throw new Error(`There is no form ${name}`)
  const sheet = new FigureSheet()
  const file = fileInMemory(given.fileName ?? 'file.csv', Buffer.from(`${lines.join('\n')}\n`))
  const open = { file, encoding: given.encoding ?? ('utf-8' as const), workbook: false, follower: undefined }
  await form.read(open, { places, own, year: given.year ?? null, anchors: given.anchors ?? null }, sheet)
  return sheet
}

/** Figures of a sheet as short texts: `key period breakdown = value`. */
export function told(sheet: FigureSheet, key?: string): string[] {
  return sheet.figures
    .filter(each => key === undefined || each.measure === key)
    .map(({ measure, period, breakdown = '', value, mark }) => {
      return `${measure} ${period} ${breakdown === '' ? 'whole' : breakdown} = ${value === null ? `“${mark ?? ''}”` : String(value)}`
    })
}
