import { decodeFloat24 } from '../float.js'
import { FROZEN_FLAG } from '../messageCodec.js'
import { type LaneFacts, positionOf, positivePart, reservedOf } from './chainFacts.js'
import type { Findings } from './findings.js'
import type { ChannelJournal, LaneJournal } from './journal.js'
import type { Transit } from './transit.js'

const sum = (parts: readonly { readonly gross: bigint }[]): bigint =>
  parts.reduce((total, { gross }) => total + gross, 0n)

/** What is on its way, in shared decimals. */
export const ordersUnpaid = ({ undelivered, unfunded }: Transit): bigint => sum(undelivered) + sum(unfunded)
export const railsInFlight = ({ rails }: Transit): bigint =>
  rails.reduce((total, { rail, composed }) => total + (composed ? 0n : rail.amount), 0n)

/** Debt over the debt index, rounded up, as the vault does. */
export const owedAt = (scaledDebt: bigint, debtIndex: bigint): bigint => {
  const scale = 10n ** 18n * 10n ** 27n
  return (scaledDebt * debtIndex + scale - 1n) / scale
}

export interface LaneSide {
  readonly lane: LaneFacts
  /** What this side's events told. */
  readonly journal: LaneJournal
  /** What is on its way from here to the other side. */
  readonly outgoing: Transit
  readonly incoming: Transit
  /** The other side's lane. */
  readonly remote: LaneFacts
  /** Index of this side's vault when the lane was last touched; absent when the node no longer knows. */
  readonly touchedIndex: bigint | undefined
  readonly currentIndex: bigint
}

/** Checks one side's counters against packets, events and the endpoint's state: each by itself, to the unit. */
export function checkLane(side: LaneSide, findings: Findings): void {
  const { lane, journal, outgoing, incoming, remote } = side
  const [from, to] = [outgoing.from.name, outgoing.to.name]
  const subject = { from, to }
  const check = (
    invariant: Parameters<Findings['equal']>[0]['invariant'],
    expected: bigint,
    actual: bigint,
    explanation: string,
  ) => findings.equal({ invariant, subject, expected, actual }, () => explanation)

  check(
    'orders-sold',
    outgoing.journal.ordered,
    lane.ordered,
    `the messages from ${from} to ${to} carry other orders than \`ordered\` says: an order is missing, or the counter was changed.`,
  )
  const lost = incoming.lost.map(
    ({ guid, index, gross, recipient }) => `order ${index} of ${guid} (${gross} for ${recipient})`,
  )
  check(
    'orders-paid',
    incoming.journal.ordered - ordersUnpaid(incoming),
    lane.paid,
    lost.length > 0
      ? `delivered to ${from} but neither paid nor waiting for credit: ${lost.join('; ')}.`
      : `${from} has counted other payouts for ${to} than were ordered and delivered.`,
  )
  check(
    'rail-sent',
    outgoing.journal.railed,
    lane.railOut,
    `the rail from ${from} to ${to} sent another sum than \`railOut\` says.`,
  )
  check(
    'rail-arrived',
    incoming.journal.railed - railsInFlight(incoming),
    lane.railIn,
    `what the rail from ${to} handed to the vault on ${from} is another sum than \`railIn\` says.`,
  )
  check('credit-granted', journal.granted, lane.granted, '`granted` is not the sum of the grants.')
  check('credit-returned', journal.returned, lane.returned, '`returned` is not the sum of the returns.')
  check(
    'interest-accepted',
    journal.earned,
    lane.earned,
    '`earned` is not the sum of the interest that was accepted.',
  )
  findings.atMost(
    { invariant: 'interest-accepted', subject, expected: remote.charged, actual: lane.earned },
    () => `${from} has accepted more interest than ${to} has charged itself.`,
  )
  checkDebt(side, findings)
  checkRemoteView(side, findings)
  checkCap(side, findings)
}

function checkDebt({ lane, outgoing, touchedIndex, currentIndex }: LaneSide, findings: Findings): void {
  const { from, to } = outgoing
  const subject = { from: from.name, to: to.name }
  const debt = positivePart(-positionOf(lane))
  const common = { invariant: 'interest-charged', subject, actual: debt } as const
  const explanation = () =>
    `${from.name}'s debt by the lane's counters is not what its scaled debt says: \`charged\` or the scaled debt was changed.`
  if (touchedIndex !== undefined) {
    findings.equal({ ...common, expected: owedAt(lane.scaledDebt, touchedIndex) }, explanation)
    return
  }
  // Without the index of that time: interest only grows, so the debt is at most what is owed now.
  findings.atMost({ ...common, expected: owedAt(lane.scaledDebt, currentIndex) }, explanation)
  const text = `the node of ${from.name} has no state of the block in which the lane was last touched; its debt was only bounded.`
  findings.notice({ kind: 'unverified', subject, text })
}

function checkRemoteView({ lane, remote, incoming }: LaneSide, findings: Findings): void {
  // The view is of the other side, told by its messages to this one.
  const { from: to, to: from, journal } = incoming
  const subject = { from: from.name, to: to.name }
  const newest = newestDelivered(incoming, journal)
  const statement = newest?.statement
  const view = (name: string, expected: bigint, actual: bigint) =>
    findings.equal(
      { invariant: 'remote-view', subject, expected, actual, unit: name === 'nonce' ? 'nonce' : 'value' },
      () => `the lane's \`${name}\` of ${to.name} is not that of the newest delivered message.`,
    )
  view('nonce', newest?.nonce ?? 0n, BigInt(lane.remoteNonce))
  const told = (value: bigint | undefined): bigint => value ?? 0n
  view('remoteRailIn', told(statement?.railIn), lane.remoteRailIn)
  view('remoteGranted', told(statement?.granted), lane.remoteGranted)
  view('remoteReturned', told(statement?.returned), lane.remoteReturned)
  view('remoteCharged', told(statement?.charged), lane.remoteCharged)
  view('remoteFree', told(statement?.free), decodeFloat24(lane.remoteFree))
  view('remoteLoans', told(statement?.loans), decodeFloat24(lane.remoteLoans))
  view('remoteAverageFree', told(statement?.averageFree), decodeFloat24(lane.remoteAverageFree))
  view('remoteAverageLoans', told(statement?.averageLoans), decodeFloat24(lane.remoteAverageLoans))
  view('remoteTarget', told(statement?.creditTarget), decodeFloat24(lane.remoteTarget))
  view('remoteCap', told(statement?.cap), decodeFloat24(lane.remoteCap))
  view('frozen', BigInt((statement?.flags ?? 0) & FROZEN_FLAG), BigInt(lane.remoteFlags & FROZEN_FLAG))
  view('coverage', BigInt(Math.min(statement?.coverage ?? 10_000, 10_000)), BigInt(lane.coverage))
  const ahead = (name: string, most: bigint, actual: bigint) =>
    findings.atMost(
      { invariant: 'remote-view', subject, expected: most, actual },
      () => `the lane's \`${name}\` is beyond what ${to.name} itself has.`,
    )
  ahead('remoteRailIn', remote.railIn, lane.remoteRailIn)
  ahead('remoteGranted', remote.granted, lane.remoteGranted)
  ahead('remoteReturned', remote.returned, lane.remoteReturned)
  ahead('remoteCharged', remote.charged, lane.remoteCharged)
}

/** The newest message that was delivered, those among the open ones included. */
function newestDelivered({ messages }: Transit, { newest }: ChannelJournal): ChannelJournal['newest'] {
  return messages
    .filter(({ state }) => state === 'executed')
    .reduce((best, { message }) => (message.nonce > (best?.nonce ?? 0n) ? message : best), newest)
}

function checkCap({ lane, journal, outgoing }: LaneSide, findings: Findings): void {
  const { from, to } = outgoing
  const subject = { from: from.name, to: to.name }
  const exposure = positivePart(positionOf(lane)) + reservedOf(lane)
  findings.atMost(
    { invariant: 'lane-cap', subject, expected: journal.highestCap, actual: exposure },
    () => `${from.name} has let ${to.name} owe and reserve more than any cap that the lane has had.`,
  )
  const cap = decodeFloat24(lane.cap)
  if (exposure > cap && exposure <= journal.highestCap) {
    const text = `claim and reserve are above the lane's cap, which was higher before; they can only fall.`
    findings.notice({ kind: 'above-cap', subject, amount: exposure - cap, text })
  }
}
