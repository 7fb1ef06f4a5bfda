/**
 * Where each period of each series was first met in a file, so that a second figure for it is noticed. An open hash
 * table over typed arrays: a million entries take 40 MB and no object.
 */
export class FirstSeen {
  #mask = 0xffff
  #used = 0
  /** Series number + 1; 0 is an empty place. */
  #series = new Int32Array(this.#mask + 1)
  #day = new Int32Array(this.#mask + 1)
  #line = new Int32Array(this.#mask + 1)
  #value = new Float64Array(this.#mask + 1)

  /** The place of a period, which is new if `isNew` says so until it is filled. */
  find(series: number, day: number): number {
    let at = hash(series, day) & this.#mask
    while (this.#series[at] !== 0 && (this.#series[at] !== series + 1 || this.#day[at] !== day)) {
      at = (at + 1) & this.#mask
    }
    return at
  }

  isNew(at: number): boolean {
    return this.#series[at] === 0
  }

  lineAt(at: number): number {
    return this.#line[at] ?? 0
  }

  valueAt(at: number): number {
    return this.#value[at] ?? Number.NaN
  }

  fill(at: number, series: number, day: number, line: number, value: number): void {
    this.#series[at] = series + 1
    this.#day[at] = day
    this.#line[at] = line
    this.#value[at] = value
    if (++this.#used > this.#mask * 0.6) this.#grow()
  }

  #grow(): void {
    const [series, day, line, value] = [this.#series, this.#day, this.#line, this.#value]
    this.#mask = this.#mask * 2 + 1
    this.#used = 0
    this.#series = new Int32Array(this.#mask + 1)
    this.#day = new Int32Array(this.#mask + 1)
    this.#line = new Int32Array(this.#mask + 1)
    this.#value = new Float64Array(this.#mask + 1)
    for (let i = 0; i < series.length; i++) {
      if (series[i] === 0) continue
      const number = series[i]! - 1
      this.fill(this.find(number, day[i]!), number, day[i]!, line[i]!, value[i]!)
    }
  }
}

function hash(series: number, day: number): number {
  const mixed = Math.imul(series, 0x9e3779b1) ^ Math.imul(day, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
