import { performance } from 'node:perf_hooks'
import { quoteRoute, type RouteRequest } from '../src/planner/routes/quoteRoute.js'
import type { RouteLane } from '../src/planner/routes/routeLane.js'
import { seededRandom } from '../src/planner/testing/randomNetwork.js'

export interface RouteRow {
  readonly chains: number
  readonly lanes: number
  /** Median and worst time of a quote, ms. */
  readonly quoteMs: number
  readonly worstMs: number
  /** Worst distance to the bound over all splits of these ways, in units; every lane used rounds once. */
  readonly worstUnits: number
  readonly quotes: number
  readonly impossible: number
}

/** Quotes over complete networks with marginal fees and fixed costs: direct, over each other chain, and split. */
export function measureRoutes(chains: number, quotes: number): RouteRow {
  const times: number[] = []
  let worstUnits = 0
  let impossible = 0
  let lanes = 0
  for (let seed = 1; seed <= quotes; seed++) {
    const request = randomRequest(chains, seed)
    lanes = request.lanes.length
    quoteRoute(request)
    const start = performance.now()
    const quote = quoteRoute(request)
    times.push(performance.now() - start)
    if (!quote.possible) impossible++
    else worstUnits = Math.max(worstUnits, quote.upperBound - Number(quote.received - quote.fixedCost))
  }
  times.sort((a, b) => a - b)
  return {
    chains,
    lanes,
    quoteMs: Number(times[times.length >> 1]!.toPrecision(3)),
    worstMs: Number(times.at(-1)!.toPrecision(3)),
    worstUnits: Number(worstUnits.toPrecision(3)),
    quotes,
    impossible,
  }
}

function randomRequest(chains: number, seed: number): RouteRequest {
  const random = seededRandom(seed)
  const lanes: RouteLane[] = []
  for (let i = 0; i < chains; i++) {
    for (let j = 0; j < chains; j++) {
      if (i === j) continue
      const ppm = Math.floor(random() * 500)
      const width = BigInt(Math.floor(10 ** (9 + 3 * random())))
      lanes.push({
        from: `c${i}`,
        to: `c${j}`,
        capacity: width * 3n,
        fixedCost: BigInt(Math.floor(random() * 3e6)),
        fee: [
          { upTo: width, ppm },
          { upTo: 2n * width, ppm: ppm + Math.floor(random() * 500) },
          { upTo: 3n * width, ppm: ppm + 500 + Math.floor(random() * 2000) },
        ],
      })
    }
  }
  return { from: 'c0', to: 'c1', amount: BigInt(Math.floor(10 ** (9 + 3 * random()))), lanes }
}
