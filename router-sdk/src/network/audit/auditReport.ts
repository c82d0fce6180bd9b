import type { SharedAmount } from '../amounts.js'
import type { PinnedBlock } from '../pinBlocks.js'

/** What the audit checks, by the name that a violation carries. */
export const INVARIANTS = {
  'orders-sold': 'a lane’s `ordered` is the sum of the orders in the messages that it sent',
  'orders-paid':
    'a lane’s `paid` is what the other side ordered, less orders on their way or waiting for credit',
  'rail-sent': 'a lane’s `railOut` is the sum of what its rail sent',
  'rail-arrived': 'a lane’s `railIn` is what the other side’s rail sent, less what is on its way',
  'credit-granted': 'a lane’s `granted` is the sum of its grants',
  'credit-returned': 'a lane’s `returned` is the sum of its returns',
  'interest-charged': 'a debt is what was owed when the lane was last touched',
  'interest-accepted':
    'a lane’s `earned` is the sum of what it accepted, at most what the other side charged',
  'position-sum':
    'both sides’ positions add up to rails in flight less unpaid orders less unaccepted interest (I1)',
  'remote-view': 'what a lane knows of the other side is what the newest delivered message said',
  'lane-cap': 'claim and reserve of a lane are within the highest cap that it ever had (I4)',
  'reserved-total': 'the vault’s reserve is the sum over its lanes',
  'claims-total': 'the vault’s claims are the sum over its lanes',
  'claims-value': 'the value of the vault’s claims is the sum over its lanes at their debtors’ coverage',
  'debt-total': 'the vault’s scaled debt is the sum over its lanes',
  'loans-total': 'the vault’s loans are what the market’s borrowers owe',
  'set-aside': 'the fee pots of the lanes are inside what the vault has set aside',
  'cash-history': 'the vault’s cash is what came in less what went out',
  'parked-history': 'what the vault has parked is what was parked less what was collected',
  'cash-reserved': 'cash covers the reserve (I3)',
  'tokens-held': 'the vault holds at least its cash and what is parked (I3)',
  'rail-tokens': 'a rail holds at least what has been delivered to it and not yet handed to the vault',
  conservation: 'what belongs to somebody is what there is, over all chains (I2)',
  messages: 'nothing is delivered that was not sent',
} as const
export type Invariant = keyof typeof INVARIANTS

/** Where something was found: a chain, or the lane that the vault on `from` keeps with the vault on `to`. */
export type AuditSubject = { readonly chain: string } | { readonly from: string; readonly to: string }

/** What a violation's numbers count. */
export type AuditUnit =
  | 'shared decimals'
  | 'local decimals'
  | 'scaled debt'
  | 'scaled loans'
  | '1e-18 of the asset'
  | 'nonce'
  | 'value'

/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: Invariant
  readonly subject: AuditSubject
  readonly expected: bigint
  readonly actual: bigint
  /** `actual - expected`. */
  readonly difference: bigint
  readonly unit: AuditUnit
  /** What is off, in words, with what may have caused it. */
  readonly explanation: string
}

/** Something that an operator should know, and that breaks no invariant. */
export interface Notice {
  readonly kind:
    | 'surplus-tokens'
    | 'unfunded-order'
    | 'waiting-compose'
    | 'nilified-message'
    | 'above-cap'
    | 'insolvent'
    | 'unverified'
    | 'inconsistent'
  readonly subject: AuditSubject
  /** Shared decimals unless the text says otherwise; absent when the notice is not of an amount. */
  readonly amount?: bigint
  readonly text: string
}

/** What is on its way, as the chains' packets and endpoints tell it. */
export interface InFlight {
  /** Orders in messages that are not delivered yet. */
  readonly orders: { readonly count: number; readonly amount: SharedAmount }
  /** Orders that were delivered without credit and wait for it. */
  readonly unfunded: { readonly count: number; readonly amount: SharedAmount }
  /** Value on rails, until it is handed to a vault. */
  readonly rails: { readonly count: number; readonly amount: SharedAmount }
  /** Router messages that are not delivered yet, with or without orders. */
  readonly messages: number
  /** Interest that debtors have charged themselves and creditors have not accepted yet. */
  readonly interest: SharedAmount
}

export interface AuditReport {
  /**
   * `settled`: everything holds and no value is on its way. `moving`: everything that could be compared holds, and value
   * is on its way or the chains moved too fast to be read together. `violated`: see `violations`.
   */
  readonly status: 'settled' | 'moving' | 'violated'
  /** Whether the chains' blocks fit together: nothing was delivered in one that was sent after another. */
  readonly consistent: boolean
  readonly violations: readonly Violation[]
  readonly notices: readonly Notice[]
  readonly inFlight: InFlight
  /** The block at which each chain was read, by name. */
  readonly blocks: Readonly<Record<string, PinnedBlock>>
}
