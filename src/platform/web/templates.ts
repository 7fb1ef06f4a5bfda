import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import type { AssetAddresses } from './assets.ts'
import { escapeHtml } from './html.ts'
import type { PageModel } from './patterns.ts'
import { formFilters } from './template-form-filters.ts'
import { templateFilters } from './template-filters.ts'

/** What a layout prints round every page. */
export interface SiteModel {
  side: 'public' | 'workspace'
  assets: AssetAddresses
  /** True in demonstration mode: said on every page. */
  demo: boolean
  /** Search engines are asked to stay away. */
  noIndex: boolean
  today: Temporal.PlainDate
  /** The area whose pages these are, or in which the viewer acts; null outside the areas. */
  area: { name: string; slug: string } | null
  /** Where the header leads. */
  home: string
  /** Sentence of a demonstration or historical area. */
  banner: string | null
  navigation: readonly { text: string; href: string; current: boolean }[]
  /** Who is signed in and for whom they act; whether there are others they could act for. */
  viewer: { name: string; organisation: string; choice: boolean } | null
  /** What was just done, once, after a redirect. */
  notice: string | null
  /** Set when the page shows what was published on an earlier day, with the address of what is published now. */
  asOf: { date: Temporal.PlainDate; now: string } | null
  /** The hidden field's value of forms on this page; null where no form may be sent. */
  csrfToken: string | null
}

/** The name of the hidden field that shows a form came from this site. */
export const csrfField = '_csrf'

export interface Templates {
  /**
   * @param view a template by its path below src
   * @param model what the template prints
   * @returns the page as HTML; a view that does not exist, or a fault in it, throws
   */
  render(view: string, model: Partial<PageModel> & object, site: SiteModel): string
}

const source = fileURLToPath(new URL('../../', import.meta.url))
const packages = fileURLToPath(new URL('../../../node_modules/', import.meta.url))

/**
 * The templates of the whole site.
 *
 * @param extra further folders to find views in, for tests
 */
export function createTemplates(extra: readonly string[] = []): Templates {
  const folders = [...extra, source, `${packages}govuk-frontend/dist`, `${packages}@ministryofjustice/frontend`]
  const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    trimBlocks: true,
    lstripBlocks: true,
  })
  for (const [name, filter] of Object.entries({ ...templateFilters, ...formFilters }))
    environment.addFilter(name, filter)
  // Rendering is synchronous, so the page being rendered is one: macros imported without context still reach it.
  let site: SiteModel | undefined
  environment.addGlobal('csrf', () => csrfInput(site?.csrfToken ?? null))
  environment.addGlobal('today', () => site?.today)
  return {
    render(view, model, siteOfPage) {
      site = siteOfPage
      return environment.render(view, { ...model, site: siteOfPage })
    },
  }
}

function csrfInput(token: string | null): nunjucks.runtime.SafeString {
  if (token === null) throw new Error('A form was put on a page that carries no token: public pages have none.')
  const html = `<input type="hidden" name="${csrfField}" value="${escapeHtml(token)}">`
  return new nunjucks.runtime.SafeString(html)
}
