import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { stateModel } from '../../../record/words.ts'
import { organisationNames } from '../../organisations/index.ts'
import { restriction } from '../agenda/notice.ts'
import { itemsOf } from '../agenda/queries.ts'
import { numbered } from '../agenda/rules.ts'
import { findMeeting } from '../meeting/queries.ts'
import { openedKey } from '../opened-key.ts'
import { meetingPath } from '../paths.ts'
import { checkPapers, settleLeak } from './check-papers.ts'
import { reasonField, settleForm } from './forms.ts'
import { meetingPapersPath, paperPath, requestPath } from './paths.ts'
import { placesOf } from './queries.ts'
import type { PlacedPaper } from './placed-paper.ts'
import { papersForMeeting } from './placed.ts'
import { papersObstacles } from './publish-papers.ts'
import { requestsOf } from './request-queries.ts'

export const meetingPapersWorkspace: readonly WorkspaceRoute[] = [
  { method: 'GET', path: '/meetings/:id/papers', permission: 'meetings.read', handler: showPapers },
  { method: 'POST', path: '/meetings/:id/papers/settle', permission: 'meetings.publish', handler: doSettle },
]

async function showPapers(context: WorkspaceContext): Promise<Answer> {
  return papersPage(context, [])
}

/** The papers of a meeting by item, what is still asked for, and what stands in the way of publishing them. */
async function papersPage(context: WorkspaceContext, faults: readonly FieldFault[]): Promise<Answer> {
  const { trx, viewer } = context
  const meeting = await findMeeting(trx, openedKey(context))
  if (meeting === null) return notFound()
  const path = meetingPapersPath(meeting.head.id)
  const papers = await papersForMeeting(trx, meeting.head, { id: viewer.organisation.id })
  const open = await papersForMeeting(trx, meeting.head, 'public')
  const requests = await requestsOf(trx, meeting.head)
  const names = await organisationNames(
    trx,
    requests.map(each => each.row.asked_organisation),
  )
  const items = numbered(await itemsOf(trx, meeting.head)).filter(item => item.withdrawn_on === null)
  const supplements = new Map((await placesOf(trx, meeting.head)).map(place => [place.paper_id, place.supplement]))
  const asked = requests.map(({ head, row }) => ({
    itemId: row.item_id,
    title: head.title,
    href: requestPath(head.id),
    of: names.get(row.asked_organisation) ?? '',
    state: stateModel(head.kind, head.state),
    due: head.due?.kind === 'date' ? head.due.date : null,
  }))
  const leaks = await checkPapers(trx, meeting.head)
  const model = {
    title: 'Papers',
    caption: meeting.head.title,
    items: items.map(item => ({
      id: item.id,
      number: item.shown,
      title: item.title,
      restricted: restriction(item),
      papers: papers
        .filter(paper => paper.itemId === item.id)
        .map(paper => ({
          title: paper.title,
          letter: paper.letter,
          href: paper.letter === null ? paperPath(paper.paperId) : null,
          supplement: paper.letter === null ? (supplements.get(paper.paperId) ?? null) : null,
          restricted: paper.restriction,
          withheld: paper.content.type === 'gap' ? paper.content.ground : null,
          public: publicWords(open.find(each => each.id === paper.id)),
        })),
      asked: asked.filter(each => each.itemId === item.id),
      ask: context.may('meetings.edit') ? `${path}/ask?item=${item.id}` : null,
    })),
    askedForMeeting: asked.filter(each => each.itemId === null),
    ask: context.may('meetings.edit') ? `${path}/ask` : null,
    obstacles: await papersObstacles(trx, meeting.head),
    leaks: leaks
      .filter(leak => leak.settled === null)
      .map(leak => ({
        ...leak,
        field: reasonField(leak.fingerprint),
        form: { action: `${path}/settle`, fields: context.fields, faults },
      })),
    settled: leaks.filter(leak => leak.settled !== null),
    faults: { action: path, fields: {}, faults },
    maySettle: context.may('meetings.publish'),
    back: { text: 'Back to the meeting', href: meetingPath(meeting.head.id) },
  }
  return page('modules/meetings/papers/views/meeting-papers.njk', model, faults.length > 0 ? 422 : 200)
}

/** How much of a paper the public reads. */
function publicWords(paper: PlacedPaper | undefined): 'whole' | 'some' | 'gap' | 'none' {
  if (paper === undefined) return 'none'
  const { content } = paper
  if (content.type === 'gap') return 'gap'
  const parts = content.type === 'text' ? content.parts : content.before
  return parts.some(part => part.type === 'gap') ? 'some' : 'whole'
}

async function doSettle(context: WorkspaceContext): Promise<Answer> {
  const meeting = await findMeeting(context.trx, openedKey(context))
  if (meeting === null) return notFound()
  const { leak } = context.fields
  const field = reasonField(typeof leak === 'string' ? leak : '')
  const read = readForm(settleForm, { leak, reason: context.fields[field] })
  if (!read.ok) {
    return papersPage(
      context,
      read.errors.map(fault => ({ ...fault, field })),
    )
  }
  await settleLeak(context.trx, context, meeting.head, read.value.leak, read.value.reason)
  return redirect(meetingPapersPath(meeting.head.id), 'Settled')
}
