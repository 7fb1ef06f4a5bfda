import type { Trx } from '../../../platform/database/tables.ts'
import { Refusal } from '../../../platform/refusals.ts'
import type { Ground } from '../../../record/classification.ts'
import type { Act, RecordKey } from '../../../record/record.ts'
import { classificationOf } from '../agenda/rules.ts'
import { refuseIf } from '../refuse.ts'
import { heldMarksOf, markBlock } from './marking.ts'
import { sectionsOf } from './paper-text.ts'
import type { PaperGround } from './parts.ts'
import { changeAppendixRow, changePaperRow } from './queries.ts'
import type { Paper } from './queries.ts'
import { nextGroundKey, paperMarkingObstacles } from './rules.ts'
import { parseText } from './text.ts'
import { mustFindAppendix, mustFindPaper, noteChange } from './write-paper.ts'

/** Which part of a paper is meant: all of it, an appendix, or a block of one of its texts. */
export type PaperPlace =
  { type: 'paper' } | { type: 'appendix'; id: string } | { type: 'block'; section: string; at: number }

const theirs = 'The organisation that sent the paper withholds this. It can be given another ground, but not opened.'

/**
 * Marks a part of a paper as withheld on a ground, or as open. It is marked here alone: the page, the packs, what is
 * sent and what is published all follow from it.
 *
 * @param version the paper's version that the person saw
 * @throws Refusal with every reason where it may not be marked so
 * @throws StaleRecord if someone else changed the paper meanwhile
 */
export async function markPart(
  trx: Trx,
  act: Act,
  key: RecordKey,
  version: number | null,
  place: PaperPlace,
  ground: Ground | null,
): Promise<void> {
  const paper = await mustFindPaper(trx, key)
  const { publication } = paper.head
  refuseIf(paperMarkingObstacles(ground, { holder: act.viewer.organisation.kind, publication }))
  switch (place.type) {
    case 'paper':
      return markPaper(trx, act, paper, version, ground)
    case 'appendix':
      return markAppendix(trx, act, paper, version, place.id, ground)
    case 'block':
      return markText(trx, act, paper, version, place, ground)
  }
}

async function markPaper(trx: Trx, act: Act, paper: Paper, version: number | null, ground: Ground | null) {
  if (ground === null && paper.head.ground?.code === 'legacy-marking' && paper.row.received_id !== null) {
    throw new Refusal([theirs])
  }
  await noteChange(trx, act, paper.head, version, ground === null ? 'opened' : 'marked', {
    classification: classificationOf(ground),
    ground,
  })
}

async function markAppendix(
  trx: Trx,
  act: Act,
  paper: Paper,
  version: number | null,
  id: string,
  ground: Ground | null,
) {
  const appendix = mustFindAppendix(paper, id)
  const borrowed = appendix.ground !== null && 'received' in appendix.ground
  if (appendix.kept_back || (borrowed && ground === null)) throw new Refusal([theirs])
  const marked: PaperGround | null = ground === null ? null : { own: ground }
  await changeAppendixRow(trx, paper.head.areaId, id, { ground: marked === null ? null : JSON.stringify(marked) })
  await noteChange(trx, act, paper.head, version, ground === null ? 'opened' : 'marked')
}

async function markText(
  trx: Trx,
  act: Act,
  paper: Paper,
  version: number | null,
  { section, at }: Extract<PaperPlace, { type: 'block' }>,
  ground: Ground | null,
) {
  const text = sectionsOf(paper).find(each => each.id === section)
  const block = text === undefined ? undefined : parseText(text.source).blocks[at]
  if (text === undefined || block === undefined) throw new Refusal(['This paragraph is not there any more.'])
  if (block.type === 'gap') throw new Refusal([theirs])
  const before = block.mark === null ? undefined : paper.row.grounds[block.mark]
  if (ground === null && before !== undefined && 'received' in before) throw new Refusal([theirs])
  const mark = ground === null ? null : nextGroundKey(Object.keys(paper.row.grounds))
  const grounds =
    mark === null || ground === null ? paper.row.grounds : { ...paper.row.grounds, [mark]: { own: ground } }
  await changePaperRow(trx, paper.head, { grounds: JSON.stringify(grounds) })
  await writeSection(trx, paper, section, markBlock(text.source, at, mark))
  await noteChange(trx, act, paper.head, version, ground === null ? 'opened' : 'marked')
}

/** Writes one of the texts of a paper. */
export async function writeSection(trx: Trx, { head }: Paper, section: string, source: string): Promise<void> {
  if (section === 'recommendations') return changePaperRow(trx, head, { recommendations: source })
  if (section === 'body') return changePaperRow(trx, head, { body: source })
  return changeAppendixRow(trx, head.areaId, section, { body: source })
}

/** How many parts are withheld here on nobody's ground but that of the organisation that sent them. Pure. */
export function borrowedGrounds(paper: Paper): number {
  const keys = sectionsOf(paper).flatMap(section => heldMarksOf(section.source))
  const inText = new Set(keys.filter(key => !('own' in (paper.row.grounds[key] ?? { received: '' }))))
  const appendices = paper.appendices.filter(
    each => each.ground !== null && 'received' in each.ground && !each.kept_back,
  )
  const whole = paper.row.received_id !== null && paper.head.classification === 'unresolved' ? 1 : 0
  return inText.size + appendices.length + whole
}
