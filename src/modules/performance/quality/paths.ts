/** Addresses in the workspace. */
export const qualityPaths = {
  queries: '/workspace/performance/data-queries',
  query: (id: string) => `/workspace/performance/data-queries/${id}`,
  claims: '/workspace/performance/claims',
  claim: (id: string) => `/workspace/performance/claims/${id}`,
  /** Where the text that quotes a figure is made. */
  quote: '/workspace/performance/quote',
}
