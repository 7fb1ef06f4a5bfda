import assert from 'node:assert/strict'
import test from 'node:test'
import { editDistance, findRule, nearestIdentifier } from './find-rule.ts'
import { loadOwners, loadRuleGroups, loadRules } from './load-data.ts'
import type { ClockRule } from './rule.ts'

const rules = loadRules()

const expected = `
  SIO-2A-STAFF SIO-1A SIO-1B SIO-1C SIO-1D SIO-1E SIO-1F SIO-2A SIO-2B SIO-2C SIO-2D SIO-2E SIO-3A SIO-3B SIO-3C SIO-3D SIO-3E SIO-3F
  SIO-3G SIO-3H SIO-4A SIO-4B SIO-4C SIO-4D SIO-5A SIO-5B SIO-5C SIO-5D SIO-6A SIO-6B SIO-6C SIO-6D SIO-7 SIO-7A SIO-7B
  SIO-7CA SIO-7CB SIO-8
  PLAN-ISSUE PLAN-DRAFT PLAN-SEND PLAN-REVIEW PLAN-PERIOD VIEWS AR-SEND AR-MEETING AR-REPLY PCP-INFO PCP-ATTEND
  PCP-PUBLISH HTA PCC-SUSPEND R3 R4 R5 R6 R7 R8 VETO HEAR-STAFF HEAR-CC HEAR-RESERVE HEAR-DECIDE CC-SUSPEND CC-REMOVE
  PCC-COMP-RECORD PCC-COMP-REFER PCC-COMP-IR PCC-COMP-PUB PCC-COMP-OUT PCC-COMP-WD PCC-COMP-ADDR REVIEW-APPLY
  REVIEW-MISSENT REVIEW-DECIDE HMICFRS-56 FOI-20 FOI-CLAR FOI-FEE FOI-PIT FOI-IR EIR-20 EIR-40 EIR-IR SAR-1M SAR-EXT
  SAR-PAUSE DPC-30 BREACH-72H CORR-ACK CORR-RESP AGENDA-E AGENDA-W NOTE-W LATE-PAPER MINUTES-6Y BGPAPERS QUESTION-TIME
  CONSULT DPI-REG DPI-MEET DPI-BAR NPI SENSITIVE W-CODE PCC-INT DECISION CC-CONTRACT FMCP SPEND500 CONTRACT10K
  STANDSTILL CDN ACCOUNTS DRAFT-ACC QUARTERLY VC-56 A11Y-NOTICE
  QUESTION-CC QUESTION-PCC ACTION REC-REPLY MINUTES-PUB CLASS-REVIEW`
  .trim()
  .split(/\s+/)

test('every rule of the law and of the chain is there', () => {
  assert.deepEqual(
    expected.filter(id => !rules.has(id)),
    [],
  )
})

const idsOf = (text: string) => text.trim().split(/\s+/).toSorted()
const idsWhere = (which: (rule: ClockRule) => boolean) => {
  const found = [...rules.values()].filter(rule => which(rule) && expected.includes(rule.id))
  return found.map(rule => rule.id).toSorted()
}

test('what was read in a secondary page, is from memory, or is no law at all, says so', () => {
  const secondary = 'EIR-40 SAR-EXT SAR-PAUSE LATE-PAPER MINUTES-6Y SENSITIVE FMCP'
  const background = 'R8 REVIEW-DECIDE FOI-CLAR FOI-PIT EIR-IR BREACH-72H BGPAPERS W-CODE CDN DRAFT-ACC VC-56'
  const local = `PCC-COMP-RECORD FOI-IR CORR-ACK CORR-RESP QUESTION-TIME CONSULT NPI QUARTERLY
    QUESTION-CC QUESTION-PCC ACTION REC-REPLY MINUTES-PUB CLASS-REVIEW`
  assert.deepEqual(
    idsWhere(rule => rule.status === 'secondary'),
    idsOf(secondary),
  )
  assert.deepEqual(
    idsWhere(rule => rule.status === 'background'),
    idsOf(background),
  )
  assert.deepEqual(
    idsWhere(rule => rule.status === 'local'),
    idsOf(local),
  )
})

test('law begins on the days that are known, and where none is known it is said', () => {
  const begins: Readonly<Record<string, string>> = {
    'SIO-3H': '2013-08-12',
    ...{ 'SIO-7A': '2021-05-31', 'SIO-7B': '2021-05-31', 'SIO-7CA': '2021-05-31', 'SIO-7CB': '2021-05-31' },
    ...{ 'REVIEW-APPLY': '2020-02-01', 'REVIEW-MISSENT': '2020-02-01', 'REVIEW-DECIDE': '2020-02-01' },
    ...{ 'HMICFRS-56': '2017-04-01', 'SAR-PAUSE': '2026-02-05', 'DPC-30': '2026-06-19' },
    ...{ STANDSTILL: '2025-02-24', CDN: '2025-02-24' },
  }
  for (const [id, from] of Object.entries(begins)) assert.equal(rules.get(id)?.inForce.from, from, id)
  const first = [...rules.values()].filter(rule => rule.inForce.from !== null && !(rule.id in begins))
  const others = first.filter(rule => rule.inForce.from !== '2012-11-22' && expected.includes(rule.id))
  assert.deepEqual(
    others.map(rule => rule.id),
    [],
  )
  assert.equal(rules.get('VC-56')?.inForce.commencement, 'not-commenced')
  for (const id of ['HMICFRS-56', 'STANDSTILL', 'CDN']) {
    assert.equal(rules.get(id)?.inForce.commencement, 'background', id)
  }
})

test('only information requests leave out the bank holidays of every part of the kingdom', () => {
  const kingdom = 'FOI-20 FOI-CLAR FOI-FEE FOI-PIT FOI-IR EIR-20 EIR-40 EIR-IR'
  assert.deepEqual(
    idsWhere(rule => rule.calendar === 'UK-any'),
    idsOf(kingdom),
  )
})

test('England and Wales are told apart where their law differs', () => {
  const of = (jurisdiction: 'england' | 'wales') => idsWhere(rule => rule.jurisdiction === jurisdiction)
  assert.deepEqual(of('england'), idsOf('AGENDA-E DPI-REG DPI-MEET DPI-BAR ACCOUNTS DRAFT-ACC'))
  assert.deepEqual(of('wales'), idsOf('AGENDA-W NOTE-W W-CODE'))
})

test('what stays inside an organisation is marked so', () => {
  assert.deepEqual(
    idsWhere(rule => rule.inside === true),
    idsOf('CLASS-REVIEW DPI-REG DPI-MEET W-CODE'),
  )
})

test('every rule is listed under one subject', () => {
  const listed = loadRuleGroups().flatMap(group => group.rules.map(rule => rule.id))
  assert.deepEqual(listed.toSorted(), [...rules.keys()].toSorted())
})

test('every owner has a name, and a local convention is never said to be lawful', () => {
  const owners = loadOwners()
  for (const rule of rules.values()) {
    assert.ok(owners[rule.owner], `${rule.id}: ${rule.owner}`)
    if (rule.status === 'local') assert.equal(rule.lawful, false, rule.id)
    if (rule.freshness !== undefined) assert.match(rule.id, /^SIO-/)
  }
})

test('a setting of a length that law fixes is not offered', () => {
  for (const rule of rules.values()) {
    const length = 'length' in rule.arithmetic ? rule.arithmetic.length : undefined
    if (rule.setting === undefined || length === undefined) continue
    assert.equal(rule.setting.default, length, rule.id)
    if (rule.lawful) assert.equal(length, null, `${rule.id} is lawful and has a default`)
  }
})

test('a rule misspelt is refused with the one that is meant', () => {
  assert.throws(() => findRule(rules, 'FOI-2O'), /There is no rule FOI-2O\. Did you mean FOI-20\?/)
  assert.throws(() => findRule(rules, 'SIO-3(g)'), /Did you mean SIO-3G\?/)
  assert.throws(() => findRule(rules, 'agneda-e'), /Did you mean AGENDA-E\?/)
  assert.throws(() => findRule(rules, 'HMICFRS56'), /Did you mean HMICFRS-56\?/)
})

test('letters changed, missing, added or swapped each count once', () => {
  assert.equal(editDistance('agenda', 'agneda'), 1)
  assert.equal(editDistance('veto', 'vet'), 1)
  assert.equal(editDistance('', 'abc'), 3)
  assert.equal(nearestIdentifier(['R3', 'VETO'], 'vtoe'), 'VETO')
})
