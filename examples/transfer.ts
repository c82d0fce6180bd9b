// A transfer from start to end on local chains:
//   npm run build && node --no-deprecation --import ./script/register.mjs examples/transfer.ts
import { local, quoteTransfer, sendTransfer, waitForTransfer } from '@isobar/router-sdk'
import { createDevnet } from '@isobar/router-sdk/devnet'
import { createWalletClient, http } from 'viem'
import { setScene } from '../script/demo/scenario.js'

const devnet = await createDevnet({ chains: 3 })
try {
  const { network, clients } = devnet
  await setScene(devnet, network) // suppliers, credit on every lane, borrowers

  const account = devnet.accounts.user(2)
  const { chain, rpcUrl } = devnet.chain('ethereum')
  const walletClient = createWalletClient({ account, chain, transport: http(rpcUrl) })

  const amount = local(250_000_000n) // 250 of an asset with 6 decimals
  const quote = await quoteTransfer({ network, clients, from: 'ethereum', to: 'base', amount })
  console.log(`250 on ethereum become ${quote.receivedLocal} units on base, for ${quote.messageFee} wei`)

  const recipient = '0x00000000000000000000000000000000000a11ce'
  const sent = await sendTransfer({ network, clients, walletClient, quote, recipient })
  console.log(`sold in ${sent.hash}`)

  const { status, settled } = await waitForTransfer({ network, clients, guid: sent.guid, from: 'ethereum' })
  console.log(`${status} in ${settled.hash}`)
} finally {
  await devnet.close()
}
