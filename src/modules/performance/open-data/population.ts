import { residents } from './crime-measures.ts'
import { figureOf } from './figure-sheet.ts'
import { hasColumns, type OnCells, type OpenForm, readTable } from './open-form.ts'
import { policeAreaIn } from './setting.ts'

const all = 'Ethnic Group: All categories: Ethnic group; measures: Value'
/** A group and no part of a group: `Ethnic Group: White; measures: Value`. */
const group = /^Ethnic Group: ([^:;]+); measures: Value$/i
const source = '2011 Census, ONS (Open Government Licence v3.0)'

/** Residents of each police area at the 2011 census, the area's own by ethnic group. */
export const population: OpenForm = {
  name: 'population',
  title: 'Residents of police areas at the 2011 census (ONS)',
  files: 'The census table of ethnic groups by police force area.',
  async read(open, setting, sheet) {
    const measure = residents('people')
    await readTable(open, sheet, (header, line): OnCells | null => {
      const [name = ''] = header
      if (!hasColumns(sheet, header, line, [all], 'the census table of police areas')) return null
      if (!/^pfa\d*nm$/i.test(name.trim())) {
        sheet.fault(line, name, `The first column is “${name}”, and not the name of the police area (PFA16NM).`)
        return null
      }
      const groups = header.flatMap(heading => {
        const found = group.exec(heading.trim())?.[1]
        return found === undefined ? [] : [{ heading, breakdown: found }]
      })
      return (cell, at) => {
        const place = policeAreaIn(sheet, setting, cell(name), { line: at, column: name })
        if (place === null) return
        const add = (column: string, part: { breakdown: string; dimension?: string }) => {
          const value = figureOf(cell(column))
          // The census was taken on 27 March 2011, in the financial year 2010/11.
          if (value === null) sheet.fault(at, column, `“${cell(column)}” is not a number of people.`)
          else sheet.add(measure, { period: '2010/11', value, ...part, source, line: at })
        }
        add(all, place)
        if (place.breakdown !== '') return
        for (const { heading, breakdown } of groups) {
          const name = /^other$/i.test(breakdown) ? 'Other ethnic group' : breakdown
          add(heading, { breakdown: name, dimension: 'Ethnic group' })
        }
      }
    })
  },
}
