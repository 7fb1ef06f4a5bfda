import type { Trx } from '../../platform/database/tables.ts'
import { addAppendix, addPaper, markPart, placePaper, savePaper } from '../../modules/meetings/index.ts'
import { publishRecord } from '../../record/publish.ts'
import type { RecordHead } from '../../record/record.ts'
import type { Doing } from '../timeline.ts'
import type { ReportFact } from './panel-facts.ts'
import type { PaperWorld } from './world.ts'

/** Places a report that went to a meeting under its item: headings and a line on each, and gaps for what was marked. */
export async function addReport(
  trx: Trx,
  act: Doing,
  world: PaperWorld,
  report: ReportFact,
  place: { meeting: RecordHead; itemId: string },
): Promise<void> {
  const { title, author, appendices } = report
  const paper = await addPaper(trx, act, { areaId: place.meeting.areaId, title, author })
  const words = { title, author, meetingWords: null, contact: null, recommendations: '', background: [] }
  await savePaper(trx, act, paper, null, { ...words, body: bodyOf(world, report) })
  for (const { title: called, says, ground } of appendices) {
    const id = await addAppendix(trx, act, paper, null, { title: called, body: says })
    if (ground !== null) await markPart(trx, act, paper, null, { type: 'appendix', id }, ground)
  }
  await placePaper(trx, act, paper, place)
  await publishRecord(trx, act, paper)
}

function bodyOf(world: PaperWorld, { sections, leftOut, source }: ReportFact): string {
  const parts = sections.map(({ heading, says }) => `## ${heading}\n\n${says}`)
  return [...parts, '## About this page', leftOut, `Source: ${world.papers.cite(source)}.`].join('\n\n')
}
