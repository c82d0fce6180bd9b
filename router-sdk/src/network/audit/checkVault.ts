import { scaleOf } from '../amounts.js'
import { type ChainFacts, positionOf, positivePart, reservedOf } from './chainFacts.js'
import { owedAt } from './checkLane.js'
import type { Findings } from './findings.js'
import type { ChainJournal } from './journal.js'

const BASIS_POINTS = 10_000n

/** Checks a vault's running totals against its lanes, its market, its history and its tokens. */
export function checkVault(facts: ChainFacts, journal: ChainJournal, findings: Findings): void {
  const { chain, books } = facts
  const scale = scaleOf(chain.asset.decimals)
  const subject = { chain: chain.name }
  const lanes = [...facts.lanes.values()].map(({ lane }) => lane)
  const over = (amount: (lane: (typeof lanes)[number]) => bigint): bigint =>
    lanes.reduce((total, lane) => total + amount(lane), 0n)
  const claim = (lane: (typeof lanes)[number]): bigint => positivePart(positionOf(lane))

  findings.equal(
    { invariant: 'reserved-total', subject, expected: over(reservedOf), actual: books.reserved },
    () => 'the vault reserves other cash than its lanes have set aside.',
  )
  findings.equal(
    { invariant: 'claims-total', subject, expected: over(claim), actual: books.claimsFace },
    () => 'the vault counts other claims than its lanes.',
  )
  findings.equal(
    {
      ...{ invariant: 'claims-value', subject, actual: books.claimsValue },
      expected: over((lane) => (claim(lane) * BigInt(lane.coverage)) / BASIS_POINTS),
    },
    () => 'the vault values its claims differently than its lanes.',
  )
  findings.equal(
    {
      ...{ invariant: 'debt-total', subject, unit: 'scaled debt' },
      ...{ expected: over((lane) => lane.scaledDebt), actual: books.scaledDebt },
    },
    () => 'the vault owes another scaled debt than its lanes.',
  )
  findings.equal(
    {
      ...{ invariant: 'loans-total', subject, unit: 'scaled loans' },
      ...{ expected: facts.scaledLoans, actual: books.scaledLoans },
    },
    () => 'the vault counts other loans than its market.',
  )
  findings.atLeast(
    { invariant: 'set-aside', subject, expected: over((lane) => lane.pot), actual: books.setAside },
    () => 'the fee pots of the lanes are larger than what the vault has set aside.',
  )

  const local = { subject, unit: 'local decimals' } as const
  findings.equal(
    { ...local, invariant: 'cash-history', expected: journal.cash, actual: books.cash },
    (difference) =>
      difference > 0n
        ? `the vault counts ${difference} more cash than ever came in and stayed.`
        : `the vault has lost count of ${-difference} of its cash.`,
  )
  findings.equal(
    { invariant: 'parked-history', subject, expected: journal.parked, actual: facts.parked },
    () => 'the vault has parked another sum than was parked and not collected.',
  )
  findings.atLeast(
    { ...local, invariant: 'cash-reserved', expected: books.reserved * scale, actual: books.cash },
    () => 'credit is not backed: an order that spends it may not be paid.',
  )
  const needed = books.cash + facts.parked * scale
  findings.atLeast(
    { ...local, invariant: 'tokens-held', expected: needed, actual: facts.vaultTokens },
    () => 'the vault holds fewer tokens than its cash and what is parked.',
  )
  if (facts.vaultTokens > needed) {
    const amount = facts.vaultTokens - needed
    const text = `the vault holds ${amount} (local decimals) more than it accounts for: a donation, or a booking that is missing.`
    findings.notice({ kind: 'surplus-tokens', subject, amount, text })
  }
}

/** Value of one shared unit, and of one local unit of a chain, in 1e-18 of the asset. */
const SHARED_UNIT = 10n ** 12n
const localUnit = (decimals: number): bigint => 10n ** BigInt(18 - decimals)

/** What of a vault counts for the network's conservation, in 1e-18 of the asset. */
export interface VaultBalance {
  /** Suppliers' equity, what is set aside, unvested income, parked payouts. */
  readonly owned: bigint
  /** Tokens by history (donations are nobody's), and loans. */
  readonly held: bigint
  /** Debt that has accrued since the lanes were last charged, and claims beyond what their debtors can cover. */
  readonly unbooked: bigint
}

export function balanceOfVault(facts: ChainFacts, journal: ChainJournal, findings: Findings): VaultBalance {
  const { chain, books, totalAssets, totalLoans, parked } = facts
  const unit = localUnit(chain.asset.decimals)
  const scale = scaleOf(chain.asset.decimals)
  const owed = owedAt(books.scaledDebt, books.debtIndex)
  const claims = books.claimsValue - owed - books.setAside - books.unvested
  const computed = books.cash + totalLoans + claims * scale
  if (computed < 0n) {
    const text = `debts exceed assets by ${-computed} (local decimals): suppliers' shares are worth nothing.`
    findings.notice({ kind: 'insolvent', subject: { chain: chain.name }, amount: -computed, text })
  }
  const equity = totalAssets === 0n && computed < 0n ? computed : totalAssets
  const debts = [...facts.lanes.values()].reduce(
    (total, { lane }) => total + positivePart(-positionOf(lane)),
    0n,
  )
  return {
    owned: equity * unit + (books.setAside + books.unvested + parked) * SHARED_UNIT,
    held: (journal.cash + totalLoans) * unit + journal.parked * SHARED_UNIT,
    unbooked: (owed - debts + books.claimsFace - books.claimsValue) * SHARED_UNIT,
  }
}
