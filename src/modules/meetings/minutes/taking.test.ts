import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { RecordHead } from '../../../record/record.ts'
import { circulateMinutes, setNextMeeting, writeMinute } from '../index.ts'
import { outcomesOf } from '../outcomes/queries.ts'
import { heldMeeting, makeCast, visit } from '../testing.ts'
import type { BoardMeeting, Cast } from '../testing.ts'
import { textsOf } from './queries.ts'

const awkward = `O'Neill "Jo" <script>alert(1)</script> & سارة 👮`

describe('taking minutes', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  const take = (minutes: RecordHead) => `/workspace/meetings/minutes/${minutes.id}/take`
  const save = (held: BoardMeeting & { minutes: RecordHead }, fields: Record<string, string>) =>
    visit(cast, cast.clerk, 'POST', `/workspace/meetings/minutes/${held.minutes.id}/items/${held.open}`, {
      version: '0',
      ...fields,
    })

  it('saves each item by itself, with what it raises', async () => {
    const held = await heldMeeting(cast)
    const empty = await visit(cast, cast.clerk, 'GET', take(held.minutes))
    assert.equal(empty.status, 200)
    const saved = await save(held, {
      'item-2-text': 'Counted.\r\nTwice.',
      'item-2-form': 'undertaking',
      'item-2-what': 'Send the count.',
      'item-2-who': 'BS',
      'item-2-others': 'BL, the estates team',
      'item-2-due-day': '1',
      'item-2-due-month': '4',
      'item-2-due-year': '2026',
    })
    assert.equal(saved.status, 303)
    const [text] = await cast.world.as(cast.clerk, trx => textsOf(trx, held.minutes))
    assert.equal(text?.text, 'Counted.\nTwice.')
    const [outcome] = await cast.world.as(cast.clerk, trx => outcomesOf(trx, held.minutes))
    assert.deepEqual([outcome?.form, outcome?.lead_words, outcome?.others.length], ['undertaking', 'BS', 2])
    assert.equal(outcome?.due_date?.toString(), '2026-04-01')
    const page = await visit(cast, cast.clerk, 'GET', take(held.minutes))
    assert.match(page.html, /Send the count\./)
    assert.match(page.html, /by 1 April 2026/)
  })

  it('keeps everything typed when something is missing, and saves nothing', async () => {
    const held = await heldMeeting(cast)
    const back = await save(held, {
      'item-2-text': 'Counted.',
      'item-2-who': 'BS',
      'item-2-due-day': '31',
      'item-2-due-month': '2',
      'item-2-due-year': '2026',
    })
    assert.equal(back.status, 422)
    assert.match(back.html, /Counted\./)
    assert.match(back.html, /value="BS"/)
    assert.match(back.html, /href="#item-2-due/)
    const missing = await save(held, { 'item-2-text': 'Counted.', 'item-2-who': 'BS', 'item-2-form': 'action' })
    assert.match(missing.html, /Say what is asked or promised/)
    assert.deepEqual(await cast.world.as(cast.clerk, trx => textsOf(trx, held.minutes)), [])
  })

  it('of one item by two people shows both texts and loses neither', async () => {
    const held = await heldMeeting(cast)
    await save(held, { 'item-2-text': 'As the first clerk heard it.' })
    const late = await save(held, {
      'item-2-text': 'As the second clerk heard it.',
      'item-2-form': 'action',
      'item-2-what': 'Count.',
      'item-2-who': 'BS',
    })
    assert.equal(late.status, 409)
    assert.match(late.html, /As the first clerk heard it\./)
    assert.match(late.html, /As the second clerk heard it\./)
    assert.match(late.html, /board-clerk of Office/)
    assert.match(late.html, /name="item-2-what" value="Count\."/, 'the rest of the form is sent again')
    assert.deepEqual(
      await cast.world.as(cast.clerk, trx => outcomesOf(trx, held.minutes)),
      [],
      'nothing was half saved',
    )
    const again = await save(held, { version: '1', 'item-2-text': 'As both heard it.' })
    assert.equal(again.status, 303)
  })

  it('of two items by two people at once loses nothing', async () => {
    const held = await heldMeeting(cast)
    const write = (item: string, text: string) =>
      cast.world.as(cast.clerk, (trx, act) => writeMinute(trx, act, held.minutes, item, { text, version: 0 }))
    await Promise.all([write(held.first, 'Agreed.'), write(held.open, 'Discussed.')])
    const texts = await cast.world.as(cast.clerk, trx => textsOf(trx, held.minutes))
    assert.deepEqual(texts.map(each => each.text).sort(), ['Agreed.', 'Discussed.'])
  })

  const keep = (held: BoardMeeting & { minutes: RecordHead }, version: string, text: string) =>
    visit(cast, cast.clerk, 'POST', `/workspace/meetings/minutes/${held.minutes.id}/items/${held.open}/text`, {
      version,
      text,
    })

  const versionIn = (answer: string) => (JSON.parse(answer) as { version: number }).version

  it('keeps what is typed while it is typed, each time from the version before', async () => {
    const held = await heldMeeting(cast)
    const first = await keep(held, '0', 'The count')
    assert.deepEqual([first.status, versionIn(first.html)], [200, 1])
    const second = await keep(held, '1', 'The count was noted.')
    assert.equal(versionIn(second.html), 2)
    const [text] = await cast.world.as(cast.clerk, trx => textsOf(trx, held.minutes))
    assert.deepEqual([text?.text, text?.version], ['The count was noted.', 2])
    assert.equal((await save(held, { version: '2', 'item-2-text': 'The count was noted.' })).status, 303)
  })

  it('keeps nothing over what a second editor saved, nor once others have read the minutes', async () => {
    const held = await heldMeeting(cast)
    await keep(held, '0', 'As the first clerk heard it.')
    assert.equal((await keep(held, '0', 'As the second clerk heard it.')).status, 409)
    await cast.world.as(cast.clerk, (trx, act) => circulateMinutes(trx, act, held.minutes, null))
    assert.equal((await keep(held, '1', 'Changed afterwards.')).status, 422)
    const [text] = await cast.world.as(cast.clerk, trx => textsOf(trx, held.minutes))
    assert.equal(text?.text, 'As the first clerk heard it.')
  })

  it('offers what the prose takes on, until it is typed or said to raise nothing', async () => {
    const held = await heldMeeting(cast)
    const [promise, plan] = ['BS agreed to send the count.', 'BL would circulate the forward plan.']
    await save(held, { 'item-2-text': `${promise} ${plan}` })
    const offered = await visit(cast, cast.clerk, 'GET', `${take(held.minutes)}?item=${held.open}&offer=0`)
    assert.equal(offered.status, 200)
    assert.match(offered.html, /name="item-2-who"[^>]*value="BS"/)
    await save(held, {
      version: '1',
      'item-2-text': `${promise} ${plan}`,
      'item-2-form': 'undertaking',
      'item-2-what': 'Send the count',
      'item-2-who': 'BS',
    })
    const still = await visit(cast, cast.clerk, 'GET', take(held.minutes))
    assert.doesNotMatch(still.html, /“<bdi>BS agreed/)
    assert.match(still.html, /BL would circulate the forward plan\./)
    const settle = `/workspace/meetings/minutes/${held.minutes.id}/items/${held.open}/settle`
    await visit(cast, cast.clerk, 'POST', settle, { sentence: plan })
    const done = await visit(cast, cast.clerk, 'GET', take(held.minutes))
    assert.doesNotMatch(done.html, /stands on no list yet/)
  })

  it('lists what was minuted and stands on no list, once others have read it', async () => {
    const held = await heldMeeting(cast)
    await save(held, { 'item-2-text': 'The board requested the vacancies by team.' })
    const list = '/workspace/meetings/minutes/on-no-list'
    assert.doesNotMatch((await visit(cast, cast.clerk, 'GET', list)).html, /vacancies by team/)
    await cast.world.as(cast.clerk, (trx, act) => circulateMinutes(trx, act, held.minutes, null))
    assert.match((await visit(cast, cast.clerk, 'GET', list)).html, /vacancies by team/)
    assert.doesNotMatch((await visit(cast, cast.panelClerk, 'GET', list)).html, /vacancies by team/)
  })

  it('shows a next meeting before this one as a finding, and keeps it as said', async () => {
    const held = await heldMeeting(cast)
    const said = { printed: '3rd January 2022', date: Temporal.PlainDate.from('2022-01-03') }
    await cast.world.as(cast.clerk, (trx, act) => setNextMeeting(trx, act, held.minutes, said))
    const page = await visit(cast, cast.clerk, 'GET', take(held.minutes))
    assert.match(page.html, /given as 3rd January 2022/)
  })

  it('escapes whatever is typed, in every page that shows it', async () => {
    const held = await heldMeeting(cast)
    const fields = {
      'item-2-text': awkward,
      'item-2-form': 'action',
      'item-2-what': awkward,
      'item-2-who': awkward,
      'item-2-others': awkward,
    }
    assert.equal((await save(held, fields)).status, 303)
    const path = `/workspace/meetings/minutes/${held.minutes.id}`
    for (const address of [`${path}/take`, path, `${path}/circulate`]) {
      const { html } = await visit(cast, cast.clerk, 'GET', address)
      assert.doesNotMatch(html, /<script>alert/, address)
      assert.match(html, /سارة/, address)
      assert.match(html, /<bdi>[^<]*سارة/, `${address}: its direction is kept to itself`)
    }
  })

  it('is for whoever takes them: neither the force nor the panel may', async () => {
    const held = await heldMeeting(cast)
    assert.equal((await visit(cast, cast.liaison, 'GET', take(held.minutes))).status, 403)
    assert.equal((await visit(cast, cast.panelClerk, 'GET', take(held.minutes))).status, 404)
    await cast.world.as(cast.clerk, async (trx, act) => {
      await writeMinute(trx, act, held.minutes, held.open, { text: 'Discussed.', version: 0 })
      await circulateMinutes(trx, act, held.minutes, null)
    })
    const forceClerk = cast.world.viewer(cast.world.force, 'administrator')
    const path = `/workspace/meetings/minutes/${held.minutes.id}/items/${held.open}`
    const tried = await visit(cast, forceClerk, 'POST', path, {
      version: '1',
      'item-2-text': 'Ours',
      'item-2-why': 'Because',
    })
    assert.equal(tried.status, 422)
    assert.match(tried.html, /organisation that takes the minutes/)
  })
})
