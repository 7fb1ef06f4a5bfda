/** Where a bank holiday is taken. One of England and Wales counts in both calendars, any other in that of the kingdom. */
export const partsOfTheKingdom = ['England and Wales', 'Scotland', 'Northern Ireland'] as const
