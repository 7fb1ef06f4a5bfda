import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import exceljs from 'exceljs'
import type { Viewer } from '../../../platform/access/viewer.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { declareKinds } from '../../../record/kinds.ts'
import { testSite, testWorld, type TestWorld } from '../../../record/testing.ts'
import { performance as performanceModule } from '../index.ts'
import { setUpMeasure } from '../measures/set-up-measure.ts'
import { figuresOf, findMeasures, seriesOf } from '../queries.ts'

const site = testSite('workspace')

/** A month's return of an invented force: two rows of headings, a title, a total, a footnote. */
async function monthlyReturn(months: readonly string[], rows: readonly (readonly (string | number | null)[])[]) {
  const book = new exceljs.Workbook()
  book.addWorksheet('Notes').addRow(['Made up for a test'])
  const sheet = book.addWorksheet('Return')
  sheet.addRow(['Monthly return'])
  sheet.addRow(['District', 'Measure', ...months])
  for (const row of rows) sheet.addRow([...row])
  sheet.addRow(['Figures are provisional and may change'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('A spreadsheet of an office', () => {
  let world: TestWorld
  let lead: Viewer
  const templates = createTemplates()

  before(async () => {
    declareKinds([performanceModule])
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
    await world.as(lead, async (trx, context) => {
      const made = { areaId: 1, polarity: 'decrease', definition: 'As counted.', source: 'The force' } as const
      await setUpMeasure(trx, context, {
        ...made,
        title: 'Recorded crime',
        unit: 'count',
        kind: 'count',
        frequency: 'month',
      })
      const share = { unit: 'percent', kind: 'proportion', frequency: 'month', decimals: 1 } as const
      await setUpMeasure(trx, context, { ...made, title: 'Victim satisfaction', ...share })
    })
  })
  after(() => world.close())

  type More = Partial<Pick<WorkspaceContext, 'params' | 'query' | 'fields' | 'uploads'>>
  async function visit(method: 'GET' | 'POST', path: string, more: More = {}, viewer = lead): Promise<Answer> {
    const route = performanceModule.workspace.find(each => each.method === method && each.path === path)
    assert.ok(route, path)
    return world.as(viewer, async (_trx, context) => route.handler(context), more)
  }
  function html(answer: Answer): string {
    assert.equal(answer.type, 'page', JSON.stringify(answer))
    return answer.type === 'page' ? templates.render(answer.view, answer.model, site) : ''
  }
  function target(answer: Answer): string {
    assert.equal(answer.type, 'redirect', answer.type === 'page' ? html(answer).replaceAll(/<[^>]+>|\s+/g, ' ') : '')
    return answer.type === 'redirect' ? answer.to : ''
  }
  const step = (name: string) => `/performance/imports/:id/${name}`
  const upload = (bytes: Buffer, fileName: string) => [{ field: 'file', fileName, mediaType: 'x', bytes }]
  const idOf = (address: string) => /imports\/([0-9a-f-]{36})/.exec(address)?.[1] ?? ''
  /** Period, figure and part of a measure as they are held. */
  const held = (title: string) =>
    world.as(lead, async trx => {
      const measure = (await findMeasures(trx, 1)).find(each => each.title === title)
      const series = await seriesOf(trx, 1, [measure?.id ?? ''])
      const figures = await figuresOf(
        trx,
        series.map(each => each.id),
      )
      return series.flatMap(each =>
        (figures.get(each.id) ?? []).map(figure => [
          each.breakdown,
          figure.period.start.toString().slice(0, 7),
          figure.value,
        ]),
      )
    })

  const columns = {
    ...{ 'heading-1': '2', 'says-1': 'period', 'heading-2': '', 'says-2': 'names', 'heading-3': '', 'says-3': 'names' },
    ...{ first: '3', 'column-1': 'breakdown', 'column-2': 'measure', 'column-3': 'figures', 'column-4': 'figures' },
    ...{ measure: '', period: '' },
  }
  let params = { id: '' }

  it('is described step by step, each with what is missing said beside it', async () => {
    const bytes = await monthlyReturn(
      ['Apr-25', 'May-25'],
      [
        ['Rugby', 'Crime', '1,200', 1300],
        ['Rugby', 'Satisfied', 0.85, 0.86],
        ['Force total', 'Crime', 5200, '-'],
        ['Force total', 'Satisfied', 0.84, null],
      ],
    )
    const first = target(await visit('POST', '/performance/imports/new', { uploads: upload(bytes, 'return.xlsx') }))
    assert.match(first, /\/sheet$/)
    params = { id: idOf(first) }
    assert.match(html(await visit('GET', step('sheet'), { params })), /Notes[\s\S]*Return/)
    assert.match(html(await visit('POST', step('sheet'), { params })), /Choose the sheet with the figures/)
    target(await visit('POST', step('sheet'), { params, fields: { sheet: 'Return' } }))
    assert.match(html(await visit('GET', step('columns'), { params })), /Monthly return[\s\S]*Column C: Apr-25/)
    const vague = html(
      await visit('POST', step('columns'), {
        params,
        fields: { ...columns, 'says-1': 'names', 'column-2': 'nothing' },
      }),
    )
    assert.match(vague, /say what their headings mean[\s\S]*Choose the measure[\s\S]*Enter the period/)
    assert.match(target(await visit('POST', step('columns'), { params, fields: columns })), /\/labels$/)
  })
  it('says what its labels mean, the nearest offered, and how it is written, nothing chosen beforehand', async () => {
    const labels = html(await visit('GET', step('labels'), { params }))
    assert.match(labels, /Crime[\s\S]*Satisfied[\s\S]*As written: Rugby/)
    const fields = { 'measure-0': 'name:M-2026-01', 'measure-1': '', 'breakdown-0': 'as-written', 'breakdown-1': '' }
    const unsaid = html(await visit('POST', step('labels'), { params, fields }))
    assert.match(unsaid, /Choose the measure that “Satisfied” is[\s\S]*Choose what “Force total” means/)
    const said = { ...fields, 'measure-1': 'name:M-2026-02', 'breakdown-1': 'whole-area' }
    target(await visit('POST', step('labels'), { params, fields: said }))
    const spellings = html(await visit('GET', step('spellings'), { params }))
    assert.match(spellings, /What does the comma[\s\S]*How are percentages written\?[\s\S]*from 0\.84 to 0\.86/)
    assert.match(spellings, /What does an empty cell mean[\s\S]*What does “-” mean/)
    assert.doesNotMatch(spellings.slice(0, spellings.indexOf('Of this file')), / checked/)
    const none = html(await visit('POST', step('spellings'), { params, fields: { status: '' } }))
    assert.equal(none.match(/error-message">/g)?.length, 4)
  })
  it('is shown as it will be read, kept for next month, checked, and loaded', async () => {
    const spelt = {
      ...{ 'figure-comma': 'thousands', 'figure-percentages': 'of-1', 'figure-blank': 'nothing', 'mark-0': '[x]' },
      ...{ status: 'provisional', 'asAt-day': '1', 'asAt-month': '6', 'asAt-year': '2025' },
    }
    assert.match(target(await visit('POST', step('spellings'), { params, fields: spelt })), /\/rows$/)
    const rows = html(await visit('GET', step('rows'), { params }))
    assert.match(rows, /7 figures can be read\. 1 cell is passed over/)
    assert.match(rows, /C3[\s\S]*Recorded crime[\s\S]*Rugby[\s\S]*April 2025[\s\S]*1200/)
    assert.match(rows, /Row 7: no figure stands in it \(“Figures are provisional/)
    const checked = target(await visit('POST', step('rows'), { params, fields: { name: 'Monthly return' } }))
    const page = html(await visit('GET', '/performance/imports/:id', { params }))
    assert.match(page, /New figures[\s\S]*7[\s\S]*return\.xlsx[\s\S]*Monthly return[\s\S]*Load these figures/)
    assert.equal((await visit('GET', step('rows'), { params })).type, 'not-found')
    target(await visit('POST', '/performance/imports/:id/apply', { params: { id: idOf(checked) } }))
    assert.deepEqual(await held('Recorded crime'), [
      ['', '2025-04', 5200],
      ['', '2025-05', null],
      ['Rugby', '2025-04', 1200],
      ['Rugby', '2025-05', 1300],
    ])
    assert.deepEqual((await held('Victim satisfaction'))[0], ['', '2025-04', 84])
  })
  it('of the same shape is recognised next month, with what differs said first', async () => {
    const bytes = await monthlyReturn(
      ['May-25', 'Jun-25'],
      [
        ['Rugby', 'Crime', 1310, 1250],
        ['Stratford', 'Crime', 900, 950],
      ],
    )
    const first = target(await visit('POST', '/performance/imports/new', { uploads: upload(bytes, 'june.xlsx') }))
    params = { id: idOf(first) }
    const found = html(await visit('GET', step('recognised'), { params }))
    assert.match(found, /Monthly return[\s\S]*“Satisfied” is not in this file any more[\s\S]*“Stratford” is new/)
    const mapping = /name="mapping" value="([^"]+)"/.exec(found)?.[1] ?? ''
    target(await visit('POST', step('recognised'), { params, fields: { mapping } }))
    assert.match(target(await visit('GET', step('spellings'), { params })), /\/labels$/)
    const fields = { 'measure-0': 'name:M-2026-01', 'breakdown-0': 'as-written', 'breakdown-1': '', others: 'yes' }
    target(await visit('POST', step('labels'), { params, fields }))
    const day = { status: 'final', 'asAt-day': '1', 'asAt-month': '7', 'asAt-year': '2025' }
    assert.match(target(await visit('POST', step('spellings'), { params, fields: day })), /\/rows$/)
    const twice = await visit('POST', step('rows'), { params, fields: { name: 'x'.repeat(101) } })
    assert.match(html(twice), /100 characters or fewer/)
    target(await visit('POST', step('rows'), { params, fields: { name: 'Monthly return' } }))
    assert.match(
      html(await visit('GET', '/performance/imports/:id', { params })),
      /Changed figures[\s\S]*May 2025[\s\S]*1,300[\s\S]*1,310/,
    )
    target(await visit('POST', '/performance/imports/:id/apply', { params }))
    const done = html(await visit('GET', '/performance/imports/:id', { params }))
    assert.match(done, /Figures that were revised[\s\S]*Recorded crime, Rugby[\s\S]*1,300[\s\S]*1,310/)
    assert.match(done, /What was not as the kept reading has it[\s\S]*“Stratford” is new/)
  })
  it('with figures of another scale waits until somebody confirms them', async () => {
    const bytes = Buffer.from('measure,period,value\nVictim satisfaction,2025-06,0.87\n')
    const checked = target(await visit('POST', '/performance/imports/new', { uploads: upload(bytes, 'long.csv') }))
    params = { id: idOf(checked) }
    const page = html(await visit('GET', '/performance/imports/:id', { params }))
    assert.match(page, /Not yet possible: Load these figures[\s\S]*Is 87\.00% meant/)
    const refused = await visit('POST', '/performance/imports/:id/apply', { params })
    assert.equal(refused.type, 'page')
    assert.match(html(await visit('POST', '/performance/imports/:id/confirm', { params })), /Tick the box/)
    target(await visit('POST', '/performance/imports/:id/confirm', { params, fields: { right: 'yes' } }))
    target(await visit('POST', '/performance/imports/:id/apply', { params }))
    const done = html(await visit('GET', '/performance/imports/:id', { params }))
    assert.match(done, /looked odd and were confirmed[\s\S]*0\.87[\s\S]*Confirmed by/)
  })
  it('that cannot be read is refused with what to do; a pasted table is read like a file', async () => {
    const refusal = async (bytes: Buffer, name: string) =>
      html(await visit('POST', '/performance/imports/new', { uploads: upload(bytes, name) }))
    assert.match(await refusal(Buffer.from('PK\u0003\u0004', 'latin1'), 'x.xlsx'), /may be damaged/)
    assert.match(await refusal(Buffer.from(' \n'), 'x.csv'), /There is nothing in/)
    const pasted = 'Month\tCrime\nApr-25\t5200\n'
    assert.match(target(await visit('POST', '/performance/imports/new', { fields: { pasted } })), /\/columns$/)
    assert.match(html(await visit('POST', '/performance/imports/new')), /Choose a file, or paste a table/)
  })
  it('is described by nobody else: another organisation sees neither file nor kept reading', async () => {
    const began = await visit('POST', '/performance/imports/new', {
      fields: { pasted: 'Month\tCrime\nApr-25\t5200\n' },
    })
    const mine = { id: idOf(target(began)) }
    const panel = world.viewer(world.panel, 'panel-clerk')
    for (const name of ['columns', 'labels', 'spellings', 'rows', 'recognised']) {
      assert.equal((await visit('GET', step(name), { params: mine }, panel)).type, 'not-found', name)
    }
    assert.match(html(await visit('GET', '/performance/mappings')), /Monthly return/)
    assert.match(html(await visit('GET', '/performance/mappings', {}, panel)), /None is kept yet/)
    const policy = await world.as(panel, trx => trx.selectFrom('performance_mapping').selectAll().execute())
    assert.deepEqual(policy, [])
    const kept = /mappings\/([0-9a-f-]{36})\/forget/.exec(html(await visit('GET', '/performance/mappings')))?.[1] ?? ''
    target(await visit('POST', '/performance/mappings/:id/forget', { params: { id: kept } }, panel))
    assert.match(html(await visit('GET', '/performance/mappings')), /Monthly return/)
    target(await visit('POST', '/performance/mappings/:id/forget', { params: { id: kept } }))
    assert.match(html(await visit('GET', '/performance/mappings')), /None is kept yet/)
  })

  describe('or a grid to type into', () => {
    const query = { measures: 'M-2026-01', from: '2025-05', count: '3' }
    const grid = '/performance/figures/grid'
    const boxes = { 'f-0-0': '', 'f-0-1': '', 'f-0-2': '', 'was-f-0-0': '1', 'was-f-0-1': 'none', 'was-f-0-2': 'none' }
    const typed = { ...boxes, 'f-0-0': '[x]', status: 'final', reason: '' }

    it('is chosen by measure and period', async () => {
      assert.match(html(await visit('GET', '/performance/figures')), /Recorded crime/)
      assert.match(
        html(await visit('POST', '/performance/figures', { fields: { count: '0' } })),
        /must be between 1 and 60/,
      )
      assert.match(
        html(await visit('POST', '/performance/figures', { fields: { count: '3' } })),
        /Choose at least one measure/,
      )
      const fields = { measures: 'M-2026-01', count: '3', from: 'soon' }
      assert.match(html(await visit('POST', '/performance/figures', { fields })), /Enter the first period/)
      const chosen = target(await visit('POST', '/performance/figures', { fields: { ...fields, from: 'May 2025' } }))
      assert.match(chosen, /grid\?measures=M-2026-01&from=2025-05&count=3/)
    })
    it('shows what is held, and says beside each box what is wrong with all typed kept', async () => {
      const shown = html(await visit('GET', grid, { query }))
      assert.match(shown, /May 2025[\s\S]*provisional, as at 1 Jun 2025[\s\S]*value="\[x\]"[\s\S]*July 2025/)
      const faulty = html(
        await visit('POST', grid, { query, fields: { ...typed, 'f-0-1': '5,300', 'f-0-2': '3 + 1' } }),
      )
      assert.match(faulty, /Recorded crime, June 2025: “5,300” has thousands separators/)
      assert.match(faulty, /value="3 \+ 1"/)
      const nothing = await visit('POST', grid, { query, fields: typed })
      assert.match(html(nothing), /Nothing was typed that is not held already/)
    })
    it('asks why a held figure is changed, and whether an odd one is right', async () => {
      const fields = { ...typed, 'f-0-0': '5250', 'f-0-1': '52' }
      assert.match(
        html(await visit('POST', grid, { query, fields })),
        /Enter why figures that are held already are changed/,
      )
      const early = { ...fields, reason: 'Late entries', 'asAt-day': '1', 'asAt-month': '5', 'asAt-year': '2025' }
      assert.match(
        html(await visit('POST', grid, { query, fields: early })),
        /stood so on 1 June 2025, later than the day/,
      )
      await visit('POST', grid, { query, fields: { ...typed, 'f-0-1': '5300' } }).then(target)
      const third = { ...boxes, 'f-0-0': '[x]', 'f-0-1': '5300', 'f-0-2': '5100', 'was-f-0-1': '1', status: 'final' }
      target(await visit('POST', grid, { query, fields: third }))
      const odd = { ...third, 'f-0-2': '51', 'was-f-0-2': '1', reason: 'A slip' }
      const asked = html(await visit('POST', grid, { query, fields: odd }))
      assert.match(asked, /July 2025: “Recorded crime” has 51 here, and is usually about 5,200[\s\S]*they are right/)
      const done = target(await visit('POST', grid, { query, fields: { ...odd, right: 'yes' } }))
      const page = html(await visit('GET', '/performance/imports/:id', { params: { id: idOf(done) } }))
      assert.match(page, /Why held figures were changed[\s\S]*A slip[\s\S]*Confirmed by[\s\S]*5,100[\s\S]*51/)
    })
    it('overwrites nothing that somebody changed meanwhile', async () => {
      const late = { ...typed, 'f-0-1': '9', 'f-0-2': '51', 'was-f-0-1': 'none', 'was-f-0-2': '2', reason: 'x' }
      const page = html(await visit('POST', grid, { query, fields: late }))
      assert.match(page, /June 2025: somebody has changed this since you opened the page\. It is 5300 now/)
      assert.match(page, /name="was-f-0-1" value="1"/)
    })
  })
})
