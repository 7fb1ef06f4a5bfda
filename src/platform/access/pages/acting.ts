import { page, redirect } from '../../web/route.ts'
import { rolesInWords } from '../mails.ts'
import {
  type AccessAnswer,
  type AccessRoute,
  type AccessServices,
  destination,
  signedIn,
  type SignedInContext,
} from './route.ts'
import type { Place } from '../seats.ts'
import { actFor } from '../sessions.ts'

/** A place as the value of a form's choice. */
function valueOf(place: Place): string {
  return `${place.organisation.id} ${place.area.id}`
}

function actingPage(context: SignedInContext, missing: boolean): AccessAnswer {
  const { person, query, fields } = context
  const message = 'Choose the organisation you act for'
  const form = {
    action: '/workspace/acting',
    fields: { place: person.acting ? valueOf(person.acting) : undefined },
    faults: missing ? [{ field: 'place', message }] : [],
  }
  const places = person.places.map(place => ({
    value: valueOf(place),
    text: `${place.organisation.name}, ${place.area.name}`,
    hint: `As ${rolesInWords(place.roles)}`,
  }))
  const to = destination(query.to ?? fields.to)
  const model = { title: 'Who do you act for?', form, places, to }
  return { answer: page('platform/access/views/acting.njk', model, missing ? 422 : 200) }
}

async function choose(services: AccessServices, context: SignedInContext): Promise<AccessAnswer> {
  const { person, fields } = context
  const place = person.places.find(each => valueOf(each) === fields.place)
  if (!place) return actingPage(context, true)
  await actFor(services.db, person.sessionId, place)
  const changed = person.acting !== null
  // What lay behind the page of one organisation may not exist for another.
  const to = changed ? '/workspace' : destination(fields.to)
  return { answer: redirect(to, `You act for ${place.organisation.name} in ${place.area.name}.`) }
}

/** Someone of several organisations or areas chooses which one they act for: one at a time, never both. */
export function actingRoutes(services: AccessServices): AccessRoute[] {
  const path = '/acting'
  return [
    { method: 'GET', path, handler: signedIn(async context => actingPage(context, false)) },
    { method: 'POST', path, handler: signedIn(context => choose(services, context)) },
  ]
}
