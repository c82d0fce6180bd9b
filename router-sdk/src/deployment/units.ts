import { parseUnits } from 'viem'
import { z } from 'zod'
import { SHARED_DECIMALS, shared } from '../network/amounts.js'

/** Numbers in network files are decimal: JSON numbers, or strings where more than 15 digits count. */
const decimal = z
  .union([z.number().nonnegative(), z.string()])
  .transform(String)
  .pipe(z.string().regex(/^\d+(\.\d+)?$/, 'a decimal number such as 0.1, without exponent'))

function scaled(decimals: number, what: string) {
  return decimal.transform((text, context): bigint => {
    const digits = text.split('.')[1]?.length ?? 0
    if (digits <= decimals) return parseUnits(text, decimals)
    context.addIssue({ code: 'custom', message: `${what} has at most ${decimals} decimals, not ${digits}` })
    return z.NEVER
  })
}

const UINT64 = (1n << 64n) - 1n

/** An amount in units of the asset (`400000` or `"0.5"`), to shared decimals. */
export const amountSchema = scaled(SHARED_DECIMALS, 'an amount')
  .refine((amount) => amount <= UINT64, 'larger than a 64-bit number of millionths')
  .transform(shared)

/** A fraction (`0.1` for 10 %), to WAD. */
export const fractionSchema = scaled(18, 'a fraction')

/** A share in basis points as the contracts store it, from a fraction (`0.04` for 4 %). */
export const basisPointsSchema = scaled(4, 'a share').transform(Number)

/** A time span in whole seconds. */
export const secondsSchema = z.int().positive()
