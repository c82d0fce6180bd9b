import { erc20Abi, kinkedRateModelAbi, laneRouterAbi, vaultAbi } from '../abi/index.js'
import { local, type SharedAmount, shared, toShared } from './amounts.js'
import { decodeFloat24 } from './float.js'
import { FROZEN_FLAG } from './messageCodec.js'
import type { Network, NetworkChain } from './network.js'
import type { PinnedBlock } from './pinBlocks.js'
import type { ReadBatch } from './readBatch.js'
import { type ChainState, type LaneState, LIMITS, type Limit } from './state.js'

const WAD = 10n ** 18n
const BASIS_POINT = WAD / 10_000n

const limitName = (limit: number): Limit => LIMITS[limit] ?? 'none'

/** Adds a lane's reads to a batch; what is returned puts the answers together. */
function readLane(from: NetworkChain, to: NetworkChain, batch: ReadBatch): () => LaneState {
  const router = { field: 'isobar.router', address: from.isobar.router, abi: laneRouterAbi } as const
  const args = [to.eid] as const
  const lane = batch.read({ ...router, functionName: 'lane', args })
  const position = batch.read({ ...router, functionName: 'position', args })
  const credit = batch.read({ ...router, functionName: 'credit', args })
  const reserved = batch.read({ ...router, functionName: 'reservedFor', args })
  const inFlight = batch.read({ ...router, functionName: 'inFlight', args })
  const move = batch.read({ ...router, functionName: 'maxRebalance', args })
  const grant = batch.read({ ...router, functionName: 'maxGrant', args })

  return () => {
    const l = lane()
    const [maxRebalance, rebalanceLimit] = move()
    const [maxGrant, grantLimit] = grant()
    const maxCredit = decodeFloat24(l.maxCredit)
    const frozen = (l.remoteFlags & FROZEN_FLAG) !== 0
    let sellable = frozen ? 0n : credit()
    if (sellable > maxCredit) sellable = maxCredit
    return {
      from: from.name,
      to: to.name,
      counters: {
        railOut: shared(l.railOut),
        railIn: shared(l.railIn),
        ordered: shared(l.ordered),
        paid: shared(l.paid),
        charged: shared(l.charged),
        earned: shared(l.earned),
        granted: shared(l.granted),
        returned: shared(l.returned),
      },
      scaledDebt: l.scaledDebt,
      pot: shared(l.pot),
      position: shared(position()),
      sellable: shared(sellable),
      reserved: shared(reserved()),
      inFlight: shared(inFlight()),
      cap: shared(decodeFloat24(l.cap)),
      maxCredit: shared(maxCredit),
      creditTarget: shared(decodeFloat24(l.creditTarget)),
      statementTime: BigInt(l.remoteTime),
      statementNonce: BigInt(l.remoteNonce),
      lastMoveAt: BigInt(l.lastMove),
      maxRebalance: shared(maxRebalance),
      rebalanceLimit: limitName(rebalanceLimit),
      maxGrant: shared(maxGrant),
      grantLimit: limitName(grantLimit),
      moveNumber: l.railOut,
    }
  }
}

/**
 * Adds a chain's whole state to a batch; what is returned puts the answers together after the batch has run at the
 * block.
 */
export function readChain(
  network: Network,
  chain: NetworkChain,
  batch: ReadBatch,
  block: PinnedBlock,
): () => ChainState {
  const { isobar, asset } = chain
  const vault = { field: 'isobar.vault', address: isobar.vault, abi: vaultAbi } as const
  const model = { field: 'isobar.rateModel', address: isobar.rateModel, abi: kinkedRateModelAbi } as const
  const books = batch.read({ ...vault, functionName: 'books' })
  const report = batch.read({ ...vault, functionName: 'report' })
  const borrowRate = batch.read({ ...vault, functionName: 'borrowRate' })
  const parked = batch.read({ ...vault, functionName: 'totalParked' })
  const reserveFactor = batch.read({ ...vault, functionName: 'reserveFactor' })
  const baseRate = batch.read({ ...model, functionName: 'baseRate' })
  const slopeBelow = batch.read({ ...model, functionName: 'slopeBelow' })
  const slopeAbove = batch.read({ ...model, functionName: 'slopeAbove' })
  const optimalUtilization = batch.read({ ...model, functionName: 'optimalUtilization' })
  const limits = batch.read({
    ...{ field: 'isobar.router', address: isobar.router, abi: laneRouterAbi },
    functionName: 'limits',
  })
  const balance = batch.read({
    ...{ field: 'asset.token', address: asset.token, abi: erc20Abi },
    functionName: 'balanceOf',
    args: [isobar.vault],
  })
  const lanes = network.chains
    .filter((other) => other.eid !== chain.eid)
    .map((other) => readLane(chain, other, batch))

  return () => {
    const b = books()
    const r = report()
    const bounds = limits()
    const float = (packed: number): SharedAmount => shared(decodeFloat24(packed))
    const supply = r.loans + r.free
    return {
      name: chain.name,
      eid: chain.eid,
      block,
      cash: shared(r.cash),
      free: shared(r.free),
      reserved: shared(b.reserved),
      loans: shared(r.loans),
      owed: shared(r.owed),
      claims: shared(b.claimsFace),
      equity: shared(r.equity),
      unvested: shared(b.unvested),
      setAside: shared(b.setAside),
      parked: shared(parked()),
      tokenBalance: toShared(local(balance()), asset.decimals),
      utilization: supply === 0n ? 0n : (r.loans * WAD) / supply,
      borrowRate: borrowRate(),
      supplyRate: r.supplyRate,
      rateModel: {
        baseRate: baseRate(),
        slopeBelow: slopeBelow(),
        slopeAbove: slopeAbove(),
        optimalUtilization: optimalUtilization(),
      },
      reserveFactor: reserveFactor(),
      limits: {
        deadBand: BigInt(bounds.deadBand) * BASIS_POINT,
        cashFloor: float(bounds.cashFloor),
        minimumMove: float(bounds.minimumMove),
        minimumTransfer: float(bounds.minimumTransfer),
        statementMaxAge: BigInt(bounds.statementMaxAge),
        moveInterval: BigInt(bounds.moveInterval),
      },
      lanes: lanes.map((lane) => lane()),
    }
  }
}
