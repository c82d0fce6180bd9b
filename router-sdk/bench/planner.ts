import { performance } from 'node:perf_hooks'
import loadHighs from 'highs'
import { buildModel } from '../src/planner/model.js'
import { planRebalance } from '../src/planner/planRebalance.js'
import { createEquilibrium, type Equilibrium, settle } from '../src/planner/solver/equilibrium.js'
import { writeProgram } from '../src/planner/testing/highsOracle.js'
import {
  type RandomNetworkOptions,
  randomNetwork,
  seededRandom,
} from '../src/planner/testing/randomNetwork.js'
import { measureRoutes } from './routes.js'

/**
 * The planner beside HiGHS (wasm) on the same seeded networks, in one run. Medians in ms over networks, each the
 * best of several repeats: what the code takes, not what else the machine did.
 *
 *     node --no-deprecation --import ./script/register.mjs router-sdk/bench/planner.ts [--json] [--seeds 10] [--only fixed]
 */
interface Row {
  /** `fixed`: message and gas, up to $20 a move; `dear`: up to $500, far more than any real lane. */
  readonly costs: 'linear' | 'smooth' | 'fixed' | 'dear'
  readonly chains: number
  readonly lanes: number
  /** Solver alone, from nothing and after 1 % of the lanes' costs changed; the whole of planRebalance. */
  readonly coldMs: number
  readonly warmMs?: number
  readonly planMs: number
  readonly highsMs?: number
  readonly highsRatio?: number
  /** Largest relative difference to HiGHS's objective, and largest relative gap to our own bound. */
  readonly worstDifference?: number
  readonly worstGap: number
  readonly medianGap: number
  /** Of how many networks the optimum was proven. */
  readonly proven: number
  readonly worstMs: number
  /** Without any search: time, and the worst gap to the bound that the search proves. */
  readonly quickMs?: number
  readonly quickGap?: number
  readonly pivots: number
  readonly rounds: number
  readonly nodes: number
}

const json = process.argv.includes('--json')
const seedsAt = process.argv.indexOf('--seeds')
const seeds = seedsAt < 0 ? 10 : Number(process.argv[seedsAt + 1])
const highs = await (loadHighs as unknown as typeof loadHighs.default)()

/** `--only fixed` measures one kind of costs. */
const onlyAt = process.argv.indexOf('--only')
const only = onlyAt < 0 ? undefined : process.argv[onlyAt + 1]
const sizes: [number, number | undefined][] = [
  [3, undefined],
  [5, undefined],
  [10, undefined],
  [20, undefined],
  [50, undefined],
  [100, undefined],
  [1000, 10],
]
const rows: Row[] = []
for (const [chains, degree] of sizes) {
  const shape = { chains, ...(degree === undefined ? {} : { degree }) }
  if (wanted('linear'))
    rows.push(measure('linear', { ...shape, seed: 0, curves: 'segments' }, chains < 1000 ? seeds : 3))
  if (wanted('smooth') && chains <= 100)
    rows.push(measure('smooth', { ...shape, seed: 0, curves: 'kinked', demand: true }, seeds))
  if (wanted('fixed') && chains <= 50)
    rows.push(measure('fixed', { ...shape, seed: 0, curves: 'segments', fixedCost: 2e7 }, seeds))
  if (wanted('dear') && chains <= 20)
    rows.push(measure('dear', { ...shape, seed: 0, curves: 'segments', fixedCost: 5e8 }, seeds))
  if (!json) console.table(rows.slice(-4))
}
const routes = [5, 10, 20].map((chains) => measureRoutes(chains, 20 * seeds))
if (json) console.log(JSON.stringify({ node: process.version, seeds, rows, routes }))
else console.table(routes)

function wanted(costs: Row['costs']): boolean {
  return only === undefined || only === costs
}

function measure(costs: Row['costs'], options: RandomNetworkOptions, networks: number): Row {
  const samples = Array.from({ length: networks }, (_, seed) => sample(costs, { ...options, seed: seed + 1 }))
  const middle = (pick: (s: (typeof samples)[number]) => number | undefined) => median(samples.map(pick))
  const highsMs = middle((s) => s.highsMs)
  const planMs = middle((s) => s.planMs) ?? 0
  const reference = hasFixed(costs) ? planMs : (middle((s) => s.coldMs) ?? 0)
  const warmMs = middle((s) => s.warmMs)
  return {
    costs,
    chains: options.chains,
    lanes: samples[0]!.lanes,
    coldMs: round(middle((s) => s.coldMs) ?? 0),
    ...(warmMs === undefined ? {} : { warmMs: round(warmMs) }),
    planMs: round(planMs),
    ...(highsMs === undefined
      ? {}
      : {
          highsMs: round(highsMs),
          highsRatio: round(highsMs / reference),
          worstDifference: Math.max(...samples.map((s) => s.difference ?? 0)),
        }),
    worstGap: Math.max(...samples.map((s) => s.gap)),
    medianGap: middle((s) => s.gap) ?? 0,
    proven: samples.filter((s) => s.optimal === 'proven').length,
    worstMs: round(Math.max(...samples.map((s) => s.planMs))),
    ...(hasFixed(costs)
      ? {
          quickMs: round(middle((s) => s.quick?.ms) ?? 0),
          quickGap: Math.max(...samples.map((s) => s.quick?.gap ?? 0)),
        }
      : {}),
    pivots: middle((s) => s.pivots) ?? 0,
    rounds: middle((s) => s.rounds) ?? 0,
    nodes: middle((s) => s.nodes) ?? 0,
  }
}

function hasFixed(costs: Row['costs']): boolean {
  return costs === 'fixed' || costs === 'dear'
}

function sample(costs: Row['costs'], options: RandomNetworkOptions) {
  const input = randomNetwork(options)
  const plan = planRebalance(input)
  const model = buildModel(input)
  const repeats = options.chains >= 100 || hasFixed(costs) ? 3 : 15
  const coldMs = best(repeats, () => settle(createEquilibrium(model)))
  const planMs = best(repeats, () => planRebalance(input))
  const quickly = () => planRebalance(input, { nodeBudget: 0 })
  const quick = hasFixed(costs)
    ? { ms: best(12, quickly), gap: (plan.upperBound - quickly().gain) / Math.max(1, plan.gain) }
    : undefined
  const common = {
    quick,
    optimal: plan.optimal,
    lanes: input.lanes.length,
    coldMs,
    planMs,
    gap: (plan.upperBound - plan.gain) / Math.max(1, plan.gain),
    ...plan.work,
  }
  const warm = { warmMs: hasFixed(costs) ? undefined : warmStart(createEquilibrium(model), repeats) }
  const none = { highsMs: undefined, difference: undefined }
  if (costs === 'smooth' || (hasFixed(costs) && options.chains > 10)) return { ...common, ...warm, ...none }

  const program = writeProgram(input)
  let objective = 0
  const exact = { mip_rel_gap: 0, mip_abs_gap: 1e-9, dual_feasibility_tolerance: 1e-10 }
  const highsMs = best(options.chains >= 100 ? 1 : 3, () => {
    objective = highs.solve(program, exact).ObjectiveValue
  })
  const reference = objective * 1e3
  const difference = Math.abs(plan.gain - reference) / Math.max(1, Math.abs(reference))
  return { ...common, ...warm, highsMs, difference }
}

/** Solves again after 1 % of the lanes (at least one) cost up to a tenth more or less. */
function warmStart(equilibrium: Equilibrium, repeats: number): number {
  settle(equilibrium)
  const random = seededRandom(1)
  const { network } = equilibrium
  return best(
    repeats * 4,
    () => {
      for (let k = 0; k < Math.max(1, network.lanes / 100); k++) {
        const lane = Math.floor(random() * network.lanes)
        network.cost[lane] = Math.round(network.cost[lane]! * (0.9 + 0.2 * random()))
      }
      settle(equilibrium)
    },
    'median',
  )
}

function best(repeats: number, run: () => void, take: 'best' | 'median' = 'best'): number {
  const times = Array.from({ length: repeats }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return take === 'best' ? Math.min(...times) : (median(times) ?? 0)
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
