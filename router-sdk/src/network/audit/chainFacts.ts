import type { Address } from 'viem'
import { creditMarketAbi, endpointV2Abi, erc20Abi, laneRouterAbi, vaultAbi } from '../../abi/index.js'
import { addressToBytes32 } from '../../layerzero/packet.js'
import type { Network, NetworkChain } from '../network.js'
import type { PinnedBlock } from '../pinBlocks.js'
import type { ReadBatch } from '../readBatch.js'

/** Adds the reads of a lane and of the endpoint's nonces on it; `to` is the other side. */
function readLane(chain: NetworkChain, to: NetworkChain, batch: ReadBatch) {
  const { router } = chain.isobar
  const lane = batch.read({
    ...{ field: 'isobar.router', address: router, abi: laneRouterAbi },
    functionName: 'lane',
    args: [to.eid],
  })
  const endpoint = {
    ...{ field: 'layerzero.endpoint', address: chain.layerzero.endpoint, abi: endpointV2Abi },
  } as const
  const nonces = (local: Address, remote: Address) => {
    const peer = addressToBytes32(remote)
    return {
      sent: batch.read({ ...endpoint, functionName: 'outboundNonce', args: [local, to.eid, peer] }),
      received: batch.read({ ...endpoint, functionName: 'lazyInboundNonce', args: [local, to.eid, peer] }),
    }
  }
  const routerNonces = nonces(router, to.isobar.router)
  const oftNonces = nonces(chain.asset.oft, to.asset.oft)
  return () => ({
    lane: lane(),
    router: { sent: routerNonces.sent(), received: routerNonces.received() },
    oft: { sent: oftNonces.sent(), received: oftNonces.received() },
  })
}

/** What a chain itself says, at its block: books, lanes, tokens, the endpoint's nonces. Also what the checks rest on. */
export function readChainFacts(
  network: Network,
  chain: NetworkChain,
  collaterals: ReadonlySet<Address>,
  batch: ReadBatch,
) {
  const { isobar, asset } = chain
  const vault = { field: 'isobar.vault', address: isobar.vault, abi: vaultAbi } as const
  const token = {
    field: 'asset.token',
    address: asset.token,
    abi: erc20Abi,
    functionName: 'balanceOf',
  } as const
  const market = { field: 'isobar.market', address: isobar.market, abi: creditMarketAbi } as const
  const books = batch.read({ ...vault, functionName: 'books' })
  const totalAssets = batch.read({ ...vault, functionName: 'totalAssets' })
  const totalLoans = batch.read({ ...vault, functionName: 'totalLoans' })
  const parked = batch.read({ ...vault, functionName: 'totalParked' })
  const vaultTokens = batch.read({ ...token, args: [isobar.vault] })
  const railTokens = batch.read({ ...token, args: [isobar.rail] })
  const debts = [...collaterals].map((collateral) =>
    batch.read({ ...market, functionName: 'totalScaledDebt', args: [collateral] }),
  )
  const lanes = network.chains
    .filter((other) => other.eid !== chain.eid)
    .map((other) => [other.name, readLane(chain, other, batch)] as const)
  return (block: PinnedBlock) => ({
    chain,
    block,
    books: books(),
    totalAssets: totalAssets(),
    totalLoans: totalLoans(),
    parked: parked(),
    vaultTokens: vaultTokens(),
    railTokens: railTokens(),
    scaledLoans: debts.reduce((sum, debt) => sum + debt(), 0n),
    lanes: new Map(lanes.map(([name, read]) => [name, read()])),
  })
}

export type ChainFacts = ReturnType<ReturnType<typeof readChainFacts>>
/** A lane as its vault has it in its books. */
export type LaneFacts = NonNullable<ReturnType<ChainFacts['lanes']['get']>>['lane']

/** What the other side owes; negative when this one owes. */
export const positionOf = (lane: LaneFacts): bigint =>
  lane.railOut + lane.paid + lane.earned - lane.railIn - lane.ordered - lane.charged

/** Cash set aside for the other side's orders. */
export const reservedOf = (lane: LaneFacts): bigint =>
  positivePart(lane.granted - lane.paid - lane.remoteReturned)

export const positivePart = (value: bigint): bigint => (value > 0n ? value : 0n)
