import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readPdf } from '../../../platform/pdf/testing.ts'
import { createTypesetter } from '../../../platform/pdf/typesetting.ts'
import type { Upload } from '../../../platform/web/route.ts'
import { takeDown } from '../../../record/publish.ts'
import { publishedFile } from '../../../record/published.ts'
import type { RecordHead } from '../../../record/record.ts'
import { setChairsNotes } from '../agenda/chairs-notes-queries.ts'
import { addAppendix, addPaper, keepDocument, savePaper } from '../papers/write-paper.ts'
import { markPart } from '../papers/mark-part.ts'
import { placePaper } from '../papers/place-paper.ts'
import { pdfDocument } from '../papers/testing-documents.ts'
import { addItem, publishAgenda, withdrawItem } from '../index.ts'
import { makeCast, planMeeting, visit, visitPublic } from '../testing.ts'
import type { BoardMeeting, Cast } from '../testing.ts'
import { copyOfPack } from './kept-copies.ts'
import { publishPack } from './publish-pack.ts'
import { findPack } from './queries.ts'

const ground = { code: 'article-2-2', limb: 'c', decidedBy: 'The chief executive' } as const
const withheldWords = ['Nightjar', 'Kestrelford', 'Bramblewick', 'Overnight patrols', 'Tollgate rota', 'Merlinsgate']

describe('the pack of a meeting', () => {
  const typesetter = createTypesetter(1)
  let cast: Cast
  let board: BoardMeeting
  let report: RecordHead
  let now = Temporal.Instant.from('2026-03-02T09:00:00Z')

  const write = async (title: string, item: string, body: string): Promise<RecordHead> =>
    cast.world.as(cast.clerk, async (trx, act) => {
      const paper = await addPaper(trx, act, { areaId: 1, title, author: 'Head of Performance' })
      const common = { title, meetingWords: null, author: 'Head of Performance', contact: 'papers@office.test' }
      const background = [{ title: 'Crime in Testshire', url: 'https://stats.test/crime' }]
      await savePaper(trx, act, paper, null, { ...common, recommendations: 'Note the report.', body, background })
      await placePaper(trx, act, paper, { meeting: { areaId: 1, id: board.meeting.id }, itemId: item })
      return paper
    })
  const attachTo = (paper: RecordHead, title: string, fileName: string, bytes: Buffer, pages: string[]) =>
    cast.world.as(cast.clerk, async (trx, act) => {
      const upload: Upload = { field: 'file', fileName, mediaType: 'application/pdf', bytes }
      const document = await keepDocument(trx, act, paper, upload, title, { pages, scanned: false })
      return addAppendix(trx, act, paper, null, { title, body: '' }, document)
    })
  const publish = async (note?: string) => {
    now = now.add({ hours: 1 })
    await cast.world.as(cast.clerk, (trx, act) => publishAgenda(trx, act, board.meeting, null, note), { now })
    now = now.add({ minutes: 1 })
    const services = {
      program: cast.world.database.program,
      baseUrl: 'https://peelian.test',
      now: () => now,
      typesetter,
    }
    await publishPack(services, { areaId: 1, id: board.meeting.id }, board.meeting.holders)
  }
  const openPack = async (supplement = 0) => {
    const pack = await findPack(cast.world.database.public, { areaId: 1, id: board.meeting.id }, now, supplement)
    const file = pack === null ? null : await publishedFile(cast.world.database.public, 1, pack.fileId)
    assert.ok(pack !== null && file !== null)
    return { ...pack, name: file.name, read: await readPdf(file.bytes) }
  }
  const copy = async (kind: 'restricted' | 'chair' | 'open') => {
    const made = await cast.world.as(
      cast.clerk,
      (trx, { now: at, viewer }) =>
        copyOfPack(trx, { areaId: 1, id: board.meeting.id }, kind, viewer.organisation.id, at),
      { now },
    )
    assert.ok(made !== null)
    return { ...made, read: await readPdf(made.bytes) }
  }
  const address = '/meetings/2026-03-10-governance-and-performance-board'

  before(async () => {
    cast = await makeCast()
    board = await planMeeting(cast)
    report = await write(
      'Quarterly report',
      board.open,
      [
        '# Calls',
        'Calls were answered **sooner** than a year ago.',
        'Operation Nightjar was begun in Kestrelford.',
        '| Month | Answered |\n| --- | --- |\n| January | 91% |',
        '# People',
        'Sickness fell.\n\nمرحبا and 😀 stand here.',
      ].join('\n\n'),
    )
    await cast.world.as(cast.clerk, (trx, act) =>
      markPart(trx, act, report, null, { type: 'block', section: 'body', at: 2 }, ground),
    )
    await attachTo(report, 'Letter of the inspectorate', 'letter.pdf', pdfDocument(['Letter one', 'Letter two']), [
      'Letter one',
      'Letter two',
    ])
    const named = await attachTo(report, 'Names at Bramblewick', 'names.pdf', pdfDocument(['Merlinsgate']), [
      'Merlinsgate',
    ])
    await cast.world.as(cast.clerk, (trx, act) =>
      markPart(trx, act, report, null, { type: 'appendix', id: named }, ground),
    )
    await attachTo(report, 'A protected annex', 'protected.pdf', pdfDocument(['Locked'], true), ['Locked'])
    await write('The rota', board.withheld, 'Tollgate rota is kept at night.')
    await cast.world.as(cast.clerk, (trx, act) =>
      setChairsNotes(trx, act, board.meeting, board.open, null, { minutes: 20, notes: 'Thank the inspector first.' }),
    )
    await publish()
  })
  after(async () => {
    await typesetter.close()
    await cast.close()
  })

  it('has every item, paper and appendix among its bookmarks, by a name of its own', async () => {
    const { read, name } = await openPack()
    assert.deepEqual(read.bookmarks, [
      'Contents',
      'Item 1: Minutes of the last meeting',
      'Item 2: Performance',
      '  Item 2, Paper: Quarterly report',
      '  Item 2, Appendix A: Letter of the inspectorate',
      '  Item 2, Appendix B',
      '  Item 2, Appendix C: A protected annex',
      'Item 3: Operational matter',
    ])
    assert.equal(name, '2026-03-10-governance-and-performance-board-agenda-pack.pdf')
    assert.equal(read.info['Title'], 'Agenda pack: Governance and Performance Board, 10 March 2026')
    assert.equal(read.info['Author'], 'Office of the Commissioner for Testshire')
    assert.equal(read.info['Language'], 'en-GB')
  })

  it('numbers its pages as they are printed, on the page and for the reader program', async () => {
    const { read, body } = await openPack()
    for (const [at, text] of read.text.entries()) assert.match(text, new RegExp(`Page ${String(at + 1)}$`))
    assert.deepEqual(read.labels, body.labels)
    assert.deepEqual(
      body.labels,
      read.text.map((_, at) => String(at + 1)),
    )
    const contents = read.text[1] ?? ''
    for (const [words, page] of [...contents.matchAll(/(Item 2, Appendix \w)[^\n]*?(\d+)\n/g)].map(m => [m[1], m[2]])) {
      assert.match(read.text[Number(page) - 1] ?? '', new RegExp(words ?? 'none'))
    }
  })

  it('prints nothing that is withheld in the open, and the ground in its place', async () => {
    const open = await openPack()
    const restricted = await copy('restricted')
    const body = JSON.stringify(open.body)
    for (const word of withheldWords) {
      assert.ok(!open.read.all.includes(word) && !body.includes(word), word)
      assert.ok(restricted.read.all.includes(word), `${word} is in the copy with what is withheld`)
    }
    assert.match(open.read.all, /Not for publication\. Ground: Elected Local Policing Bodies/)
    assert.match(open.read.all, /Paragraph 1\.2/)
  })

  it('binds uploaded pages in with words for each, and is tagged without the claim', async () => {
    const { read, body } = await openPack()
    assert.ok(read.tagged && !read.claims && !body.accessible)
    assert.match(read.all, /Letter one[\s\S]*Letter two/)
    const file = await publishedFile(cast.world.database.public, 1, (await openPack()).fileId)
    assert.match(file?.bytes.toString('latin1') ?? '', /\/Alt \(/)
  })

  it('leads to a file that cannot be bound in, and lists it', async () => {
    const { read } = await openPack()
    assert.match(read.all, /could not be bound into the pack[\s\S]*protected\.pdf/)
    assert.match(read.text[1] ?? '', /Item 2, Appendix C: A protected annex/)
  })

  it('marks copies that are not for the public, on every page and in their names', async () => {
    const restricted = await copy('restricted')
    assert.match(restricted.fileName, /-agenda-pack-restricted\.pdf$/)
    for (const text of restricted.read.text) assert.match(text, /RESTRICTED – not for publication/)
    assert.ok(!restricted.read.all.includes('Thank the inspector first'))
    const chair = await copy('chair')
    assert.match(chair.fileName, /-agenda-pack-chairs-copy\.pdf$/)
    for (const text of chair.read.text) assert.match(text, /CHAIR’S COPY – not for publication/)
    assert.match(chair.read.all, /Thank the inspector first/)
    assert.match(chair.read.all, /20 minutes/)
    const open = await openPack()
    assert.ok(!open.read.all.includes('not for publication') && !open.read.all.includes('Thank the inspector'))
  })

  it('gives open pages the same number in every copy', async () => {
    const open = await openPack()
    const restricted = await copy('restricted')
    const at = (body: typeof open.body, anchor: string) => {
      for (const part of body.parts) {
        const block = part.blocks.findIndex(each => each.type === 'heading' && each.anchor === anchor)
        if (block >= 0) return part.places[block]
      }
      return undefined
    }
    for (const anchor of ['item-1', 'item-2', 'item-2-paper', 'item-2-appendix-a', 'item-3']) {
      assert.equal(at(restricted.body, anchor), at(open.body, anchor), anchor)
    }
    assert.deepEqual(restricted.read.labels, restricted.body.labels)
    assert.match(at(restricted.body, 'item-3-paper') ?? '', /^\d+[A-Z]$/)
    for (const [page, text] of restricted.read.text.entries()) {
      assert.match(text, new RegExp(`Page ${restricted.body.labels[page] ?? 'none'}\nRESTRICTED`))
    }
  })

  it('is a page too, on which a member finds page 4', async () => {
    const { body } = await openPack()
    const seen = await visitPublic(cast, `${address}/pack`, now)
    assert.equal(seen.status, 200)
    for (const label of body.labels) assert.match(seen.html, new RegExp(`id="page-${label}"`))
    assert.match(seen.html, /href="#item-2-appendix-a"[\s\S]*page \d+/)
    for (const word of withheldWords) assert.ok(!seen.html.includes(word), word)
    assert.equal((await visitPublic(cast, `${address}/pack?page=4`, now)).to, `/testshire${address}/pack#page-4`)
    const missing = await visitPublic(cast, `${address}/pack?page=340`, now)
    assert.match(missing.html, /This pack has no page <bdi>340/)
    assert.match((await visitPublic(cast, address, now)).html, /The agenda pack/)
  })

  it('can be read by those who hold the meeting and by nobody else', async () => {
    const path = `/workspace/meetings/${board.meeting.id}/pack`
    const own = await visit(cast, cast.clerk, 'GET', path)
    assert.equal(own.status, 200)
    assert.match(own.html, /Nightjar/)
    assert.match((await visit(cast, cast.clerk, 'GET', `${path}?copy=chair`)).html, /Thank the inspector first/)
    assert.ok(!(await visit(cast, cast.clerk, 'GET', `${path}?copy=open`)).html.includes('Nightjar'))
    for (const end of ['', '/restricted.pdf', '/open.pdf', '/chair.pdf', '?copy=chair']) {
      assert.equal((await visit(cast, cast.panelClerk, 'GET', path + end)).status, 404, end)
    }
    const policyLead = cast.world.viewer(cast.world.office, 'policy-lead')
    assert.equal((await visit(cast, policyLead, 'GET', `${path}/chair.pdf`)).status, 403)
    assert.equal((await visit(cast, policyLead, 'GET', `${path}?copy=chair`)).status, 404)
  })

  it('keeps its numbers when a supplement comes, which is numbered from where it belongs', async () => {
    const first = await openPack()
    const late = await write('A late paper', board.first, '# Late\n\nThis came late.')
    await publish('A supplement was added.')
    const pack = await openPack()
    assert.equal(pack.version, 2)
    const after = pack.body.parts.find(part => part.records.includes(late.id))
    assert.equal(after?.supplement, 1)
    assert.match(after?.labels[0] ?? '', /^\d+A$/)
    for (const part of first.body.parts) {
      assert.deepEqual(pack.body.parts.find(each => each.key === part.key)?.labels, part.labels, part.key)
    }
    assert.deepEqual(pack.read.labels, pack.body.labels)
    for (const [at, text] of pack.read.text.entries()) {
      assert.match(text, new RegExp(`Page ${pack.body.labels[at] ?? 'none'}$`))
    }
    const alone = await openPack(1)
    assert.deepEqual(alone.read.labels, ['S1.1', ...(after?.labels ?? [])])
    assert.match(alone.read.all, /This came late/)
    assert.match(alone.name, /-agenda-pack-supplement-1\.pdf$/)
    const earlier = await findPack(cast.world.database.public, { areaId: 1, id: board.meeting.id }, first.madeAt)
    assert.equal(earlier?.version, 1)
  })

  it('is not made again where nothing has changed', async () => {
    const { version } = await openPack()
    await publish()
    assert.equal((await openPack()).version, version)
  })

  it('holds nothing that was written after it was published', async () => {
    await cast.world.as(cast.clerk, async (trx, act) => {
      const words = { title: 'Quarterly report', meetingWords: null, author: null, contact: null, background: [] }
      await savePaper(trx, act, report, null, { ...words, recommendations: '', body: 'A draft that nobody may read.' })
    })
    const services = { program: cast.world.database.program, baseUrl: '', now: () => now, typesetter }
    await publishPack(services, { areaId: 1, id: board.meeting.id }, board.meeting.holders)
    assert.ok(!(await openPack()).read.all.includes('A draft that nobody may read'))
  })

  it('goes with what is taken down, and says so', async () => {
    await cast.world.as(cast.clerk, (trx, act) => takeDown(trx, act, report, 'It named a person.'), { now })
    assert.equal(await findPack(cast.world.database.public, { areaId: 1, id: board.meeting.id }, now), null)
    for (const end of ['/pack', '/pack.pdf']) {
      const seen = await visitPublic(cast, address + end, now)
      assert.equal(seen.status, 404)
      assert.match(seen.html, /not made yet/)
    }
  })
})

describe('the pack of an agenda', () => {
  let cast: Cast
  before(async () => {
    cast = await makeCast()
  })
  after(() => cast.close())

  it('can be empty, long and withdrawn', async () => {
    const board = await planMeeting(cast, '2026-05-12')
    const key = { areaId: 1, id: board.meeting.id }
    const title = 'A title that goes on and on '.repeat(10).trim()
    const made = await cast.world.as(cast.clerk, async (trx, act) => {
      const part = await addItem(trx, act, board.meeting, { title, partOf: board.open, lead: 'The treasurer' })
      await withdrawItem(trx, act, board.meeting, board.withheld, 1, 'Not ready')
      const pack = await copyOfPack(trx, key, 'open', act.viewer.organisation.id, act.now)
      assert.ok(part !== '')
      return pack
    })
    assert.ok(made !== null && made.accessible)
    const read = await readPdf(made.bytes)
    assert.ok(read.bookmarks.includes(`  Item 2a: ${title}`))
    assert.match(read.all, /The treasurer/)
    assert.ok(read.claims)
    const empty = await cast.world.as(cast.clerk, async (trx, act) => {
      for (const item of [board.first, board.open]) await withdrawItem(trx, act, board.meeting, item, 1, 'Not ready')
      return copyOfPack(trx, key, 'open', act.viewer.organisation.id, act.now)
    })
    assert.match((await readPdf(empty?.bytes ?? Buffer.alloc(0))).all, /The agenda has no item yet/)
  })
})
