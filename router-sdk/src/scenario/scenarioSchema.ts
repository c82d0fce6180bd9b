import { z } from 'zod'
import { amountFromText } from './amountText.js'

const amountPattern = /^\d+(\.\d{1,6})?$/
const amount = z
  .union([z.string().regex(amountPattern), z.number().min(0)])
  .refine((value) => amountPattern.test(String(value)), 'not an amount: digits, and at most six decimals')
  .meta({
    description: 'An amount of the asset, at most six decimals; as a string where a double is too coarse.',
  })
  .transform((value) => amountFromText(String(value)))

const fraction = (description: string, most = 1) => z.number().min(0).max(most).meta({ description })
const rate = (description: string) => fraction(`${description}, per year (0.04 is 4 %).`, 1000)

const kinkedCurve = z
  .strictObject({
    kind: z.literal('kinked'),
    base: rate('Borrow rate at utilization 0'),
    slope1: rate('Rise of the borrow rate up to the optimum'),
    slope2: rate('Further rise from the optimum to utilization 1'),
    optimum: z.number().gt(0).max(1).meta({ description: 'Utilization of the kink.' }),
    reserveFactor: fraction('Share of interest that suppliers do not get.'),
  })
  .meta({ description: 'Borrow rate with one kink.' })

const adaptiveCurve = z
  .strictObject({
    kind: z.literal('adaptive'),
    rateAtTarget: rate('Borrow rate at the target now'),
    target: z.number().gt(0).lt(1).meta({ description: 'Utilization at which the curve keeps still.' }),
    steepness: z
      .number()
      .min(1)
      .max(1000)
      .meta({ description: 'Rate at utilization 1 over that at the target.' }),
    adjustmentSpeed: rate('How fast the curve moves while utilization is 1'),
    reserveFactor: fraction('Share of interest that suppliers do not get.'),
  })
  .meta({ description: 'A kinked curve that moves: up while utilization is above its target, down below.' })

const segmentCurve = z
  .strictObject({
    kind: z.literal('segments'),
    segments: z.array(z.strictObject({ width: amount, rate: rate('Supply rate on this part of idle') })),
  })
  .meta({ description: 'Supply rate as falling steps over idle, from idle 0 upwards; 0 beyond the last.' })

const demand = z
  .strictObject({
    mean: amount,
    deviation: amount,
    penalty: fraction('Price of a unit that can not be met, as a fraction of it.'),
  })
  .meta({ description: 'Normally distributed withdrawals and payouts within the lead time.' })

const quantileDemand = z
  .strictObject({
    quantiles: z
      .array(z.strictObject({ probability: fraction('That demand is at most the amount.'), amount }))
      .min(1)
      .meta({
        description: 'Rising; linear in between. All that lies beyond the last is taken to be the last.',
      }),
    penalty: fraction('Price of a unit that can not be met, as a fraction of it.'),
  })
  .meta({ description: 'Demand of any distribution, by its quantiles.' })

const chain = z.strictObject({
  key: z.string().min(1).meta({ description: 'Names the chain; unique.' }),
  borrowed: amount.meta({ description: 'Loans outstanding.' }),
  idle: amount.meta({ description: 'Cash that is not reserved: what could leave now.' }),
  arrivals: amount.optional().meta({ description: 'Value on its way here. Default 0.' }),
  claims: amount.optional().meta({ description: 'Value of claims on other vaults. Default 0.' }),
  floor: amount.optional().meta({ description: 'Idle that is never sent away. Default 0.' }),
  ceiling: amount.optional().meta({ description: 'No transfer lifts idle above this. Default none.' }),
  floorPenalty: fraction('Price of a unit missing below the floor at the end. Default 0.').optional(),
  ceilingPenalty: fraction('Price of a unit above the ceiling at the end. Default 0.').optional(),
  curve: z.discriminatedUnion('kind', [kinkedCurve, adaptiveCurve, segmentCurve]),
  demand: z.union([demand, quantileDemand]).optional(),
})

const lane = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  rail: z.string().min(1).optional().meta({ description: 'Tells parallel lanes apart.' }),
  proportionalCost: fraction('Cost of moving a unit, as a fraction of it (0.0005 is 5 basis points).'),
  fixedCost: amount.meta({ description: 'Cost of a transfer whatever its size: message and gas.' }),
  capacity: amount.meta({ description: 'The most that the lane would admit now.' }),
  minimum: amount.optional().meta({ description: 'The least that a transfer may be. Default 0.' }),
  latencySeconds: z.number().min(0).optional().meta({ description: 'From sending to usable. Default 0.' }),
})

/** A network at one moment, to be planned offline. */
export const scenarioSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().min(1),
    description: z.string().optional(),
    horizonDays: z.number().gt(0).meta({
      description: 'How long the present gap is expected to last if nothing is done, in days.',
    }),
    latencyRate: fraction('What a unit in flight forgoes, per year. Default 0.', 1000).optional(),
    chains: z.array(chain),
    lanes: z.array(lane),
  })
  .meta({
    title: 'Isobar scenario',
    description: 'A network of vaults and lanes at one moment, to be planned.',
  })
