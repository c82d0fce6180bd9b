/** What to do now, why, and a proof of how good it is. Equal inputs give equal plans, in any order of input. */
export interface Plan {
  /** Sorted by lane. Every one can be executed now, in any order. */
  readonly transfers: readonly PlannedTransfer[]
  readonly unusedLanes: readonly UnusedLane[]
  /** Sorted by key. */
  readonly chains: readonly ChainOutcome[]
  /** Value of the plan over doing nothing, net of all costs, over the horizon; shared-decimal units. */
  readonly gain: number
  /** No executable plan gains more than this; shared-decimal units. */
  readonly upperBound: number
  /** `proven`: the gain is the upper bound, to rounding. `bounded`: the search ended at its budget. */
  readonly optimal: 'proven' | 'bounded'
  /** Set exactly when there are no transfers. */
  readonly noTradeReason?: NoTradeReason
  /** Lets `verifyPlan` bound the gain without searching. */
  readonly certificate: Certificate
  /** What the search took; the same for the same input. */
  readonly work: { readonly pivots: number; readonly rounds: number; readonly nodes: number }
}

export interface PlannedTransfer {
  readonly from: string
  readonly to: string
  readonly rail?: string
  /** Shared-decimal units. */
  readonly amount: bigint
  /** Worth of one unit more on this lane, net of proportional cost: above 0 only if something binds. */
  readonly marginalGain: number
  /** Proportional and fixed cost of the transfer, shared-decimal units, rounded up. */
  readonly cost: bigint
  /**
   * What stops one unit more: the lane's `capacity`, the origin's `cash` above its floor, the
   * destination's `ceiling`; `minimum`: less would be better but is not allowed; `none`: prices met.
   */
  readonly bindingConstraint: 'capacity' | 'cash' | 'ceiling' | 'minimum' | 'none'
}

export interface UnusedLane {
  readonly from: string
  readonly to: string
  readonly rail?: string
  /**
   * `no-capacity`, `no-cash`: nothing could be sent. `below-minimum`: what could be sent is less than the
   * lane accepts. `too-slow`: it would arrive after the horizon. `price-gap`: the prices at both ends
   * differ by no more than the proportional cost. `fixed-cost`: they do, but not by enough to repay the
   * fixed cost, or another lane serves better.
   */
  readonly reason: 'no-capacity' | 'no-cash' | 'below-minimum' | 'too-slow' | 'price-gap' | 'fixed-cost'
  /** Worth of the first unit on this lane, net of proportional cost. */
  readonly marginalGain: number
}

export interface ChainOutcome {
  readonly key: string
  /** Worth of one unit more of idle here, over the horizon, as a fraction of the unit. */
  readonly price: number
  /** Worth of one unit more of cash on hand, beyond its price as idle: above 0 when cash binds. */
  readonly cashRent: number
  /** Idle with arrivals, before and after; shared-decimal units. */
  readonly idleBefore: bigint
  readonly idleAfter: bigint
  /** borrowed / (borrowed + idle with arrivals); 0 for an empty chain. */
  readonly utilizationBefore: number
  readonly utilizationAfter: number
}

/** Prices under which the Lagrangian of the plan is at most `bound` (shared-decimal units). */
export interface Certificate {
  readonly prices: readonly { readonly key: string; readonly price: number; readonly cashRent: number }[]
  readonly bound: number
}

export type NoTradeReason = 'no-lanes' | 'nothing-can-move' | 'balanced' | 'costs-exceed-gains'
