import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findRecords } from '../../../record/records.ts'
import type { RecordHead } from '../../../record/record.ts'
import { publishAgenda } from '../index.ts'
import { visit, visitPublic } from '../testing.ts'
import { markPart } from './mark-part.ts'
import { placePaper, placeReceived } from './place-paper.ts'
import { papersForMeeting } from './placed.ts'
import { readUpload } from './read-upload.ts'
import { sendPaper } from './send-paper.ts'
import { pdfDocument } from './testing-documents.ts'
import { article, exempt, panelCast, tablesWith } from './testing.ts'
import type { PanelCast } from './testing.ts'
import { addAppendix, addPaper, keepDocument, savePaper } from './write-paper.ts'

/** Each stands in one place that is withheld, and nowhere else. */
const planted = {
  item: 'Quuxitem',
  underItem: 'Quuxunder',
  paper: 'Quuxpaper',
  appendixTitle: 'Quuxtitle',
  appendix: 'Quuxappendix',
  paragraph: 'Quuxparagraph',
  list: 'Quuxlist',
  page: 'Quuxpage',
  file: 'Quuxfile',
}
/** The office's own: what it withholds from the panel too. */
const kept = { paragraph: 'Quuxkept', appendix: 'Quuxkeptappendix' }

const words = (title: string, body: string) => ({
  title,
  meetingWords: null,
  author: 'The clerk',
  contact: null,
  recommendations: 'To note.',
  body,
  background: [],
})

describe('what is withheld in an item, a paper, an appendix and a paragraph', () => {
  let cast: PanelCast
  let open: RecordHead
  let sent: RecordHead
  let withheld: RecordHead

  before(async () => {
    cast = await panelCast(`${planted.item} of the panel`)
    const { world, panelClerk, clerk, meeting, budget, complaints, closed } = cast
    await world.as(panelClerk, async (trx, act) => {
      const write = async (title: string, body: string, itemId: string) => {
        const made = await addPaper(trx, act, { areaId: 1, title })
        await savePaper(trx, act, made, null, words(title, body))
        await placePaper(trx, act, made, { meeting, itemId })
        return made
      }
      await write(`${planted.underItem} paper`, `${planted.underItem} was considered.`, closed)
      withheld = await write(`${planted.paper} contract`, `${planted.paper} was awarded.`, complaints)
      await markPart(trx, act, withheld, null, { type: 'paper' }, { ...exempt, neutralTitle: 'A contract' })
      const body = `# Costs\n\nAll is well.\n\n${planted.paragraph} was paid.\n\n- ${planted.list}\n\nThe rest is open.`
      open = await write('Monitoring', body, budget)
      for (const at of [2, 3]) {
        await markPart(trx, act, open, null, { type: 'block', section: 'body', at }, exempt)
      }
      const text = await addAppendix(trx, act, open, null, {
        title: `${planted.appendixTitle} table`,
        body: `${planted.appendix} stands here.`,
      })
      await markPart(trx, act, open, null, { type: 'appendix', id: text }, exempt)
      const bytes = pdfDocument([`${planted.page} and other words of this page`, planted.file.repeat(3)])
      const upload = { field: 'file', fileName: `${planted.file}.pdf`, mediaType: 'application/pdf', bytes }
      const read = await readUpload(upload)
      assert.ok(read.type === 'pdf')
      const document = await keepDocument(trx, act, open, upload, 'Bids', read)
      const file = await addAppendix(trx, act, open, null, { title: 'Bids', body: '' }, document)
      await markPart(trx, act, open, null, { type: 'appendix', id: file }, exempt)
    })
    await world.as(clerk, async (trx, act) => {
      sent = await addPaper(trx, act, { areaId: 1, title: 'From the office' })
      await savePaper(trx, act, sent, null, words('From the office', `Open words.\n\n${kept.paragraph} is secret.`))
      await markPart(trx, act, sent, null, { type: 'block', section: 'body', at: 1 }, article)
      const id = await addAppendix(trx, act, sent, null, { title: kept.appendix, body: `${kept.appendix} is secret.` })
      await markPart(trx, act, sent, null, { type: 'appendix', id }, article)
      await sendPaper(trx, act, sent, null, world.panel.id, { inFull: false, mayPublish: true })
    })
    await world.as(panelClerk, async (trx, act) => {
      await placeReceived(trx, act, sent, { meeting, itemId: budget })
      await publishAgenda(trx, act, meeting, null)
      await publishAgenda(trx, act, meeting, null, 'Published again')
    })
  })
  after(() => cast.close())

  for (const [place, word] of [...Object.entries(planted), ...Object.entries(kept)]) {
    it(`leaves no word in any table that is published (${place}: ${word})`, async () => {
      assert.deepEqual(await tablesWith(cast, 'published', word), [])
    })
  }

  it('was there to be found', async () => {
    for (const word of [...Object.values(planted), ...Object.values(kept)]) {
      assert.notDeepEqual(await tablesWith(cast, 'workspace', word), [], word)
    }
    assert.notDeepEqual(await tablesWith(cast, 'published', 'The rest is open'), [])
  })

  it('is in nothing that the office was sent of the panel’s, and in nothing that the panel was sent of the office’s', async () => {
    const { world } = cast
    for (const word of Object.values(planted)) {
      const found = await tablesWith(cast, 'workspace', word, `t.organisation_id <> '${world.panel.id}'`)
      assert.ok(!found.includes('sent'), word)
    }
    for (const word of Object.values(kept)) {
      const found = await tablesWith(cast, 'workspace', word, `t.organisation_id = '${world.panel.id}'`)
      assert.ok(!found.includes('sent'), word)
    }
  })

  it('is in no record, history or search of the other organisation', async () => {
    const { world, clerk } = cast
    await world.as(clerk, async trx => {
      const heads = await findRecords(trx, 1, [open.id, withheld.id])
      assert.deepEqual(heads, [])
      for (const table of ['record', 'event_payload'] as const) {
        const rows = await trx.selectFrom(table).selectAll().execute()
        const text = JSON.stringify(rows)
        for (const word of Object.values(planted)) assert.ok(!text.includes(word), `${table}: ${word}`)
      }
    })
  })

  it('leaves a gap with its number and ground, and nothing else', async () => {
    const page = await visitPublic(cast, `/records/${open.id}`)
    assert.equal(page.status, 200)
    assert.match(page.html, /1\.2<\/span> Not published: Local Government Act 1972, Schedule 12A, paragraph 3\./)
    assert.match(page.html, /1\.3<\/span>\s*The rest is open/)
    assert.match(page.html, /Appendix A<\/h2>/)
    const meeting = await visitPublic(cast, `/records/${cast.meeting.id}`)
    assert.match(meeting.html, /A contract<\/bdi>: not public\. Ground: Local Government Act 1972/)
    const office = await visitPublic(cast, '/papers')
    assert.match(office.html, /From the office/)
    for (const address of [
      `/records/${open.id}`,
      `/records/${cast.meeting.id}`,
      '/papers',
      '/papers.csv',
      '/papers.json',
      '/papers.atom',
      '/',
    ]) {
      const { html } = await visitPublic(cast, address)
      for (const word of [...Object.values(planted), ...Object.values(kept)]) {
        assert.ok(!html.toLowerCase().includes(word.toLowerCase()), `${address}: ${word}`)
      }
    }
  })

  it('is found by no search of the public, which finds the paper by its open words', async () => {
    const found = async (word: string) => (await visitPublic(cast, `/search?q=${word}`)).html.includes('Monitoring')
    assert.ok(await found('rest+open'))
    for (const word of Object.values(planted)) assert.ok(!(await found(word)), word)
  })

  it('answers nobody else at its addresses in the workspace', async () => {
    const { clerk } = cast
    for (const id of [open.id, withheld.id]) {
      for (const address of ['', '/classification', '/send', '/write', '/as-receiver']) {
        const seen = await visit(cast, clerk, 'GET', `/workspace/meetings/papers/${id}${address}`)
        assert.ok(!JSON.stringify(seen).includes('Quux'), `${id}${address}`)
        if (address !== '') assert.equal(seen.status, 404)
      }
    }
  })

  it('is seen as restricted, plainly, by those who may read it', async () => {
    const { panelClerk, world, meeting } = cast
    const paper = await visit(cast, panelClerk, 'GET', `/workspace/meetings/papers/${open.id}`)
    assert.match(paper.html, /<strong>Restricted:<\/strong> Local Government Act 1972/)
    assert.ok(paper.html.includes(planted.paragraph) && paper.html.includes(planted.appendix))
    const all = await world.as(panelClerk, trx => papersForMeeting(trx, meeting, { id: world.panel.id }))
    assert.equal(all.find(each => each.paperId === withheld.id)?.restriction?.includes('Schedule 12A'), true)
    const letters = (papers: typeof all) =>
      new Map(papers.flatMap(each => (each.letter === null ? [] : [[each.id, each.letter] as const])))
    const inPublic = letters(await world.as(panelClerk, trx => papersForMeeting(trx, meeting, 'public')))
    const inFull = letters(all)
    for (const [id, letter] of inPublic) assert.equal(inFull.get(id), letter)
  })
})
