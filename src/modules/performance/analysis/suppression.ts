/**
 * Small numbers about people, hidden so that subtraction does not bring them back. Counts from 1 to one below a
 * threshold are hidden first; then others with them, until somebody who knows every total that is shown, and that
 * counts are whole numbers, finds at least two tables that fit for every hidden cell. Sources: ONS, "Policy on
 * protecting confidentiality in tables of ... statistics"; Cox (1980) for complementary cells; performance.md A10.
 *
 * A table with its totals is a flow: what a row total sends into a row, its cells send on to columns, and columns to
 * column totals. Shown cells are fixed pipes. A hidden cell cannot be worked out if and only if one more (or fewer)
 * can flow through it round some ring of hidden cells (integrality of network flows), which is what is looked for.
 */

/** Counts of people by rows and columns; null where a figure is missing, which is neither hidden nor zero. */
export interface CountTable {
  cells: readonly (readonly (number | null)[])[]
  /** Which totals a reader can have, here or elsewhere; rows and columns that add up. All unless given. */
  totals?: { rows: boolean; columns: boolean; all: boolean }
  /** Totals that are known already and cannot be hidden any more. None unless given. */
  known?: { rows: boolean; columns: boolean; all: boolean }
}

/** What is not shown: cells and totals, true where hidden. */
export interface Suppression {
  cells: boolean[][]
  rowTotals: boolean[]
  columnTotals: boolean[]
  total: boolean
  /** False where even hiding everything that may be hidden leaves some cell to be worked out. */
  safe: boolean
}

/** How many a count must reach to be shown, where a measure does not say. */
export const usualThreshold = 5

/** A cell or a total as a pipe from one node to another. */
interface Pipe {
  from: number
  to: number
  value: number
  hidden: boolean
  /** Whether a reader can see it at all: a total that nobody is given is as good as hidden. */
  shown: boolean
  mayHide: boolean
  isTotal: boolean
}

interface Network {
  pipes: readonly Pipe[]
  /** At each node the pipes that may carry more or less: hidden ones, and those that no reader can see. */
  loose: Pipe[][]
  /** How many hidden pipes touch each node. */
  hiddenAt: number[]
  /** What a reader knows each hidden count to be at least: 1, as long as no zero is hidden. */
  least: number
  /** Pipes by row, the last of each row its total; the last row holds the totals of columns and of everything. */
  grid: readonly (readonly Pipe[])[]
}

/**
 * What must be hidden of a table. Zeros stay, unless nothing else can protect a hidden cell.
 *
 * @param threshold counts from 1 to one below it are hidden
 */
export function suppress(table: CountTable, threshold = usualThreshold): Suppression {
  const network = networkOf(table)
  for (const pipe of network.pipes) if (pipe.mayHide && isSmall(pipe.value, threshold)) hide(network, pipe)
  return outcome(network, protect(network))
}

const isSmall = (value: number, threshold: number): boolean => value >= 1 && value < threshold

/**
 * Several tables of the same columns whose column totals are the same figures: one measure by ethnic group and by age,
 * month by month. Where a column total must be hidden, all tables hide it with its whole column, and another column
 * with it, so that what one table lacks no other supplies; every other cell is protected as if all column totals were
 * known.
 */
export function suppressRelated(tables: readonly CountTable[], threshold = usualThreshold): Suppression[] {
  const [first] = tables
  if (first === undefined) return []
  const sums = (first.cells[0] ?? []).map((_, c) => Math.max(...tables.map(({ cells }) => columnSum(cells, c))))
  const all = first.totals?.all ?? true
  const totals = suppress({ cells: [sums], totals: { rows: all, columns: false, all: false } }, threshold)
  const away = totals.cells[0] ?? []
  return tables.map(table => {
    const cells = table.cells.map(row => row.filter((_each, c) => away[c] !== true))
    const known = { rows: table.known?.rows ?? false, columns: true, all: true }
    const rest = suppress({ ...table, cells, known }, threshold)
    return {
      ...rest,
      cells: rest.cells.map(row => inPlace(row, away)),
      columnTotals: [...away],
      total: totals.rowTotals[0] ?? false,
      safe: rest.safe && totals.safe,
    }
  })
}

/** A row of what is left, put back among the columns that are hidden whole. */
function inPlace(row: readonly boolean[], away: readonly boolean[]): boolean[] {
  const left = row.values()
  return away.map(hidden => hidden || left.next().value === true)
}

/** The hidden cells of a table that can be worked out from what is shown; rows and columns by index, totals last. */
export function workedOut(table: CountTable, hidden: Omit<Suppression, 'safe'>): [row: number, column: number][] {
  const network = networkOf(table)
  const rows = table.cells.length
  for (const [r, pipes] of network.grid.entries()) {
    for (const [c, pipe] of pipes.entries()) {
      const inner = r < rows ? hidden.cells[r]?.[c] : hidden.columnTotals[c]
      const atEnd = r < rows ? hidden.rowTotals[r] : hidden.total
      if ((c === pipes.length - 1 ? atEnd : inner) === true) hide(network, pipe)
    }
  }
  return network.grid.flatMap((pipes, r) =>
    pipes.flatMap((pipe, c): [number, number][] =>
      pipe.hidden && pipe.shown && isPinned(network, pipe) ? [[r, c]] : [],
    ),
  )
}

function networkOf({ cells, totals, known }: CountTable): Network {
  const rows = cells.length
  const columns = cells[0]?.length ?? 0
  const given = totals ?? { rows: true, columns: true, all: true }
  const fixed = known ?? { rows: false, columns: false, all: false }
  const value = (r: number, c: number) => cells[r]?.[c] ?? 0
  const rowSum = (r: number) => cells[r]?.reduce<number>((sum, each) => sum + (each ?? 0), 0) ?? 0
  // Rows are the nodes 0 to rows - 1, then columns, then the source of row totals and the sink of column totals.
  const [source, sink] = [rows + columns, rows + columns + 1]
  const total = (from: number, to: number, sum: number, shown: boolean, isKnown: boolean): Pipe => ({
    ...{ from, to, value: sum, hidden: false, shown, mayHide: shown && !isKnown, isTotal: true },
  })
  const grid: Pipe[][] = cells.map((row, r) => [
    ...row.map((each, c) => ({
      ...{ from: r, to: rows + c, value: value(r, c), hidden: false, shown: true },
      ...{ mayHide: each !== null, isTotal: false },
    })),
    total(source, r, rowSum(r), given.rows, fixed.rows),
  ])
  const all = cells.reduce((sum, _row, r) => sum + rowSum(r), 0)
  grid.push([
    ...Array.from({ length: columns }, (_, c) =>
      total(rows + c, sink, columnSum(cells, c), given.columns, fixed.columns),
    ),
    total(sink, source, all, given.all, fixed.all),
  ])
  const pipes = grid.flat()
  const network = { pipes, grid, hiddenAt: new Array<number>(sink + 1).fill(0), least: 1 }
  const loose = Array.from({ length: sink + 1 }, (_, node) => pipes.filter(pipe => !pipe.shown && touches(pipe, node)))
  return { ...network, loose }
}

function columnSum(cells: CountTable['cells'], column: number): number {
  return cells.reduce((sum, row) => sum + (row[column] ?? 0), 0)
}

const touches = (pipe: Pipe, node: number): boolean => pipe.from === node || pipe.to === node

function hide(network: Network, pipe: Pipe): void {
  pipe.hidden = true
  if (pipe.value === 0) network.least = 0
  for (const node of [pipe.from, pipe.to]) {
    network.hiddenAt[node] = (network.hiddenAt[node] ?? 0) + 1
    if (pipe.shown) network.loose[node]?.push(pipe)
  }
}

/**
 * Hides one more at a time for each cell that can be worked out; false if nothing more can be hidden for one. What
 * cannot be worked out stays so when more is hidden.
 */
function protect(network: Network): boolean {
  const toProtect = network.pipes.filter(({ hidden }) => hidden)
  for (let pipe = toProtect.pop(); pipe !== undefined; pipe = toProtect.pop()) {
    while (isPinned(network, pipe)) {
      const next = nextToHide(network, pipe)
      if (next === undefined) return false
      hide(network, next)
      toProtect.push(next)
    }
  }
  return true
}

/**
 * The smallest that may be hidden: first of the cells in the row or column of what is to be protected, as long as it
 * stands alone there; then of the other cells in line with hidden ones; then totals; zeros last.
 */
function nextToHide({ pipes, hiddenAt }: Network, pinned: Pipe): Pipe | undefined {
  const ends = [pinned.from, pinned.to]
  const cost = (pipe: Pipe): number => {
    const near = ends.some(node => touches(pipe, node))
    const alone = ends.some(node => touches(pipe, node) && hiddenAt[node] === 1)
    const linked = (hiddenAt[pipe.from] ?? 0) > 0 || (hiddenAt[pipe.to] ?? 0) > 0
    const distance = alone ? 0 : near ? 1 : linked ? 2 : 3
    return (pipe.value === 0 ? 2 : pipe.isTotal ? 1 : 0) * 4 + distance
  }
  let best: Pipe | undefined
  let least = Infinity
  for (const pipe of pipes) {
    if (pipe.hidden || !pipe.mayHide) continue
    const found = cost(pipe)
    if (found > least || (found === least && best !== undefined && pipe.value >= best.value)) continue
    best = pipe
    least = found
  }
  return best
}

/** Whether only one value fits a hidden cell: neither one more nor one fewer can flow through it. */
function isPinned(network: Network, pipe: Pipe): boolean {
  if (reaches(network, pipe, pipe.to, pipe.from)) return false
  return !(pipe.value > network.least && reaches(network, pipe, pipe.from, pipe.to))
}

/** Whether a ring back from one node to another can be found without the pipe itself: more along pipes, fewer against. */
function reaches({ loose, least }: Network, without: Pipe, from: number, to: number): boolean {
  const seen = new Uint8Array(loose.length)
  const open = [from]
  seen[from] = 1
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true
    for (const pipe of loose[node] ?? []) {
      if (pipe === without) continue
      const isAlong = pipe.from === node
      const next = isAlong ? pipe.to : pipe.from
      if (seen[next] === 1 || !(isAlong || pipe.value > (pipe.shown ? least : 0))) continue
      seen[next] = 1
      open.push(next)
    }
  }
  return false
}

function outcome({ grid }: Network, safe: boolean): Suppression {
  const inner = grid.slice(0, -1)
  const last = grid.at(-1) ?? []
  return {
    cells: inner.map(pipes => pipes.slice(0, -1).map(({ hidden }) => hidden)),
    rowTotals: inner.map(pipes => pipes.at(-1)?.hidden ?? false),
    columnTotals: last.slice(0, -1).map(({ hidden }) => hidden),
    total: last.at(-1)?.hidden ?? false,
    safe,
  }
}
