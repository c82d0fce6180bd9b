import { z } from 'zod'
import { InvalidNetworkFileError } from '../errors/InvalidNetworkFileError.js'
import {
  addressSchema,
  assetSchema,
  chainNameSchema,
  checkUnique,
  eidSchema,
  issueLines,
  layerzeroSchema,
} from '../network/parseNetwork.js'
import { amountSchema, basisPointsSchema, fractionSchema, secondsSchema } from './units.js'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WAD = 10n ** 18n
const between = (least: number, most: number) =>
  secondsSchema.min(least, `at least ${least} s`).max(most, `at most ${most} s`)
const fraction = (least: bigint, most: bigint, what: string) =>
  fractionSchema.refine((value) => value >= least && value <= most, what)
const share = (least: number, most: number) =>
  basisPointsSchema.refine(
    (value) => value >= least && value <= most,
    `between ${least / 10_000} and ${most / 10_000}`,
  )

const rateModelSchema = z
  .strictObject({
    /** Borrow rate of an empty market, a year. */
    baseRate: fractionSchema,
    /** What the rate gains up to the optimal utilization, a year. */
    slopeBelow: fractionSchema,
    /** What it gains from there to full utilization, a year. */
    slopeAbove: fractionSchema,
    optimalUtilization: fraction(1n, WAD - 1n, 'between 0 and 1, both excluded'),
  })
  .refine(({ baseRate, slopeBelow, slopeAbove }) => baseRate + slopeBelow + slopeAbove <= 100n * WAD, {
    message: 'the highest rate is above 10,000 % a year',
  })

const vaultSchema = z.strictObject({
  /** Name and symbol of the vault's shares; made from the asset's symbol when absent. */
  name: z.string().min(1).optional(),
  symbol: z.string().min(1).optional(),
  /** Share of interest that is set aside for the protocol. */
  reserveFactor: fraction(0n, WAD / 2n, 'between 0 and 0.5'),
  /** Most that may be owed to other vaults per unit of the suppliers' equity. */
  leverageLimit: fraction(WAD / 4n, WAD, 'between 0.25 and 1'),
  /** Time constant of the averages of loans and free cash, seconds. */
  averagingPeriod: between(MINUTE, 7 * DAY),
  /** Time over which lumpy income enters the share price, seconds. */
  vestingPeriod: between(HOUR, 30 * DAY),
  rateModel: rateModelSchema,
})

const limitsSchema = z.strictObject({
  /** Utilization gap below which nothing is moved. */
  deadBand: share(10, 5_000),
  statementMaxAge: between(MINUTE, DAY),
  /** Time after which a lane may move again without a newer statement. */
  moveInterval: between(MINUTE, 7 * DAY),
  /** Most of the cash that may be reserved. */
  reservedShare: share(0, 5_000),
  /** Most of the suppliers' equity that one other vault may owe. */
  peerShare: share(0, 5_000),
  /** Utilization from which no credit is granted. */
  grantUtilization: share(0, 10_000),
  /** Free cash that moves and grants leave. */
  cashFloor: amountSchema,
  minimumMove: amountSchema,
  minimumTransfer: amountSchema,
})

const collateralSchema = z
  .strictObject({
    symbol: z.string().min(1),
    token: addressSchema,
    decimals: z.int().min(0).max(18),
    /** Chainlink-style feed of its price in the asset. */
    feed: addressSchema,
    /** Oldest price that counts. */
    maxAge: between(MINUTE, 72 * HOUR),
    /** Share of its value that may be borrowed. */
    borrowFactor: share(0, 9_998),
    /** Share of its value at which a debt is unhealthy. */
    liquidationThreshold: share(1, 9_999),
    /** Most that may be borrowed against it. */
    debtCeiling: amountSchema,
  })
  .refine(({ borrowFactor, liquidationThreshold }) => borrowFactor < liquidationThreshold, {
    path: ['borrowFactor'],
    message: 'must be below liquidationThreshold',
  })

const laneTermsSchema = z.strictObject({
  /** Most that the other vault may owe this one, credit included. */
  cap: amountSchema,
  /** Most of the other vault's credit that is sold at a time. */
  maxCredit: amountSchema,
  /** Credit that this vault likes the other one to have here. */
  creditTarget: amountSchema,
})

const chainSchema = z.strictObject({
  name: chainNameSchema,
  chainId: z.int().positive(),
  eid: eidSchema,
  rpcUrl: z.url({ protocol: /^(https?|wss?)$/, error: 'an http(s) or ws(s) URL' }),
  multicall3: addressSchema,
  /** Blocks that DVNs wait before they attest what was sent from here. */
  confirmations: z.int().positive(),
  layerzero: layerzeroSchema,
  asset: assetSchema,
  collaterals: z.array(collateralSchema),
  vault: vaultSchema,
  limits: limitsSchema,
})

/**
 * What `networks/<name>.json` holds: everything that has to be decided before a network is deployed. Amounts are in
 * units of the asset, shares and rates are fractions (`0.04` for 4 %), times are seconds. Unknown keys are refused.
 *
 * @example
 * networkDescriptionSchema.parse(JSON.parse(text))
 */
export const networkDescriptionSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
    /** Local networks are owned by the key that deploys them; others by a timelock. */
    local: z.boolean(),
    /** Fastest growth of a claim by interest that a router accepts, a year. */
    maxInterestRate: fraction(0n, 10n * WAD, 'at most 10 (1,000 % a year)'),
    chains: z.array(chainSchema).min(2, 'a network has at least two chains'),
    lanes: z.strictObject({
      /** Terms of every lane that has none of its own. */
      default: laneTermsSchema,
      /** Terms of the lane that the vault on `from` keeps with the vault on `to`; what is absent is the default's. */
      overrides: z
        .array(laneTermsSchema.partial().extend({ from: chainNameSchema, to: chainNameSchema }))
        .default([]),
    }),
  })
  .superRefine(({ chains, lanes }, context) => {
    const report = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    checkUnique(chains, report)
    const names = chains.map(({ name }) => name)
    const seen = new Set<string>()
    for (const [index, { from, to }] of lanes.overrides.entries()) {
      const path = ['lanes', 'overrides', index]
      for (const [field, name] of Object.entries({ from, to })) {
        if (!names.includes(name)) report([...path, field], `no chain "${name}"; chains: ${names.join(', ')}`)
      }
      if (from === to) report(path, `a lane joins two chains, not "${from}" with itself`)
      if (seen.has(`${from} ${to}`)) report(path, `the lane ${from} → ${to} is overridden twice`)
      seen.add(`${from} ${to}`)
    }
    for (const [index, { asset, collaterals }] of chains.entries()) {
      const tokens = collaterals.map(({ token }) => token)
      for (const [place, token] of tokens.entries()) {
        const path = ['chains', index, 'collaterals', place, 'token']
        if (token === asset.token) report(path, 'the asset cannot be its own collateral')
        if (tokens.indexOf(token) !== place) report(path, 'this collateral is listed twice')
      }
    }
  })

/** A network description as it is written: the content of `networks/<name>.json`. */
export type NetworkDescription = z.input<typeof networkDescriptionSchema>
/** A checked network description, with amounts in shared decimals, fractions in WAD or basis points. */
export type ParsedNetworkDescription = z.output<typeof networkDescriptionSchema>
export type ParsedChainDescription = ParsedNetworkDescription['chains'][number]

/**
 * Checks a network description.
 *
 * @throws {@link InvalidNetworkFileError} with a line for every problem.
 */
export function parseNetworkDescription(json: unknown): ParsedNetworkDescription {
  const result = networkDescriptionSchema.safeParse(json)
  if (result.success) return result.data
  throw new InvalidNetworkFileError('description', issueLines(result.error), result.error)
}
