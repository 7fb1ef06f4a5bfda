/** Counts by a key, such as month and crime type. */
export class Counts {
  readonly byKey = new Map<string, number>()

  add(key: string): void {
    this.byKey.set(key, (this.byKey.get(key) ?? 0) + 1)
  }

  of(key: string): number {
    return this.byKey.get(key) ?? 0
  }
}
