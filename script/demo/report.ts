import type { Intent } from '@isobar/relayer'
import type { AuditReport, NetworkState } from '@isobar/router-sdk'
import type { PacketRecord } from '@isobar/router-sdk/devnet'
import { exact, percent } from './amounts.js'
import { deadBandOf, gapOf, utilizationOf } from './gap.js'
import type { UserTransfer } from './traffic.js'

/** What `--json` prints. Utilizations and gaps are fractions, amounts decimal strings in the asset, times in ms. */
export type Summary = {
  readonly chains: readonly {
    readonly name: string
    readonly eid: number
    readonly utilizationBefore: number
    readonly utilizationAfter: number
  }[]
  readonly gapBefore: number
  readonly gapAfter: number
  readonly deadBand: number
  readonly transfers: {
    readonly sent: number
    readonly filled: number
    readonly p50Ms: number
    readonly p95Ms: number
  }
  readonly rebalances: { readonly count: number; readonly volume: string; readonly messageFeesWei: string }
  readonly messages: { readonly sent: number; readonly delivered: number }
  readonly audit: { readonly ok: boolean; readonly violations: readonly string[] }
  readonly wallMs: number
}

export type SummaryInput = {
  readonly before: NetworkState
  readonly after: NetworkState
  readonly transfers: readonly UserTransfer[]
  readonly intents: readonly Intent[]
  /** Packets since the start of the main job. */
  readonly packets: readonly PacketRecord[]
  readonly audit: AuditReport
  readonly wallMs: number
}

export function summarize(input: SummaryInput): Summary {
  const { before, after, transfers, packets, audit } = input
  const filled = transfers.flatMap(({ filledMs }) => filledMs ?? []).sort((a, b) => a - b)
  const moves = input.intents.filter(
    ({ action, status }) => action.kind === 'rebalance' && status !== 'failed',
  )
  const volume = moves.reduce(
    (sum, { action }) => sum + (action.kind === 'rebalance' ? action.amount : 0n),
    0n,
  )
  const guids = new Set(moves.map(({ guid }) => guid))
  const fees = packets
    .filter(({ guid }) => guids.has(guid))
    .reduce((sum, packet) => sum + packet.fees.executor + packet.fees.dvns, 0n)
  return {
    chains: after.chains.map((chain) => ({
      name: chain.name,
      eid: chain.eid,
      utilizationBefore: utilizationOf(before, before.chains.find(({ name }) => name === chain.name)!),
      utilizationAfter: utilizationOf(after, chain),
    })),
    gapBefore: gapOf(before),
    gapAfter: gapOf(after),
    deadBand: deadBandOf(after),
    transfers: {
      sent: transfers.length,
      filled: filled.length,
      p50Ms: quantile(filled, 0.5),
      p95Ms: quantile(filled, 0.95),
    },
    rebalances: { count: moves.length, volume: exact(volume), messageFeesWei: fees.toString() },
    messages: {
      sent: packets.length,
      delivered: packets.filter(({ status }) => status === 'delivered').length,
    },
    audit: {
      ok: audit.status !== 'violated',
      violations: audit.violations.map(({ invariant, explanation }) => `${invariant}: ${explanation}`),
    },
    wallMs: input.wallMs,
  }
}

/** What is wrong with a run, in sentences; empty when it did what it is for. */
export function shortcomings(summary: Summary): string[] {
  const { gapAfter, deadBand, transfers, messages, audit } = summary
  return [
    ...(gapAfter > deadBand ? [`the gap is ${percent(gapAfter)}, the dead band ${percent(deadBand)}`] : []),
    ...(transfers.filled < transfers.sent
      ? [`${transfers.sent - transfers.filled} of ${transfers.sent} transfers are not paid`]
      : []),
    ...(messages.delivered < messages.sent
      ? [`${messages.sent - messages.delivered} of ${messages.sent} messages are not delivered`]
      : []),
    ...audit.violations,
  ]
}

/** The summary for people. */
export function describeSummary(summary: Summary): string[] {
  const { chains, transfers, rebalances, messages, audit } = summary
  const width = Math.max(...chains.map(({ name }) => name.length))
  return [
    'Utilization, value in flight included:',
    ...chains.map(
      ({ name, utilizationBefore, utilizationAfter }) =>
        `  ${name.padEnd(width)}  ${percent(utilizationBefore).padStart(7)}  →  ${percent(utilizationAfter).padStart(7)}`,
    ),
    `  ${'gap'.padEnd(width)}  ${percent(summary.gapBefore).padStart(7)}  →  ${percent(summary.gapAfter).padStart(7)}   (dead band ${percent(summary.deadBand)})`,
    `Transfers: ${transfers.sent} sent, ${transfers.filled} paid; half within ${transfers.p50Ms} ms, 95 % within ${transfers.p95Ms} ms.`,
    `Rebalancing: ${rebalances.count} moves of ${rebalances.volume} in all, for ${rebalances.messageFeesWei} wei of message fees.`,
    `Messages: ${messages.sent} sent, ${messages.delivered} delivered.`,
    `Audit: ${audit.ok ? 'every unit is in exactly one place' : 'VIOLATED'}.`,
    ...audit.violations.map((violation) => `  ${violation}`),
    `Wall time of the main job: ${(summary.wallMs / 1000).toFixed(1)} s.`,
  ]
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
