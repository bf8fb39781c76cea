/**
 * How a product is computed: which operand is read in vectors, and what is packed first. Chosen by an estimate of the
 * cycles that each way takes; every way gives the same bits.
 *
 * @since 0.1.0
 */
import { numerics } from '../../numerics.ts'
import { arithmetic } from './arithmetic.ts'
import { sidesOf, type NumberType, type Product } from './product.ts'

// model

export interface Schedule {
  /** whether a is the operand that is read in vectors, down the columns of the output, and b element by element */
  readonly exchanged: boolean
  /** whether the operand that is read element by element is packed first */
  readonly packX: boolean
  /** whether the operand that is read in vectors is packed first */
  readonly packY: boolean
}

/** Products of at most so many k are summed at once: packed operands and tiles are blocks of them. */
export const depthBlock = numerics.contractionBlock

/** Rows of a tile where there are enough of them. */
export const tileRows = 4

/** Full panels that a tile of so many rows has: as many as the registers hold. */
export const panelsAcross = (height: number): 1 | 2 | 3 => (height === 1 ? 3 : height === 2 ? 2 : 1)

// estimates, in cycles of a core with two multipliers, two adders of latency 3, two loads and one store

/** One k of a tile. */
const tileCycles = (height: number, vectors: number): number =>
  Math.max((height * vectors) / 2, 3, (height + vectors) / 2, (2 * height * vectors + height + vectors + 4) / 6)

/** One k of the whole product. */
const productCycles = (rows: number, columns: number, lanes: number): number => {
  const vectors = Math.ceil(columns / lanes)
  const bandCycles = (height: number): number => {
    const most = 2 * panelsAcross(height)
    const whole = Math.floor(vectors / most)
    const rest = vectors % most
    return whole * tileCycles(height, most) + (rest === 0 ? 0 : tileCycles(height, rest))
  }
  const rest = rows % tileRows
  return Math.floor(rows / tileRows) * bandCycles(tileRows) + (rest === 0 ? 0 : bandCycles(rest))
}

/** One k of packing: copying runs of elements, or transposing. */
const packCycles = (count: number, lanes: number, contiguous: boolean): number =>
  (count / lanes) * (contiguous ? 1.6 : 2.4)

/**
 * What a tile waits for one k that it reads `bytesApart` from the one before, of `count` that are read again and again:
 * nothing if they stay in the first cache (64 sets of 8 lines of 64 bytes), else more the fewer sets they fall into.
 */
const strideCycles = (bytesApart: number, count: number): number => {
  const apart = Math.min(4096, Math.max(64, bytesApart & -bytesApart))
  if (count * Math.max(1, apart / 64) <= 5 * 64) return 0
  return apart >= 4096 ? 1.2 : apart >= 2048 ? 0.2 : 0.05
}

interface Estimate extends Schedule {
  readonly cycles: number
}

const estimates = (product: Product, exchanged: boolean): readonly Estimate[] => {
  const { dtype, depth } = product
  const { lanes, bytes } = arithmetic[dtype]
  const { xRows, yColumns, x, y } = sidesOf(product, exchanged)
  const block = Math.min(depth, depthBlock)
  const tiles = Math.ceil(xRows / tileRows)
  const panels = Math.ceil(yColumns / (2 * lanes))
  // a store of a transposed tile costs about a cycle for each vector more
  const stores = exchanged ? (xRows * yColumns) / lanes / Math.max(1, depth) : 0
  const base = productCycles(xRows, yColumns, lanes) + stores
  const ways = (packX: boolean, packY: boolean, cycles: number): Estimate => ({ exchanged, packX, packY, cycles })

  const xStrideCycles =
    x.columnStride === 1
      ? // rows that begin in the same set of the cache
        (x.rowStride * bytes) % 4096 === 0 && x.rowStride > 0
        ? 0.2
        : 0
      : 2 * strideCycles(x.columnStride * bytes, block)
  const xCosts = [
    // a tile takes a quarter of each line that it reads of x
    { packX: false, cycles: tiles * panels * xStrideCycles },
    ...(xRows >= tileRows ? [{ packX: true, cycles: packCycles(xRows, lanes, x.rowStride === 1) }] : [])
  ]
  const yCosts =
    y === 'panels'
      ? [{ packY: false, cycles: 0 }]
      : [
          { packY: true, cycles: packCycles(yColumns, lanes, y.columnStride === 1) },
          ...(y.columnStride === 1
            ? [{ packY: false, cycles: (tiles - 1) * panels * strideCycles(y.rowStride * bytes, block) }]
            : [])
        ]
  return xCosts.flatMap(({ packX, cycles }) =>
    yCosts.map(({ packY, cycles: more }) => ways(packX, packY, base + cycles + more))
  )
}

/** The way that is estimated to be fastest; there is at least one k. */
const fastest = (product: Product): Estimate => {
  const fixed = product.b === 'panels' || product.output === 'panels'
  const all = [...estimates(product, false), ...(fixed ? [] : estimates(product, true))]
  return all.reduce((best, way) => (way.cycles < best.cycles ? way : best))
}

// interpretation

/** The way that is estimated to be fastest. */
export const scheduleFor = (product: Product): Schedule => {
  if (product.depth === 0) return { exchanged: false, packX: false, packY: false }
  const { exchanged, packX, packY } = fastest(product)
  return { exchanged, packX, packY }
}

/** An estimate of the cycles that a product takes; there is at least one k. */
export const cyclesOf = (product: Product): number => product.depth * fastest(product).cycles

/** The same for bringing panels of so many elements into panels of the transpose. */
export const turningCycles = (dtype: NumberType, elements: number): number =>
  packCycles(elements, arithmetic[dtype].lanes, false)
