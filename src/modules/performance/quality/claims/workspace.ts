import type { ActionModel, FormModel } from '../../../../platform/web/patterns.ts'
import { type FieldFault, readForm } from '../../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../../platform/web/route.ts'
import { recordModel } from '../../../../record/record-pages.ts'
import type { RecordHead, RecordKey } from '../../../../record/record.ts'
import { findRecord } from '../../../../record/records.ts'
import { workspaceRegisterPage } from '../../../../record/workspace-pages.ts'
import { z } from 'zod'
import { version } from '../../../../platform/web/form.ts'
import { paths } from '../../paths.ts'
import { claimKind } from '../kinds.ts'
import { qualityPaths } from '../paths.ts'
import { findClaims, type HeldClaim } from '../quality-queries.ts'
import { unlessRefused } from '../query-workspace.ts'
import { settleWords, severityWords, verdictWord } from '../words.ts'
import { claimSorts, type ClaimSort, sortNames } from './claim.ts'
import { changeClaim, checkClaimAgain, enterClaim, sortOf, withdrawClaim } from './enter-claim.ts'
import { changedClaimForm, claimForm, fieldsOf, helpFor, offeredSorts } from './forms.ts'
import { shownParts } from './snapshot.ts'

const address = '/performance/claims'
const permission = 'performance.check'

export const claimRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: address, permission: 'performance.read', handler: showClaims },
  { method: 'GET', path: `${address}/new`, permission, handler: askClaim },
  { method: 'POST', path: `${address}/new`, permission, handler: doEnter },
  { method: 'GET', path: `${address}/:id`, permission: 'performance.read', handler: showClaim },
  { method: 'GET', path: `${address}/:id/edit`, permission, handler: askChange },
  { method: 'POST', path: `${address}/:id/edit`, permission, handler: doChange },
  { method: 'POST', path: `${address}/:id/check`, permission, handler: doCheck },
  { method: 'POST', path: `${address}/:id/withdraw`, permission, handler: doWithdraw },
]

const keyOf = ({ viewer, params }: WorkspaceContext): RecordKey => ({
  areaId: viewer.area.id,
  id: params['id'] ?? '',
})
const breadcrumbs = [
  { text: 'Performance', href: paths.measures },
  { text: 'Claims', href: qualityPaths.claims },
]

/** The register of claims. */
function showClaims(context: WorkspaceContext): Promise<Answer> {
  return workspaceRegisterPage(context, claimKind, {
    address: qualityPaths.claims,
    introduction: 'Statements read from papers, bound to the figures they speak of and checked against them.',
    empty: 'Claims appear here when somebody enters a statement from a paper, to check it against the figures.',
    actions: [
      ...(context.may(permission) ? [{ text: 'Enter a claim', href: `${qualityPaths.claims}/new` }] : []),
      { text: 'Data queries', href: qualityPaths.queries },
    ],
    columns: [{ heading: 'What checking it came to' }, { heading: 'Where it stands' }],
    cells: async records => {
      const ids = records.map(record => record.id)
      const found = await findClaims(context.trx, context.viewer.area.id, ids)
      return new Map(
        found.map(each => [
          each.id,
          [
            { type: 'text', text: verdictWord(each.verdict) },
            { type: 'text', text: each.paper, hint: each.place },
          ],
        ]),
      )
    },
  })
}

/** One claim: what is said and where, what it speaks of, what checking it came to. */
function showClaim(context: WorkspaceContext): Promise<Answer> {
  return claimPage(context, [])
}

async function claimPage(context: WorkspaceContext, refusals: readonly string[]): Promise<Answer> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [claim] = record === null ? [] : await findClaims(context.trx, key.areaId, [key.id])
  if (record === null || claim === undefined) return notFound()
  const model = {
    title: record.title,
    breadcrumbs,
    refusals,
    record: await recordModel(context, record, {
      summary: [
        { key: 'Where it stands', value: { type: 'text', text: claim.paper, hint: claim.place } },
        { key: 'Sort of statement', value: { type: 'text', text: claimSorts[sortOf(claim)].word } },
        { key: 'What checking it came to', value: { type: 'text', text: verdictWord(claim.verdict) } },
        { key: 'How much it matters', value: { type: 'state', state: severityWords[claim.severity] } },
        { key: 'Last checked', value: { type: 'moment', at: claim.checked_at } },
      ],
      actions: actionsOf(context, record),
    }),
    reason: claim.reason,
    settle: settleWords(claim.verdict),
    comment: claim.comment,
    parts: shownParts(claim).map(part => ({
      ...part,
      href: part.measureId === null ? null : paths.measure(part.measureId),
    })),
  }
  return page('modules/performance/quality/views/claim.njk', model, refusals.length > 0 ? 422 : 200)
}

function actionsOf(context: WorkspaceContext, record: RecordHead): ActionModel[] {
  const here = qualityPaths.claim(record.id)
  const standing = record.state !== 'withdrawn'
  return [
    ...(standing && record.state !== 'borne-out' && context.may('scrutiny.draft-question')
      ? [{ text: 'Draft a question from this', href: paths.draftQuestion(record.id) }]
      : []),
    ...(standing && context.may(permission)
      ? [
          { text: 'Change it', href: `${here}/edit` },
          { text: 'Check it again', post: `${here}/check` },
          { text: 'Withdraw it', post: `${here}/withdraw`, version: record.version },
        ]
      : []),
    ...(context.may('performance.publish')
      ? [{ text: 'Publish', href: `/workspace/records/${record.id}/publish` }]
      : []),
  ]
}

const sortIn = (typed: unknown): ClaimSort | null => sortNames.find(name => name === typed) ?? null

/** First what sort of statement it is, then its parts. */
async function askClaim(context: WorkspaceContext): Promise<Answer> {
  const sort = sortIn(context.query['sort'])
  if (sort !== null) return formPage({ action: `${qualityPaths.claims}/new`, fields: { sort }, faults: [] }, sort, null)
  const faults =
    context.query['sort'] === undefined ? [] : [{ field: 'sort', message: 'Choose what sort of statement it is' }]
  return page('modules/performance/quality/views/claim-sort.njk', {
    title: 'What sort of statement is it?',
    back: { text: 'Back', href: qualityPaths.claims },
    form: { action: `${qualityPaths.claims}/new`, fields: {}, faults },
    sorts: offeredSorts,
  })
}

async function doEnter(context: WorkspaceContext): Promise<Answer> {
  const { fields, viewer, trx } = context
  const sort = sortIn(fields['sort']) ?? 'equals'
  const again = async (faults: readonly FieldFault[], refusals: readonly string[] = []) =>
    formPage({ action: `${qualityPaths.claims}/new`, fields, faults, refusals }, sort, null)
  const read = readForm(claimForm, fields)
  if (!read.ok) return again(read.errors)
  return unlessRefused(
    refusals => again(linesFaults(refusals)),
    async () => {
      const record = await enterClaim(trx, context, { areaId: viewer.area.id, ...read.value })
      return redirect(qualityPaths.claim(record.id), 'Claim entered and checked')
    },
  )
}

/** What is wrong with the lines stands by their field. */
const linesFaults = (reasons: readonly string[]): FieldFault[] => [{ field: 'lines', message: reasons.join(' ') }]

async function claimOf(context: WorkspaceContext): Promise<{ record: RecordHead; claim: HeldClaim } | null> {
  const key = keyOf(context)
  const record = await findRecord(context.trx, key)
  const [claim] = record === null ? [] : await findClaims(context.trx, key.areaId, [key.id])
  return record === null || claim === undefined ? null : { record, claim }
}

async function askChange(context: WorkspaceContext): Promise<Answer> {
  const found = await claimOf(context)
  return found === null ? notFound() : changePage(found.record, fieldsOf(found.claim), [])
}

async function doChange(context: WorkspaceContext): Promise<Answer> {
  const found = await claimOf(context)
  if (found === null) return notFound()
  const read = readForm(changedClaimForm, context.fields)
  if (!read.ok) return changePage(found.record, context.fields, read.errors)
  const { version: seen, ...changed } = read.value
  return unlessRefused(
    async refusals => changePage(found.record, context.fields, linesFaults(refusals)),
    async () => {
      await changeClaim(context.trx, context, found.record, seen, changed)
      return redirect(qualityPaths.claim(found.record.id), 'Claim changed and checked')
    },
  )
}

function changePage(record: RecordHead, fields: FormFields, faults: readonly FieldFault[]): Answer {
  const action = `${qualityPaths.claim(record.id)}/edit`
  return formPage({ action, fields, faults, version: record.version }, sortIn(fields['sort']) ?? 'equals', record)
}

function formPage(form: FormModel, sort: ClaimSort, record: RecordHead | null): Answer {
  const model = {
    title: record === null ? 'Enter a claim' : `Change: ${record.title}`,
    back: { text: 'Back', href: record === null ? `${qualityPaths.claims}/new` : qualityPaths.claim(record.id) },
    form,
    help: helpFor(sort),
    quote: qualityPaths.quote,
    button: record === null ? 'Enter and check' : 'Save and check',
  }
  const faulty = form.faults.length + (form.refusals?.length ?? 0) > 0
  return page('modules/performance/quality/views/claim-form.njk', model, faulty ? 422 : 200)
}

async function doCheck(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  return unlessRefused(
    refusals => claimPage(context, refusals),
    async () => {
      const changed = await checkClaimAgain(context.trx, context, key)
      return redirect(
        qualityPaths.claim(key.id),
        changed ? 'Checked: it came out otherwise' : 'Checked: it is as it was',
      )
    },
  )
}

const versionForm = z.object({ version: version() })

async function doWithdraw(context: WorkspaceContext): Promise<Answer> {
  const key = keyOf(context)
  const read = readForm(versionForm, context.fields)
  if (!read.ok) return claimPage(context, ['Open this page again before you withdraw it.'])
  return unlessRefused(
    refusals => claimPage(context, refusals),
    async () => {
      await withdrawClaim(context.trx, context, key, read.value.version)
      return redirect(qualityPaths.claim(key.id), 'Claim withdrawn')
    },
  )
}
