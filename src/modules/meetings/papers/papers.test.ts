import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clocksOf } from '../../../record/clock-rows.ts'
import { workOf } from '../../../record/my-work.ts'
import { takeDown } from '../../../record/publish.ts'
import type { RecordHead } from '../../../record/record.ts'
import { findRecord } from '../../../record/records.ts'
import { findReceived, listReceived } from '../../../record/release.ts'
import { publishAgenda } from '../index.ts'
import { day, visitPublic } from '../testing.ts'
import { checkPapers, settleLeak } from './check-papers.ts'
import { markPart } from './mark-part.ts'
import { placePaper, placeReceived, replaceReceived, takeOff } from './place-paper.ts'
import { papersForMeeting } from './placed.ts'
import { findPaper } from './queries.ts'
import { sentSections } from './received.ts'
import { compareSections } from './compare.ts'
import { requestPaper } from './request-paper.ts'
import { sendPaper } from './send-paper.ts'
import { article, exempt, panelCast } from './testing.ts'
import type { PanelCast } from './testing.ts'
import { addAppendix, addPaper, savePaper } from './write-paper.ts'

const words = (body: string, recommendations = 'That the report be noted.') => ({
  title: 'Budget monitoring report',
  meetingWords: null,
  author: 'Chief Finance Officer',
  contact: null,
  recommendations,
  body,
  background: [],
})
const openly = { inFull: false, mayPublish: true }

describe('a paper that the panel asks for and the office writes', () => {
  let cast: PanelCast
  let request: RecordHead
  let paper: RecordHead
  let copy: RecordHead
  const target = () => ({ meeting: cast.meeting, itemId: cast.budget })

  before(async () => {
    cast = await panelCast()
  })
  after(() => cast.close())

  it('stands in the office’s My work from the day it is asked for', async () => {
    const { world, panelClerk, clerk, meeting, budget } = cast
    request = await world.as(panelClerk, (trx, act) =>
      requestPaper(trx, act, {
        meeting,
        itemId: budget,
        title: 'Budget monitoring report',
        covers: 'Quarter 3 and the forecast.',
        organisationId: world.office.id,
        role: 'board-clerk',
        due: day('2026-04-10'),
      }),
    )
    const [item] = await world.as(clerk, trx => workOf(trx, clerk))
    assert.equal(item?.id, request.id)
    assert.equal(item.received, true)
    assert.equal(item.dueDate?.toString(), '2026-04-10')
  })

  it('then stands there as the office’s own, due on the same day, until it is sent', async () => {
    const { world, clerk } = cast
    paper = await world.as(clerk, (trx, act) =>
      addPaper(trx, act, { areaId: 1, title: 'Draft', requestId: request.id }),
    )
    await world.as(clerk, (trx, act) =>
      savePaper(trx, act, paper, null, words('# Position\n\nSpending is as planned.\n\nReserves are low.')),
    )
    const work = await world.as(clerk, trx => workOf(trx, clerk))
    assert.deepEqual(
      work.map(item => [item.id, item.received, item.ownerRole, item.dueDate?.toString()]),
      [[paper.id, false, 'board-clerk', '2026-04-10']],
    )
  })

  it('is nothing to the panel before it is sent', async () => {
    const { world, panelClerk } = cast
    await world.as(panelClerk, async trx => {
      assert.equal(await findPaper(trx, paper), null)
      assert.equal(await findReceived(trx, world.panel.id, paper), null)
      assert.deepEqual(await listReceived(trx, world.panel.id, { areaId: 1, kinds: ['paper'] }), [])
    })
  })

  it('moves the panel’s request on when it comes', async () => {
    const { world, clerk, panelClerk } = cast
    await world.as(clerk, (trx, act) => sendPaper(trx, act, paper, null, world.panel.id, openly))
    assert.equal((await world.as(panelClerk, trx => findRecord(trx, request)))?.state, 'received')
    assert.equal((await world.as(clerk, trx => findRecord(trx, paper)))?.state, 'sent')
    assert.deepEqual(await world.as(clerk, trx => workOf(trx, clerk)), [])
  })

  it('is placed as the panel’s own record, in the words that were sent', async () => {
    const { world, panelClerk, meeting, budget } = cast
    copy = await world.as(panelClerk, (trx, act) => placeReceived(trx, act, paper, target()))
    const [placed] = await world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public'))
    assert.equal(placed?.paperId, copy.id)
    assert.equal(placed.itemId, budget)
    assert.equal(placed.author, 'Chief Finance Officer')
    assert.ok(placed.content.type === 'text')
    assert.deepEqual(
      placed.content.parts.map(part => ('text' in part ? [part.type, part.number, part.text] : [part.type])),
      [
        ['heading', null, 'Recommendations'],
        ['paragraph', '1', 'That the report be noted.'],
        ['heading', '1', 'Position'],
        ['paragraph', '1.1', 'Spending is as planned.'],
        ['paragraph', '1.2', 'Reserves are low.'],
      ],
    )
    assert.equal((await world.as(panelClerk, trx => findRecord(trx, request)))?.state, 'placed')
    await assert.rejects(
      world.as(panelClerk, (trx, act) => placeReceived(trx, act, paper, target())),
      /stands on an agenda already/,
    )
    await assert.rejects(
      world.as(panelClerk, (trx, act) => savePaper(trx, act, copy, null, words('Other words.'))),
      /Another organisation wrote it/,
    )
  })

  it('is published with the agenda, and found by its words', async () => {
    const { world, panelClerk, meeting } = cast
    await world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null))
    const found = await visitPublic(cast, '/search?q=reserves')
    assert.match(found.html, /Budget monitoring report/)
    const page = await visitPublic(cast, `/papers/${(await address(copy)) ?? ''}`)
    assert.match(page.html, /1\.2<\/span>\s*Reserves are low\./)
    const meetingPage = await visitPublic(cast, `/records/${meeting.id}`)
    assert.match(meetingPage.html, /href="\/testshire\/papers\/[^"]+">.*Budget monitoring report/)
  })

  const address = async (head: RecordHead) => {
    const { rows } = await cast.world.database.owner.executeQuery<{ address: string }>(
      cast.world.database.owner
        .selectFrom('published.entry')
        .select('address')
        .where('record_id', '=', head.id)
        .compile(),
    )
    return rows[0]?.address.replace('papers/', '')
  }

  it('sent again shows what changed, keeps the panel’s markings and waits for what lost its place', async () => {
    const { world, clerk, panelClerk, meeting } = cast
    const before = await world.as(panelClerk, trx => findReceived(trx, world.panel.id, paper))
    await world.as(clerk, async (trx, act) => {
      await savePaper(trx, act, paper, null, words('# Position\n\nSpending is above plan.\n\nReserves are low.'))
      await addAppendix(trx, act, paper, null, { title: 'Forecast', body: 'Nobody can say.' })
      await sendPaper(trx, act, paper, null, world.panel.id, openly)
    })
    const now = await world.as(panelClerk, trx => findReceived(trx, world.panel.id, paper))
    assert.ok(before !== null && now !== null)
    assert.deepEqual(compareSections(sentSections(before), sentSections(now)), [
      {
        title: 'Report',
        changes: [{ number: '1.1', before: 'Spending is as planned.', after: 'Spending is above plan.' }],
      },
      { title: 'Appendix: Forecast', changes: [{ number: '1', before: null, after: 'Nobody can say.' }] },
    ])
    const shown = () => world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public'))
    assert.equal((await shown()).length, 1, 'what stands on the agenda does not change by itself')
    await world.as(panelClerk, (trx, act) => replaceReceived(trx, act, copy, null))
    const [main, appendix] = await shown()
    assert.equal(appendix?.letter, 'A')
    assert.equal(appendix.title, 'Forecast')
    assert.match(JSON.stringify(main), /above plan/)
    await world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null, 'The forecast was added.'))
    const page = await visitPublic(cast, `/papers/${(await address(copy)) ?? ''}`)
    assert.match(page.html, /The forecast was added\./)
  })

  it('is in a supplement when it is placed after the papers were published', async () => {
    const { world, panelClerk, meeting, complaints } = cast
    const own = await world.as(panelClerk, async (trx, act) => {
      const made = await addPaper(trx, act, { areaId: 1, title: 'Work of the clerk' })
      await savePaper(trx, act, made, null, { ...words('Much was done.'), title: 'Work of the clerk' })
      await placePaper(trx, act, made, { meeting, itemId: complaints })
      return made
    })
    const placed = await world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public'))
    assert.equal(placed.find(each => each.paperId === own.id)?.supplement, 1)
    assert.equal(placed[0]?.supplement, null)
    await world.as(panelClerk, (trx, act) => takeOff(trx, act, own, complaints, 'It was for another meeting.'))
    const left = await world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public'))
    assert.ok(!left.some(each => each.paperId === own.id))
  })

  it('is not withheld after it is public, until it is taken down', async () => {
    const { world, panelClerk } = cast
    const mark = () =>
      world.as(panelClerk, (trx, act) =>
        markPart(trx, act, copy, null, { type: 'block', section: 'body', at: 1 }, exempt),
      )
    await assert.rejects(mark(), /It is public/)
    await world.as(panelClerk, (trx, act) => takeDown(trx, act, copy, 'It names a bidder'))
    await mark()
    assert.equal((await visitPublic(cast, `/records/${copy.id}`)).status, 410)
  })
})

describe('the panel’s own markings on a paper it received', () => {
  it('stay on their words, or on their number, and are named where they find neither', async t => {
    const cast = await panelCast()
    t.after(() => cast.close())
    const { world, clerk, panelClerk, meeting, budget } = cast
    const paper = await world.as(clerk, async (trx, act) => {
      const made = await addPaper(trx, act, { areaId: 1, title: 'Budget' })
      await savePaper(trx, act, made, null, words('# A\n\nFirst.\n\nSecond.\n\nThird.'))
      await sendPaper(trx, act, made, null, world.panel.id, openly)
      return made
    })
    const copy = await world.as(panelClerk, async (trx, act) => {
      const made = await placeReceived(trx, act, paper, { meeting, itemId: budget })
      for (const at of [2, 3]) await markPart(trx, act, made, null, { type: 'block', section: 'body', at }, exempt)
      return made
    })
    await world.as(clerk, async (trx, act) => {
      await savePaper(trx, act, paper, null, words('# A\n\nNew before.\n\nFirst.\n\nThird, changed.\n\nSecond.'))
      await sendPaper(trx, act, paper, null, world.panel.id, openly)
    })
    await world.as(panelClerk, (trx, act) => replaceReceived(trx, act, copy, null))
    const [placed] = await world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public'))
    const shown = JSON.stringify(placed)
    assert.ok(!shown.includes('Second.') && !shown.includes('Third, changed.'), shown)
    assert.ok(shown.includes('First.') && shown.includes('New before.'))
    const after = await world.as(panelClerk, trx => findPaper(trx, copy))
    assert.equal(after?.row.unsettled.length, 1)
    await assert.rejects(
      world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null)),
      /was withheld here and now reads otherwise/,
    )
  })

  it('are owed where the sender withholds on its own ground and sent the words', async t => {
    const cast = await panelCast()
    t.after(() => cast.close())
    const { world, clerk, panelClerk, meeting, budget } = cast
    const paper = await world.as(clerk, async (trx, act) => {
      const made = await addPaper(trx, act, { areaId: 1, title: 'Budget' })
      await savePaper(trx, act, made, null, words('First.\n\nMARKERQUUX words.'))
      await markPart(trx, act, made, null, { type: 'block', section: 'body', at: 1 }, article)
      await sendPaper(trx, act, made, null, world.panel.id, { inFull: true, mayPublish: true })
      return made
    })
    const copy = await world.as(panelClerk, (trx, act) => placeReceived(trx, act, paper, { meeting, itemId: budget }))
    const papers = (reader: 'public' | { id: string }) =>
      world.as(panelClerk, async trx => JSON.stringify(await papersForMeeting(trx, meeting, reader)))
    assert.ok(!(await papers('public')).includes('MARKERQUUX'))
    const own = await papers({ id: world.panel.id })
    assert.ok(own.includes('MARKERQUUX') && own.includes('article 2(2)(c)'))
    const place = { type: 'block', section: 'body', at: 1 } as const
    await assert.rejects(
      world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null)),
      /Give your own/,
    )
    await assert.rejects(
      world.as(panelClerk, (trx, act) => markPart(trx, act, copy, null, place, null)),
      /not opened/,
    )
    await world.as(panelClerk, (trx, act) => markPart(trx, act, copy, null, place, exempt))
    await world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null))
    const page = await visitPublic(cast, `/records/${copy.id}`)
    assert.match(page.html, /Not published: Local Government Act 1972, Schedule 12A, paragraph 3/)
    assert.ok(!page.html.includes('MARKERQUUX'))
  })
})

describe('the markings of a paper', () => {
  it('are looked at again, first on the first day given, until all of it is open', async t => {
    const cast = await panelCast()
    t.after(() => cast.close())
    const { world, clerk } = cast
    const place = { type: 'block', section: 'body', at: 0 } as const
    const running = (paper: RecordHead) =>
      world.as(clerk, async trx => (await clocksOf(trx, paper)).filter(clock => clock.state === 'running'))
    const paper = await world.as(clerk, async (trx, act) => {
      const made = await addPaper(trx, act, { areaId: 1, title: 'Budget' })
      await savePaper(trx, act, made, null, words('First.'))
      await markPart(trx, act, made, null, place, article)
      return made
    })
    assert.deepEqual(
      (await running(paper)).map(clock => [clock.rule.id, String(clock.due)]),
      [['CLASS-REVIEW', '2027-03-11']],
    )
    await world.as(clerk, (trx, act) =>
      markPart(trx, act, paper, null, place, { ...article, reviewOn: '2026-09-01', reviewer: 'Monitoring officer' }),
    )
    assert.deepEqual(
      (await running(paper)).map(clock => String(clock.due)),
      ['2026-09-01'],
    )
    await world.as(clerk, (trx, act) => markPart(trx, act, paper, null, place, null))
    assert.deepEqual(await running(paper), [])
  })
})

describe('the check before papers are published', () => {
  it('stops them while something withheld is printed elsewhere, until it is settled with a reason', async t => {
    const cast = await panelCast()
    t.after(() => cast.close())
    const { world, panelClerk, meeting, budget, closed } = cast
    await world.as(panelClerk, async (trx, act) => {
      for (const [title, itemId, body] of [
        ['Settlement', closed, 'The claim is settled at £48,250.'],
        ['Open report', budget, 'A payment of £48,250 was made.'],
      ] as const) {
        const made = await addPaper(trx, act, { areaId: 1, title })
        await savePaper(trx, act, made, null, { ...words(body), title })
        await placePaper(trx, act, made, { meeting, itemId })
      }
    })
    const publish = () => world.as(panelClerk, (trx, act) => publishAgenda(trx, act, meeting, null))
    await assert.rejects(publish(), /printed in another/)
    const [leak] = await world.as(panelClerk, trx => checkPapers(trx, meeting))
    assert.equal(leak?.found, '£48,250')
    assert.match(leak.openIn, /Item 1, Open report, Report, paragraph 1/)
    assert.match(leak.withheldIn, /Item 3/)
    await world.as(panelClerk, (trx, act) =>
      settleLeak(trx, act, meeting, leak.fingerprint, 'The sum was announced in court.'),
    )
    await publish()
    const again = await world.as(panelClerk, trx => checkPapers(trx, meeting))
    assert.ok(again.some(each => each.settled === 'The sum was announced in court.'))
  })
})
