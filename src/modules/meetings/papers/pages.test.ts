import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { visit } from '../testing.ts'
import { findCopy, findPaper } from './queries.ts'
import { panelCast } from './testing.ts'
import type { PanelCast } from './testing.ts'
import { corruptPdf, corruptWord, pdfDocument, wordDocument } from './testing-documents.ts'

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const base = '/workspace/meetings/papers'
const upload = (fileName: string, bytes: Buffer) => ({
  field: 'file',
  fileName,
  mediaType: fileName.endsWith('.docx') ? word : 'application/pdf',
  bytes,
})

describe('the pages of papers', () => {
  let cast: PanelCast
  let path: string
  let request: string
  before(async () => {
    cast = await panelCast()
  })
  after(() => cast.close())

  const paper = async () => {
    const id = path.split('/').at(-1) ?? ''
    const found = await cast.world.as(cast.clerk, trx => findPaper(trx, { areaId: 1, id }))
    assert.ok(found)
    return found
  }
  const version = async () => String((await paper()).head.version)

  it('lead from the meeting to a request, and keep what was typed of one that is wrong', async () => {
    const { panelClerk, meeting, world } = cast
    const address = `/workspace/meetings/${meeting.id}/papers`
    const typed = {
      title: 'Budget report',
      covers: 'Quarter 3',
      item: cast.budget,
      organisation: world.office.id,
      role: 'board-clerk',
      'due-day': '30',
      'due-month': '4',
      'due-year': '2026',
    }
    const late = await visit(cast, panelClerk, 'POST', `${address}/ask`, typed)
    assert.equal(late.status, 422)
    assert.match(late.html, /A paper is due before it/)
    assert.match(late.html, /Quarter 3/)
    const asked = await visit(cast, panelClerk, 'POST', `${address}/ask`, { ...typed, 'due-day': '10' })
    assert.equal(asked.to, address)
    assert.match((await visit(cast, panelClerk, 'GET', address)).html, /Asked of .*10 April 2026/)
  })

  it('lead from the request to the paper', async () => {
    const { clerk } = cast
    const list = await visit(cast, clerk, 'GET', `${base}/requests`)
    request = /requests\/received\/([0-9a-f-]{36})/.exec(list.html)?.[1] ?? ''
    const page = await visit(cast, clerk, 'GET', `${base}/requests/received/${request}`)
    assert.match(page.html, /Write this paper/)
    const begun = await visit(cast, clerk, 'POST', `${base}/new`, { title: 'Budget report', request })
    path = begun.to
    assert.match((await visit(cast, clerk, 'GET', path)).html, /Nothing is written yet/)
    assert.doesNotMatch(
      (await visit(cast, clerk, 'GET', `${base}/requests/received/${request}`)).html,
      /Write this paper/,
    )
  })

  it('preview without saving, save, and refuse fences that do not close', async () => {
    const { clerk } = cast
    const typed = { version: await version(), title: 'Budget report', body: '# Costs\n\nAll **well**.' }
    const seen = await visit(cast, clerk, 'POST', `${path}/write`, { ...typed, preview: 'yes' })
    assert.match(seen.html, /All <strong>well<\/strong>/)
    assert.equal((await paper()).row.body, '')
    const wrong = { ...typed, body: '::: restricted G1\nx', background: 'no | address' }
    const refused = await visit(cast, clerk, 'POST', `${path}/write`, wrong)
    assert.equal(refused.status, 422)
    assert.match(refused.html, /has no end/)
    assert.match(refused.html, /Line 1: enter a title/)
    assert.match(refused.html, /::: restricted G1/)
    assert.equal((await visit(cast, clerk, 'POST', `${path}/write`, typed)).to, path)
    assert.match((await paper()).row.body, /# Costs/)
  })

  it('show both texts to whoever comes too late', async () => {
    const typed = { version: '1', title: 'Budget report', body: 'My other words.' }
    const late = await visit(cast, cast.clerk, 'POST', `${path}/write`, typed)
    assert.equal(late.status, 409)
    assert.match(late.html, /My other words\./)
    assert.match(late.html, /# Costs/)
  })

  for (const [name, file, words] of [
    ['a corrupt Word document', upload('broken.docx', corruptWord()), /cannot be opened as a Word document/],
    ['a PDF with a password', upload('locked.pdf', pdfDocument(['x'], true)), /protected by a password/],
    ['a corrupt PDF', upload('broken.pdf', corruptPdf()), /cannot be opened as a PDF/],
  ] as const) {
    it(`answer ${name} in words, and keep what was there`, async () => {
      const sent = await visit(cast, cast.clerk, 'POST', `${path}/upload`, { version: await version() }, [file])
      assert.equal(sent.status, 422)
      assert.match(sent.html, words)
      assert.match((await paper()).row.body, /# Costs/)
      assert.equal((await paper()).row.document, null)
    })
  }

  it('take a Word document as text, recommendations first', async () => {
    const bytes = wordDocument(['# Recommendations', 'That it be noted.', '# Costs', 'They rose.'])
    const fields = { version: await version() }
    assert.equal(
      (await visit(cast, cast.clerk, 'POST', `${path}/upload`, fields, [upload('r.docx', bytes)])).status,
      303,
    )
    const { row } = await paper()
    assert.equal(row.recommendations, 'That it be noted.')
    assert.equal(row.body, '# Costs\n\nThey rose.')
  })

  it('take a scan as an appendix, and ask for what its pages show', async () => {
    const fields = { version: await version(), title: 'Survey' }
    const scan = upload('scan.pdf', pdfDocument(['', '']))
    assert.equal((await visit(cast, cast.clerk, 'POST', `${path}/appendices/new`, fields, [scan])).status, 303)
    const page = await visit(cast, cast.clerk, 'GET', path)
    assert.match(page.html, /is a scan: it has no text/)
    assert.match(page.html, /What page 1 shows/)
    const file = (await paper()).appendices[0]?.document?.fileId ?? ''
    const described = { version: await version(), file, page: '1', alternative: 'A map of the beats.' }
    assert.equal((await visit(cast, cast.clerk, 'POST', `${path}/describe`, described)).to, path)
    assert.match((await visit(cast, cast.clerk, 'GET', path)).html, /What page 2 shows/)
    const other = { ...described, version: await version(), file: cast.budget }
    assert.equal((await visit(cast, cast.clerk, 'POST', `${path}/describe`, other)).status, 404)
  })

  it('mark one paragraph, on the office’s own ground alone', async () => {
    const { clerk } = cast
    const list = await visit(cast, clerk, 'GET', `${path}/classification`)
    assert.match(list.html, /Mark as restricted/)
    const form = `${path}/classification/part?section=body&at=1`
    assert.doesNotMatch((await visit(cast, clerk, 'GET', form)).html, /Schedule 12A/)
    const typed = { version: await version(), marking: 'article-2-2', limb: 'c' }
    const missing = await visit(cast, clerk, 'POST', form, typed)
    assert.equal(missing.status, 422)
    assert.match(missing.html, /Say who decided/)
    const forbidden = { ...typed, marking: 'schedule-12a', paragraphs: '3', 'public-interest': 'x' }
    assert.match(
      (await visit(cast, clerk, 'POST', form, forbidden)).html,
      /A commissioner withholds under article 2\(2\)/,
    )
    const marked = await visit(cast, clerk, 'POST', form, { ...typed, 'decided-by': 'The chief executive' })
    assert.equal(marked.to, `${path}/classification`)
    assert.match(
      (await visit(cast, clerk, 'GET', marked.to)).html,
      /<strong>Restricted:<\/strong>[^<]*article 2\(2\)\(c\)/,
    )
  })

  it('say what stays back before it is sent, and show it as the receiver and as the public will see it', async () => {
    const { clerk, world } = cast
    const send = await visit(cast, clerk, 'GET', `${path}/send`)
    assert.match(send.html, /Report, paragraph 1\.1<\/bdi>: Elected Local Policing Bodies/)
    assert.match(send.html, new RegExp(`value="${world.panel.id}" selected`))
    assert.ok(!(await visit(cast, clerk, 'GET', `${path}/as-receiver`)).html.includes('They rose.'))
    const nobody = { version: await version(), organisation: world.office.id }
    assert.match((await visit(cast, clerk, 'POST', `${path}/send`, nobody)).html, /Choose whom it goes to/)
    const typed = { version: await version(), organisation: world.panel.id, 'may-publish': 'yes' }
    assert.equal((await visit(cast, clerk, 'POST', `${path}/send`, typed)).to, path)
    const id = path.split('/').at(-1) ?? ''
    const seen = await visit(cast, cast.panelClerk, 'GET', `${base}/received/${id}`)
    assert.ok(!seen.html.includes('They rose.'))
    assert.match(seen.html, /What they restrict is left out/)
  })

  it('place what was received, on the item it was asked for, and show what changed later', async () => {
    const { panelClerk, clerk, budget, meeting, world } = cast
    const id = path.split('/').at(-1) ?? ''
    const received = `${base}/received/${id}`
    assert.match((await visit(cast, panelClerk, 'GET', received)).html, new RegExp(`value="${budget}" selected`))
    assert.equal((await visit(cast, panelClerk, 'POST', `${received}/place`, { item: '' })).status, 422)
    const placed = await visit(cast, panelClerk, 'POST', `${received}/place`, { item: budget })
    assert.equal(placed.to, `/workspace/meetings/${meeting.id}/papers`)
    assert.match((await visit(cast, panelClerk, 'GET', placed.to)).html, /Appendix A: <bdi>Survey/)
    assert.match((await visit(cast, panelClerk, 'GET', `/workspace/meetings/${meeting.id}`)).html, /Budget report/)

    await visit(cast, clerk, 'POST', `${path}/appendices/new`, {
      version: await version(),
      title: 'Later',
      text: 'More.',
    })
    const typed = { version: await version(), organisation: world.panel.id, 'may-publish': 'yes' }
    await visit(cast, clerk, 'POST', `${path}/send`, typed)
    const changed = await visit(cast, panelClerk, 'GET', received)
    assert.match(changed.html, /Appendix: Later/)
    assert.match(changed.html, /<ins>More\.<\/ins>/)
    const copy = await world.as(panelClerk, trx => findCopy(trx, { areaId: 1, id }))
    const replaced = { version: String(copy?.head.version) }
    assert.equal((await visit(cast, panelClerk, 'POST', `${received}/replace`, replaced)).status, 303)
    assert.doesNotMatch((await visit(cast, panelClerk, 'GET', received)).html, /What changed since/)
  })

  it('are closed to whoever may not', async () => {
    const { world, clerk } = cast
    const member = world.viewer(world.panel, 'panel-member')
    assert.equal((await visit(cast, member, 'GET', base)).status, 200)
    for (const address of ['/new', `/${path.split('/').at(-1) ?? ''}/send`]) {
      assert.equal((await visit(cast, member, 'GET', `${base}${address}`)).status, 403)
    }
    const liaison = world.viewer(world.force, 'liaison')
    assert.equal((await visit(cast, liaison, 'GET', path)).status, 404)
    assert.equal((await visit(cast, clerk, 'GET', `/workspace/meetings/${cast.meeting.id}/papers`)).status, 404)
  })
})
