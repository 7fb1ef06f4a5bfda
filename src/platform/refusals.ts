/** A rule said no. Carries every reason in words for the person who tried; the page shows them and nothing changed. */
export class Refusal extends Error {
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(reasons.join(' '))
    this.name = 'Refusal'
    this.reasons = reasons
  }
}

/** The record was changed by someone else since this person opened it; nothing was saved. */
export class StaleRecord extends Error {
  constructor() {
    super('Someone else changed this record after you opened it')
    this.name = 'StaleRecord'
  }
}
