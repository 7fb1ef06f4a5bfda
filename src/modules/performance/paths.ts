/** Addresses in the workspace. */
export const paths = {
  measures: '/workspace/performance/measures',
  measure: (id: string) => `/workspace/performance/measures/${id}`,
  dictionary: '/workspace/performance/dictionary',
  exceptions: '/workspace/performance/exceptions',
  exception: (id: string) => `/workspace/performance/exceptions/${id}`,
  imports: '/workspace/performance/imports',
  places: '/workspace/performance/places',
  openData: '/workspace/performance/imports/open-data',
  import: (id: string) => `/workspace/performance/imports/${id}`,
  /** Where figures are typed into a grid. */
  typing: '/workspace/performance/figures',
  /** Where scrutiny drafts a question about a record. */
  draftQuestion: (about: string) => `/workspace/scrutiny/questions/new?about=${about}`,
  /** Where scrutiny drafts a formal challenge: always a person's decision. */
  draftChallenge: '/workspace/scrutiny/challenges/new',
}
