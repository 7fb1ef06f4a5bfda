import type { Trx } from '../../platform/database/tables.ts'
import { addAppendix, addPaper, placePaper, requestPaper, savePaper, sendPaper } from '../../modules/meetings/index.ts'
import type { RecordHead } from '../../record/record.ts'
import { dayOf } from '../moments.ts'
import type { Doing } from '../timeline.ts'
import type { InventedPanelYear, InventedRequest, PaperText } from './panel-facts.ts'
import { moment } from './world.ts'
import type { World } from './world.ts'

/**
 * Papers for the panel's next meeting: one asked of the office and awaited, one sent by it that waits to be placed, and
 * one of the clerk's own that stands under its item.
 *
 * @param items ids of the agenda's items, by the key of the row of the work programme they come from
 */
export function planPapers(world: World, year: InventedPanelYear, items: ReadonlyMap<string, string>): void {
  const { asked, own } = year.papers
  const clerk = world.viewers.get('marisol-underhay')
  for (const request of asked) planRequest(world, year, request, items)
  world.timeline.add(moment(world, own.on, '11:00'), clerk, async (trx, act) => {
    const paper = await write(trx, act, world, own, null)
    const itemId = items.get(own.programme) ?? ''
    await placePaper(trx, act, paper, { meeting: world.meetings.get(year.closedItem.meeting), itemId })
  })
}

function planRequest(
  world: World,
  { closedItem }: InventedPanelYear,
  request: InventedRequest,
  items: ReadonlyMap<string, string>,
): void {
  const { on, programme, title, covers, role, due, sent } = request
  const office = world.cast.organisations.get('ardenshire-office').id
  const panel = world.cast.organisations.get('ardenshire-panel').id
  let asked: RecordHead | undefined
  world.timeline.add(moment(world, on, '10:00'), world.viewers.get('marisol-underhay'), async (trx, act) => {
    asked = await requestPaper(trx, act, {
      meeting: world.meetings.get(closedItem.meeting),
      itemId: items.get(programme) ?? null,
      ...{ title, covers, organisationId: office, role, due: dayOf(due, world.today) },
    })
  })
  if (sent === undefined) return
  world.timeline.add(moment(world, sent.on, '15:00'), world.viewers.get(sent.by), async (trx, act) => {
    if (asked === undefined) return
    const paper = await write(trx, act, world, { title, ...sent }, asked.id)
    await addAppendix(trx, act, paper, null, sent.appendix)
    await sendPaper(trx, act, paper, null, panel, { inFull: true, mayPublish: true })
  })
}

async function write(
  trx: Trx,
  act: Doing,
  world: World,
  text: PaperText,
  requestId: string | null,
): Promise<RecordHead> {
  const { title, author, contact, recommendations, body } = text
  const paper = await addPaper(trx, act, { areaId: world.area.id, title, author, contact, requestId })
  const words = { title, author, contact, recommendations, body, meetingWords: null, background: [] }
  await savePaper(trx, act, paper, null, words)
  return paper
}
