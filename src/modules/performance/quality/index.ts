/*
 * The quality of figures, for the other folders of this module, for the sample areas and for the command line.
 *
 * `findContradictions` looks for what the rules find in the figures of some measures and keeps the register of data
 * queries in line with it. Call it in the transaction that changed the figures, after the exceptions were raised.
 *
 * `enterClaim` enters a statement read from a paper: its sort (`claims/claim.ts`: claimSorts), where it stands, and one
 * line for each figure it speaks of, `role: value` or `role: REFERENCE ["breakdown"] PERIOD [from "source"]`, with
 * `; what it is` behind a typed value. A pair is written `role: 15.3% to 22.2%` or
 * `role: REFERENCE "breakdown" PERIOD to PERIOD`. It is checked at once:
 *
 *   await enterClaim(trx, act, {
 *     areaId,
 *     title: 'Burglary detections rose more than in the rest of the high demand areas',
 *     paper: 'Panel agenda, 26 September 2014',
 *     place: 'Item 10, 8.2',
 *     sort: 'larger-change',
 *     lines: 'subject: 15.3% to 22.2% ; Priority areas\nagainst: 14.2% to 18.0% ; Rest of the high demand areas',
 *   })
 *
 * The words are ours and not the paper's, and never judge a named person.
 */
export { noteAsked } from './asked.ts'
export { findContradictions, findContradictionsOfSeries } from './keep-register.ts'
export type { KeptQueries } from './keep-register.ts'
export { figureQuotations } from './quoted/quotations.ts'
export { enterClaim } from './claims/enter-claim.ts'
export type { NewClaim } from './claims/enter-claim.ts'
