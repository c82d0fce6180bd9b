import type { ValueCurve } from '../curves/valueCurve.js'
import type { ChainInput, LaneInput, PlanInput } from '../input.js'

export interface RandomNetworkOptions {
  readonly chains: number
  readonly seed: number
  readonly curves: 'segments' | 'kinked'
  /** Largest fixed cost of a lane, in shared-decimal units; 0 for linear costs. */
  readonly fixedCost?: number
  /** Largest minimum of a lane, in shared-decimal units. */
  readonly minimum?: number
  /** Lanes out of each chain; default all. */
  readonly degree?: number
  /** Normal demand with a penalty on every chain. */
  readonly demand?: boolean
}

/**
 * A seeded network for tests and benchmarks: vaults of $0.1M to $10M at utilizations of 5 to 98 %, lanes of 1 to
 * 15 basis points, some tight, a month ahead.
 */
export function randomNetwork(options: RandomNetworkOptions): PlanInput {
  const random = seededRandom(options.seed)
  const between = (low: number, high: number) => low + (high - low) * random()
  const chains = Array.from({ length: options.chains }, (_, i): ChainInput => {
    const supply = 10 ** between(11, 13)
    const utilization = between(0.05, 0.98)
    const idle = Math.round(supply * (1 - utilization))
    const kinked = {
      kind: 'kinked',
      base: between(0, 0.02),
      slope1: between(0.02, 0.1),
      slope2: between(0.3, 2),
      optimum: between(0.7, 0.92),
      reserveFactor: between(0.05, 0.2),
    } as const
    const mean = Math.round(supply * between(0, 0.1))
    return {
      key: `chain-${String(i).padStart(4, '0')}`,
      borrowed: BigInt(Math.round(supply * utilization)),
      idle: BigInt(idle),
      arrivals: random() < 0.2 ? BigInt(Math.round(idle * between(0, 0.3))) : 0n,
      floor: random() < 0.3 ? BigInt(Math.round(idle * between(0, 0.5))) : 0n,
      ...(random() < 0.2 ? { ceiling: BigInt(Math.round(idle * 0.5 + supply * between(0.3, 1))) } : {}),
      curve: options.curves === 'kinked' ? kinked : steps(supply, random),
      ...(options.demand
        ? {
            demand: {
              mean: BigInt(mean),
              deviation: BigInt(Math.round(mean / 4)),
              penalty: between(0, 0.02),
            },
          }
        : {}),
    }
  })

  const lanes: LaneInput[] = []
  const degree = Math.min(options.degree ?? options.chains - 1, options.chains - 1)
  for (let i = 0; i < options.chains; i++) {
    for (let k = 1; k <= degree; k++) {
      const stride = options.degree === undefined ? k : 1 + Math.floor(random() * (options.chains - 1))
      const j = (i + stride) % options.chains
      if (lanes.some((lane) => lane.from === chains[i]!.key && lane.to === chains[j]!.key)) continue
      lanes.push({
        from: chains[i]!.key,
        to: chains[j]!.key,
        proportionalCost: between(0.0001, 0.0015),
        fixedCost: BigInt(Math.round(between(0.2, 1) * (options.fixedCost ?? 0))),
        capacity: BigInt(Math.round(10 ** between(10, 12.5))),
        minimum: BigInt(Math.round(random() * (options.minimum ?? 0))),
      })
    }
  }
  return { horizonDays: 30, chains, lanes }
}

function steps(supply: number, random: () => number): ValueCurve {
  let rate = 0.3 + random() * 0.5
  const segments = Array.from({ length: 8 }, () => {
    rate *= 0.4 + 0.55 * random()
    return { width: BigInt(Math.round((supply / 5) * (0.1 + random()))), rate: Math.round(rate * 1e6) / 1e6 }
  })
  return { kind: 'segments', segments }
}

/** mulberry32: 32 bits of state, good enough to vary test networks. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
