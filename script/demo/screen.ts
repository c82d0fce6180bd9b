import { describeEvent, type RelayerEvent } from '@isobar/relayer'
import type { ChainState, NetworkState } from '@isobar/router-sdk'
import colors from 'picocolors'
import { percent, show } from './amounts.js'
import { arrivalsOf, deadBandOf, gapOf, utilizationOf } from './gap.js'
import type { UserTransfer } from './traffic.js'

export type Screen = {
  /** A line that stays. */
  readonly line: (text: string) => void
  readonly relayer: (event: RelayerEvent) => void
  readonly draw: (state: NetworkState, transfers: readonly UserTransfer[], unsold: number) => void
  /** Ends the live part; what follows is printed below it. */
  readonly end: () => void
}

const SECONDS_PER_YEAR = 31_536_000
const BAR = 24
const LOG_LINES = 10

/**
 * Shows the main job. On a terminal it redraws one page; into a pipe it writes plain lines as things happen.
 * @param out stdout, or stderr when stdout is for a program.
 */
export function createScreen(out: NodeJS.WriteStream, header: readonly string[]): Screen {
  const live = out.isTTY === true
  const log: string[] = []
  const idle = new Map<string, string>()
  let lastStatus = 0
  const write = (text: string): void => void out.write(`${text}\n`)
  for (const text of header) write(text)

  function note(text: string): void {
    if (live) log.splice(0, Math.max(0, log.push(text) - LOG_LINES))
    else write(text)
  }

  return {
    line: write,
    relayer(event) {
      if (event.type === 'plan' || event.type === 'tick') return
      const text = describeEvent(event)
      if (text === undefined) return
      // Why an agent does nothing is its state, not news.
      if (event.type === 'idle') idle.set(event.agent, text)
      else note(text)
    },
    draw(state, transfers, unsold) {
      if (live) {
        const quiet = [...idle.values()].map(clipTo(out)).map(colors.dim)
        const page = [
          ...[...header, '', ...table(state), '', traffic(transfers, unsold), ''],
          ...[...log.map(clipTo(out)), '', ...quiet],
        ]
        out.write(`\x1b[H\x1b[J${page.join('\n')}\n`)
      } else if (Date.now() - lastStatus > 2_000) {
        lastStatus = Date.now()
        const each = state.chains.map((chain) => `${chain.name} ${percent(utilizationOf(state, chain))}`)
        write(`${each.join(', ')}; gap ${percent(gapOf(state))}; ${traffic(transfers, unsold)}`)
      }
    },
    end: () => {
      if (live) write('')
    },
  }
}

const clipTo =
  (out: NodeJS.WriteStream) =>
  (text: string): string => {
    const width = (out.columns ?? 120) - 1
    return text.length > width ? `${text.slice(0, width - 1)}…` : text
  }

function table(state: NetworkState): string[] {
  const columns = [
    'chain',
    'utilization',
    'borrow',
    'supply',
    'loans',
    'cash',
    'reserved',
    'credit',
    'in flight',
    'owes',
  ]
  const rows = state.chains.map((chain) => [
    chain.name,
    `${bar(utilizationOf(state, chain))} ${percent(utilizationOf(state, chain)).padStart(7)}`,
    yearly(chain.borrowRate),
    yearly(chain.supplyRate),
    show(chain.loans, 0),
    show(chain.cash, 0),
    show(chain.reserved, 0),
    show(creditOf(chain), 0),
    show(arrivalsOf(state, chain), 0),
    show(chain.owed, 0),
  ])
  const widths = columns.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => visible(row[column] ?? ''))),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] ?? 0) - visible(cell))
        return column < 2 ? cell + padding : padding + cell
      })
      .join('  ')
  const gap = gapOf(state)
  const band = deadBandOf(state)
  const verdict = gap <= band ? colors.green(percent(gap)) : colors.yellow(percent(gap))
  return [
    colors.dim(line(columns)),
    ...rows.map(line),
    '',
    `gap ${verdict} of utilization; the dead band is ${percent(band)}`,
  ]
}

function traffic(transfers: readonly UserTransfer[], unsold: number): string {
  const paid = transfers.flatMap(({ filledMs }) => filledMs ?? []).sort((a, b) => a - b)
  const median = paid[Math.floor(paid.length / 2)]
  const speed = median === undefined ? '' : `, half of them within ${median} ms`
  const missed = unsold === 0 ? '' : `; ${unsold} times no lane had credit`
  return `transfers: ${transfers.length} sent, ${paid.length} paid${speed}${missed}`
}

function bar(fraction: number): string {
  const full = Math.round(Math.min(1, fraction) * BAR)
  const paint = fraction > 0.9 ? colors.red : fraction > 0.7 ? colors.yellow : colors.green
  return `${paint('█'.repeat(full))}${colors.dim('░'.repeat(BAR - full))}`
}

/** Credit at other chains that transfers from this one can spend. */
const creditOf = (chain: ChainState): bigint => chain.lanes.reduce((sum, { sellable }) => sum + sellable, 0n)

const yearly = (wadPerSecond: bigint): string => percent((Number(wadPerSecond) / 1e18) * SECONDS_PER_YEAR, 2)

/** Length on screen, without colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with a control character
const visible = (text: string): number => text.replace(/\x1b\[[0-9;]*m/g, '').length
