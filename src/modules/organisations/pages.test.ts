import { inTransaction } from '../../platform/database/transaction.ts'
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addSeat } from '../../platform/access/seats.ts'
import { addUser } from '../../platform/access/users.ts'
import type { Viewer } from '../../platform/access/viewer.ts'
import type { Answer, PublicContext, WorkspaceContext } from '../../platform/web/route.ts'
import type { SiteModel } from '../../platform/web/templates.ts'
import { createTemplates } from '../../platform/web/templates.ts'
import { declareKinds } from '../../record/kinds.ts'
import { publicRecord } from '../../record/public-pages.ts'
import { publishRecord } from '../../record/publish.ts'
import { testNow, testSite, testWorld } from '../../record/testing.ts'
import type { TestWorld } from '../../record/testing.ts'
import { bodyKind } from './bodies/kind.ts'
import { organisations, serveArea } from './index.ts'
import { officeHolderKind } from './people/kind.ts'
import { selectOfficeHolder } from './people/queries.ts'

declareKinds([organisations])

const site = testSite('workspace')
const top = '/workspace/organisations'
const days = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-')
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
}
const hall = { name: 'Jane "JJ" <b>Hall</b> مرحبا', named: 'yes', printed: 'J. Hall\nJane Hal', about: '' }

describe('The pages of bodies and people', () => {
  let world: TestWorld
  let clerk: Viewer
  const templates = createTemplates()
  before(async () => {
    world = await testWorld()
    clerk = world.viewer(world.panel, 'panel-clerk')
    await world.as(clerk, async trx => {
      for (const each of [world.office, world.panel]) await serveArea(trx, each.id, 1)
    })
  })
  after(() => world.close())

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields'>>
  function visit(method: 'GET' | 'POST', path: string, more: More = {}, viewer = clerk): Promise<Answer> {
    const route = organisations.workspace.find(each => each.method === method && each.path === `/organisations${path}`)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer, side: SiteModel['side'] = 'workspace'): string {
    assert.equal(answer.type, 'page')
    const csrfToken = side === 'public' ? null : 'token'
    return answer.type === 'page' ? templates.render(answer.view, answer.model, { ...site, side, csrfToken }) : ''
  }
  function refused(answer: Answer, status = 422): string {
    assert.equal(answer.type === 'page' && answer.status, status)
    return html(answer)
  }
  function target(answer: Answer): string {
    assert.equal(answer.type, 'redirect', answer.type === 'page' ? html(answer) : '')
    return answer.type === 'redirect' ? answer.to : ''
  }
  const idOf = (address: string) => address.split('/').at(-1) ?? ''
  const publicContext = (more: Partial<PublicContext> = {}): PublicContext => ({
    db: world.database.public,
    area: { id: 1, slug: 'testshire', name: 'Testshire', banner: null, historical: false, asAt: null },
    now: testNow,
    today: site.today,
    asOf: testNow,
    params: {},
    query: {},
    baseUrl: 'http://localhost',
    ...more,
  })
  async function publicPage(path: string): Promise<string> {
    const route = organisations.public.find(each => each.path === path)
    assert.ok(route, path)
    return html(await route.handler(publicContext()), 'public')
  }
  let person = ''
  let body = ''

  it('empty registers say how people and bodies get there', async () => {
    assert.match(html(await visit('GET', '')), /Add a person first/)
    assert.match(html(await visit('GET', '/people')), /Add the people who hold posts/)
    assert.match(html(await visit('GET', '/bodies')), /Add the panels, boards, committees/)
    assert.match(await publicPage('/bodies'), /No bodies are listed yet[\s\S]*href="\/testshire\/people"/)
  })

  it('a person is added, whatever the name; what is missing is said by the field', async () => {
    assert.match(html(await visit('GET', '/people/new')), /May the public read the name\?/)
    const faulty = refused(await visit('POST', '/people/new', { fields: { ...hall, name: ' ', named: '' } }))
    assert.match(faulty, /There is a problem[\s\S]*Enter the name[\s\S]*Choose whether the public may read the name/)
    assert.match(faulty, /J\. Hall/)
    person = idOf(target(await visit('POST', '/people/new', { fields: hall })))
    const page = html(await visit('GET', '/people/:id', { params: { id: person } }))
    assert.match(page, /Jane &quot;JJ&quot; &lt;b&gt;Hall&lt;\/b&gt; مرحبا/)
    assert.match(page, /J\. Hall, Jane Hal/)
    assert.match(page, /No post is recorded yet/)
  })

  it('somebody of the same public name is asked about, and the same person is not made twice', async () => {
    const asked = refused(await visit('POST', '/people/new', { fields: hall }))
    assert.match(asked, /Is this somebody already known\?/)
    const same = /name="same" type="radio" value="([0-9a-f-]{36})"/.exec(asked)?.[1] ?? ''
    assert.equal(idOf(target(await visit('POST', '/people/new', { fields: { ...hall, same } }))), person)
    const other = idOf(target(await visit('POST', '/people/new', { fields: { ...hall, same: 'another' } })))
    assert.notEqual(other, person)
    const office = world.viewer(world.office, 'administrator')
    const shared = idOf(target(await visit('POST', '/people/new', { fields: { ...hall, same } }, office)))
    assert.notEqual(shared, person)
  })

  it('a person is tied to the user who signs in as them, out of the users of the organisation', async () => {
    const params = { id: person }
    const place = { organisationId: world.panel.id, areaId: 1, role: 'panel-member' as const }
    const from = Temporal.PlainDate.from('2026-01-01')
    const [userId, stranger] = await inTransaction(world.database.program, null, async trx => {
      const one = { name: 'Jane Hall', email: 'jane@example.org', passwordHash: 'x' }
      const other = { name: 'Somebody Else', email: 'else@example.org', passwordHash: 'x' }
      const ids = [await addUser(trx, one, testNow), await addUser(trx, other, testNow)] as const
      await addSeat(trx, { ...place, userId: ids[0], from, until: null })
      return ids
    })
    const asked = html(await visit('GET', '/people/:id/sign-in', { params }))
    assert.match(asked, /jane@example\.org/)
    assert.doesNotMatch(asked, /else@example\.org/)
    refused(await visit('POST', '/people/:id/sign-in', { params, fields: { user: stranger } }))
    target(await visit('POST', '/people/:id/sign-in', { params, fields: { user: userId } }))
    assert.match(html(await visit('GET', '/people/:id/sign-in', { params })), new RegExp(`value="${userId}" selected`))
    const office = world.viewer(world.office, 'administrator')
    assert.equal((await visit('GET', '/people/:id/sign-in', { params }, office)).type, 'not-found')
  })

  it('a post is added and ended, and what makes no sense is refused with everything kept', async () => {
    const params = { id: person }
    assert.match(html(await visit('GET', '/people/:id/posts/new', { params })), /Panel chair/)
    const post = { role: 'panel-chair', title: 'Chair of the Panel', source: 'Minutes of 2 May 2024' }
    const untimed = refused(await visit('POST', '/people/:id/posts/new', { params, fields: post }))
    assert.match(untimed, /Give the day the post began[\s\S]*Chair of the Panel/)
    const wrong = { ...post, role: 'commissioner', ...days('started', '2024-02-30') }
    const faulty = refused(await visit('POST', '/people/:id/posts/new', { params, fields: wrong }))
    assert.match(faulty, /Choose the role[\s\S]*There is no 30 February 2024/)
    target(
      await visit('POST', '/people/:id/posts/new', { params, fields: { ...post, ...days('started', '2024-05-02') } }),
    )
    const page = html(await visit('GET', '/people/:id', { params }))
    assert.match(page, /In post[\s\S]*Since 2 May 2024[\s\S]*Minutes of 2 May 2024/)
    assert.match(html(await visit('GET', '')), /Posts today[\s\S]*Chair of the Panel[\s\S]*End this post/)
    const id = /appointments\/([0-9a-f-]{36})\/end/.exec(page)?.[1] ?? ''
    assert.match(html(await visit('GET', '/appointments/:id/end', { params: { id } })), /Who takes it over\?/)
    const early = { params: { id }, fields: days('ended', '2024-05-01') }
    assert.match(refused(await visit('POST', '/appointments/:id/end', early)), /The end must not be before the start/)
    const office = world.viewer(world.office, 'administrator')
    assert.equal((await visit('GET', '/appointments/:id/end', { params: { id } }, office)).type, 'not-found')
    target(await visit('POST', '/appointments/:id/end', { params: { id }, fields: days('ended', '2026-03-10') }))
    assert.match(
      html(await visit('GET', '/people/:id', { params })),
      /No longer in post[\s\S]*2 May 2024 to 10 March 2026/,
    )
  })

  const panel = { name: 'The Panel', form: 'panel', state: 'standing', quorum: '', ask: 'Write by noon.' }
  it('a body is added; a quorum left out is not known', async () => {
    assert.match(html(await visit('GET', '/bodies/new')), /Office of the Commissioner for Testshire/)
    const faulty = refused(await visit('POST', '/bodies/new', { fields: { ...panel, name: '', quorum: 'five' } }))
    assert.match(faulty, /Enter the name of the body[\s\S]*The quorum must be a whole number/)
    const fields = { ...panel, sides: [world.office.id] }
    body = idOf(target(await visit('POST', '/bodies/new', { fields })))
    const page = html(await visit('GET', '/bodies/:id', { params: { id: body } }))
    assert.match(page, /Quorum[\s\S]*Not known[\s\S]*No members are recorded yet[\s\S]*Write by noon\./)
    assert.match(page, /Also attending[\s\S]*Office of the Commissioner for Testshire/)
    assert.match(html(await visit('GET', '/bodies')), /The Panel[\s\S]*not known/)
  })

  it('a member is added and leaves', async () => {
    const params = { id: body }
    const key = { areaId: 1, id: person }
    const member = (await world.as(clerk, trx => selectOfficeHolder(trx, key)))?.person_id ?? ''
    const page = html(await visit('GET', '/bodies/:id/members/new', { params }))
    assert.ok(page.includes(`<option value="${member}">`))
    const seat = {
      person: member,
      capacity: 'member',
      authority: 'Testshire Council',
      ...days('started', '2024-05-02'),
    }
    const stranger = { ...seat, person: '019363d2-0000-7000-8000-000000000000' }
    assert.match(refused(await visit('POST', '/bodies/:id/members/new', { params, fields: stranger })), /from the list/)
    const nobody = { ...seat, person: '' }
    assert.match(refused(await visit('POST', '/bodies/:id/members/new', { params, fields: nobody })), /or the role/)
    target(await visit('POST', '/bodies/:id/members/new', { params, fields: seat }))
    const shown = html(await visit('GET', '/bodies/:id', { params }))
    assert.match(shown, /Members today[\s\S]*Testshire Council[\s\S]*Since 2 May 2024/)
    const id = /memberships\/([0-9a-f-]{36})\/end/.exec(shown)?.[1] ?? ''
    assert.match(html(await visit('GET', '/memberships/:id/end', { params: { id } })), /the last day as a member/)
    target(await visit('POST', '/memberships/:id/end', { params: { id }, fields: days('ended', '2026-03-01') }))
    assert.match(html(await visit('GET', '/bodies/:id', { params })), /Earlier and later members/)
  })

  it('a form that somebody else overtook shows both, and loses nothing', async () => {
    const params = { id: body }
    const page = html(await visit('GET', '/bodies/:id/change', { params }))
    const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
    const theirs = { ...panel, version, quorum: '5', sides: [world.office.id] }
    target(await visit('POST', '/bodies/:id/change', { params, fields: theirs }))
    const mine = { ...panel, version, quorum: '7', ask: 'Ask at the meeting.' }
    const stale = refused(await visit('POST', '/bodies/:id/change', { params, fields: mine }), 409)
    assert.match(stale, /panel-clerk of Testshire Police and Crime Panel changed this on 11 March 2026/)
    assert.match(stale, /Write by noon\.[\s\S]*Ask at the meeting\./)
    assert.match(stale, /name="form" value="panel"/)
    const again = /name="version" value="(\d+)"/.exec(stale)?.[1] ?? ''
    target(await visit('POST', '/bodies/:id/change', { params, fields: { ...mine, version: again } }))
    assert.match(html(await visit('GET', '/bodies/:id', { params })), /Ask at the meeting\./)
    const people = { id: person }
    const old = { ...hall, version: '1', about: 'Mine' }
    assert.match(refused(await visit('POST', '/people/:id/change', { params: people, fields: old }), 409), /Mine/)
  })

  it('what is not there, or not one’s own, is not found', async () => {
    const office = world.viewer(world.office, 'administrator')
    for (const id of ['no-such-thing', '019363d2-0000-7000-8000-000000000000']) {
      for (const path of ['/bodies/:id', '/people/:id', '/appointments/:id/end', '/memberships/:id/end']) {
        assert.equal((await visit('GET', path, { params: { id } })).type, 'not-found', path)
      }
    }
    assert.equal((await visit('GET', '/bodies/:id', { params: { id: body } }, office)).type, 'not-found')
    assert.equal((await visit('GET', '/people/:id', { params: { id: person } }, office)).type, 'not-found')
    assert.equal((await visit('GET', '/people/:id', { params: { id: body } })).type, 'not-found')
  })

  it('the public reads who sits on which day, and a body links to the people who have a page', async () => {
    await world.as(clerk, async (trx, act) => {
      await publishRecord(trx, act, { areaId: 1, id: body })
      await publishRecord(trx, act, { areaId: 1, id: person })
    })
    const params = { slug: 'the-panel' }
    const now = html(await publicRecord(publicContext({ params }), bodyKind), 'public')
    assert.match(now, /Quorum[\s\S]*7/)
    assert.match(now, /Earlier members[\s\S]*2 May 2024 to 1 March 2026/)
    assert.doesNotMatch(now, /Members on/)
    assert.match(now, /href="\/testshire\/people\/jane-jj-b-hall-b"/)
    const register = await publicPage('/people')
    assert.match(register, /href="\/testshire\/people\/jane-jj-b-hall-b"/)
    const own = publicContext({ params: { slug: 'jane-jj-b-hall-b' } })
    assert.match(html(await publicRecord(own, officeHolderKind), 'public'), /Posts[\s\S]*Chair of the Panel/)
  })

  it('every page that changes something asks for the permission to edit', () => {
    for (const route of organisations.workspace) {
      if (route.path.endsWith('/sign-in')) {
        assert.equal(route.permission, 'organisations.manage-users', route.path)
        continue
      }
      const changes = route.method === 'POST' || /\/(new|change|end|registered|disclosure)$/.test(route.path)
      assert.equal(route.permission, changes ? 'organisations.edit' : 'organisations.read', `${top}${route.path}`)
    }
  })
})
