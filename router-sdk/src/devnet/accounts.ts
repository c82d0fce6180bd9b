import { type Hex, keccak256, stringToHex } from 'viem'
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'

/** Keys of one DVN: the admin sends its transactions, the signers only sign. */
export interface DvnAccounts {
  readonly admin: PrivateKeyAccount
  readonly signers: readonly PrivateKeyAccount[]
}

/** The accounts of a devnet, the same on every run and every chain, each funded with ether. */
export interface DevnetAccounts {
  /** Owns the assets and, later, Isobar's contracts. */
  readonly deployer: PrivateKeyAccount
  /** For the relayer under test. */
  readonly relayer: PrivateKeyAccount
  /** Owns LayerZero's contracts. */
  readonly protocolOwner: PrivateKeyAccount
  /** Sends what LayerZero's executor sends. */
  readonly executorAdmin: PrivateKeyAccount
  readonly dvns: readonly [DvnAccounts, DvnAccounts]
  readonly users: readonly PrivateKeyAccount[]
  /** User number `index`, with a clear error when there are fewer. */
  user(index: number): PrivateKeyAccount
}

/** The private key of a devnet account, from its label: well known, worthless anywhere else. */
export const devnetKey = (label: string): Hex => keccak256(stringToHex(`isobar devnet ${label}`))

const account = (label: string): PrivateKeyAccount => privateKeyToAccount(devnetKey(label))

const SIGNERS_PER_DVN = 3

function dvnAccounts(name: string): DvnAccounts {
  const signers = Array.from({ length: SIGNERS_PER_DVN }, (_, index) => account(`${name} signer ${index}`))
  return { admin: account(`${name} admin`), signers }
}

export function createDevnetAccounts(userCount: number): DevnetAccounts {
  const users = Array.from({ length: userCount }, (_, index) => account(`user ${index}`))
  return {
    deployer: account('deployer'),
    relayer: account('relayer'),
    protocolOwner: account('protocol owner'),
    executorAdmin: account('executor admin'),
    dvns: [dvnAccounts('dvn 0'), dvnAccounts('dvn 1')],
    users,
    user(index) {
      const found = users[index]
      if (!found)
        throw new RangeError(
          `There are ${users.length} users; ask createDevnet for more with { users: ${index + 1} }`,
        )
      return found
    },
  }
}

/** The accounts that send transactions and so need ether. */
export const sendingAccounts = (accounts: DevnetAccounts): PrivateKeyAccount[] => [
  accounts.deployer,
  accounts.relayer,
  accounts.protocolOwner,
  accounts.executorAdmin,
  ...accounts.dvns.map((dvn) => dvn.admin),
  ...accounts.users,
]
