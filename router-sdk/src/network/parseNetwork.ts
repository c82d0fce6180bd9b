import { type Address, getAddress, isAddress } from 'viem'
import { z } from 'zod'
import { InvalidNetworkFileError } from '../errors/InvalidNetworkFileError.js'
import type { Network } from './network.js'

/** An address in either spelling; a checksum, where there is one, must be right. */
export const addressSchema = z.string().transform((value, context): Address => {
  if (isAddress(value, { strict: value !== value.toLowerCase() })) return getAddress(value)
  context.addIssue({ code: 'custom', message: `not an EVM address, or its checksum is wrong: ${value}` })
  return z.NEVER
})

/** LayerZero's V2 endpoint ids start at 30000; lower ones are of V1. */
export const eidSchema = z.int().min(30_000, 'a LayerZero V2 endpoint id is 30000 or above').max(0xffff_ffff)
export const chainNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'a chain name has lower-case letters, digits and dashes')
export const decimalsSchema = z
  .int()
  .min(6, 'assets have 6 to 18 decimals')
  .max(18, 'assets have 6 to 18 decimals')

export const layerzeroSchema = z.strictObject({
  endpoint: addressSchema,
  sendLibrary: addressSchema,
  receiveLibrary: addressSchema,
  executor: addressSchema,
  dvns: z.array(addressSchema).min(1),
})

export const assetSchema = z.strictObject({
  symbol: z.string().min(1),
  token: addressSchema,
  oft: addressSchema,
  decimals: decimalsSchema,
})

/** Names, chain ids and endpoint ids are each used once. */
export function checkUnique(
  chains: readonly { readonly name: string; readonly chainId: number; readonly eid: number }[],
  report: (path: (string | number)[], message: string) => void,
): void {
  for (const field of ['name', 'chainId', 'eid'] as const) {
    const first = new Map<string | number, number>()
    for (const [index, chain] of chains.entries()) {
      const value = chain[field]
      const earlier = first.get(value)
      if (earlier === undefined) first.set(value, index)
      else report(['chains', index, field], `${value} is already the ${field} of chains.${earlier}`)
    }
  }
}

const networkSchema = z
  .strictObject({
    name: z.string().min(1),
    local: z.boolean(),
    chains: z
      .array(
        z.strictObject({
          name: chainNameSchema,
          chainId: z.int().positive(),
          eid: eidSchema,
          multicall3: addressSchema,
          deployedAt: z.string().regex(/^\d+$/, 'a block number, as a string').transform(BigInt),
          asset: assetSchema,
          layerzero: layerzeroSchema,
          isobar: z.strictObject({
            rateModel: addressSchema,
            vault: addressSchema,
            market: addressSchema,
            router: addressSchema,
            rail: addressSchema,
          }),
          collaterals: z.array(
            z.strictObject({
              symbol: z.string().min(1),
              token: addressSchema,
              decimals: z.int().min(0).max(18),
              oracle: addressSchema,
              feed: addressSchema,
            }),
          ),
        }),
      )
      .min(2, 'a network has at least two chains'),
  })
  .superRefine(({ chains }, context) =>
    checkUnique(chains, (path, message) => context.addIssue({ code: 'custom', path, message })),
  )

/** One line a problem, with the path to the value. */
export const issueLines = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))

/**
 * Reads a deployed network, as `deployments/<name>.json` holds it: the text, or what JSON.parse made of it.
 *
 * @throws {@link InvalidNetworkFileError} with a line for every problem.
 *
 * @example
 * const network = parseNetwork(await readFile('deployments/mainnet.json', 'utf8'))
 */
export function parseNetwork(json: unknown): Network {
  let value = json
  if (typeof json === 'string') {
    try {
      value = JSON.parse(json)
    } catch (error) {
      throw new InvalidNetworkFileError('deployment', [`not JSON: ${String(error)}`], error)
    }
  }
  const result = networkSchema.safeParse(value)
  if (result.success) return result.data
  throw new InvalidNetworkFileError('deployment', issueLines(result.error), result.error)
}

/**
 * A deployed network as text for `deployments/<name>.json`; `parseNetwork` reads it.
 *
 * @example
 * await writeFile(`deployments/${network.name}.json`, serializeNetwork(network))
 */
export const serializeNetwork = (network: Network): string =>
  `${JSON.stringify(network, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`
