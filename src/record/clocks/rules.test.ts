import assert from 'node:assert/strict'
import test from 'node:test'
import { editDistance, findRule, nearestIdentifier } from './find-rule.ts'
import { loadOwners, loadRules } from './load-data.ts'

const rules = loadRules()

const expected = `
  SIO-1A SIO-1B SIO-1C SIO-1D SIO-1E SIO-1F SIO-2A SIO-2B SIO-2C SIO-2D SIO-2E SIO-3A SIO-3B SIO-3C SIO-3D SIO-3E SIO-3F
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
