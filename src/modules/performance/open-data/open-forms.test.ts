import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readForm, streetHeader, streetRow, told } from './testing.ts'
import { yearIn } from './use-of-force.ts'

describe('Street-level crime', () => {
  const many = Array.from({ length: 120 }, (_, i) => streetRow(`r${String(i)}`, '2025-01', 'Rugby 001A', 'Robbery'))

  it('counts by type and district, noughts included, and leaves those elsewhere to the whole', async () => {
    const sheet = await readForm('street', [
      streetHeader,
      ...many,
      ...[1, 2, 3].map(i => streetRow('', '2025-01', 'Warwick 002B', 'Anti-social behaviour', String(i).slice(1))),
      streetRow('b', '2025-01', 'Coventry 004D', 'Robbery'),
      streetRow('c', '2025-01', '', 'Robbery'),
    ])
    assert.deepEqual(sheet.faults, [])
    assert.deepEqual(told(sheet, 'street/robbery'), [
      'street/robbery 2025-01 whole = 122',
      'street/robbery 2025-01 Rugby = 120',
      'street/robbery 2025-01 Warwick = 0',
    ])
    assert.deepEqual(told(sheet, 'street/all-crime').slice(0, 1), ['street/all-crime 2025-01 whole = 122'])
    assert.deepEqual(told(sheet, 'street/anti-social-behaviour').slice(0, 1), [
      'street/anti-social-behaviour 2025-01 whole = 3',
    ])
    assert.deepEqual(sheet.districts, ['Rugby', 'Warwick'])
    const notices = [...sheet.notices].join('\n')
    assert.match(notices, /1 rows lie outside the area’s districts \(Coventry 1\)/)
    assert.match(notices, /1 rows have no place/)
  })

  it('counts a Crime ID once, and says so', async () => {
    const sheet = await readForm('street', [streetHeader, ...many, many[0] ?? ''])
    assert.deepEqual(told(sheet, 'street/robbery')[0], 'street/robbery 2025-01 whole = 120')
    assert.match([...sheet.notices].join(), /1 rows repeat the Crime ID/)
  })

  it('gives outcomes as shares of the crimes of their month, provisional', async () => {
    const sheet = await readForm('street', [
      streetHeader,
      streetRow('a', '2025-01', 'Rugby 001A', 'Robbery', 'Local resolution'),
      streetRow('b', '2025-01', 'Rugby 001A', 'Robbery', 'Status update unavailable'),
      streetRow('', '2025-01', 'Rugby 001A', 'Anti-social behaviour'),
    ])
    assert.deepEqual(told(sheet, 'street/outcomes'), [
      'street/outcomes 2025-01 Local resolution = 50',
      'street/outcomes 2025-01 Status update unavailable = 50',
      'street/outcomes 2025-01 whole = 50',
    ])
    const share = sheet.figures.find(each => each.measure === 'street/outcomes')
    assert.deepEqual([share?.numerator, share?.denominator, share?.status], [1, 2, 'provisional'])
    assert.equal(sheet.measures.get('street/outcomes')?.made.settling, 6)
    assert.equal(sheet.measures.get('street/anti-social-behaviour')?.made.seasonal, true)
    assert.equal(sheet.measures.get('street/robbery')?.made.seasonal, false)
  })

  it('says of another force, another month and another header what is there', async () => {
    const other = streetRow('a', '2025-13', 'Rugby 001A', 'Robbery')
    const sheet = await readForm('street', [streetHeader, other, other.replaceAll('Warwickshire', 'West Mercia')])
    assert.match(sheet.faults[0]?.message ?? '', /“2025-13” is not a month/)
    assert.match(sheet.faults[1]?.message ?? '', /falls within West Mercia, and the area’s own force is Warwickshire/)
    const wrong = await readForm('street', ['Month,Offence', '2025-01,Robbery'])
    assert.match(wrong.faults[0]?.message ?? '', /no column “Crime ID”.*The columns are “Month”, “Offence”/)
  })
})

describe('Forces by month', () => {
  it('makes other forces comparisons, and leaves a missing month missing', async () => {
    const sheet = await readForm('force-months', [
      'month,force,crime_type,count',
      '2025-01,warwickshire,Robbery,4',
      '2025-02,warwickshire,Robbery,5',
      '2025-01,devon-and-cornwall,Robbery,9',
    ])
    assert.deepEqual(told(sheet, 'street/robbery'), [
      'street/robbery 2025-01 whole = 4',
      'street/robbery 2025-02 whole = 5',
      'street/robbery 2025-01 Devon and Cornwall = 9',
    ])
    assert.equal(sheet.breakdowns.get('street/robbery\u0000Devon and Cornwall')?.dimension, 'Police area')
    assert.match([...sheet.notices].join(), /which stay missing: Devon and Cornwall 1 of 2/)
  })
  it('refuses a force that is not known, and a count that is none', async () => {
    const sheet = await readForm('force-months', ['month,force,crime_type,count', '2025-01,mercia-united,Robbery,-1'])
    assert.match(sheet.faults[0]?.message ?? '', /enter it under Places/)
    assert.match(sheet.faults[1]?.message ?? '', /“-1” is not a count/)
  })
})

describe('The rolling-year table', () => {
  const header = '12 months ending,PFA,Region,Offence,Rolling year total number of offences'
  const row = (end: string, force: string, offence: string, total: number) =>
    `${end},${force},Region,${offence},${String(total)}`

  it('reads the quarter that a year ends with, and a mistyped last day', async () => {
    const sheet = await readForm('recorded-crime', [
      header,
      row('30-12-2017', 'Warwickshire', 'Robbery', 41),
      row('31-03-2018', '"London, City of"', 'Robbery', -2),
      row('31-03-2018', 'Action Fraud', 'Action Fraud', 9),
    ])
    assert.deepEqual(told(sheet, 'crime-12-months/robbery'), [
      'crime-12-months/robbery 2017/18 Q3 whole = 41',
      'crime-12-months/robbery 2017/18 Q4 City of London = -2',
    ])
    assert.match([...sheet.notices].join(), /“30-12-2017” is read as 31 December 2017/)
    assert.equal(sheet.measures.get('crime-12-months/robbery')?.made.kind, 'rolling')
    const wrong = await readForm('recorded-crime', [header, row('15-02-2018', 'Warwickshire', 'Robbery', 1)])
    assert.match(wrong.faults[0]?.message ?? '', /not the last day of a quarter/)
  })

  it('leaves noughts of a class out that was not in use, and works its first quarters out', async () => {
    const ends = ['31-12-2016', '31-03-2017', '30-06-2017', '30-09-2017', '31-12-2017', '31-03-2018', '30-06-2018']
    const totals = [0, 0, 10, 22, 36, 52, 57]
    const rows = ends.map((end, i) => row(end, 'Warwickshire', 'Residential burglary', totals[i] ?? 0))
    const sheet = await readForm('recorded-crime', [header, ...rows])
    assert.equal(told(sheet, 'crime-12-months/residential-burglary').length, 5)
    assert.deepEqual(
      told(sheet, 'crime-quarter/residential-burglary').map(text => text.split(' whole ')[1]),
      ['= 10', '= 12', '= 14', '= 16', '= 15'],
    )
    assert.match(sheet.measures.get('crime-12-months/residential-burglary')?.breaks[0]?.reason ?? '', /April 2017/)
    assert.deepEqual(told(sheet, 'crime-quarter/robbery'), [])
  })

  it('works no quarter out of anchors that do not come to the total', async () => {
    const rows = ['31-12-2017', '31-03-2018'].map((end, i) => row(end, 'Warwickshire', 'Robbery', 40 + i))
    const anchors = (last: number) =>
      new Map([
        ['2017-04-01', 10],
        ['2017-07-01', 10],
        ['2017-10-01', 10],
        ['2018-01-01', last],
      ])
    const none = await readForm('recorded-crime', [header, ...rows], { anchors: anchors(10) })
    assert.match([...none.notices].join(), /come to 40 and the file’s total is 41/)
    const fits = await readForm('recorded-crime', [header, ...rows], { anchors: anchors(11) })
    assert.deepEqual(told(fits, 'crime-quarter/total'), [
      'crime-quarter/total 2017/18 Q3 whole = 10',
      'crime-quarter/total 2017/18 Q4 whole = 11',
    ])
  })
})

describe('Officers', () => {
  it('takes the smaller West Midlands for the force, and no region or sum', async () => {
    const sheet = await readForm(
      'workforce',
      [
        'Force/Region,September 2014,March 2015',
        'North East,6092.46,6008.42',
        'West Midlands,11541.6,11688.5',
        'Warwickshire,787.57,827.83',
        'West Midlands,7154.8699999999995,7132.75',
        'Devon & Cornwall,3073.72,3068.27',
        'Total 43 forces,127077,126818',
      ],
      { fileName: 'officer-fte.csv' },
    )
    const key = 'workforce/officers-full-time-equivalent'
    assert.deepEqual(told(sheet), [
      `${key} 2014/15 Q2 whole = 787.57`,
      `${key} 2014/15 Q4 whole = 827.83`,
      `${key} 2014/15 Q2 West Midlands = 7154.87`,
      `${key} 2014/15 Q4 West Midlands = 7132.75`,
      `${key} 2014/15 Q2 Devon and Cornwall = 3073.72`,
      `${key} 2014/15 Q4 Devon and Cornwall = 3068.27`,
    ])
    assert.equal(sheet.figures[0]?.asAt, '2015-03-31')
    assert.equal(sheet.measures.get(key)?.made.basis, 'full-time-equivalent')
  })
  it('keeps headcount apart, and reads a row for each year', async () => {
    const heads = await readForm('workforce', ['Force/Region,March 2019,increase', 'Warwickshire,1000,5'], {
      fileName: 'officer-headcount-2019.csv',
    })
    assert.deepEqual(told(heads), ['workforce/officers-headcount 2018/19 Q4 whole = 1000'])
    const rows = ['Police force,FTE Count,Year', 'West Midlands,11688.5,2015', 'West Midlands,7132.7,2015']
    const years = await readForm('workforce', rows, { fileName: 'fte-by-year.csv' })
    assert.deepEqual(told(years), ['workforce/officers-full-time-equivalent 2014/15 Q4 West Midlands = 7132.7'])
  })
})

describe('Use of force', () => {
  it('takes the year from the name or from whoever loads, and asks for it otherwise', async () => {
    const rows = ['Region,Police Force,Total', 'West Midlands,Total West Midlands ,9', 'West Midlands,Warwickshire,7.0']
    const named = await readForm('use-of-force', rows, { fileName: 'incidents-april2017-march2018.csv' })
    assert.deepEqual(told(named), ['force/incidents 2017/18 whole = 7'])
    assert.deepEqual(told(await readForm('use-of-force', rows, { year: '2018/19' })), [
      'force/incidents 2018/19 whole = 7',
    ])
    assert.match((await readForm('use-of-force', rows)).faults[0]?.message ?? '', /does not say its year/)
    assert.deepEqual(['a-2018-19.csv', 'a-2018-2019.csv', 'a-2018-20.csv'].map(yearIn), ['2018/19', '2018/19', null])
  })
  it('splits the own force by ethnic group and tactic, an empty cell staying missing', async () => {
    const sheet = await readForm(
      'use-of-force',
      [
        'Police Force,Type of force,Tactic,White,Other,Number of times tactic reported',
        'Warwickshire,Total,*Total Tactics,5,,9',
        'Warwickshire,Other,*Total Other,1,1,2',
        'Warwickshire,Other,Dog bite,1,0,1',
        'Kent,Total,*Total Tactics,1,1,2',
      ],
      { year: '2018/19' },
    )
    assert.deepEqual(told(sheet), [
      'force/tactics 2018/19 whole = 9',
      'force/tactics 2018/19 White = 5',
      'force/tactics 2018/19 Other ethnic group = “”',
      'force/tactics 2018/19 Other tactics = 2',
      'force/tactics 2018/19 Kent = 2',
    ])
    assert.equal(sheet.measures.get('force/tactics')?.made.disclosure, 5)
  })
})

describe('Official tables', () => {
  const above = (title: string) => [`"${title}"`, 'This worksheet contains one table.', 'Source: Home Office']

  it('keeps the marks, takes footnotes off, and names the population a rate is for', async () => {
    const sheet = await readForm('official-tables', [
      ...above(
        'Table P3:  Police recorded crime, rate of offences per 1,000 population, year ending December 2024 [note 1]',
      ),
      'Area Code,Area Name,Population figures  (mid-2023) rounded to 100 [note 5],"Total recorded crime (excluding fraud)  [note 2]",Homicide',
      'E12000005,West Midlands ,6100000,80,0.01',
      'E23000017,Warwickshire [note 4],600000,66.5,8.333E-3',
      'E23000034,"London, City of",13500,[u1],[u1]',
    ])
    assert.deepEqual(sheet.faults, [])
    assert.deepEqual(told(sheet), [
      'population/people 2023/24 whole = 600000',
      'crime-rate/total 2024/25 Q3 whole = 66.5',
      'crime-rate/homicide 2024/25 Q3 whole = 0.008333',
      'population/people 2023/24 City of London = 13500',
      'crime-rate/total 2024/25 Q3 City of London = “[u1]”',
      'crime-rate/homicide 2024/25 Q3 City of London = “[u1]”',
    ])
    assert.equal(sheet.figures[1]?.denominator, 600000)
    assert.match(sheet.measures.get('crime-rate/total')?.made.denominator ?? '', /mid-2023/)
  })
  it('reads the own partnerships, those unassigned and negative counts too', async () => {
    const columns =
      'Police Force Area code,Police Force Area name,Community Safety Partnership code,Community Safety Partnership name,Local Authority code,Local Authority name'
    const sheet = await readForm('official-tables', [
      ...above('Table C5: Number of offences, year ending December 2023'),
      `${columns},"Total recorded crime  (excluding fraud)",Robbery`,
      'E23000017,Warwickshire,,,,,40,3',
      'E23000017,Warwickshire,E22000321,Rugby,E07000220,Rugby,30,-1',
      'E23000017,Warwickshire,,Unassigned Warwickshire,,,10,[x]',
      'E23000036,Avon and Somerset,E22000003,North Somerset,E06000024,North Somerset,9,9',
    ])
    assert.deepEqual(told(sheet), [
      'crime-12-months/total 2023/24 Q3 Rugby = 30',
      'crime-12-months/robbery 2023/24 Q3 Rugby = -1',
      'crime-12-months/total 2023/24 Q3 Unassigned = 10',
      'crime-12-months/robbery 2023/24 Q3 Unassigned = “[x]”',
    ])
  })
  it('says that a heading or a table is not known', async () => {
    const changed = await readForm('official-tables', [
      ...above('Table P1: offences, year ending March 2025'),
      'Area Code,Area Name,Witchcraft',
      'E23000017,Warwickshire,1',
    ])
    assert.match(changed.faults[0]?.message ?? '', /“Witchcraft” is not an offence group/)
    const none = await readForm('official-tables', ['Notes', 'x'])
    assert.match(none.faults[0]?.message ?? '', /None of the tables P1, P2/)
  })
})

describe('The census table', () => {
  it('gives the own force by ethnic group', async () => {
    const group = (name: string) => `Ethnic Group: ${name}; measures: Value`
    const sheet = await readForm('population', [
      ['PFA16NM', group('All categories: Ethnic group'), group('White'), group('White: Irish'), group('Other')].join(),
      'Warwickshire,100,90,2,10',
      'Avon & Somerset,300,200,3,100',
    ])
    assert.deepEqual(told(sheet), [
      'population/people 2010/11 whole = 100',
      'population/people 2010/11 White = 90',
      'population/people 2010/11 Other ethnic group = 10',
      'population/people 2010/11 Avon and Somerset = 300',
    ])
  })
})
