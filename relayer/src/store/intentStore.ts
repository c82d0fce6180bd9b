import { type Intent, isOpen } from './intent.js'

/** Keeps intents. A durable one must have written an intent when `save` resolves: the transaction is sent after that. */
export type IntentStore = {
  /** Intents that are not delivered or failed, oldest first. */
  readonly open: () => Promise<readonly Intent[]>
  /** Adds an intent, or replaces the one with its id. */
  readonly save: (intent: Intent) => Promise<void>
}

/** Forgets everything when the process ends: for tests, demonstrations and dry runs. */
export function createMemoryIntentStore(): IntentStore {
  const intents = new Map<string, Intent>()
  return {
    open: async () => [...intents.values()],
    save: async (intent) => {
      if (isOpen(intent)) intents.set(intent.id, intent)
      else intents.delete(intent.id)
    },
  }
}
