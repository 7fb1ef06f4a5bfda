import type { Command, CommandContext, Typed } from '../commands/command.ts'
import { table } from '../commands/table.ts'
import { openDatabase } from '../database/open.ts'
import type { Database, Trx } from '../database/tables.ts'
import { inTransaction } from '../database/transaction.ts'
import { Fault, UsageFault } from '../fault.ts'
import { registerMail } from '../mail.ts'
import { londonDate } from '../time.ts'
import { invite, invitationDays } from './invitations.ts'
import { mailInvitation, mailNewPassword } from './mails.ts'
import { createResetLink } from './reset-link.ts'
import { addSeat, endSeat } from './seats.ts'
import { addUser, allUsers, endSessions, type User, userByEmail } from './users.ts'
import { isRole, type Role, roles, rolesOfKind } from './viewer.ts'

/** What every one of these commands works with. */
interface Desk {
  db: Database
  baseUrl: string
  now: Temporal.Instant
  today: Temporal.PlainDate
  typed: Typed
}

async function atDesk<T>(context: CommandContext, work: (desk: Desk) => Promise<T>): Promise<T> {
  const configuration = context.configuration()
  const { smtpUrl, dataDirectory, baseUrl } = configuration
  registerMail({ smtpUrl, dataDirectory, baseUrl, log: message => context.output.progress(message) })
  const database = await openDatabase(configuration)
  try {
    const now = Temporal.Now.instant()
    return await work({ db: database.program, baseUrl, now, today: londonDate(now), typed: context.typed })
  } finally {
    await database.close()
  }
}

function option(typed: Typed, name: string): string | null {
  const value = typed.options[name]
  return typeof value === 'string' ? value : null
}

function needed(typed: Typed, name: string): string {
  const value = option(typed, name)
  if (value === null) throw new UsageFault(`--${name} is missing. See "npx peelian help user".`)
  return value
}

function dateOption(typed: Typed, name: string): Temporal.PlainDate | null {
  const text = option(typed, name)
  if (text === null) return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw new UsageFault(`--${name} is "${text}". Give a date like 2027-05-31.`)
  }
}

function rolesOption(typed: Typed): Role[] {
  const words = needed(typed, 'role').split(',')
  return words.map(word => {
    if (isRole(word)) return word
    throw new UsageFault(`There is no role "${word}". The roles are ${roles.join(', ')}.`)
  })
}

interface NamedPlace {
  organisationId: string
  organisation: string
  areaId: number
  area: string
}

async function placeOption(db: Database | Trx, typed: Typed): Promise<NamedPlace> {
  const slug = needed(typed, 'organisation')
  const areaSlug = needed(typed, 'area')
  const organisation = await db
    .selectFrom('workspace.organisation')
    .select(['id', 'name', 'kind'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!organisation) throw new Fault(`There is no organisation "${slug}". Give the short name used in addresses.`)
  const area = await db
    .selectFrom('workspace.area')
    .select(['id', 'name'])
    .where('slug', '=', areaSlug)
    .executeTakeFirst()
  if (!area) throw new Fault(`There is no area "${areaSlug}". Give the short name used in addresses.`)
  const foreign = rolesOption(typed).find(role => !rolesOfKind[organisation.kind].includes(role))
  if (foreign !== undefined) {
    const there = rolesOfKind[organisation.kind].join(', ')
    throw new UsageFault(`There is no role "${foreign}" in ${organisation.name}. There are: ${there}.`)
  }
  return { organisationId: organisation.id, organisation: organisation.name, areaId: area.id, area: area.name }
}

async function userNamed(db: Database | Trx, typed: Typed): Promise<User> {
  const email = typed.words[0] ?? ''
  const user = await userByEmail(db, email)
  if (!user) throw new Fault(`Nobody has an account with the address ${email}.`)
  return user
}

/** Gives the roles typed, in the place typed, on the dates typed. */
async function seatTyped(trx: Trx, desk: Desk, userId: string): Promise<{ place: NamedPlace; given: Role[] }> {
  const place = await placeOption(trx, desk.typed)
  const given = rolesOption(desk.typed)
  const from = dateOption(desk.typed, 'from') ?? desk.today
  const until = dateOption(desk.typed, 'until')
  if (until !== null && Temporal.PlainDate.compare(until, from) < 0) {
    throw new UsageFault('--until lies before the first day of the role.')
  }
  for (const role of given) {
    await addSeat(trx, { userId, organisationId: place.organisationId, areaId: place.areaId, role, from, until })
  }
  return { place, given }
}

const text = { type: 'string' } as const
const seatOptions = { organisation: text, area: text, role: text, from: text, until: text }
const seatWords = '--organisation SLUG --area SLUG --role ROLE[,ROLE…]'

const list: Command = {
  name: 'user list',
  summary: 'list users with the organisations and roles they act in',
  usage: ['npx peelian user list [--json]'],
  words: [0, 0],
  async run(context) {
    const users = await atDesk(context, ({ db }) => allUsers(db))
    context.output.result(users, () =>
      table(
        ['Email', 'Name', 'Organisation', 'Area', 'Role', 'From', 'Until', 'Code'],
        users.map(user => [
          user.email,
          user.name,
          user.organisation ?? '',
          user.area ?? '',
          user.role ?? '',
          user.from?.toString() ?? '',
          user.until?.toString() ?? '',
          user.secondFactor ? 'set up' : 'not set up',
        ]),
      ),
    )
  },
}

const add: Command = {
  name: 'user add',
  summary: 'make a user, and print the link by which they choose a password',
  usage: [
    `npx peelian user add EMAIL --name NAME ${seatWords} [--from DATE] [--until DATE]`,
    'The link works once, within an hour. For the first administrator of an organisation; others are invited.',
  ],
  options: { ...seatOptions, name: text },
  words: [1, 1],
  async run(context) {
    const made = await atDesk(context, desk =>
      inTransaction(desk.db, null, async trx => {
        const email = desk.typed.words[0] ?? ''
        if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw new UsageFault(`"${email}" is not an e-mail address.`)
        if (await userByEmail(trx, email)) throw new Fault(`${email} has an account already. Use "user seat".`)
        const user = { name: needed(desk.typed, 'name'), email, passwordHash: null }
        const id = await addUser(trx, user, desk.now)
        await seatTyped(trx, desk, id)
        const token = await createResetLink(trx, id, desk.now)
        return { id, email, link: `${desk.baseUrl}/workspace/new-password/${token}` }
      }),
    )
    context.output.result(made, () => [`${made.email} can choose a password here, within an hour:`, made.link])
  },
}

const inviteUser: Command = {
  name: 'user invite',
  summary: 'invite someone by mail to roles in an organisation',
  usage: [
    `npx peelian user invite EMAIL ${seatWords} [--until DATE]`,
    `The link works once, within ${invitationDays} days. It is sent by mail when the server runs, and printed.`,
  ],
  options: { organisation: text, area: text, role: text, until: text },
  words: [1, 1],
  async run(context) {
    const invited = await atDesk(context, desk =>
      inTransaction(desk.db, null, async trx => {
        const { baseUrl, now, typed } = desk
        const email = typed.words[0] ?? ''
        const { organisation, area, ...ids } = await placeOption(trx, typed)
        const until = dateOption(typed, 'until')
        const invitation = { email, roles: rolesOption(typed), until, invitedBy: 'The operator', ...ids }
        const token = await invite(trx, invitation, now)
        const expiresAt = now.add({ hours: 24 * invitationDays })
        await mailInvitation(trx, invitation, { organisation, area }, { baseUrl, token, expiresAt })
        return { email, expiresAt, link: `${baseUrl}/workspace/invitation/${token}` }
      }),
    )
    context.output.result(invited, () => [`${invited.email} can accept here, within 7 days:`, invited.link])
  },
}

const resetPassword: Command = {
  name: 'user reset-password',
  summary: 'print a link by which a user chooses a new password',
  usage: [
    'npx peelian user reset-password EMAIL [--mail]',
    'The link works once, within an hour. --mail sends it as well.',
  ],
  options: { mail: { type: 'boolean' } },
  words: [1, 1],
  async run(context) {
    const reset = await atDesk(context, desk =>
      inTransaction(desk.db, null, async trx => {
        const { baseUrl, now, typed } = desk
        const user = await userNamed(trx, typed)
        const token = await createResetLink(trx, user.id, now)
        if (typed.options.mail === true) await mailNewPassword(trx, user, { baseUrl, token })
        return { email: user.email, link: `${baseUrl}/workspace/new-password/${token}` }
      }),
    )
    context.output.result(reset, () => [`${reset.email} can choose a password here, within an hour:`, reset.link])
  },
}

const seat: Command = {
  name: 'user seat',
  summary: 'give a user roles in an organisation and area',
  usage: [`npx peelian user seat EMAIL ${seatWords} [--from DATE] [--until DATE]`],
  options: seatOptions,
  words: [1, 1],
  async run(context) {
    const given = await atDesk(context, desk =>
      inTransaction(desk.db, null, async trx => {
        const user = await userNamed(trx, desk.typed)
        const { place, given: givenRoles } = await seatTyped(trx, desk, user.id)
        return { email: user.email, organisation: place.organisation, area: place.area, roles: givenRoles }
      }),
    )
    context.output.result(given, () => `${given.email}: ${given.roles.join(', ')} of ${given.organisation}`)
  },
}

/** Ends the seats of a user that run today or begin later, all of them or those that the options name. */
async function endSeats(trx: Trx, desk: Desk, user: User): Promise<number> {
  const organisation = option(desk.typed, 'organisation')
  const role = option(desk.typed, 'role')
  const seats = await trx
    .selectFrom('seat')
    .innerJoin('workspace.organisation as o', 'o.id', 'seat.organisation_id')
    .select(['seat.id', 'seat.organisation_id', 'seat.area_id'])
    .where('seat.user_id', '=', user.id)
    .where(eb => eb.or([eb('seat.until_date', 'is', null), eb('seat.until_date', '>=', desk.today)]))
    .$if(organisation !== null, query => query.where('o.slug', '=', organisation ?? ''))
    .$if(role !== null, query => query.where('seat.role', '=', role ?? ''))
    .execute()
  for (const { id, organisation_id: organisationId, area_id: areaId } of seats) {
    await endSeat(trx, id, { organisationId, areaId }, desk.today)
  }
  return seats.length
}

const end: Command = {
  name: 'user end',
  summary: 'end the roles of a user and every open session',
  usage: [
    'npx peelian user end EMAIL [--organisation SLUG] [--role ROLE]',
    'Without options all roles end. The account stays, so that what it did keeps its name.',
  ],
  options: { organisation: text, role: text },
  words: [1, 1],
  async run(context) {
    const ended = await atDesk(context, desk =>
      inTransaction(desk.db, null, async trx => {
        const user = await userNamed(trx, desk.typed)
        const roles = await endSeats(trx, desk, user)
        await endSessions(trx, user.id)
        return { email: user.email, ended: roles }
      }),
    )
    context.output.result(ended, () => `${ended.ended} roles of ${ended.email} ended, and every open session.`)
  },
}

/** Users from the command line: for the first administrator of an organisation, and when somebody is locked out. */
export const userCommands: readonly Command[] = [list, add, inviteUser, resetPassword, seat, end]
