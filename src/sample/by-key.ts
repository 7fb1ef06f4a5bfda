/** What was made of some facts, by the keys of the facts. */
export class ByKey<T> {
  readonly #what: string
  readonly #all = new Map<string, T>()

  /** @param what the kind of thing, for the message of a key that is not there */
  constructor(what: string) {
    this.#what = what
  }

  set(key: string, made: T): T {
    if (this.#all.has(key)) throw new Error(`The ${this.#what} "${key}" is in the sample data twice`)
    this.#all.set(key, made)
    return made
  }

  /** @throws Error for a key that nothing was made of */
  get(key: string): T {
    const made = this.#all.get(key)
    if (made === undefined) throw new Error(`The sample data speak of the ${this.#what} "${key}", which is not in them`)
    return made
  }

  has(key: string): boolean {
    return this.#all.has(key)
  }

  values(): T[] {
    return [...this.#all.values()]
  }
}
