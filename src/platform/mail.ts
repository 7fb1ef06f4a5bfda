import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import nodemailer from 'nodemailer'
import nunjucks from 'nunjucks'
import { z } from 'zod'
import type { Trx } from './database/tables.ts'
import { enqueue, registerJob } from './jobs.ts'

/** One mail, ready to be sent: the same words as plain text and as simple HTML. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
}

const mailJob = 'mail'
const mailSchema = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() })

const source = fileURLToPath(new URL('../', import.meta.url))

function templates(autoescape: boolean): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([source])
  return new nunjucks.Environment(loader, { autoescape, trimBlocks: true, lstripBlocks: true, throwOnUndefined: true })
}

const words = templates(false)
const pages = templates(true)

/** One line of text: whatever a name holds, it cannot begin another header or paragraph. */
function oneLine(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : value
}

function paragraphOf(text: string): { address: string } | { lines: string[] } {
  return /^https?:\/\/\S+$/.test(text) ? { address: text } : { lines: text.split('\n') }
}

/**
 * Writes a mail from a template of plain words: its first line is the subject, the rest paragraphs; a web address
 * that stands alone becomes a link in the HTML form.
 *
 * @param view the template by its path below src
 * @param model single-line values that the template prints
 */
export function composeMail(to: string, view: string, model: Readonly<Record<string, unknown>>): Mail {
  const values = Object.fromEntries(Object.entries(model).map(([name, value]) => [name, oneLine(value)]))
  const [subject = '', ...rest] = words.render(view, values).trim().split('\n')
  const text = rest.join('\n').trim()
  const paragraphs = text.split(/\n\s*\n/).map(paragraphOf)
  return { to, subject, text: `${text}\n`, html: pages.render('platform/views/mail.njk', { subject, paragraphs }) }
}

/** What templates may print in a mail: every text in it is one line. */
function onlyLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onlyLines)
  if (typeof value !== 'object' || value === null) return oneLine(value)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, onlyLines(inner)]))
}

/**
 * Writes a mail that holds lists, from a template for each form. The first line of the plain one is the subject.
 *
 * @param views both templates by their paths below src; the HTML one is printed whole, and is given the subject
 * @param model texts, numbers, lists and objects of them; every text becomes one line
 */
export function composeListMail(to: string, views: { words: string; page: string }, model: object): Mail {
  const values = Object.fromEntries(Object.entries(model).map(([name, value]) => [name, onlyLines(value)]))
  const [subject = '', ...rest] = words.render(views.words, values).trim().split('\n')
  const text = `${rest.join('\n').trim()}\n`
  return { to, subject, text, html: pages.render(views.page, { ...values, subject }).trimStart() }
}

/** Puts a mail into the caller's transaction: it leaves if that commits, and not otherwise. */
export async function sendMail(trx: Trx, mail: Mail): Promise<void> {
  await enqueue(trx, mailJob, { ...mail })
}

export interface MailSettings {
  /** `smtp://…` or `smtps://…`; `?from=` in it says who the mails are from. Without it mails become files. */
  smtpUrl: string | undefined
  /** DATA_DIR: mails become files in its folder `mail` where no server is set. */
  dataDirectory: string
  baseUrl: string
  /** Told where a mail was written. Never told to whom. */
  log: (message: string) => void
}

function senderOf(settings: MailSettings): string {
  const given = settings.smtpUrl === undefined ? null : new URL(settings.smtpUrl).searchParams.get('from')
  return given ?? `Peelian <peelian@${new URL(settings.baseUrl).hostname}>`
}

async function writeToFile(mail: Mail, settings: MailSettings): Promise<void> {
  const built = await nodemailer
    .createTransport({ streamTransport: true, buffer: true })
    .sendMail({ from: senderOf(settings), ...mail })
  const folder = path.join(settings.dataDirectory, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const moment = Temporal.Now.instant().toString({ smallestUnit: 'second' }).replaceAll(':', '')
  const file = path.join(folder, `${moment}-${randomUUID()}.eml`)
  const { message } = built
  if (!Buffer.isBuffer(message)) throw new Error('The mail could not be put together')
  await writeFile(file, message, { mode: 0o600 })
  settings.log(`SMTP_URL is not set, so a mail was written to ${file} instead of being sent.`)
}

/** The mail server's answer without the addresses it repeats: logs hold no personal data. */
function withoutPersons(fault: unknown): Error {
  const facts: { code?: unknown; responseCode?: unknown } = typeof fault === 'object' && fault !== null ? fault : {}
  const given = [facts.code, facts.responseCode].filter(fact => fact !== undefined).map(String)
  return new Error(`The mail server of SMTP_URL did not take a mail (${given.join(' ') || 'no reason given'})`)
}

/**
 * Says how mails leave: by SMTP, or as files in `DATA_DIR/mail` where no server is set. Called once before jobs begin;
 * a mail the server does not take is tried again by the jobs.
 */
export function registerMail(settings: MailSettings): void {
  const transport = settings.smtpUrl === undefined ? null : nodemailer.createTransport(settings.smtpUrl)
  registerJob(mailJob, async data => {
    const mail = mailSchema.parse(data)
    if (!transport) return await writeToFile(mail, settings)
    try {
      await transport.sendMail({ from: senderOf(settings), ...mail })
    } catch (fault) {
      throw withoutPersons(fault)
    }
  })
}
