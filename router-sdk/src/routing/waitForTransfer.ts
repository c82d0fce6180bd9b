import { IsobarError } from '../errors/index.js'
import { clientOf } from '../network/clients.js'
import { type LocatedTransfer, locateTransfer } from './locateTransfer.js'
import { readDelivery, type TrackTransferParameters, type TransferStatus } from './trackTransfer.js'
import { TransferNotFoundError, TransferTimeoutError } from './transferErrors.js'

export type SettledTransfer = Extract<TransferStatus, { readonly settled: object }>

export type WaitForTransferParameters = TrackTransferParameters & {
  /** Milliseconds to wait. Default 600,000. */
  readonly timeoutMs?: number
  /** Milliseconds between two looks. Default: the destination client's polling interval. */
  readonly pollMs?: number
  /** Ends the wait early, with the signal's reason. */
  readonly signal?: AbortSignal
  /** Hears of every change of the status, the last included. */
  readonly onStatus?: (status: TransferStatus) => void
}

const DEFAULT_TIMEOUT_MS = 600_000
const DEFAULT_POLL_MS = 1_000

/**
 * Waits until a transfer is paid, or else parked or unfunded. Its transaction need not be mined yet.
 *
 * @throws {@link TransferTimeoutError} saying where the transfer is; {@link TransferNotFoundError} when it was never
 * seen; the reason of `signal` when that aborts.
 *
 * @example
 * ```ts
 * import type { Hex } from 'viem'
 * import { type Network, type NetworkClients, waitForTransfer } from '@isobar/router-sdk'
 *
 * async function secondsToPay(network: Network, clients: NetworkClients, guid: Hex) {
 *   const { sent, settled } = await waitForTransfer({ network, clients, guid, timeoutMs: 120_000 })
 *   return settled.at - sent.at
 * }
 * ```
 */
export async function waitForTransfer(parameters: WaitForTransferParameters): Promise<SettledTransfer> {
  const { network, clients, signal, onStatus, timeoutMs = DEFAULT_TIMEOUT_MS } = parameters
  const timeout = AbortSignal.timeout(timeoutMs)
  const ended = signal ? AbortSignal.any([signal, timeout]) : timeout
  let located: LocatedTransfer | undefined
  let last: TransferStatus | undefined
  let failure: unknown
  for (;;) {
    signal?.throwIfAborted()
    try {
      located ??= await locateTransfer(network, clients, parameters)
      const status = await readDelivery(clients, located)
      failure = undefined
      if (status.status !== last?.status) onStatus?.(status)
      last = status
      if (status.settled) return status
    } catch (error) {
      // A node that fails once may answer the next time; the deadline decides.
      if (!isTransient(error)) throw error
      failure = error
    }
    const pollMs =
      parameters.pollMs ?? (located ? clientOf(clients, located.to).pollingInterval : DEFAULT_POLL_MS)
    await pause(pollMs, ended)
    signal?.throwIfAborted()
    if (!timeout.aborted) continue
    if (failure instanceof TransferNotFoundError) throw failure
    throw new TransferTimeoutError(
      `The transfer was not paid within ${timeoutMs} ms; it is ${last?.status ?? 'unknown'}.`,
      {
        details: failure instanceof Error ? `the last look failed: ${failure.message}` : undefined,
        advice: 'it is owed all the same: track it by its guid later.',
        cause: failure,
      },
    )
  }
}

/** Not found may be not mined yet; errors that are not ours come from nodes. */
function isTransient(error: unknown): boolean {
  if (error instanceof TransferNotFoundError) return true
  return !(error instanceof IsobarError)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
  })
}
