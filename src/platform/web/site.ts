import type { Role } from '../access/viewer.ts'
import type { Permissions } from '../access/may.ts'
import type { Assets } from './assets.ts'
import type { Quotations } from './quotations.ts'
import type { KeyedRoute, PublicArea, PublicFormRoute, PublicRoute, WorkspaceRoute } from './route.ts'
import type { SiteModel, Templates } from './templates.ts'

type OneOrMore<T> = T | readonly T[]

/** What the web needs to know of a module; its description has it. */
export interface WebModule {
  name: string
  /** Words in the workspace's navigation; each is shown to whoever may open its address. */
  navigation?: OneOrMore<{ word: string; path: string; permission: string }>
  /** Words in the public site's navigation, with their addresses below the area. */
  publicNavigation?: OneOrMore<{ word: string; path: string }>
  permissions: Readonly<Record<string, readonly Role[]>>
  workspace: readonly WorkspaceRoute[]
  /** Addresses of the workspace that a secret in them opens instead of a session. */
  keyed?: readonly KeyedRoute[]
  public: readonly PublicRoute[]
  publicForms?: readonly PublicFormRoute[]
}

export interface WebSettings {
  /** The site's own address, without a slash at the end. */
  baseUrl: string
  /** Demonstration mode: said on every page, and search engines stay away. */
  demo: boolean
  /** Signs cookies and forms. */
  sessionSecret: string
}

/** What both sides of the site share. */
export interface Web {
  settings: WebSettings
  modules: readonly WebModule[]
  permissions: Permissions
  templates: Templates
  assets: Assets
  headers: Readonly<Record<string, string>>
  /** What figures quoted in texts stand for; without it markers stay as they were typed. */
  quotations: Quotations | null
  now: () => Temporal.Instant
  /** Writes one line to the log of whoever runs the program. No personal data. */
  log: (line: string) => void
}

/** Every module's permissions in one table. */
export function allPermissions(modules: readonly WebModule[]): Permissions {
  const all: Record<string, readonly Role[]> = {}
  for (const { name, permissions } of modules) {
    for (const [permission, roles] of Object.entries(permissions)) {
      if (permission in all) throw new Error(`The permission ${permission} of the module ${name} is declared twice.`)
      all[permission] = roles
    }
  }
  return all
}

/**
 * What the public layout prints round a page.
 *
 * @param area null outside the areas
 * @param path the address of the page, without its query
 */
export function publicSite(web: Web, area: PublicArea | null, path: string, today: Temporal.PlainDate): SiteModel {
  const home = area === null ? '/' : `/${area.slug}/`
  const items = area === null ? [] : web.modules.flatMap(({ publicNavigation = [] }) => publicNavigation)
  return {
    side: 'public',
    assets: web.assets.addresses,
    demo: web.settings.demo,
    noIndex: web.settings.demo || (area !== null && keptFromSearch(area)),
    today,
    area,
    home,
    banner: area?.banner ?? null,
    navigation: items.map(item => {
      const href = `/${area?.slug}${item.path}`
      return { text: item.word, href, current: isAtOrBelow(path, href) }
    }),
    viewer: null,
    notice: null,
    asOf: null,
    csrfToken: null,
  }
}

/** Demonstrations are not offered to search engines: those carry a banner. */
function keptFromSearch(area: PublicArea): boolean {
  return area.historical || area.banner !== null
}

/** Whether an address is another or lies below it. */
export function isAtOrBelow(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`)
}
