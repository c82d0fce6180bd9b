import type { Model } from './model.js'
import { priceUnit } from './priceUnit.js'

/**
 * Amounts of all lanes in units of the input. Where sums pass 2⁵² the solver counts in grains of several units; the
 * dust that rounding down to grains left behind is then moved too, best lanes first, wherever a unit more gains:
 * a lane that is full carries its whole capacity, a chain that is spent is spent to its last unit.
 */
export function exactAmounts(model: Model, flows: Float64Array): bigint[] {
  const grain = BigInt(model.grain)
  const amounts = Array.from(flows, (flow) => BigInt(flow) * grain)
  if (grain === 1n) return amounts

  const spare = model.chains.map(({ input }) => input.idle - (input.floor ?? 0n))
  const idle = model.chains.map(({ input }) => input.idle + (input.arrivals ?? 0n))
  const move = (e: number, amount: bigint) => {
    const { from, to } = model.lanes[e]!
    spare[from]! -= amount
    idle[from]! -= amount
    idle[to]! += amount
  }
  for (const [e, amount] of amounts.entries()) move(e, amount)

  // From the curves: the prices of a spent or full chain leave nothing to gain on its lanes.
  const gains = model.lanes.map((lane) => {
    const from = model.chains[lane.from]!.value
    const to = model.chains[lane.to]!.value
    const left = Number(idle[lane.from]!)
    const there = Number(idle[lane.to]!)
    const lost = left > 0 ? from.meanSlope(Math.max(0, left - model.grain), left) : Number.POSITIVE_INFINITY
    return to.meanSlope(there, there + model.grain) - lost - lane.cost
  })
  const gain = (e: number) => gains[e]!
  const used = [...amounts.keys()].filter((e) => amounts[e]! > 0n && gain(e) > 0)
  for (const e of used.sort((a, b) => gain(b) - gain(a) || a - b)) {
    const lane = model.lanes[e]!
    const { ceiling } = model.chains[lane.to]!.input
    let dust = lane.input.capacity - amounts[e]!
    if (spare[lane.from]! < dust) dust = spare[lane.from]!
    if (ceiling !== undefined && ceiling - idle[lane.to]! < dust) dust = ceiling - idle[lane.to]!
    // More than a grain is no dust: the solver left it on purpose.
    if (dust <= 0n || dust >= grain) continue
    amounts[e]! += dust
    move(e, dust)
  }
  return amounts
}

/** Worth of one unit more on a lane, net of proportional cost, as a fraction. */
export function marginalGain(model: Model, prices: Float64Array, e: number): number {
  const lane = model.lanes[e]!
  return (prices[lane.to]! - prices[model.chains.length + lane.from]! - lane.price) / priceUnit
}

/** Worth of the amounts net of all costs, in units of the input. */
export function exactGain(model: Model, amounts: readonly bigint[]): number {
  const moves = model.chains.map(() => 0n)
  let gain = 0
  for (const [e, amount] of amounts.entries()) {
    if (amount === 0n) continue
    const lane = model.lanes[e]!
    moves[lane.from]! -= amount
    moves[lane.to]! += amount
    gain -= lane.cost * Number(amount) + Number(lane.input.fixedCost)
  }
  for (const [i, { input, value }] of model.chains.entries()) {
    const move = moves[i]!
    if (move === 0n) continue
    const before = Number(input.idle + (input.arrivals ?? 0n))
    const after = Number(input.idle + (input.arrivals ?? 0n) + move)
    gain += Number(move) * value.meanSlope(Math.min(before, after), Math.max(before, after))
  }
  return gain
}
