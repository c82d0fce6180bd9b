import { type Address, encodeAbiParameters, type Hex, hexToBigInt, keccak256, numberToHex } from 'viem'
import { vaultAbi } from '../../abi/index.js'
import type { AssetChain } from '../../devnet/assets/deployAssets.js'
import type { NetworkChain } from '../network.js'

/** Bits of the fields of a stored lane: word of the struct and where the field begins. */
export const LANE_FIELDS = {
  ordered: [1, 0],
  charged: [1, 64],
  scaledDebt: [1, 128],
  paid: [2, 0],
  earned: [2, 64],
  granted: [2, 128],
  railOut: [3, 0],
  railIn: [3, 64],
  returned: [3, 128],
  remoteRailIn: [4, 0],
  remoteGranted: [4, 64],
} as const
export type LaneField = keyof typeof LANE_FIELDS

/** In the vault's books, cash starts a word and the reserve follows it. */
const CASH = { bits: 104n } as const
const SLOTS_TO_SEARCH = 64n

const slotOf = (key: number, mapping: bigint): bigint =>
  hexToBigInt(keccak256(encodeAbiParameters([{ type: 'uint32' }, { type: 'uint256' }], [key, mapping])))

async function load(chain: AssetChain, address: Address, slot: bigint): Promise<bigint> {
  return hexToBigInt((await chain.publicClient.getStorageAt({ address, slot: numberToHex(slot) })) ?? '0x0')
}

async function store(chain: AssetChain, address: Address, slot: bigint, word: bigint): Promise<void> {
  await chain.testClient.setStorageAt({
    ...{ address, index: numberToHex(slot, { size: 32 }), value: numberToHex(word, { size: 32 }) as Hex },
  })
  await chain.testClient.mine({ blocks: 1 })
}

/** Adds to one field of a stored lane behind the contracts' back. Returns whether the field could take the change. */
export async function tamperLane(
  chain: AssetChain,
  site: NetworkChain,
  remote: NetworkChain,
  field: LaneField,
  change: bigint,
): Promise<boolean> {
  const { router } = site.isobar
  const peer = BigInt(remote.isobar.router)
  for (let mapping = 0n; mapping < SLOTS_TO_SEARCH; mapping += 1n) {
    const first = slotOf(remote.eid, mapping)
    // The lane's first word starts with the peer; OApp's own table of peers holds nothing else in it.
    const head = await load(chain, router, first)
    if (head === peer || (head & ((1n << 160n) - 1n)) !== peer) continue
    const [word, shift] = LANE_FIELDS[field]
    const slot = first + BigInt(word)
    const stored = await load(chain, router, slot)
    const value = (stored >> BigInt(shift)) & ((1n << 64n) - 1n)
    if (value + change < 0n) return false
    await store(chain, router, slot, stored + (change << BigInt(shift)))
    return true
  }
  throw new Error('the lane was not found in storage')
}

/** Adds to the vault's cash behind the contracts' back, local decimals. */
export async function tamperCash(chain: AssetChain, site: NetworkChain, change: bigint): Promise<void> {
  const { vault } = site.isobar
  const books = { address: vault, abi: vaultAbi, functionName: 'books' } as const
  const { cash, reserved } = await chain.publicClient.readContract(books)
  for (let slot = 0n; slot < SLOTS_TO_SEARCH; slot += 1n) {
    const word = await load(chain, vault, slot)
    const found =
      (word & ((1n << CASH.bits) - 1n)) === cash && ((word >> CASH.bits) & ((1n << 64n) - 1n)) === reserved
    if (found) return store(chain, vault, slot, word + change)
  }
  throw new Error('the cash was not found in storage')
}
