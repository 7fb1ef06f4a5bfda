import type { Database } from '../../../platform/database/tables.ts'
import { inTransaction } from '../../../platform/database/transaction.ts'
import { londonDate } from '../../../platform/time.ts'
import { createTemplates, type SiteModel, type Templates } from '../../../platform/web/templates.ts'
import { showDashboard } from '../overview/dashboard.ts'
import type { Holder } from './make-country.ts'
import { timed } from './timed.ts'

const [warming, rounds] = [5, 15]

/** Milliseconds in which an area's dashboard is read and rendered by a warm process: the median of some rounds. */
export async function dashboardTime(program: Database, holder: Holder): Promise<number> {
  const templates = createTemplates()
  const times: number[] = []
  for (let round = 0; round < warming + rounds; round++) {
    const time = await timed(() => oneVisit(program, holder, templates))
    if (round >= warming) times.push(time)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
}

function oneVisit(program: Database, { viewer, now }: Holder, templates: Templates): Promise<void> {
  return inTransaction(program, viewer, async trx => {
    const today = londonDate(now)
    const asked = { params: {}, query: {}, fields: {}, uploads: [], baseUrl: '', may: () => true }
    const answer = await showDashboard({ trx, viewer, now, today, ...asked })
    if (answer.type !== 'page') throw new Error('The dashboard is no page')
    const html = templates.render(answer.view, answer.model, { ...site, today })
    if (!html.includes('Measure 1')) throw new Error('The dashboard shows no measures')
  })
}

const site: Omit<SiteModel, 'today'> = {
  ...{ side: 'workspace', demo: false, noIndex: true, home: '/', banner: null, navigation: [] },
  assets: { stylesheet: '', script: '', icon: '' },
  ...{ area: null, viewer: null, notice: null, asOf: null, csrfToken: 'token' },
}
