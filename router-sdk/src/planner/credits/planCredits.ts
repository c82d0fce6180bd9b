import { amount, checkDemand, fraction } from '../checkInput.js'
import type { ConcavePart } from '../curves/concavePart.js'
import { shortageOf } from '../curves/expectedShortage.js'
import { type Demand, laneKey } from '../input.js'
import { InvalidPlanInput } from '../invalidPlanInput.js'
import { compareText } from '../model.js'

/** What `planCredits` needs to know. Amounts in shared-decimal units (6), rates per year, fractions plain. */
export interface CreditInput {
  /** How long until credit that was used can be granted again, in days. */
  readonly leadTimeDays: number
  readonly chains: readonly CreditChain[]
  readonly lanes: readonly CreditLane[]
}

/** A chain that pays out transfers which arrive over lanes. */
export interface CreditChain {
  readonly key: string
  /** The most cash that may be reserved here for all lanes together. */
  readonly reservable: bigint
  /** What a unit of cash earns here when it is not reserved, per year. */
  readonly idleRate: number
}

export interface CreditLane {
  readonly from: string
  /** The chain that pays out, and reserves for it. */
  readonly to: string
  readonly rail?: string
  /** Payouts within the lead time; `penalty` is what a unit that finds no credit costs (lost fee, lost user). */
  readonly demand: Demand
  /** Never less credit than this. Default 0. */
  readonly minimum?: bigint
  /** Never more credit than this. Default `reservable`. */
  readonly maximum?: bigint
}

export interface CreditPlan {
  /** Sorted by lane. */
  readonly credits: readonly {
    readonly from: string
    readonly to: string
    readonly rail?: string
    readonly credit: bigint
    /** Worth of one unit more of credit, net of what the cash would earn: above 0 when a limit binds. */
    readonly marginalValue: number
  }[]
  /** Worth of one unit more of reservable cash: 0 unless lanes compete for it. Sorted by key. */
  readonly chains: readonly { readonly key: string; readonly reserved: bigint; readonly rent: number }[]
}

/**
 * How much credit each lane should have: the newsvendor's answer, by chain. A unit of credit is worth
 * penalty·P(demand > credit) and costs what its cash would earn over the lead time; where lanes together would reserve
 * more than they may, one rent for the chain's cash makes them share it by worth. Exact to the unit.
 *
 * @returns the credits that minimise expected shortage plus forgone interest, within all limits.
 * @throws {@link InvalidPlanInput} naming the field that cannot be meant.
 *
 * @example
 * ```ts
 * import { planCredits } from '@isobar/router-sdk/planner'
 *
 * const plan = planCredits({
 *   leadTimeDays: 1,
 *   chains: [{ key: 'base', reservable: 500_000_000000n, idleRate: 0.04 }],
 *   lanes: [
 *     { from: 'arbitrum', to: 'base', demand: { mean: 90_000_000000n, deviation: 30_000_000000n, penalty: 0.0005 } },
 *   ],
 * })
 * console.log(plan.credits[0]?.credit)
 * ```
 */
export function planCredits(input: CreditInput): CreditPlan {
  checkCredits(input)
  const years = input.leadTimeDays / 365
  const chains = [...input.chains].sort((a, b) => compareText(a.key, b.key))
  const credits: CreditPlan['credits'][number][] = []
  const outcomes = chains.map((chain) => {
    const price = chain.idleRate * years
    const lanes = input.lanes
      .filter((lane) => lane.to === chain.key)
      .sort((a, b) => compareText(laneKey(a), laneKey(b)))
      .map((lane) => creditCurve(lane, chain.reservable))
    const { amounts, rent } = share(lanes, chain.reservable, price)
    for (const [k, { lane, worth }] of lanes.entries()) {
      const { from, to, rail } = lane
      const credit = amounts[k]!
      const marginalValue = worth.meanSlope(Number(credit), Number(credit) + 1) - price
      credits.push({ from, to, ...(rail === undefined ? {} : { rail }), credit, marginalValue })
    }
    return { key: chain.key, reserved: amounts.reduce((sum, each) => sum + each, 0n), rent }
  })
  credits.sort((a, b) => compareText(laneKey(a), laneKey(b)))
  return { credits, chains: outcomes }
}

interface CreditCurve {
  readonly lane: CreditLane
  readonly worth: ConcavePart
  readonly least: bigint
  readonly most: bigint
}

function creditCurve(lane: CreditLane, reservable: bigint): CreditCurve {
  const least = lane.minimum ?? 0n
  const most = lane.maximum ?? reservable
  return { lane, worth: shortageOf(lane.demand), least, most: most < least ? least : most }
}

/** The credits at the lowest rent on top of `price` at which they fit; what that leaves goes to lanes at the rent. */
function share(lanes: readonly CreditCurve[], reservable: bigint, price: number) {
  const at = (cost: number) => lanes.map((lane) => creditAt(lane, cost))
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n)
  let amounts = at(price)
  if (sum(amounts) <= reservable) return { amounts, rent: 0 }
  let low = price
  let high = Math.max(price, ...lanes.map(({ lane }) => lane.demand.penalty)) * 2 + 1
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (sum(at(middle)) > reservable) low = middle
    else high = middle
  }
  amounts = at(high)
  let left = reservable - sum(amounts)
  for (const [k, more] of at(low).entries()) {
    const missing = more - amounts[k]!
    if (missing >= left) {
      amounts[k]! += left
      break
    }
    amounts[k] = more
    left -= missing
  }
  return { amounts, rent: high - price }
}

/** The largest credit whose last unit is worth more than it costs, within the lane's limits. */
function creditAt({ worth, least, most }: CreditCurve, cost: number): bigint {
  let low = least
  let high = most
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (worth.meanSlope(Number(middle - 1n), Number(middle)) > cost) low = middle
    else high = middle - 1n
  }
  return low
}

function checkCredits(input: CreditInput): void {
  fraction('leadTimeDays', input.leadTimeDays, 36_500)
  const known = new Map<string, CreditChain>()
  const committed = new Map<string, bigint>()
  for (const [index, chain] of input.chains.entries()) {
    amount(`chains[${index}].reservable`, chain.reservable)
    fraction(`chains[${index}].idleRate`, chain.idleRate, 1000)
    if (known.has(chain.key)) {
      throw new InvalidPlanInput(`chains[${index}].key`, `'${chain.key}' is used twice; keys must be unique`)
    }
    known.set(chain.key, chain)
  }
  for (const [index, lane] of input.lanes.entries()) {
    const path = `lanes[${index}]`
    const chain = known.get(lane.to)
    if (chain === undefined) {
      throw new InvalidPlanInput(`${path}.to`, `'${lane.to}' is not one of the chains`)
    }
    checkDemand(`${path}.demand`, lane.demand)
    amount(`${path}.minimum`, lane.minimum ?? 0n)
    amount(`${path}.maximum`, lane.maximum ?? 0n)
    const total = (committed.get(lane.to) ?? 0n) + (lane.minimum ?? 0n)
    if (total > chain.reservable) {
      throw new InvalidPlanInput(
        `${path}.minimum`,
        `minimums on '${lane.to}' exceed what may be reserved there`,
      )
    }
    committed.set(lane.to, total)
  }
}
