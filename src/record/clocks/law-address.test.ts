import assert from 'node:assert/strict'
import test from 'node:test'
import { lawLinks } from './law-address.ts'
import { loadRules } from './load-data.ts'

const law = 'https://www.legislation.gov.uk'
const table: readonly [source: string, addresses: readonly (string | null)[]][] = [
  ['Police Reform and Social Responsibility Act 2011 s.5(1)-(2)', ['/ukpga/2011/13/section/5']],
  ['Police Reform and Social Responsibility Act 2011 Sch 1 paras 9-12', ['/ukpga/2011/13/schedule/1/paragraph/9']],
  ['Police Reform and Social Responsibility Act 2011 Sch 5', ['/ukpga/2011/13/schedule/5']],
  ['Local Government Act 1972 s.100A(6) and s.100B(3)-(4)', ['/ukpga/1972/70/section/100A']],
  ['Data Protection Act 2018 s.164A, added by the Data (Use and Access) Act 2025', ['/ukpga/2018/12/section/164A']],
  ['UK GDPR art 12(3)', ['/eur/2016/679/article/12']],
  [
    'Localism Act 2011 s.30; SI 2012/1464; SI 2012/2734 para 33',
    ['/ukpga/2011/20/section/30', '/uksi/2012/1464', '/uksi/2012/2734'],
  ],
  ['Specified Information Order 2011 (SI 2011/3050) Schedule, item 1(a), paragraph 9', ['/uksi/2011/3050/schedule']],
  [
    'Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (SI 2018/952) reg 8',
    ['/uksi/2018/952/regulation/8'],
  ],
  [
    'Police and Crime Panels (Precepts and Chief Constable Appointments) Regulations 2012 (SI 2012/2271) regs 9-12',
    ['/uksi/2012/2271/regulation/9'],
  ],
  ['Engagement strategy read in the panel papers of September 2014', [null]],
  ['Code of Practice under Freedom of Information Act 2000 s.45', [null]],
  ['A clock of the software itself; each body sets its length', [null, null]],
  ['Police Act 1964 s.1', [null]],
]

for (const [source, addresses] of table) {
  test(`${source} leads to ${addresses.join(', ')}`, () => {
    const expected = addresses.map(address => (address === null ? null : law + address))
    assert.deepEqual(
      lawLinks(source).map(each => each.href),
      expected,
    )
    assert.equal(
      lawLinks(source)
        .map(each => each.text)
        .join('; '),
      source,
    )
  })
}

test('every rule that is law, and was read in the law, leads to it', () => {
  const read = [...loadRules().values()].filter(rule => rule.status === 'verified')
  const without = read.filter(rule => lawLinks(rule.source).every(part => part.href === null))
  assert.deepEqual(
    without.map(rule => `${rule.id}: ${rule.source}`),
    [],
  )
  assert.ok(read.length > 80)
})
