// Loads TypeScript through ts-node: `node --no-deprecation --import ./script/register.mjs script/x.ts`.
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'

process.env.TS_NODE_PROJECT ??= 'script/tsconfig.json'
// `npm run lint` checks the types; checking them again at every start would take ten seconds.
process.env.TS_NODE_TRANSPILE_ONLY ??= 'true'
// ts-node's type errors are objects without a prototype: print what they have to say.
process.on('uncaughtException', (error) => {
  const render = error?.[inspect.custom]
  console.error(typeof render === 'function' ? render.call(error) : error)
  process.exit(1)
})
register('ts-node/esm', pathToFileURL('./'))
