import type { Answer, PublicContext, PublicRoute } from '../../../platform/web/route.ts'
import { page } from '../../../platform/web/route.ts'
import { newestEntries, shownAreas } from '../../../record/published.ts'
import type { PublicEntry } from '../../../record/register.ts'
import { stateModel } from '../../../record/words.ts'

/** Items of work programmes at most on one page: those of many bodies and years. */
const most = 1000

export const programmePublic: readonly PublicRoute[] = [{ path: '/work-programme', handler: showProgramme }]

/** The published work programmes by body, in the layout that panels print. */
async function showProgramme(context: PublicContext): Promise<Answer> {
  const { db, area, asOf } = context
  const slugs = await shownAreas(db, area.id)
  const entries = await newestEntries(db, [...slugs.keys()], ['programme-item'], asOf, most)
  const lines = entries.map(entry => publicLine(entry, `/${slugs.get(entry.area_id) ?? area.slug}/${entry.address}`))
  const address = `/${area.slug}/work-programme`
  const downloads = { csv: `${address}.csv`, json: `${address}.json`, atom: `${address}.atom` }
  return page('modules/meetings/views/public-programme.njk', {
    title: 'Work programme',
    programmes: [...Map.groupBy(lines, line => line.body)].map(([body, own]) => ({
      body,
      coming: own.filter(line => line.form === 'report' && line.open),
      briefings: own.filter(line => line.form !== 'report' && line.stands),
      reported: own.filter(line => line.form === 'report' && !line.open && line.stands),
    })),
    breadcrumbs: [{ text: area.name, href: `/${area.slug}` }],
    downloads,
    feeds: downloads,
  })
}

function publicLine(entry: PublicEntry, href: string) {
  const facts: Readonly<Record<string, unknown>> = { ...entry.facts }
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : null)
  const day = (name: string) => {
    const value = text(name)
    return value === null ? null : Temporal.PlainDate.from(value)
  }
  return {
    title: entry.title,
    href,
    body: text('body') ?? '',
    form: text('form'),
    covers: text('covers') ?? '',
    lead: text('lead'),
    last: day('last'),
    next: text('next'),
    requested: day('requested'),
    circulated: day('circulated'),
    open: entry.state === 'programmed' || entry.state === 'on-agenda',
    stands: entry.state !== 'dropped',
    state: stateModel(entry.kind, entry.state),
  }
}
