import { z } from 'zod'
import { Refusal } from '../../../platform/refusals.ts'
import { choice, chosenId, date, type FieldFault, readForm, text, ticked } from '../../../platform/web/form.ts'
import { optionalDate } from '../../../platform/web/form.ts'
import type { Answer, FormFields, WorkspaceContext, WorkspaceRoute } from '../../../platform/web/route.ts'
import { notFound, page, redirect } from '../../../platform/web/route.ts'
import { paths } from '../paths.ts'
import { addName, enterPlace, mergePlace, setOwn, takeNameBack } from './deeds.ts'
import { placeKinds, placeKindWords } from './place-names.ts'
import { type ListedPlace, listPlaces } from './places-queries.ts'

const at = '/performance/places'
const change = 'performance.places'

/** The area's list of places: names, renamings, mergers. */
export const placeRoutes: readonly WorkspaceRoute[] = [
  { method: 'GET', path: at, permission: 'performance.read', handler: showPlaces },
  { method: 'POST', path: `${at}/new`, permission: change, handler: doEnter },
  { method: 'GET', path: `${at}/:id`, permission: change, handler: askPlace },
  { method: 'POST', path: `${at}/:id/own`, permission: change, handler: doOwn },
  { method: 'POST', path: `${at}/:id/name`, permission: change, handler: doName },
  { method: 'POST', path: `${at}/:id/name/remove`, permission: change, handler: doTakeBack },
  { method: 'POST', path: `${at}/:id/merge`, permission: change, handler: doMerge },
]

const placeForm = z.object({
  name: text('Enter the name of the place', 'The name', 100),
  kind: choice('Choose what it is', placeKinds),
  own: ticked(),
})
const nameForm = z.object({ name: text('Enter the name', 'The name', 100), from: optionalDate('the day') })
const mergeForm = z.object({ into: chosenId('Choose what it became part of'), since: date('the day') })
const ownForm = z.object({ own: ticked() })

/** What a form came back with. */
interface Returned {
  form: 'place' | 'name' | 'merge'
  fields: FormFields
  faults: readonly FieldFault[]
  refusals?: readonly string[]
}

const kinds = placeKinds.map(value => ({ value, text: placeKindWords[value].word }))
const pathOf = (id: string) => `${paths.places}/${id}`
const areaOf = ({ viewer }: WorkspaceContext) => viewer.area.id

function showPlaces(context: WorkspaceContext): Promise<Answer> {
  return placesPage(context, null)
}

async function placesPage(context: WorkspaceContext, returned: Returned | null): Promise<Answer> {
  const places = await listPlaces(context.trx, areaOf(context))
  const action = `${paths.places}/new`
  const model = {
    title: 'Places',
    breadcrumbs: [{ text: 'Performance', href: paths.measures }],
    mayChange: context.may(change),
    form: returned === null ? { action, fields: {}, faults: [] } : { action, ...returned },
    kinds,
    groups: placeKinds.map(kind => ({
      word: placeKindWords[kind].word,
      places: places.filter(place => place.kind === kind).map(lineOf),
    })),
    any: places.length > 0,
  }
  return page('modules/performance/views/places.njk', model, returned === null ? 200 : 422)
}

function lineOf(place: ListedPlace) {
  return {
    ...{ name: place.name, own: place.own, href: pathOf(place.id), merged: place.merged, renamed: place.renamed },
    others: place.names.filter(each => each.from === null).map(each => each.name),
  }
}

async function doEnter(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(placeForm, context.fields)
  if (!read.ok) return placesPage(context, { form: 'place', fields: read.fields, faults: read.errors })
  return refused(
    async () => {
      const id = await enterPlace(context.trx, context, areaOf(context), read.value)
      return redirect(pathOf(id), `${read.value.name} is in the list`)
    },
    refusals => placesPage(context, { form: 'place', fields: context.fields, faults: [], refusals }),
  )
}

async function refused(work: () => Promise<Answer>, otherwise: (reasons: readonly string[]) => Promise<Answer>) {
  try {
    return await work()
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return otherwise(fault.reasons)
  }
}

function askPlace(context: WorkspaceContext): Promise<Answer> {
  return placePage(context, null)
}

async function placePage(context: WorkspaceContext, returned: Returned | null): Promise<Answer> {
  const places = await listPlaces(context.trx, areaOf(context))
  const place = places.find(each => each.id === context.params['id'])
  if (place === undefined) return notFound()
  const here = pathOf(place.id)
  const formOf = (form: Returned['form'], action: string) =>
    returned?.form === form ? { action, ...returned } : { action, fields: {}, faults: [] }
  const model = {
    title: place.name,
    back: { text: 'Back to the places', href: paths.places },
    here,
    place: {
      ...lineOf(place),
      word: placeKindWords[place.kind].word,
      names: place.names,
      police: place.kind === 'police-area',
    },
    ownForm: { action: `${here}/own`, fields: place.own ? { own: 'yes' } : {}, faults: [] },
    nameForm: formOf('name', `${here}/name`),
    mergeForm: formOf('merge', `${here}/merge`),
    others: places
      .filter(each => each.kind === place.kind && each.id !== place.id)
      .map(each => ({ value: each.id, text: each.name })),
  }
  return page('modules/performance/views/place.njk', model, returned === null ? 200 : 422)
}

const idOf = ({ params }: WorkspaceContext) => params['id'] ?? ''

async function doOwn(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(ownForm, context.fields)
  const own = read.ok && read.value.own
  return refused(
    async () => {
      await setOwn(context.trx, context, areaOf(context), idOf(context), own)
      return redirect(pathOf(idOf(context)), 'Kept')
    },
    refusals => placePage(context, { form: 'name', fields: {}, faults: [], refusals }),
  )
}

async function doName(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(nameForm, context.fields)
  if (!read.ok) return placePage(context, { form: 'name', fields: read.fields, faults: read.errors })
  const { name, from } = read.value
  return refused(
    async () => {
      await addName(context.trx, context, areaOf(context), idOf(context), name, from)
      return redirect(pathOf(idOf(context)), `${name} is a name of this place`)
    },
    refusals => placePage(context, { form: 'name', fields: context.fields, faults: [], refusals }),
  )
}

async function doTakeBack(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(z.object({ name: text('Choose the name', 'The name', 100) }), context.fields)
  if (read.ok) await takeNameBack(context.trx, context, areaOf(context), idOf(context), read.value.name)
  return redirect(pathOf(idOf(context)), 'The name was taken out')
}

async function doMerge(context: WorkspaceContext): Promise<Answer> {
  const read = readForm(mergeForm, context.fields)
  if (!read.ok) return placePage(context, { form: 'merge', fields: read.fields, faults: read.errors })
  const { into, since } = read.value
  return refused(
    async () => {
      await mergePlace(context.trx, context, areaOf(context), idOf(context), into, since)
      return redirect(pathOf(idOf(context)), 'Kept, and noted in the figures')
    },
    refusals => placePage(context, { form: 'merge', fields: context.fields, faults: [], refusals }),
  )
}
