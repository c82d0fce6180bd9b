export { InvalidScenarioError } from './InvalidScenarioError.js'
export { loadScenario, type Scenario } from './loadScenario.js'
