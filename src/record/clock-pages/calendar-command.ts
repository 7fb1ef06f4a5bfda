import type { Command, CommandContext, Typed } from '../../platform/commands/command.ts'
import { table } from '../../platform/commands/table.ts'
import { openDatabase } from '../../platform/database/open.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { Fault, UsageFault } from '../../platform/fault.ts'
import { Refusal } from '../../platform/refusals.ts'
import { longDate } from '../../platform/time.ts'
import { findAreaBySlug, listAreas } from '../areas.ts'
import type { Area } from '../areas.ts'
import { clockBasis } from '../clock-basis.ts'
import type { CalendarChange } from '../clock-basis.ts'
import { changeCalendar, previewCalendar } from '../redate-clocks.ts'
import type { RedatedClock } from '../redate-clocks.ts'
import { systemAct } from '../system-act.ts'
import { listChanges } from './calendar-changes.ts'
import { partsOfTheKingdom } from './parts-of-the-kingdom.ts'

type WantedChange = Omit<CalendarChange, 'madeBy' | 'madeAt'>

/** Where the calendar is changed: in one area, or in all of them (0). */
interface Where {
  areaId: number
  slugs: ReadonlyMap<number, string>
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const where = { area: text, all: flag } as const
const whereWords = '--area SLUG | --all'

/** Runs work in one transaction of an operator, who acts for nobody. */
async function atDesk<T>(context: CommandContext, work: (trx: Trx) => Promise<T>): Promise<T> {
  const database = await openDatabase(context.configuration())
  try {
    return await inTransaction(database.program, null, work)
  } catch (fault) {
    throw fault instanceof Refusal ? new Fault(fault.reasons.join(' ')) : fault
  } finally {
    await database.close()
  }
}

function option(typed: Typed, name: string): string | null {
  const value = typed.options[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function needed(typed: Typed, name: string, example: string): string {
  const value = option(typed, name)
  if (value === null) throw new UsageFault(`--${name} is missing. For example: --${name} "${example}"`)
  return value
}

function dayTyped({ words }: Typed): Temporal.PlainDate {
  const typed = words[0] ?? ''
  try {
    return Temporal.PlainDate.from(typed)
  } catch {
    throw new UsageFault(`"${typed}" is not a day. Give a date like 2026-06-15.`)
  }
}

async function whereTyped(trx: Trx, typed: Typed): Promise<Where> {
  const areas = await listAreas(trx)
  const slugs = new Map(areas.map(({ id, slug }) => [id, slug]))
  const slug = option(typed, 'area')
  if ((slug === null) === (typed.options['all'] !== true)) {
    throw new UsageFault(`Say where the calendar is changed: ${whereWords}.`)
  }
  return { areaId: slug === null ? 0 : (await areaTyped(trx, slug, areas)).id, slugs }
}

async function areaTyped(trx: Trx, slug: string, areas: readonly Area[]): Promise<Area> {
  const area = await findAreaBySlug(trx, slug)
  if (area === undefined) {
    throw new UsageFault(`There is no area "${slug}". There are: ${areas.map(each => each.slug).join(', ')}.`)
  }
  if (area.historical) throw new Fault(`${area.name} is a historical area, kept as its papers left it.`)
  return area
}

/** Changes the calendar, or says what would move. */
async function change(
  context: CommandContext,
  wanted: (trx: Trx, at: Where) => Promise<WantedChange> | WantedChange,
): Promise<void> {
  const dryRun = context.typed.options['dry-run'] === true
  const { made, at, moved } = await atDesk(context, async trx => {
    const at = await whereTyped(trx, context.typed)
    const made = await wanted(trx, at)
    const act = systemAct(Temporal.Now.instant(), 'The operator')
    const moved = dryRun ? await previewCalendar(trx, at.areaId, made) : await changeCalendar(trx, act, at.areaId, made)
    return { made, at, moved }
  })
  context.output.result(asJson(made, at, moved, dryRun), () => forPeople(made, at, moved, dryRun))
}

function asJson(made: WantedChange, { areaId, slugs }: Where, moved: readonly RedatedClock[], dryRun: boolean): object {
  return {
    date: made.date.toString(),
    change: made.change,
    name: made.name,
    where: made.whereTaken,
    source: made.source,
    area: areaId === 0 ? null : (slugs.get(areaId) ?? null),
    dryRun,
    moved: moved.map(({ clock, was, now }) => ({
      area: slugs.get(clock.areaId) ?? null,
      rule: clock.rule.id,
      was: was?.toString() ?? null,
      now: now?.toString() ?? null,
    })),
  }
}

function forPeople(made: WantedChange, { slugs }: Where, moved: readonly RedatedClock[], dryRun: boolean): string[] {
  const done = made.change === 'added' ? 'added' : 'taken away'
  const count = moved.length === 1 ? '1 deadline' : `${moved.length} deadlines`
  const rows = moved.map(({ clock, was, now }) => [
    slugs.get(clock.areaId) ?? '',
    clock.rule.id,
    was?.toString() ?? '',
    now?.toString() ?? '',
  ])
  return [
    `${longDate(made.date)}, ${made.name} (${made.whereTaken}), ${dryRun ? 'would be' : 'was'} ${done}.`,
    `${count} ${dryRun ? 'would move' : 'moved'}.`,
    ...(rows.length === 0 ? [] : table(['Area', 'Rule', 'From', 'To'], rows)),
  ]
}

const add: Command = {
  name: 'calendar add',
  summary: 'add a bank holiday that was proclaimed, and date again what it moves',
  usage: [
    `npx peelian calendar add DATE --name NAME --where PART --source SOURCE (${whereWords}) [--dry-run]`,
    '',
    `PART is one of ${partsOfTheKingdom.join(', ')}; SOURCE says where it was proclaimed.`,
    '--dry-run says what would move and changes nothing.',
  ],
  options: { name: text, where: text, source: text, ...where, 'dry-run': flag },
  words: [1, 1],
  run: context => {
    const { typed } = context
    const date = dayTyped(typed)
    const part = needed(typed, 'where', partsOfTheKingdom[0])
    if (!partsOfTheKingdom.some(each => each === part)) {
      throw new UsageFault(`--where is "${part}". It is one of ${partsOfTheKingdom.join(', ')}.`)
    }
    const name = needed(typed, 'name', 'Bank holiday for the coronation')
    const source = needed(typed, 'source', 'London Gazette, 3 March 2026')
    return change(context, () => ({ date, change: 'added', name, whereTaken: part, source }))
  },
}

const remove: Command = {
  name: 'calendar remove',
  summary: 'take away a bank holiday, and date again what it moves',
  usage: [
    `npx peelian calendar remove DATE --source SOURCE (${whereWords}) [--dry-run]`,
    '',
    'SOURCE says where it was said that the day is not taken; --name NAME is written into the history in place of',
    'the name in the calendar. --dry-run says what would move and changes nothing.',
  ],
  options: { name: text, where: text, source: text, ...where, 'dry-run': flag },
  words: [1, 1],
  run: context => {
    const { typed } = context
    const date = dayTyped(typed)
    const source = needed(typed, 'source', 'Proclamation of 3 March 2026')
    return change(context, async (trx, { areaId }) => {
      const { calendars } = await clockBasis(trx, areaId)
      const holiday = calendars['UK-any'].holidays.find(each => each.date.equals(date))
      const name = option(typed, 'name') ?? holiday?.name ?? longDate(date)
      const whereTaken = option(typed, 'where') ?? holiday?.where ?? partsOfTheKingdom[0]
      return { date, change: 'removed', name, whereTaken, source }
    })
  },
}

const list: Command = {
  name: 'calendar list',
  summary: 'list the calendars and what was changed in them',
  usage: ['npx peelian calendar list [--area SLUG]', '', 'Without an area: what was changed in every area at once.'],
  options: { area: text },
  words: [0, 0],
  run: context =>
    atDesk(context, async trx => {
      const slug = option(context.typed, 'area')
      const areaId = slug === null ? 0 : (await areaListed(trx, slug)).id
      const { calendars } = await clockBasis(trx, areaId)
      const changes = await listChanges(trx, areaId)
      const known = Object.values(calendars).map(({ id, title, source, knownUntil, holidays }) => ({
        id,
        title,
        source,
        knownUntil: knownUntil.toString(),
        holidays: holidays.map(holiday => ({ ...holiday, date: holiday.date.toString() })),
      }))
      const made = changes.map(each => ({ ...each, date: each.date.toString(), madeAt: each.madeAt.toString() }))
      context.output.result({ calendars: known, changes: made }, () => [
        ...known.flatMap(({ id, title, source, knownUntil }) => [
          `${id}: ${title}, known until ${knownUntil}`,
          `  ${source}`,
        ]),
        '',
        ...(made.length === 0
          ? ['Nothing was changed.']
          : table(
              ['Date', 'Change', 'Name', 'Where', 'By'],
              made.map(each => [each.date, each.change, each.name, each.whereTaken, each.madeBy]),
            )),
      ])
    }),
}

async function areaListed(trx: Trx, slug: string): Promise<Area> {
  const area = await findAreaBySlug(trx, slug)
  if (area === undefined) throw new UsageFault(`There is no area "${slug}".`)
  return area
}

/** Bank holidays from the command line: for whoever keeps several areas, or has no browser. */
export const calendarCommands: readonly Command[] = [add, remove, list]
