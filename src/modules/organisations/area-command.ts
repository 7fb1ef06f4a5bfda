import { sql } from 'kysely'
import type { Command } from '../../platform/commands/command.ts'
import { openDatabase } from '../../platform/database/open.ts'
import type { Trx } from '../../platform/database/tables.ts'
import { inTransaction } from '../../platform/database/transaction.ts'
import { Fault } from '../../platform/fault.ts'
import { addArea, listAreas } from '../../record/areas.ts'
import { addOrganisation } from './organisations.ts'
import type { Organisation } from './organisations.ts'

const text = { type: 'string' } as const

/** `peelian area add`: an area with the organisations that scrutinise one another in it. The first step of a new installation. */
export const addAreaCommand: Command = {
  name: 'area add',
  summary: 'add a police area with its office, its force and its panel',
  usage: [
    'npx peelian area add SLUG --name NAME [--title TITLE] [--office NAME] [--force NAME] [--panel NAME]',
    '',
    'SLUG is the word in its addresses: small letters, digits and hyphens, like west-mercia.',
    '--title   the title of the elected office; Police and Crime Commissioner unless given',
    '--office, --force, --panel   the names of the three authorities, made from NAME unless given',
    'Then make the first user of each with "npx peelian user add".',
  ],
  options: { name: text, title: text, office: text, force: text, panel: text },
  words: [1, 1],
  async run({ configuration, output, typed }) {
    const slug = typed.words[0] ?? ''
    const option = (name: string) => {
      const given = typed.options[name]
      return typeof given === 'string' ? given : undefined
    }
    const name = option('name')
    if (name === undefined) throw new Fault('Say what the area is called: --name "West Mercia".', 2)
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) {
      throw new Fault(
        `"${slug}" cannot stand in an address. Use small letters, digits and hyphens, like west-mercia.`,
        2,
      )
    }
    const database = await openDatabase(configuration())
    try {
      const made = await inTransaction(database.program, null, trx => addWithAuthorities(trx, slug, name, option))
      output.result(made, () => [
        `Added ${name}, at /${slug}/.`,
        ...made.organisations.map(each => `  ${each.name} (${each.kind}): ${each.slug}`),
      ])
    } finally {
      await database.close()
    }
  },
}

interface Made {
  area: string
  organisations: Organisation[]
}

async function addWithAuthorities(
  trx: Trx,
  slug: string,
  name: string,
  option: (name: string) => string | undefined,
): Promise<Made> {
  if ((await listAreas(trx)).some(area => area.slug === slug)) {
    throw new Fault(`There is an area ${slug} already. Choose another word for its addresses.`)
  }
  const title = option('title') ?? 'Police and Crime Commissioner'
  const id = await nextAreaId(trx)
  await addArea(trx, {
    id,
    slug,
    name,
    kind: 'area',
    office_title: title,
    historical: false,
    demonstration: false,
    as_at: null,
    banner: null,
  })
  const names = {
    office: option('office') ?? `Office of the ${title} for ${name}`,
    force: option('force') ?? `${name} Police`,
    panel: option('panel') ?? `${name} Police and Crime Panel`,
  }
  const organisations: Organisation[] = []
  for (const kind of ['office', 'force', 'panel'] as const) {
    organisations.push(await addOrganisation(trx, { name: names[kind], kind, areas: [id] }))
  }
  return { area: slug, organisations }
}

/** Numbers of areas are small and never used again; an installation has a handful. */
async function nextAreaId(trx: Trx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('area'))`.execute(trx)
  const areas = await listAreas(trx)
  return Math.max(0, ...areas.map(area => area.id)) + 1
}
