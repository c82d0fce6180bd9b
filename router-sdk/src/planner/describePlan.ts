import { exactAmounts, exactGain, marginalGain } from './exactAmounts.js'
import type { LaneInput } from './input.js'
import { laneKey } from './input.js'
import { compareText, type Model } from './model.js'
import type { ChainOutcome, NoTradeReason, Plan, PlannedTransfer, UnusedLane } from './plan.js'
import { priceUnit } from './priceUnit.js'
import { needsChoice } from './solver/laneChoice.js'
import type { Optimum } from './solver/optimize.js'
import { positionsAfter } from './solver/planValue.js'

/** Relative gap up to which a plan counts as proven. */
const provenGap = 1e-9

/** Turns the solver's answer into a plan: amounts, reasons, prices and the certificate. */
export function describePlan(model: Model, optimum: Optimum): Plan {
  const { grain, lanes } = model
  const positions = positionsAfter(model, optimum.flows)
  const sent = new Float64Array(model.chains.length)
  for (const [e, lane] of lanes.entries()) sent[lane.from]! += optimum.flows[e]!
  const amounts = exactAmounts(model, optimum.flows)
  const transfers: PlannedTransfer[] = []
  const unused: UnusedLane[] = model.impassable.map(({ lane, reason }) => ({
    ...laneEnds(lane),
    reason,
    marginalGain: netPrice(model, optimum, lane),
  }))
  for (const [e, lane] of lanes.entries()) {
    const net = marginalGain(model, optimum.prices, e)
    if (optimum.flows[e] === 0) {
      const reason = net > 0 && needsChoice(lane) ? 'fixed-cost' : 'price-gap'
      unused.push({ ...laneEnds(lane.input), reason, marginalGain: net })
      continue
    }
    transfers.push(describeTransfer(model, optimum, positions, sent, e, net, amounts[e]!))
  }
  // Those that can be used are in order already.
  if (model.impassable.length > 0) unused.sort((a, b) => compareText(laneKey(a), laneKey(b)))

  const gain = grain === 1 ? optimum.gain : exactGain(model, amounts)
  const upperBound = Math.max(optimum.bound * grain, gain)
  const certificate = describePrices(model, optimum.certificate)
  const noTradeReason = transfers.length > 0 ? undefined : reasonForNothing(model, optimum)
  return {
    transfers,
    unusedLanes: unused,
    chains: describeChains(model, optimum, amounts),
    gain,
    upperBound,
    optimal: upperBound - gain <= provenGap * gain + resolution(model) ? 'proven' : 'bounded',
    ...(noTradeReason === undefined ? {} : { noTradeReason }),
    certificate: { prices: certificate, bound: Math.max(optimum.certified * grain, gain) },
    work: { pivots: optimum.pivots, rounds: optimum.rounds, nodes: optimum.nodes },
  }
}

/** What rounding prices to 10⁻¹² can hide, in units, and one unit, the least that can be moved. */
function resolution(model: Model): number {
  const volume =
    model.lanes.reduce((sum, lane) => sum + 2 * lane.capacity, 0) +
    model.chains.reduce((sum, chain) => sum + chain.cash, 0)
  return 1 + (volume * model.grain) / priceUnit
}

function describeTransfer(
  model: Model,
  optimum: Optimum,
  positions: Float64Array,
  sent: Float64Array,
  e: number,
  net: number,
  amount: bigint,
): PlannedTransfer {
  const lane = model.lanes[e]!
  const flow = optimum.flows[e]!
  const destination = model.chains[lane.to]!
  const full = destination.input.ceiling !== undefined && positions[lane.to] === destination.most
  const limit = BigInt(model.grain)
  const bindingConstraint =
    flow === Number(lane.input.capacity / limit)
      ? 'capacity'
      : sent[lane.from] === model.chains[lane.from]!.cash
        ? 'cash'
        : full
          ? 'ceiling'
          : flow === lane.minimum && net < 0
            ? 'minimum'
            : 'none'
  // Rounded up, and no further off than a double is.
  const proportional = (amount * BigInt(lane.price) + BigInt(priceUnit) - 1n) / BigInt(priceUnit)
  const cost = proportional + lane.input.fixedCost
  return { ...laneEnds(lane.input), amount, marginalGain: net, cost, bindingConstraint }
}

function describeChains(model: Model, optimum: Optimum, amounts: readonly bigint[]): ChainOutcome[] {
  const change = model.chains.map(() => 0n)
  for (const [e, { from, to }] of model.lanes.entries()) {
    change[from]! -= amounts[e]!
    change[to]! += amounts[e]!
  }
  const prices = describePrices(model, optimum.prices)
  return model.chains.map((chain, i): ChainOutcome => {
    const { borrowed, idle, arrivals } = chain.input
    const idleBefore = idle + (arrivals ?? 0n)
    const idleAfter = idleBefore + change[i]!
    return {
      ...prices[i]!,
      idleBefore,
      idleAfter,
      utilizationBefore: utilization(borrowed, idleBefore),
      utilizationAfter: utilization(borrowed, idleAfter),
    }
  })
}

function describePrices(model: Model, prices: Float64Array) {
  return model.chains.map((chain, i) => ({
    key: chain.input.key,
    price: prices[i]! / priceUnit,
    cashRent: Math.max(0, prices[model.chains.length + i]! - prices[i]!) / priceUnit,
  }))
}

function reasonForNothing(model: Model, optimum: Optimum): NoTradeReason {
  if (model.lanes.length === 0) return model.impassable.length === 0 ? 'no-lanes' : 'nothing-can-move'
  const differs = model.lanes.some(
    (lane, e) => marginalGain(model, optimum.prices, e) + lane.price / priceUnit > 0,
  )
  return differs ? 'costs-exceed-gains' : 'balanced'
}

function netPrice(model: Model, optimum: Optimum, lane: LaneInput): number {
  const find = (key: string) => model.chains.findIndex((chain) => chain.input.key === key)
  const from = optimum.prices[model.chains.length + find(lane.from)]!
  return (optimum.prices[find(lane.to)]! - from) / priceUnit - lane.proportionalCost
}

function laneEnds({ from, to, rail }: LaneInput): { from: string; to: string; rail?: string } {
  return rail === undefined ? { from, to } : { from, to, rail }
}

function utilization(borrowed: bigint, idle: bigint): number {
  return borrowed + idle === 0n ? 0 : Number(borrowed) / Number(borrowed + idle)
}
