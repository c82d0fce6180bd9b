/** A lane as a route sees it: what may be sent over it now and what it keeps. Amounts in shared-decimal units (6). */
export interface RouteLane {
  readonly from: string
  readonly to: string
  /** Tells parallel lanes apart. Default none. */
  readonly rail?: string
  /** The most that it takes now. */
  readonly capacity: bigint
  /** The least that it takes. Default 0. */
  readonly minimum?: bigint
  /** Message and gas, in units of the asset; paid beside the amount. */
  readonly fixedCost: bigint
  /** Marginal fees, lowest first. Default no fee. */
  readonly fee?: readonly FeeBracket[]
  /** From sending to receiving. Default 0. */
  readonly latencySeconds?: number
}

/** Of what is above the bracket before and up to `upTo`, `ppm` millionths are kept; negative: a reward is added. */
export interface FeeBracket {
  /** Shared-decimal units; the last bracket goes on beyond it. */
  readonly upTo: bigint
  readonly ppm: number
}

const million = 1_000_000n

/** What arrives of `amount`: the fee is rounded up to a unit, a reward down. */
export function outputOf(lane: RouteLane, amount: bigint): bigint {
  let fee = 0n
  let start = 0n
  const brackets = lane.fee ?? []
  for (const [index, { upTo, ppm }] of brackets.entries()) {
    if (amount <= start) break
    const end = index === brackets.length - 1 || amount < upTo ? amount : upTo
    fee += (end - start) * BigInt(ppm)
    start = end
  }
  const rounded = fee > 0n ? (fee + million - 1n) / million : fee / million
  return amount - rounded
}

/** The largest amount of which no more than `output` arrives, at most `most`. */
export function largestInput(lane: RouteLane, output: bigint, most: bigint): bigint {
  let low = 0n
  let high = most
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (outputOf(lane, middle) <= output) low = middle
    else high = middle - 1n
  }
  return low
}

/** Share of one unit more that arrives, when `amount` is on the lane already. */
export function marginalOutput(lane: RouteLane, amount: bigint): number {
  const brackets = lane.fee ?? []
  const bracket = brackets.find(({ upTo }) => amount < upTo) ?? brackets.at(-1)
  return 1 - (bracket?.ppm ?? 0) / 1e6
}
