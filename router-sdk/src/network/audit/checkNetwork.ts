import { scaleOf, shared } from '../amounts.js'
import type { Network } from '../network.js'
import type { InFlight } from './auditReport.js'
import { type ChainFacts, type LaneFacts, positionOf } from './chainFacts.js'
import { checkLane, ordersUnpaid, railsInFlight } from './checkLane.js'
import { balanceOfVault, checkVault } from './checkVault.js'
import type { Findings } from './findings.js'
import type { NetworkJournal } from './networkJournal.js'
import type { Transit } from './transit.js'

/** All that one audit knows of a network, read at blocks that fit together. */
export interface NetworkFacts {
  readonly network: Network
  readonly journal: NetworkJournal
  readonly chains: ReadonlyMap<string, ChainFacts>
  transit(from: string, to: string): Transit
  /** Debt index of `from`'s vault when its lane to `to` was last touched. */
  touchedIndex(from: string, to: string): bigint | undefined
}

const SHARED_UNIT = 10n ** 12n

function pairs(network: Network): (readonly [string, string])[] {
  const names = network.chains.map(({ name }) => name)
  return names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const))
}

const laneOf = (facts: NetworkFacts, from: string, to: string): LaneFacts =>
  facts.chains.get(from)!.lanes.get(to)!.lane

/** What is on its way over the whole network. */
export function inFlightOf(facts: NetworkFacts): InFlight {
  const transits = pairs(facts.network).map(([from, to]) => facts.transit(from, to))
  const orders = transits.flatMap(({ undelivered }) => undelivered)
  const unfunded = transits.flatMap((transit) => transit.unfunded)
  const rails = transits.flatMap((transit) => transit.rails.filter(({ composed }) => !composed))
  const messages = transits.flatMap((transit) => transit.messages.filter(({ state }) => state !== 'executed'))
  const total = (parts: readonly { readonly gross: bigint }[]) =>
    shared(parts.reduce((sum, { gross }) => sum + gross, 0n))
  return {
    orders: { count: orders.length, amount: total(orders) },
    unfunded: { count: unfunded.length, amount: total(unfunded) },
    rails: { count: rails.length, amount: shared(transits.reduce((sum, t) => sum + railsInFlight(t), 0n)) },
    messages: messages.length,
    interest: shared(interestUnaccepted(facts)),
  }
}

const interestUnaccepted = (facts: NetworkFacts): bigint =>
  pairs(facts.network).reduce(
    (sum, [from, to]) => sum + laneOf(facts, from, to).charged - laneOf(facts, to, from).earned,
    0n,
  )

/** Checks everything that can be checked when all chains are known. */
export function checkNetwork(facts: NetworkFacts, findings: Findings): void {
  const { network, journal, chains } = facts
  for (const [from, to] of pairs(network)) {
    const site = chains.get(from)!
    checkLane(
      {
        lane: laneOf(facts, from, to),
        remote: laneOf(facts, to, from),
        journal: journal.lane(site.chain, chains.get(to)!.chain.eid),
        outgoing: facts.transit(from, to),
        incoming: facts.transit(to, from),
        touchedIndex: facts.touchedIndex(from, to),
        currentIndex: site.books.debtIndex,
      },
      findings,
    )
    noteTransit(facts.transit(from, to), findings)
    if (from < to) checkPositionSum(facts, from, to, findings)
  }
  for (const [name, site] of chains) {
    checkVault(site, journal.chain(name), findings)
    checkRailTokens(facts, site, findings)
  }
  checkConservation(facts, findings)
}

function checkPositionSum(facts: NetworkFacts, from: string, to: string, findings: Findings): void {
  const [here, there] = [laneOf(facts, from, to), laneOf(facts, to, from)]
  const [out, back] = [facts.transit(from, to), facts.transit(to, from)]
  const interest = here.charged - there.earned + there.charged - here.earned
  const expected =
    railsInFlight(out) + railsInFlight(back) - ordersUnpaid(out) - ordersUnpaid(back) - interest
  findings.equal(
    {
      ...{ invariant: 'position-sum', subject: { from, to } },
      ...{ expected, actual: positionOf(here) + positionOf(there) },
    },
    () => `${from} and ${to} disagree about what they owe each other, beyond what is on its way.`,
  )
}

/** Tokens that were delivered to a rail stay there until their compose runs. */
function checkRailTokens(facts: NetworkFacts, site: ChainFacts, findings: Findings): void {
  const { name, asset } = site.chain
  const waiting = facts.network.chains
    .filter((other) => other.name !== name)
    .flatMap((other) => facts.transit(other.name, name).rails)
    .filter(({ state, composed }) => state === 'executed' && !composed)
  const expected = waiting.reduce((sum, { rail }) => sum + rail.amount, 0n) * scaleOf(asset.decimals)
  const subject = { chain: name }
  findings.atLeast(
    { invariant: 'rail-tokens', subject, expected, actual: site.railTokens, unit: 'local decimals' },
    () => 'tokens that the rail received and has not handed to the vault are gone.',
  )
  if (site.railTokens > expected) {
    const amount = site.railTokens - expected
    const text = `the rail holds ${amount} (local decimals) that no lane sent: a donation, or a send by somebody else.`
    findings.notice({ kind: 'surplus-tokens', subject, amount, text })
  }
}

function noteTransit({ from, to, messages, unfunded, rails }: Transit, findings: Findings): void {
  const subject = { from: from.name, to: to.name }
  for (const { guid, index, gross, recipient } of unfunded) {
    const text = `order ${index} of ${guid} for ${recipient} waits on ${to.name} until there is credit: refill it and call fundOrder.`
    findings.notice({ kind: 'unfunded-order', subject, amount: gross, text })
  }
  for (const { rail, state, composed } of rails) {
    if (state !== 'executed' || composed) continue
    const text = `the tokens of ${rail.guid} are on ${to.name}'s rail; anyone can make the composed call that hands them to the vault.`
    findings.notice({ kind: 'waiting-compose', subject, amount: rail.amount, text })
  }
  const packets = [
    ...messages.map(({ message, state }) => ({ ...message, state })),
    ...rails.map(({ rail, state }) => ({ ...rail, state })),
  ]
  for (const { guid, nonce, state } of packets) {
    if (state === 'nilified') {
      const text = `message ${guid} (nonce ${nonce}) was made void on ${to.name}; it must be verified again.`
      findings.notice({ kind: 'nilified-message', subject, text })
    } else if (state === 'forged') {
      findings.equal(
        { invariant: 'messages', subject, expected: 0n, actual: nonce, unit: 'nonce' },
        () =>
          `at nonce ${nonce}, ${to.name} has verified a payload that ${from.name} never sent. Freeze the lane.`,
      )
    }
  }
}

function checkConservation(facts: NetworkFacts, findings: Findings): void {
  const transits = pairs(facts.network).map(([from, to]) => facts.transit(from, to))
  const balances = [...facts.chains].map(([name, site]) =>
    balanceOfVault(site, facts.journal.chain(name), findings),
  )
  const total = (field: keyof (typeof balances)[number]): bigint =>
    balances.reduce((sum, balance) => sum + balance[field], 0n)
  const orders = transits.reduce((sum, transit) => sum + ordersUnpaid(transit), 0n)
  const rails = transits.reduce((sum, transit) => sum + railsInFlight(transit), 0n)
  findings.equal(
    {
      ...{ invariant: 'conservation', subject: { chain: '*' }, unit: '1e-18 of the asset' },
      expected: total('held') + (rails - interestUnaccepted(facts)) * SHARED_UNIT - total('unbooked'),
      actual: total('owned') + orders * SHARED_UNIT,
    },
    (difference) =>
      difference > 0n
        ? 'more belongs to suppliers, reserves and recipients than there is.'
        : 'there is more than belongs to suppliers, reserves and recipients.',
  )
}
