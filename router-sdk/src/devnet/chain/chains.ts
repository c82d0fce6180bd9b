/** What a devnet chain is made of; everything has a default. */
export interface ChainOptions {
  readonly name?: string
  /** LayerZero's id of the chain. The default is the real one of the chain it is named after. */
  readonly eid?: number
  readonly chainId?: number
  /** Seconds between blocks; a block per transaction when absent. */
  readonly blockTime?: number
  /** Wei per gas: base fee of the first block, and what the devnet's own transactions pay. */
  readonly gasPrice?: bigint
}

export interface ChainSettings extends ChainOptions {
  readonly name: string
  readonly eid: number
  readonly chainId: number
  readonly gasPrice: bigint
}

/** Thrown for chains that cannot be built. */
export class ChainOptionsError extends Error {
  override readonly name = 'ChainOptionsError'
}

/** LayerZero V2 ids of public chains. Executors take ids below 30000 for version 1, so local chains use real ones. */
const KNOWN = [
  { name: 'ethereum', eid: 30101 },
  { name: 'base', eid: 30184 },
  { name: 'arbitrum', eid: 30110 },
  { name: 'optimism', eid: 30111 },
  { name: 'polygon', eid: 30109 },
  { name: 'bsc', eid: 30102 },
  { name: 'avalanche', eid: 30106 },
  { name: 'linea', eid: 30183 },
] as const

/** Local chain ids, so that nothing signed here is valid on the chain of the same name. */
const FIRST_CHAIN_ID = 31_337
const LOWEST_V2_EID = 30_000
const DEFAULT_GAS_PRICE = 1_000_000_000n

/** Fills in the defaults of a number or list of chains. */
export function chainSettings(chains: number | readonly ChainOptions[]): ChainSettings[] {
  const options: readonly ChainOptions[] =
    typeof chains === 'number' ? Array.from({ length: chains }, () => ({})) : chains
  if (options.length < 1 || options.length > KNOWN.length) {
    throw new ChainOptionsError(`A devnet has 1 to ${KNOWN.length} chains, not ${options.length}`)
  }
  const settings = options.map((option, index) => {
    const known = KNOWN[index]!
    return {
      ...option,
      name: option.name ?? known.name,
      eid: option.eid ?? known.eid,
      chainId: option.chainId ?? FIRST_CHAIN_ID + index,
      gasPrice: option.gasPrice ?? DEFAULT_GAS_PRICE,
    }
  })
  for (const key of ['name', 'eid', 'chainId'] as const) {
    const values = settings.map((chain) => chain[key])
    const repeated = values.find((value, index) => values.indexOf(value) !== index)
    if (repeated !== undefined) throw new ChainOptionsError(`Two chains have the same ${key}: ${repeated}`)
  }
  const low = settings.find((chain) => chain.eid < LOWEST_V2_EID)
  if (low)
    throw new ChainOptionsError(
      `Chain ${low.name}: eid ${low.eid} is below ${LOWEST_V2_EID}, LayerZero V2's first`,
    )
  return settings
}
