import { Refusal } from '../../../platform/refusals.ts'
import { readForm } from '../../../platform/web/form.ts'
import type { FieldFault } from '../../../platform/web/form.ts'
import type { CellModel } from '../../../platform/web/patterns.ts'
import type { Answer, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { attach, attachmentsOf, releaseAttachments } from '../../../record/files.ts'
import { recordModel } from '../../../record/record-pages.ts'
import { findRecords } from '../../../record/records.ts'
import { workspaceRegisterPage } from '../../../record/workspace-pages.ts'
import { colourModel, colourTag } from '../colours/pages.ts'
import { coloursOf } from '../colours/find-rule.ts'
import { deeds } from './deeds.ts'
import type { DeedPage } from './deeds.ts'
import { evidenceFault } from './evidence.ts'
import { evidenceForm } from './forms.ts'
import { itemDescription } from './kinds.ts'
import { actorOf, loadItem } from './load.ts'
import type { LoadedItem } from './load.ts'
import { deedForm, evidenceModel, itemActions, itemSummary, leadLines, replyLines } from './pages.ts'
import { findItems } from './queries.ts'
import { issueItem } from './raise.ts'
import { decidedInWords, loadContent } from './snapshot.ts'
import { itemKinds, itemPath, itemWords, rowShowsWords } from './words.ts'
import type { ItemKind } from './words.ts'

/** The addresses of one kind: its register, its records, and a form for each deed. */
function routesOf(kind: ItemKind): WorkspaceRoute[] {
  const path = `/follow-up/${itemWords[kind].path}`
  return [
    { method: 'GET', path, permission: 'follow-up.read', handler: context => showRegister(context, kind) },
    { method: 'GET', path: `${path}/:id`, permission: 'follow-up.read', handler: context => showItem(context, kind) },
    ...deeds
      .filter(deed => deed.kinds?.includes(kind) ?? true)
      .flatMap((deed): WorkspaceRoute[] => [
        {
          method: 'GET',
          path: `${path}/:id/${deed.name}`,
          permission: deed.permission,
          handler: context => askDeed(context, kind, deed),
        },
        {
          method: 'POST',
          path: `${path}/:id/${deed.name}`,
          permission: deed.permission,
          handler: context => doDeed(context, kind, deed),
        },
      ]),
    {
      method: 'GET',
      path: `${path}/:id/evidence`,
      permission: 'follow-up.update',
      handler: context => askEvidence(context, kind),
    },
    {
      method: 'POST',
      path: `${path}/:id/evidence`,
      permission: 'follow-up.update',
      handler: context => doAttach(context, kind),
    },
    {
      method: 'POST',
      path: `${path}/:id/public-evidence`,
      permission: 'follow-up.publish',
      handler: context => choosePublicEvidence(context, kind),
    },
    {
      method: 'POST',
      path: `${path}/:id/issue`,
      permission: 'follow-up.raise',
      handler: context => doIssue(context, kind),
    },
  ]
}

export const itemRoutes: readonly WorkspaceRoute[] = itemKinds.flatMap(routesOf)

async function showRegister(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const { path, empty, word } = itemWords[kind]
  return workspaceRegisterPage(context, itemDescription(kind), {
    address: `/workspace/follow-up/${path}`,
    empty,
    columns: [{ heading: 'Lead' }, { heading: 'Colour' }],
    ...(context.may('follow-up.raise') && {
      actions: [
        { text: `Raise ${word === 'action' ? 'an' : 'a'} ${word}`, href: `/workspace/follow-up/new?kind=${kind}` },
      ],
    }),
    cells: async records => {
      const ids = records.map(record => record.id)
      const items = await findItems(context.trx, context.viewer.area.id, ids)
      const pairs = records.flatMap(record => {
        const item = items.get(record.id)
        return item === undefined ? [] : [{ record, item }]
      })
      const colours = await coloursOf(context.trx, { area: context.viewer.area, now: context.now }, pairs)
      return new Map(
        pairs.map(({ record, item }) => [record.id, [leadCell(item.lead_words), colourCell(colours.get(record.id))]]),
      )
    },
  })
}

const leadCell = (text: string): CellModel => ({ type: 'text', text })

function colourCell(found: Parameters<typeof colourModel>[0] | undefined): CellModel {
  return found === undefined ? { type: 'text', text: '' } : { type: 'state', state: colourTag(found.result) }
}

/** An item of this kind that the viewer's organisation holds: another kind at this address is not there. */
async function load(context: WorkspaceContext, kind: ItemKind): Promise<LoadedItem | null> {
  const loaded = await loadItem(context.trx, { areaId: context.viewer.area.id, id: context.params['id'] ?? '' })
  return loaded?.kind === kind ? loaded : null
}

async function showItem(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const loaded = await load(context, kind)
  const content = loaded === null ? null : await loadContent(context.trx, loaded.record)
  if (content === null) return notFound()
  const { record, item } = content
  const colour = (await coloursOf(context.trx, { area: context.viewer.area, now: context.now }, [content])).get(
    record.id,
  )
  const own = await findRecords(
    context.trx,
    record.areaId,
    content.replies.map(reply => reply.id),
  )
  return page('modules/follow-up/views/item.njk', {
    title: record.title,
    breadcrumbs: [{ text: itemDescription(kind).plural, href: `/workspace/follow-up/${itemWords[kind].path}` }].map(
      each => ({ ...each, text: each.text.charAt(0).toUpperCase() + each.text.slice(1) }),
    ),
    record: await recordModel(context, record, {
      summary: [
        ...itemSummary(content),
        ...(colour === undefined
          ? []
          : [{ key: 'Colour', value: { type: 'state' as const, state: colourTag(colour.result) } }]),
      ],
      actions: itemActions(content, actorOf(context), permission => context.may(permission)),
    }),
    kind,
    path: itemPath(kind, record.id),
    item,
    colour: colour === undefined ? null : colourModel(colour),
    rowShows: item.row_shows === null ? null : rowShowsWords[item.row_shows],
    leads: leadLines(content),
    replies: replyLines(content, new Set(own.map(each => each.id))),
    awaited: content.facts.awaited,
    updates: content.updates,
    dueChanges: content.dueChanges,
    closures: content.closures.map(closure => ({ ...closure, decided: decidedInWords(closure) })),
    evidence: evidenceModel(content.attachments, kind),
    attachments: content.attachments,
    mayPublish: context.may('follow-up.publish') && item.raised_by_organisation === context.viewer.organisation.id,
  })
}

async function askDeed(context: WorkspaceContext, kind: ItemKind, deed: DeedPage): Promise<Answer> {
  const loaded = await load(context, kind)
  if (loaded === null) return notFound()
  const fields = deed.stored === undefined ? context.fields : { ...deed.stored(loaded), ...context.fields }
  return deedPage({ ...context, fields }, loaded, deed, [])
}

async function deedPage(
  context: WorkspaceContext,
  loaded: LoadedItem,
  deed: Pick<DeedPage, 'name' | 'more'>,
  faults: readonly FieldFault[],
  refusals: readonly string[] = [],
): Promise<Answer> {
  const { record, kind } = loaded
  const path = itemPath(kind, record.id)
  const form = deedForm(`${path}/${deed.name}`, record.version, context.fields, faults, refusals)
  const status = faults.length + refusals.length > 0 ? 422 : 200
  const more = (await deed.more?.(context, loaded)) ?? {}
  return page(
    `modules/follow-up/views/${deed.name}.njk`,
    { title: record.title, word: itemWords[kind].word, kind, form, back: { text: 'Back', href: path }, ...more },
    status,
  )
}

/** Said where somebody else did something to it while a form was being filled in. */
const changedMeanwhile = 'It was changed after you opened this page. Read it once more, then send this again.'

/**
 * What every deed with a form has in common: load, read the form, do it, return to the item. Where it does not come
 * about, the form comes back with the reasons and with what was typed.
 */
async function doDeed(context: WorkspaceContext, kind: ItemKind, deed: DeedPage): Promise<Answer> {
  const loaded = await load(context, kind)
  if (loaded === null) return notFound()
  const read = await deed.read(context, loaded)
  if (!read.ok) return deedPage(context, loaded, deed, read.errors)
  if (deed.versioned && context.fields['version'] !== String(loaded.record.version)) {
    return deedPage(context, loaded, deed, [], [changedMeanwhile])
  }
  try {
    return redirect(itemPath(kind, loaded.record.id), await read.act())
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return deedPage(context, loaded, deed, [], fault.reasons)
  }
}

async function askEvidence(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const loaded = await load(context, kind)
  return loaded === null ? notFound() : deedPage(context, loaded, { name: 'evidence' }, [])
}

async function doAttach(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const loaded = await load(context, kind)
  if (loaded === null) return notFound()
  const read = readForm(evidenceForm, context.fields)
  if (!read.ok) return deedPage(context, loaded, { name: 'evidence' }, read.errors)
  const upload = context.uploads.find(each => each.field === 'evidence-file')
  const link = read.value['evidence-link']
  const what = upload !== undefined ? { upload } : link === null ? null : { url: link }
  const fault = evidenceFault(upload !== undefined, link)
  if (what === null || fault !== null) {
    const faults = [fault ?? { field: 'evidence-file', message: 'Choose a file' }]
    return deedPage(context, loaded, { name: 'evidence' }, faults)
  }
  await attach(context.trx, context, loaded.record, what, read.value['evidence-title'], 'evidence')
  return redirect(itemPath(kind, loaded.record.id), 'Evidence attached')
}

async function doIssue(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const loaded = await load(context, kind)
  if (loaded === null) return notFound()
  await issueItem(context.trx, context, loaded.record)
  return redirect(itemPath(kind, loaded.record.id), 'Issued')
}

async function choosePublicEvidence(context: WorkspaceContext, kind: ItemKind): Promise<Answer> {
  const loaded = await load(context, kind)
  if (loaded === null) return notFound()
  const chosen = context.fields['public']
  const ids = chosen === undefined ? [] : typeof chosen === 'string' ? [chosen] : [...chosen]
  const known = (await attachmentsOf(context.trx, loaded.record)).map(each => each.id)
  await releaseAttachments(
    context.trx,
    loaded.record,
    ids.filter(id => known.includes(id)),
  )
  return redirect(itemPath(kind, loaded.record.id), 'Saved. Publish it again to show the change.')
}
