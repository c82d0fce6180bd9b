import type { SharedAmount } from './amounts.js'

/** Why a lane's limit is what it is; the names of the contract's `Limit`, in its order. */
export const LIMITS = [
  'none',
  'no-statement',
  'stale-statement',
  'recent-move',
  'no-gap',
  'gap',
  'settlement',
  'free-cash',
  'lane-cap',
  'peer-share',
  'peer-leverage',
  'minimum',
  'reserved-share',
  'utilization',
  'credit-target',
] as const
export type Limit = (typeof LIMITS)[number]

/** A lane as the vault at `from` has it in its books: its account with the vault at `to`. */
export type LaneState = {
  readonly from: string
  readonly to: string
  /** The eight counters of the ledger; sums that only grow. */
  readonly counters: {
    readonly railOut: SharedAmount
    readonly railIn: SharedAmount
    readonly ordered: SharedAmount
    readonly paid: SharedAmount
    readonly charged: SharedAmount
    readonly earned: SharedAmount
    readonly granted: SharedAmount
    readonly returned: SharedAmount
  }
  /** Shared units times 1e18 over the debt index. */
  readonly scaledDebt: bigint
  readonly pot: SharedAmount
  /** What `to` owes `from`; negative when `from` owes. As of the last call that touched the lane. */
  readonly position: SharedAmount
  /** Credit at `to` that transfers from here can spend now, within `maxCredit`; 0 while frozen. */
  readonly sellable: SharedAmount
  /** Cash at `from` set aside for orders from `to`. */
  readonly reserved: SharedAmount
  /** Value on a rail from `from` to `to`, as far as `from` knows; never understated. */
  readonly inFlight: SharedAmount
  readonly cap: SharedAmount
  readonly maxCredit: SharedAmount
  readonly creditTarget: SharedAmount
  /** Seconds; when the newest statement from `to` was made, and its LayerZero nonce (0: none yet). */
  readonly statementTime: bigint
  readonly statementNonce: bigint
  readonly lastMoveAt: bigint
  /** What `rebalance` would admit in this block, and what bounds it. */
  readonly maxRebalance: SharedAmount
  readonly rebalanceLimit: Limit
  /** What `refillCredit` would grant in this block, and what bounds it. */
  readonly maxGrant: SharedAmount
  readonly grantLimit: Limit
  /** The lane's move number: pass it to `rebalance`. */
  readonly moveNumber: bigint
}

/** One chain's vault, market and lanes at one block. Amounts in shared decimals, rounded down. */
export type ChainState = {
  readonly name: string
  readonly eid: number
  readonly block: { readonly number: bigint; readonly hash: `0x${string}`; readonly timestamp: bigint }
  readonly cash: SharedAmount
  /** Cash that is not reserved. */
  readonly free: SharedAmount
  readonly reserved: SharedAmount
  readonly loans: SharedAmount
  /** What the vault owes other vaults, accrued to the block. */
  readonly owed: SharedAmount
  readonly claims: SharedAmount
  readonly equity: SharedAmount
  readonly unvested: SharedAmount
  readonly setAside: SharedAmount
  readonly parked: SharedAmount
  /** The token's own answer for the vault; never used for prices. */
  readonly tokenBalance: SharedAmount
  /** WAD: loans over loans plus free cash. */
  readonly utilization: bigint
  /** WAD per second. */
  readonly borrowRate: bigint
  readonly supplyRate: bigint
  /** The kinked model's parameters, WAD (rates per year). */
  readonly rateModel: {
    readonly baseRate: bigint
    readonly slopeBelow: bigint
    readonly slopeAbove: bigint
    readonly optimalUtilization: bigint
  }
  /** WAD. */
  readonly reserveFactor: bigint
  readonly limits: {
    /** WAD. */
    readonly deadBand: bigint
    readonly cashFloor: SharedAmount
    readonly minimumMove: SharedAmount
    readonly minimumTransfer: SharedAmount
    /** Seconds. */
    readonly statementMaxAge: bigint
    readonly moveInterval: bigint
  }
  readonly lanes: readonly LaneState[]
}

/** The whole network, one block a chain. */
export type NetworkState = {
  readonly chains: readonly ChainState[]
}
