/**
 * Two units meet in Isobar: an asset's own decimals on one chain, and the shared decimals (6) in which lanes, rails and
 * messages count. The brands keep one from being passed for the other.
 */
declare const unit: unique symbol

/** An amount in shared decimals: millionths of the asset, the same on every chain. */
export type SharedAmount = bigint & { readonly [unit]: 'shared' }

/** An amount in the asset's own decimals on one chain. */
export type LocalAmount = bigint & { readonly [unit]: 'local' }

/** Decimals of every shared amount. */
export const SHARED_DECIMALS = 6

/** Marks a bigint that is known to be in shared decimals. */
export const shared = (amount: bigint): SharedAmount => amount as SharedAmount

/** Marks a bigint that is known to be in the asset's own decimals. */
export const local = (amount: bigint): LocalAmount => amount as LocalAmount

/** Local units in one shared unit: 10^(decimals - 6). */
export const scaleOf = (decimals: number): bigint => {
  if (!Number.isInteger(decimals) || decimals < SHARED_DECIMALS || decimals > 18)
    throw new RangeError(`asset decimals must be 6 to 18, not ${decimals}`)
  return 10n ** BigInt(decimals - SHARED_DECIMALS)
}

/** Rounds a local amount down to shared decimals; what is below a shared unit never travels. */
export const toShared = (amount: LocalAmount, decimals: number): SharedAmount =>
  shared(amount / scaleOf(decimals))

/** A shared amount in the asset's own decimals; exact. */
export const toLocal = (amount: SharedAmount, decimals: number): LocalAmount =>
  local(amount * scaleOf(decimals))
