import type { Trx } from '../../platform/database/tables.ts'
import { longDate } from '../../platform/time.ts'
import { link } from '../../record/links.ts'
import type { Act, RecordHead } from '../../record/record.ts'
import { addPaper, savePaper } from '../meetings/index.ts'
import { gatherSection } from './gather.ts'
import type { ReportScope } from './gather.ts'
import { reportText } from './sections.ts'
import type { GatheredSection, ReportLine, TypedSection } from './sections.ts'

/** What somebody asks to have assembled. */
export interface ReportAsked extends ReportScope {
  title: string
  /** The request for a paper that it answers, where there is one. */
  requestId: string | null
  meetingWords: string | null
  sections: readonly GatheredSection[]
  typed: Partial<Record<TypedSection, string>>
}

/** What is put before the panel first, as its papers have it. */
const recommendation = 'That the panel considers the report.'

/**
 * Assembles a report from the record since a day, as a paper in draft: it is edited, classified by part, and sent like
 * any other. The paper is tied to every record it speaks of, so that the chain leads from the report to its sources.
 *
 * @throws Refusal where the request is not this organisation's to answer
 */
export async function assembleReport(trx: Trx, act: Act, asked: ReportAsked): Promise<RecordHead> {
  const sections: Partial<Record<GatheredSection, readonly ReportLine[]>> = {}
  for (const section of asked.sections) sections[section] = await gatherSection(trx, asked, section)
  const { viewer, since, until, typed, title, requestId, meetingWords } = asked
  const body = reportText({ since, until, gathered: sections, typed }, longDate)
  const paper = await addPaper(trx, act, { areaId: viewer.area.id, title, requestId, meetingWords })
  const words = { title, meetingWords, author: viewer.name, contact: null, recommendations: recommendation, body }
  await savePaper(trx, act, paper, null, { ...words, background: [] })
  for (const { kind, id } of Object.values(sections).flat()) {
    await link(trx, act, paper, 'quotes', { areaId: viewer.area.id, id, kind })
  }
  return paper
}
