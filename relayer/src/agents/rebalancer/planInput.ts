import type { ChainState, LaneState } from '@isobar/router-sdk'
import type { ChainInput, LaneInput, PlanInput } from '@isobar/router-sdk/planner'
import type { RebalancerSettings } from '../../config/schema.js'
import type { AgentView } from '../agent.js'
import { type Liquidity, liquidity, unseenMoves, utilization } from './liquidity.js'

const WAD = 1e18

/** What a lane may carry in a plan: shared decimals, and what using it costs beyond the lane's own costs. */
export type LaneOffer = { readonly capacity: bigint; readonly extraCost?: bigint }

export type LanePlan = {
  readonly input: PlanInput
  /** Lanes that were left out or offered nothing, with the reason. */
  readonly closed: readonly { readonly lane: LaneState; readonly reason: string }[]
}

/** Which lanes a plan may use, and what for. */
export type PlanInputOptions = {
  /** What a lane may carry. Default: what the router admits now. */
  readonly offer?: (lane: LaneState, sides: LaneSides) => LaneOffer
  /** Most idle that each chain may end with, by name. Default: no bound. */
  readonly ceilings?: ReadonlyMap<string, bigint>
}

/** Both ends of a lane. */
export type LaneSides = { readonly from: Liquidity; readonly to: Liquidity }

const admittedNow = ({ maxRebalance }: LaneState): LaneOffer => ({ capacity: maxRebalance })

/** The network as the planner sees it. */
export function planInput(
  view: AgentView,
  settings: RebalancerSettings,
  options: PlanInputOptions = {},
): LanePlan {
  const { offer = admittedNow, ceilings } = options
  const { state, open, stale } = view
  const amounts = liquidity(state, open)
  const unseen = unseenMoves(state, open)
  const closed: { lane: LaneState; reason: string }[] = []
  const lanes: LaneInput[] = []
  for (const lane of state.chains.flatMap((chain) => chain.lanes)) {
    const from = amounts.get(lane.from)
    const to = amounts.get(lane.to)
    const costs = laneCosts(settings, lane)
    const reason =
      !from || !to
        ? `'${from ? lane.to : lane.from}' was not read`
        : !costs.enabled
          ? 'disabled in the configuration'
          : (staleReason(stale, lane) ??
            (unseen.some(({ action }) => action.from === lane.from && action.to === lane.to)
              ? 'a move on it is not in the books yet'
              : insideDeadBand(lane, { from, to }, settings)))
    if (reason !== undefined || !from || !to) {
      closed.push({ lane, reason: reason ?? 'not read' })
      continue
    }
    const offered = offer(lane, { from, to })
    lanes.push({
      from: lane.from,
      to: lane.to,
      proportionalCost: costs.proportional,
      fixedCost: costs.fixed + (offered.extraCost ?? 0n),
      capacity: offered.capacity,
      minimum: from.chain.limits.minimumMove,
      latencySeconds: costs.latencySeconds,
    })
  }
  const { horizonDays, latencyRate } = settings
  const chains = [...amounts.values()].map((amount) => chainInput(amount, ceilings?.get(amount.chain.name)))
  return { input: { horizonDays, latencyRate, chains, lanes }, closed }
}

function chainInput({ chain, borrowed, idle, arrivals }: Liquidity, ceiling?: bigint): ChainInput {
  const floor = chain.limits.cashFloor
  return {
    key: chain.name,
    borrowed,
    idle,
    arrivals,
    claims: chain.claims,
    floor,
    ceiling: ceiling === undefined || ceiling > floor ? ceiling : floor,
    curve: supplyCurve(chain),
  }
}

function supplyCurve({ rateModel, reserveFactor }: ChainState): ChainInput['curve'] {
  return {
    kind: 'kinked',
    base: Number(rateModel.baseRate) / WAD,
    slope1: Number(rateModel.slopeBelow) / WAD,
    slope2: Number(rateModel.slopeAbove) / WAD,
    optimum: Number(rateModel.optimalUtilization) / WAD,
    reserveFactor: Number(reserveFactor) / WAD,
  }
}

/** What a lane costs: its own figures where the configuration has them, the general ones otherwise. */
export function laneCosts({ costs, lanes }: RebalancerSettings, { from, to }: LaneState) {
  const own = lanes.find((lane) => lane.from === from && lane.to === to)
  return {
    enabled: own?.enabled ?? true,
    proportional: own?.proportional ?? costs.proportional,
    fixed: own?.fixed ?? costs.fixed,
    latencySeconds: own?.latencySeconds ?? costs.latencySeconds,
  }
}

function staleReason(stale: ReadonlyMap<string, string>, { from, to }: LaneState): string | undefined {
  for (const name of [from, to]) {
    const reason = stale.get(name)
    if (reason !== undefined) return `'${name}' is stale: ${reason}`
  }
  return undefined
}

/**
 * The router compares its own figures with the newest statement; here both ends are known as they are. A settlement is
 * owed whatever the gap.
 */
function insideDeadBand(
  lane: LaneState,
  { from, to }: LaneSides,
  settings: RebalancerSettings,
): string | undefined {
  if (lane.rebalanceLimit === 'settlement') return undefined
  const band = Math.max(settings.deadBand ?? 0, Number(from.chain.limits.deadBand) / WAD)
  const gap = utilization(to) - utilization(from)
  if (gap >= band) return undefined
  return gap <= 0
    ? 'utilization is not higher there'
    : `the gap of ${percent(gap)} is inside the dead band of ${percent(band)}`
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
