import { amount as checkAmount, fraction } from '../checkInput.js'
import { laneKey } from '../input.js'
import { InvalidPlanInput } from '../invalidPlanInput.js'
import type { RouteLane } from './routeLane.js'
import { findPaths, pathOutput, type RoutePath, shareLane } from './routePath.js'
import { fillOutput, waterFill } from './waterFill.js'

/** Amounts in shared-decimal units (6). */
export interface RouteRequest {
  readonly from: string
  readonly to: string
  /** What is sent, all of it. */
  readonly amount: bigint
  readonly lanes: readonly RouteLane[]
  /** Most ways that the amount is split over. Default 3. */
  readonly mostParts?: number
  /** Most lanes in a row. Default 2. */
  readonly mostHops?: 1 | 2
  /** Ways that take longer are not used. Default none. */
  readonly deadlineSeconds?: number
}

export interface RoutePart {
  readonly lanes: readonly { readonly from: string; readonly to: string; readonly rail?: string }[]
  readonly amount: bigint
  /** Exactly what the lanes pay out for the amount, at the state that was told. */
  readonly received: bigint
  readonly fixedCost: bigint
  readonly latencySeconds: number
}

export type RouteQuote =
  | {
      readonly possible: true
      readonly parts: readonly RoutePart[]
      readonly received: bigint
      readonly fixedCost: bigint
      /** When the last part arrives. */
      readonly latencySeconds: number
      /** No route of these lanes, parts and hops delivers more net of fixed costs; within a unit a lane used of this one. */
      readonly upperBound: number
    }
  | {
      readonly possible: false
      /** The largest amount that some split of these lanes could take; 0 when there is none. */
      readonly largest: bigint
    }

/**
 * The best way to deliver an amount now: direct, over another chain, or split. Maximises what arrives minus fixed
 * costs; every lane used rounds once, so within one unit a lane of the optimum. Ways in a split share no lane. Choices of ways are searched exhaustively, cut off by what all that is left could
 * deliver without fixed costs; the split itself is by water-filling. Fees are computed in integers as they are paid.
 *
 * @throws {@link InvalidPlanInput} naming the field that cannot be meant.
 *
 * @example
 * ```ts
 * import { quoteRoute } from '@isobar/router-sdk/planner'
 *
 * const quote = quoteRoute({
 *   from: 'base',
 *   to: 'arbitrum',
 *   amount: 1_000_000000n,
 *   lanes: [{ from: 'base', to: 'arbitrum', capacity: 5_000_000000n, fixedCost: 500000n }],
 * })
 * if (quote.possible) console.log(quote.received)
 * ```
 */
export function quoteRoute(request: RouteRequest): RouteQuote {
  checkRequest(request)
  const { amount, mostParts = 3, deadlineSeconds = Number.POSITIVE_INFINITY } = request
  const paths = findPaths(request.lanes, request.from, request.to, request.mostHops ?? 2).filter(
    (path) => path.latencySeconds <= deadlineSeconds,
  )
  const search = {
    paths,
    amount,
    mostParts,
    best: Number.NEGATIVE_INFINITY,
    chosen: [] as Choice,
    largest: 0n,
  }
  choose(search, [], 0)
  if (search.chosen.length === 0) return { possible: false, largest: search.largest }

  const parts = search.chosen
    .filter(({ share }) => share > 0n)
    .map(({ path, share }): RoutePart => {
      const lanes = path.lanes.map(({ from, to, rail }) =>
        rail === undefined ? { from, to } : { from, to, rail },
      )
      const { fixedCost, latencySeconds } = path
      return { lanes, amount: share, received: pathOutput(path, share), fixedCost, latencySeconds }
    })
  return {
    possible: true,
    parts,
    received: parts.reduce((sum, part) => sum + part.received, 0n),
    fixedCost: parts.reduce((sum, part) => sum + part.fixedCost, 0n),
    latencySeconds: Math.max(...parts.map((part) => part.latencySeconds)),
    upperBound: search.best,
  }
}

type Choice = { path: RoutePath; share: bigint }[]

interface Search {
  readonly paths: readonly RoutePath[]
  readonly amount: bigint
  readonly mostParts: number
  best: number
  chosen: Choice
  largest: bigint
}

/** Tries `used` alone, then with each of the paths from `next` on. */
function choose(search: Search, used: readonly RoutePath[], next: number): void {
  const fixed = used.reduce((sum, path) => sum + Number(path.fixedCost), 0)
  if (used.length > 0) {
    const room = used.reduce((sum, path) => sum + path.capacity, 0n)
    if (room > search.largest) search.largest = room
    const shares = waterFill(used, search.amount)
    if (shares !== undefined) {
      const net = fillOutput(used, shares) - fixed
      if (net > search.best) {
        search.best = net
        search.chosen = used.map((path, index) => ({ path, share: shares[index]! }))
      }
    }
  }
  if (used.length === search.mostParts) return
  const left = search.paths.slice(next).filter((path) => used.every((other) => !shareLane(path, other)))
  if (left.length === 0) return
  if (search.chosen.length > 0) {
    // No minimums, no fixed costs of what is left, no limit on parts: more than any choice can deliver.
    const free = [...used, ...left].map((path) => ({ ...path, minimum: 0n }))
    const shares = waterFill(free, search.amount)
    if (shares === undefined || fillOutput(free, shares) - fixed <= search.best) return
  }
  for (const path of left) choose(search, [...used, path], search.paths.indexOf(path) + 1)
}

function checkRequest({ amount, lanes, from, to, mostParts = 3 }: RouteRequest): void {
  checkAmount('amount', amount)
  if (from === to) throw new InvalidPlanInput('to', `is '${to}', where the amount is already`)
  if (!Number.isInteger(mostParts) || mostParts < 1) {
    throw new InvalidPlanInput('mostParts', `is ${mostParts}; give a whole number of at least 1`)
  }
  const keys = new Set<string>()
  for (const [index, lane] of lanes.entries()) {
    const path = `lanes[${index}]`
    checkAmount(`${path}.capacity`, lane.capacity)
    checkAmount(`${path}.minimum`, lane.minimum ?? 0n)
    checkAmount(`${path}.fixedCost`, lane.fixedCost)
    fraction(`${path}.latencySeconds`, lane.latencySeconds ?? 0, Number.MAX_SAFE_INTEGER)
    let last = { upTo: 0n, ppm: -1_000_000 }
    for (const [k, bracket] of (lane.fee ?? []).entries()) {
      const known = Number.isInteger(bracket.ppm) && bracket.ppm <= 1_000_000
      if (!known || bracket.ppm < last.ppm || bracket.upTo <= last.upTo) {
        throw new InvalidPlanInput(
          `${path}.fee[${k}]`,
          'brackets and their whole ppm must rise, to at most 1,000,000',
        )
      }
      last = bracket
    }
    const key = laneKey(lane)
    if (keys.has(key))
      throw new InvalidPlanInput(path, `${key} is listed twice; tell parallel lanes apart by rail`)
    keys.add(key)
  }
}
