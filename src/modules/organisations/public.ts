import type { Answer, PublicContext, PublicRoute } from '../../platform/web/route.ts'
import type { LinkModel } from '../../platform/web/patterns.ts'
import type { KindDescription } from '../../record/description.ts'
import { publicRegisterPage } from '../../record/public-pages.ts'
import { bodyKind } from './bodies/kind.ts'
import { officeHolderKind } from './people/kind.ts'

export const organisationsPublic: readonly PublicRoute[] = [
  {
    path: '/bodies',
    handler: context =>
      registerWith(context, bodyKind, { text: 'People in office', href: `/${context.area.slug}/people` }),
  },
  {
    path: '/people',
    handler: context =>
      registerWith(context, officeHolderKind, { text: 'The bodies they sit on', href: `/${context.area.slug}/bodies` }),
  },
]

/** The register of a kind, with the way to the other: one word of the navigation leads to both. */
async function registerWith(context: PublicContext, kind: KindDescription, other: LinkModel): Promise<Answer> {
  const answer = await publicRegisterPage(context, kind)
  if (answer.type !== 'page') return answer
  return { ...answer, view: 'modules/organisations/views/public-register.njk', model: { ...answer.model, other } }
}
