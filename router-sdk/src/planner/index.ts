export {
  type CreditChain,
  type CreditInput,
  type CreditLane,
  type CreditPlan,
  planCredits,
} from './credits/planCredits.js'
export type { AdaptiveCurve } from './curves/adaptiveCurve.js'
export type { CustomCurve } from './curves/customCurve.js'
export type { KinkedCurve } from './curves/kinkedCurve.js'
export type { SegmentCurve } from './curves/segmentCurve.js'
export type { ValueCurve } from './curves/valueCurve.js'
export { explainPlan } from './explainPlan.js'
export type { ChainInput, Demand, LaneInput, NormalDemand, PlanInput, QuantileDemand } from './input.js'
export { InvalidPlanInput } from './invalidPlanInput.js'
export type { Certificate, ChainOutcome, NoTradeReason, Plan, PlannedTransfer, UnusedLane } from './plan.js'
export { planFromJson, planToJson } from './planJson.js'
export { type PlanOptions, planRebalance } from './planRebalance.js'
export { type Cycle, findCycles } from './routes/findCycles.js'
export { quoteRoute, type RoutePart, type RouteQuote, type RouteRequest } from './routes/quoteRoute.js'
export type { FeeBracket, RouteLane } from './routes/routeLane.js'
export type { PlanViolation } from './verify/planViolation.js'
export { verifyPlan } from './verify/verifyPlan.js'
