import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rolesOfKind } from '../../platform/access/viewer.ts'
import type { OrganisationKind, Role } from '../../platform/access/viewer.ts'
import { loadOwners } from '../clocks/index.ts'
import { clockRules } from '../clock-basis.ts'
import { defaultTarget, escalationOf } from './escalation.ts'
import { knownOwners, rolesOfOwner } from './owner-roles.ts'
import { recipientsOf } from './recipients.ts'
import type { Colleague, OwnedClock } from './recipients.ts'

const kinds = Object.keys(rolesOfKind) as OrganisationKind[]
const nobodys = ['complainant', 'system']

describe('the roles that see to what an owner owes', () => {
  it('are known for every owner that a rule names', () => {
    assert.deepEqual([...knownOwners].toSorted(), Object.keys(loadOwners()).toSorted())
    for (const { owner } of clockRules().values()) assert.ok(knownOwners.includes(owner), owner)
  })

  it('exist in the organisation, and are somebody unless it is nobody’s to do', () => {
    for (const owner of knownOwners) {
      for (const kind of kinds) {
        const roles = rolesOfOwner(owner, kind)
        assert.equal(roles.length === 0, nobodys.includes(owner), `${owner} in ${kind}`)
        for (const role of roles) assert.ok(rolesOfKind[kind].includes(role), `${owner} in ${kind}: ${role}`)
      }
    }
  })

  const cases: [owner: string, kind: OrganisationKind, roles: Role[]][] = [
    ['commissioner', 'office', ['commissioner']],
    ['named-chief-officer', 'force', ['chief-officer', 'liaison']],
    ['panel', 'panel', ['panel-clerk', 'panel-chair']],
    ['proper-officer', 'panel', ['panel-clerk']],
    ['proper-officer', 'office', ['board-clerk']],
    ['monitoring-officer', 'office', ['chief-executive']],
    ['lead', 'office', ['policy-lead']],
    ['report-author', 'force', ['liaison']],
    // Roles as clocks name them.
    ['chief-officer', 'force', ['chief-officer']],
    ['panel-chair', 'panel', ['panel-chair']],
    // A role that another organisation has, and a word nobody knows.
    ['chief-officer', 'office', ['chief-officer']],
    ['beadle', 'panel', ['panel-clerk']],
  ]
  for (const [owner, kind, roles] of cases) {
    it(`${owner} in a ${kind}: ${roles.join(', ')}`, () => assert.deepEqual(rolesOfOwner(owner, kind), roles))
  }
})

describe('whom an overdue deadline goes on to', () => {
  const cases: [owner: Role, kind: OrganisationKind, to: Role][] = [
    ['commissioner', 'office', 'chief-executive'],
    ['chief-executive', 'office', 'commissioner'],
    ['policy-lead', 'office', 'chief-executive'],
    ['board-clerk', 'office', 'chief-executive'],
    ['chief-officer', 'force', 'chief-constable'],
    ['liaison', 'force', 'chief-constable'],
    ['chief-constable', 'force', 'chief-officer'],
    ['panel-chair', 'panel', 'panel-clerk'],
    ['panel-member', 'panel', 'panel-clerk'],
    ['panel-clerk', 'panel', 'panel-chair'],
  ]
  for (const [owner, kind, to] of cases) {
    it(`${owner} of a ${kind}: ${to}`, () => assert.equal(defaultTarget(owner, kind), to))
  }

  it('is never the role itself, and always a role of the organisation', () => {
    for (const kind of kinds) {
      for (const role of rolesOfKind[kind]) {
        assert.notEqual(defaultTarget(role, kind), role, `${role} of ${kind}`)
        assert.ok(rolesOfKind[kind].includes(defaultTarget(role, kind)), `${role} of ${kind}`)
      }
    }
  })

  it('says that the address of the host council is awaited until the clerk gives one', () => {
    assert.equal(escalationOf('panel-clerk', 'panel', []).addressAwaited, true)
    const set = { by: 'The clerk', at: Temporal.Instant.from('2026-03-11T10:00:00Z') }
    const stored = [{ owner: 'panel-clerk', to: { address: 'officer@council.example' }, afterDays: 3, set }]
    const escalation = escalationOf('panel-clerk', 'panel', stored)
    assert.deepEqual(escalation, { ...stored[0], addressAwaited: false })
  })
})

describe('who is told of a clock', () => {
  const person = (userId: string, ...roles: Role[]): Colleague => ({ userId, personId: `person-${userId}`, roles })
  const colleagues = [
    person('chief', 'chief-executive'),
    person('imani', 'commissioner'),
    person('lead', 'policy-lead'),
    person('lead2', 'policy-lead'),
    person('admin', 'administrator'),
  ]
  const office = { kind: 'office' as const, colleagues, escalations: [] }
  const clock = (owner: string, role: string | null = null, personId: string | null = null): OwnedClock => ({
    rule: { owner },
    owner: { role, personId },
  })
  const owners = (each: OwnedClock, at = office) => [...recipientsOf(each, at).owners]

  it('is the person it names', () => {
    assert.deepEqual(owners(clock('lead', 'policy-lead', 'person-lead2')), ['lead2'])
  })

  it('is everybody with the role where it names nobody, or somebody without a seat', () => {
    assert.deepEqual(owners(clock('lead')), ['lead', 'lead2'])
    assert.deepEqual(owners(clock('lead', 'policy-lead', 'somebody-gone')), ['lead', 'lead2'])
    assert.deepEqual(owners(clock('chief-executive', 'commissioner')), ['imani'])
  })

  it('is whoever it would go on to where nobody holds the role, and otherwise the administrators', () => {
    const withoutLeads = { ...office, colleagues: colleagues.filter(({ roles }) => !roles.includes('policy-lead')) }
    assert.deepEqual(owners(clock('lead'), withoutLeads), ['chief'])
    assert.equal(recipientsOf(clock('lead'), withoutLeads).escalatedTo.size, 0, 'not told twice')
    const alone = { ...office, colleagues: colleagues.filter(({ userId }) => userId === 'admin') }
    assert.deepEqual(owners(clock('lead'), alone), ['admin'])
  })

  it('is the clerk, and no other member, for the duty of a member who does not sign in', () => {
    const members = [person('one', 'panel-member'), person('two', 'panel-member'), person('clerk', 'panel-clerk')]
    const panel = { kind: 'panel' as const, colleagues: members, escalations: [] }
    const told = (personId: string) => recipientsOf(clock('member', 'panel-member', personId), panel)
    assert.deepEqual([...told('person-one').owners], ['one'])
    assert.deepEqual([...told('person-one').escalatedTo], ['clerk'])
    assert.deepEqual([...told('somebody-gone').owners], ['clerk'])
    assert.deepEqual([...told('somebody-gone').escalatedTo], [])
  })

  it('is nobody where it is nobody’s to do', () => {
    assert.deepEqual(owners(clock('system')), [])
    assert.deepEqual([...recipientsOf(clock('complainant'), office).escalatedTo], [])
  })

  it('goes on to whoever is set, and not to an owner once more', () => {
    assert.deepEqual([...recipientsOf(clock('lead'), office).escalatedTo], ['chief'])
    const set = { by: 'x', at: Temporal.Instant.from('2026-03-11T10:00:00Z') }
    const escalations = [{ owner: 'policy-lead', to: { role: 'commissioner' as const }, afterDays: 5, set }]
    const found = recipientsOf(clock('lead'), { ...office, escalations })
    assert.deepEqual([...found.escalatedTo], ['imani'])
    assert.equal(found.escalation?.afterDays, 5)
    const both = [person('one', 'commissioner', 'chief-executive')]
    assert.equal(recipientsOf(clock('commissioner'), { ...office, colleagues: both }).escalatedTo.size, 0)
  })
})
