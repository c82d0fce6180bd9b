import { type ChainState, type LaneState, type NetworkState, scaleOf, shared } from '@isobar/router-sdk'

/** Whole units of the asset in shared decimals. */
export const units = (amount: number) => shared(BigInt(Math.round(amount * 1e6)))

/** What a state made by hand says about a chain; the rest is as in production. Amounts in whole units. */
export type ChainSketch = {
  readonly loans: number
  readonly free: number
  /** Unix seconds. */
  readonly time?: number
  readonly block?: number
}

export type LaneSketch = Partial<Omit<LaneState, 'counters'>> & {
  readonly counters?: Partial<LaneState['counters']>
}

const WAD = scaleOf(18) * 1_000_000n
const NOW = 1_000_000

/** A network with a lane between every two chains. Lanes are named `from→to`; by default the routers admit nothing. */
export function networkState(
  chains: Readonly<Record<string, ChainSketch>>,
  lanes: Readonly<Record<string, LaneSketch>> = {},
): NetworkState {
  const names = Object.keys(chains)
  return {
    chains: names.map((name, index) =>
      chainState(
        name,
        30_101 + index,
        chains[name]!,
        names.filter((to) => to !== name).map((to) => laneState(name, to, lanes[`${name}→${to}`] ?? {})),
      ),
    ),
  }
}

function chainState(name: string, eid: number, sketch: ChainSketch, lanes: readonly LaneState[]): ChainState {
  const loans = units(sketch.loans)
  const free = units(sketch.free)
  const none = units(0)
  return {
    ...{ name, eid, lanes, loans, free, cash: free, reserved: none, owed: none, claims: none },
    ...{ equity: shared(loans + free), unvested: none, setAside: none, parked: none, tokenBalance: free },
    block: { number: BigInt(sketch.block ?? 100), hash: '0x', timestamp: BigInt(sketch.time ?? NOW) },
    utilization: (loans * WAD) / (loans + free),
    borrowRate: 0n,
    supplyRate: 0n,
    rateModel: {
      baseRate: 0n,
      slopeBelow: WAD / 25n,
      slopeAbove: (WAD * 3n) / 4n,
      optimalUtilization: (WAD * 9n) / 10n,
    },
    reserveFactor: WAD / 10n,
    limits: {
      deadBand: WAD / 25n,
      cashFloor: units(1_000),
      minimumMove: units(100),
      minimumTransfer: units(1),
      statementMaxAge: 1_800n,
      moveInterval: 600n,
    },
  }
}

function laneState(from: string, to: string, { counters, ...sketch }: LaneSketch): LaneState {
  const none = units(0)
  return {
    ...{
      from,
      to,
      scaledDebt: 0n,
      pot: none,
      position: none,
      sellable: none,
      reserved: none,
      inFlight: none,
    },
    ...{ cap: units(1_000_000), maxCredit: units(1_000_000), creditTarget: units(10_000) },
    ...{ statementTime: BigInt(NOW - 60), statementNonce: 1n, lastMoveAt: 0n, moveNumber: 0n },
    ...{ maxRebalance: none, rebalanceLimit: 'no-gap', maxGrant: none, grantLimit: 'credit-target' },
    ...sketch,
    counters: {
      ...{ railOut: none, railIn: none, ordered: none, paid: none, charged: none, earned: none },
      ...{ granted: none, returned: none, ...counters },
    },
  }
}
