import { z } from 'zod'
import { isRole } from '../../../platform/access/viewer.ts'
import {
  chosenId,
  date,
  optionalChoice,
  optionalDate,
  optionalId,
  optionalText,
  text,
  ticked,
  version,
} from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import { markingForm } from '../agenda/forms.ts'
import { marksOf } from './marking.ts'
import type { PaperGrounds } from './parts.ts'
import type { BackgroundPaper } from './placed-paper.ts'
import { parseText } from './text.ts'

/** Longest text of a paper, in letters: some 200 pages. */
const longest = 600_000

const markdownText = (what: string) => optionalText(what, longest).transform(value => value ?? '')

const head = {
  title: text('Enter a title', 'The title', 200),
  'meeting-words': optionalText('The meeting', 300),
}

export const newPaperForm = z.object({ ...head, request: optionalId('Choose the request again') })

export const paperForm = z.object({
  version: version(),
  ...head,
  author: optionalText('The author', 200),
  contact: optionalText('The contact', 300),
  recommendations: markdownText('The recommendations'),
  body: markdownText('The report'),
  background: optionalText('The background papers', 10_000),
})

export const appendixForm = z.object({
  version: version(),
  title: text('Enter the title of the appendix', 'The title', 200),
  text: markdownText('The text'),
})

export const uploadForm = z.object({ version: version() })
export const versionForm = z.object({ version: version() })
export const paperMarkingForm = markingForm

export const sendForm = z.object({
  version: version(),
  organisation: chosenId('Choose whom it goes to'),
  'in-full': ticked(),
  'may-publish': ticked(),
})

export const placeForm = z.object({ item: chosenId('Choose the item it stands under') })

export const whyForm = z.object({ version: version(), why: text('Give the reason', 'The reason', 500) })
export const takeOffForm = z.object({
  item: chosenId('Choose the item again'),
  why: text('Say why it is taken off', 'The reason', 500),
})

export const reviewForm = z.object({ version: version(), again: optionalDate('the day of the next review') })

export const describeForm = z.object({
  version: version(),
  file: chosenId('Choose the page again'),
  page: z.preprocess(value => Number(value), z.number().int().min(1, 'Choose the page again')),
  alternative: text('Say what the page shows', 'The description', 1000),
})

export const settleForm = z.object({
  leak: z.preprocess(
    value => (typeof value === 'string' ? value : ''),
    z.string().regex(/^[0-9a-f]{64}$/, 'Choose it again'),
  ),
  reason: text('Say why it may stand', 'The reason', 500),
})
/** The name of the reason's field in the form of one finding, so that ids on the page are unique. */
export const reasonField = (fingerprint: string): string => `reason-${fingerprint.slice(0, 12)}`

const askedRoles = [
  'chief-executive',
  'chief-finance-officer',
  'policy-lead',
  'board-clerk',
  'liaison',
  'chief-officer',
  'panel-clerk',
  'legal-adviser',
] as const

export const requestForm = z.object({
  title: text('Enter the title of the paper', 'The title', 200),
  covers: text('Say what the paper is to cover', 'This', 5000),
  item: optionalId('Choose the item again'),
  organisation: chosenId('Choose who is asked'),
  role: optionalChoice('Choose a role', askedRoles),
  due: date('the day it is due'),
})

/** Roles that papers are asked from, as the form offers them. */
export const roleOptions = askedRoles.filter(isRole).map(value => ({
  value,
  text: value.replaceAll('-', ' ').replace(/^./, first => first.toUpperCase()),
}))

/**
 * Background papers as they are typed, one a line, with the address after a bar: `Budget 2026 | https://…`.
 */
export function readBackground(typed: string | null): { background: BackgroundPaper[] } | { faults: FieldFault[] } {
  const lines = (typed ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  const background = lines.map(line => {
    const [title = '', url = null] = line.split(/\s*\|\s*/, 2)
    return { title, url }
  })
  const wrong = background.findIndex(
    ({ title, url }) => title === '' || (url !== null && !/^https?:\/\/\S+$/.test(url)),
  )
  if (wrong === -1) return { background }
  const message = `Line ${String(wrong + 1)}: enter a title, then a bar and an address that begins with https://`
  return { faults: [{ field: 'background', message }] }
}

export function typedBackground(background: readonly BackgroundPaper[]): string {
  return background.map(({ title, url }) => (url === null ? title : `${title} | ${url}`)).join('\n')
}

/** What is wrong with the fences of a text, and with keys that lead to no ground. Pure. */
export function textFaults(field: string, source: string, grounds: PaperGrounds): FieldFault[] {
  const unknown = marksOf(source)
    .filter(key => !(key in grounds))
    .map(key => `“${key}” is no ground of this paper. Mark paragraphs as restricted on the page for that.`)
  const [message] = [...parseText(source).faults, ...unknown]
  return message === undefined ? [] : [{ field, message }]
}
