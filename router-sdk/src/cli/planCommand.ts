import { explainPlan } from '../planner/explainPlan.js'
import { planToJson } from '../planner/planJson.js'
import { planRebalance } from '../planner/planRebalance.js'
import { verifyPlan } from '../planner/verify/verifyPlan.js'
import { loadScenario } from '../scenario/loadScenario.js'
import type { CliContext } from './runCli.js'

/** Plans a scenario and prints the plan, for people or as JSON. The plan has been verified when it is printed. */
export function planCommand(file: string, json: boolean, context: CliContext): void {
  const { name, input } = loadScenario(context.read(file))
  const plan = planRebalance(input)
  const [violation] = verifyPlan(input, plan)
  if (violation !== undefined) {
    throw new Error(`the plan failed verification, please report it: ${violation.where} ${violation.message}`)
  }
  if (json) {
    context.print(planToJson(plan, 2))
    return
  }
  context.print(name)
  for (const line of explainPlan(plan)) context.print(`  ${line}`)
}
