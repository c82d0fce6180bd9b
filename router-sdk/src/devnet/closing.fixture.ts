// Run as a process of its own by closing.test.ts, which ends it in several ways.
import { createAssetDevnet } from './createAssetDevnet.js'

const devnet = await createAssetDevnet({ chains: 2, clock: { speed: 10 } })
console.log(JSON.stringify(devnet.chains.map(({ pid }) => pid)))
const [mode] = process.argv.slice(2)
if (mode === 'close') await devnet.close()
if (mode === 'throw') throw new Error('on purpose')
if (mode === 'exit') process.exit(3)
if (mode === 'handler') {
  process.once('SIGINT', async () => {
    // The chains still answer: the application decides when they go.
    console.log(`block ${(await devnet.chain(0).publicClient.getBlockNumber()) > 0n}`)
    await devnet.close()
  })
}
