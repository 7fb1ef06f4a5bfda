import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ExcelJS from 'exceljs'
import type { Viewer } from '../../../platform/access/viewer.ts'
import { createTypesetter } from '../../../platform/pdf/typesetting.ts'
import { readPdf } from '../../../platform/pdf/testing.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Answer, WorkspaceContext } from '../../../platform/web/route.ts'
import { createTemplates } from '../../../platform/web/templates.ts'
import { readFile } from '../../../record/files.ts'
import { atAddress } from '../../../record/published.ts'
import { link } from '../../../record/links.ts'
import { createRecord, findRecord } from '../../../record/records.ts'
import { testNow, testSite, testWorld, type TestWorld } from '../../../record/testing.ts'
import '../../../modules.ts'
import {
  fileInMemory,
  loadObservations,
  publishMeasure,
  raiseExceptions,
  setUpMeasure,
} from '../../performance/index.ts'
import { changesSince } from './changes.ts'
import { offeredSummary, openingSentence, type ReportContent, type ReportedMeasure } from './content.ts'
import { contentOf, publishReport, startReport, writeReport } from './deeds.ts'
import { drawingsOf, reportDocument } from './document.ts'
import { makeSpreadsheet } from './spreadsheet.ts'
import { performanceReportRoutes } from './workspace.ts'

const measure = (more: Partial<ReportedMeasure> = {}): ReportedMeasure => ({
  ...{ id: 'm1', reference: 'M-1', title: 'Robbery', href: '/testshire/performance/robbery', definition: 'Robberies.' },
  ...{ source: 'The force', latest: '150', latestPeriod: 'December 2025', change: '', says: [], standing: 'usual' },
  ...{ chart: null, exceptions: [], asked: [], remark: null, figures: [] },
  ...more,
})
const content = (measures: readonly ReportedMeasure[], more: Partial<ReportContent> = {}): ReportContent => ({
  ...{ title: 'Performance report', organisation: 'The office', asAt: '2026-01-05', summary: ['All is told below.'] },
  period: { text: '2025/26 Q3', words: 'October to December 2025', frequency: 'quarter' },
  objectives: [{ title: 'Prevent crime', measures }],
  changes: null,
  ...more,
})
const rise = {
  breakdown: '',
  ...{ id: 'e1', headline: 'Robbery: above its usual range in December 2025', text: 'Robbery was 150, above 108.' },
  ...{ judgement: 'For the worse', life: 'New', explanation: null, href: null },
}
const figure = (period: string, value: number | null) => ({
  ...{ breakdown: '', period, value, mark: null, numerator: null, denominator: null },
  ...{ status: 'final', asAt: null, signals: '' },
})

describe('what a performance report says', () => {
  it('opens with how many measures stand out, and which way', () => {
    const told = content([measure({ standing: 'bad' }), measure({ standing: 'good' }), measure()])
    assert.equal(
      openingSentence(told),
      'In October to December 2025 2 of 3 measures stood outside their usual range: 1 for the worse, 1 for the better.',
    )
    assert.match(openingSentence(content([measure()])), /none of 1 measure stood outside its usual range/)
  })

  it('offers a summary from what the rules say, and claims no more', () => {
    const offered = offeredSummary(
      content([measure({ standing: 'bad', exceptions: [rise] }), measure({ standing: 'silent' })]),
    )
    assert.match(offered, /^Robbery: above its usual range in December 2025\.$/m)
    assert.match(offered, /No question was asked/)
    assert.match(offered, /Of 1 measure the rules cannot say anything yet/)
  })

  it('tells what changed: new, gone on, over, answered, revised, come and gone', () => {
    const question = { id: 'q', reference: 'Q-1', title: 'Why?', state: 'Put', summary: '', outcomes: [], href: '' }
    const before = content([
      measure({ exceptions: [{ ...rise, id: 'e0', headline: 'Robbery: rising' }, rise], asked: [question] }),
      measure({ id: 'm2', title: 'Fraud' }),
    ])
    const now = content([
      measure({
        exceptions: [rise, { ...rise, id: 'e2', headline: 'Robbery: falling' }],
        asked: [{ ...question, outcomes: ['Because.'] }],
        figures: [figure('2025-11', 101), figure('2025-12', 150)],
      }),
      measure({ id: 'm3', title: 'Arson' }),
    ])
    const earlier = {
      objectives: [
        {
          title: '',
          measures:
            before.objectives[0]?.measures.map((each, at) =>
              at === 0 ? { ...each, figures: [figure('2025-11', 100)] } : each,
            ) ?? [],
        },
      ],
    }
    assert.deepEqual(changesSince(earlier, now), [
      'New: Robbery: falling.',
      'Still so: Robbery: above its usual range in December 2025.',
      'No longer so: Robbery: rising.',
      'Answered since: Why? (Q-1).',
      'Robbery: 1 figure was revised (2025-11 from 100 to 101).',
      'Arson is in the report for the first time.',
      'Fraud is no longer in the report.',
    ])
  })

  it('is a spreadsheet with every figure, and empty where there is none', async () => {
    const told = content([measure({ exceptions: [rise], figures: [figure('2025-11', 101), figure('2025-12', null)] })])
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await makeSpreadsheet(told)).buffer as ArrayBuffer)
    assert.deepEqual(
      book.worksheets.map(({ name }) => name),
      ['Summary', 'Measures', 'Exceptions', 'Asked and answered', 'Figures'],
    )
    const figures = book.getWorksheet('Figures')
    assert.equal(figures?.getCell('D2').value, 101)
    assert.equal(figures?.getCell('D3').value, null)
    assert.equal(book.getWorksheet('Exceptions')?.getCell('B2').value, rise.text)
  })
})

describe('a performance report', () => {
  let world: TestWorld
  let lead: Viewer
  const typesetter = createTypesetter(1)
  before(async () => {
    world = await testWorld()
    lead = world.viewer(world.office, 'policy-lead')
  })
  after(async () => {
    await typesetter.close()
    await world.close()
  })

  const values = [100, 104, 98, 102, 99, 103, 97, 101, 100, 104, 98, 150, 99]
  const csv = ['measure,period,value']
    .concat(
      values.map(
        (value, i) => `Robbery,${i < 12 ? `2025-${String(i + 1).padStart(2, '0')}` : '2026-01'},${String(value)}`,
      ),
    )
    .join('\n')

  /** The measure with its figures, held by the office. */
  const setUp = () =>
    world.as(lead, async (trx, context) => {
      const made = await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Robbery', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Robberies recorded.', source: 'The force' },
      })
      const loaded = await loadObservations(trx, context, fileInMemory('a.csv', Buffer.from(csv)), {
        areaId: 1,
        dryRun: false,
      })
      await raiseExceptions(trx, context, 1, loaded.series)
      return made.id
    })
  const quarter = { frequency: 'quarter' as const, start: Temporal.PlainDate.from('2025-10-01') }
  const begin = (measures: readonly string[], period = quarter) =>
    world.as(
      lead,
      async (trx, context) => (await startReport(trx, context, { areaId: 1, title: 'Report', period, measures })).id,
    )
  const visit = (viewer: Viewer, path: string, id: string): Promise<Answer> => {
    const route = performanceReportRoutes.find(each => each.method === 'GET' && each.path === path)
    assert.ok(route)
    return world.as(viewer, async (_trx, context: WorkspaceContext) => route.handler(context), { params: { id } })
  }

  it('tells of a period by the figures up to its end, is frozen, printed and tied to what it tells of', async () => {
    const robbery = await setUp()
    const id = await begin([robbery])
    await world.as(lead, async (trx, context) => {
      const drafted = await contentOf(trx, context, { areaId: 1, id })
      const [told] = drafted.objectives[0]?.measures ?? []
      assert.equal(told?.latestPeriod, 'December 2025', 'January lies after the quarter')
      assert.match(told?.exceptions[0]?.headline ?? '', /above its usual range in December 2025/)
      assert.equal(told?.figures.length, 12)
    })
    await assert.rejects(begin([robbery]), Refusal, 'one report a period')
    await world.as(lead, (trx, context) =>
      publishReport(trx, context, { areaId: 1, id }, 'https://example.org', async (said, site) => ({
        pdf: (await typesetter.typeset(reportDocument(said, site), drawingsOf(said))).bytes,
        accessible: true,
        spreadsheet: Buffer.from(await makeSpreadsheet(said)),
      })),
    )
    const moment = testNow.add({ hours: 1 })
    const found = await atAddress(world.database.public, 1, 'performance-reports/pr-2025-01', moment)
    assert.equal(found.found, 'record')
    if (found.found !== 'record') return
    const files = found.snapshot.body['files'] as readonly { id: string; title: string }[]
    assert.equal(files.length, 2)
    const pdf = await world.as(lead, (trx, context) =>
      readFile(trx, context.viewer.organisation.id, files[0]?.id ?? ''),
    )
    const read = await readPdf(pdf?.bytes ?? Buffer.from(''))
    assert.ok(read.tagged && read.claims, 'tagged, with the claim of PDF/UA-1')
    assert.match(read.all, /Robbery, December 2025: 150, above the upper limit/)
    assert.match(read.all, /The same|October 2025/)
    const trail = await world.as(lead, trx =>
      trx.selectFrom('published.link').select('relation').where('from_id', '=', id).execute(),
    )
    assert.deepEqual(trail.map(each => each.relation).toSorted(), ['reports-on', 'reports-on'])
  })

  it('stays as it was published when figures are revised, and the next one says what changed', async () => {
    await world.as(lead, async (trx, context) => {
      const revised = 'measure,period,value\nRobbery,2025-11,120\nRobbery,2026-02,100\nRobbery,2026-03,100'
      const loaded = await loadObservations(trx, context, fileInMemory('b.csv', Buffer.from(revised)), {
        areaId: 1,
        dryRun: false,
      })
      await raiseExceptions(trx, context, 1, loaded.series)
    })
    const ids = await world.as(lead, trx =>
      trx.selectFrom('reports_performance_report').select(['id', 'measures']).execute(),
    )
    const [first] = ids
    const next = await begin(first?.measures ?? [], {
      frequency: 'quarter',
      start: Temporal.PlainDate.from('2026-01-01'),
    })
    await world.as(lead, async (trx, context) => {
      const frozen = await contentOf(trx, context, { areaId: 1, id: first?.id ?? '' })
      assert.equal(frozen.objectives[0]?.measures[0]?.figures.find(({ period }) => period === '2025-11')?.value, 98)
      const now = await contentOf(trx, context, { areaId: 1, id: next })
      assert.equal(now.changes?.since, 'October to December 2025')
      assert.match(now.changes?.lines.join(' ') ?? '', /1 figure was revised \(2025-11 from 98 to 120\)/)
      const writing = { title: 'New', summary: 'x', remarks: {}, measures: [] }
      await assert.rejects(writeReport(trx, context, { areaId: 1, id: first?.id ?? '' }, 1, writing), Refusal)
    })
  })

  it('leaves out a question about its figures that is not published', async () => {
    await world.as(lead, async (trx, context) => {
      const row = await trx
        .selectFrom('reports_performance_report')
        .selectAll()
        .where('frozen', 'is', null)
        .executeTakeFirstOrThrow()
      const made = { areaId: 1, kind: 'question', title: 'A draft that nobody else may read', state: 'draft' }
      const question = await createRecord(trx, context, made)
      await link(trx, context, question, 'asks-about', { areaId: 1, id: row.measures[0] ?? '', kind: 'measure' })
      const told = await contentOf(trx, context, { areaId: 1, id: row.id })
      assert.equal(told.objectives.length, 1)
      assert.deepEqual(told.objectives[0]?.measures[0]?.asked, [])
    })
  })

  it('is nothing to another organisation while it is a draft', async () => {
    const id = await begin([], { frequency: 'quarter', start: Temporal.PlainDate.from('2024-01-01') })
    for (const [organisation, role] of [
      [world.force, 'liaison'],
      [world.panel, 'panel-clerk'],
    ] as const) {
      for (const path of ['/reports/performance/:id', '/reports/performance/:id/draft.pdf']) {
        const answer = await visit(world.viewer(organisation, role), path, id)
        assert.equal(answer.type, 'not-found')
      }
    }
    const templates = createTemplates()
    const answer = await visit(lead, '/reports/performance/:id', id)
    assert.equal(answer.type, 'page')
    if (answer.type !== 'page') return
    const site = { ...testSite('workspace'), csrfToken: 'token' }
    assert.match(templates.render(answer.view, answer.model, site), /No measure is chosen/)
  })

  it('publishes its measures with it, and nothing where one may not be', async () => {
    const [measures] = await world.as(lead, trx =>
      trx.selectFrom('reports_performance_report').select('measures').execute(),
    )
    await world.as(lead, async (trx, context) => {
      const head = await findRecord(trx, { areaId: 1, id: measures?.measures[0] ?? '' })
      assert.equal(head?.publication, 'published')
      const other = await setUpMeasure(trx, context, {
        ...{ areaId: 1, title: 'Robbery', unit: 'count', kind: 'count', polarity: 'decrease', frequency: 'month' },
        ...{ definition: 'Another of the name.', source: 'The force' },
      })
      await assert.rejects(publishMeasure(trx, context, { areaId: 1, id: other.id }), Refusal)
    })
  })
})
