import { inertLine } from '@slipway/report'
import { redactSentence, type Hiding, type Observation } from '@slipway/rollout'
import type { Underway } from './delivery.ts'
import { hidingFor } from './evidence.ts'

/** Something seen while a service is followed. */
export interface Line {
  /** What was told once under a key is not told again. */
  readonly key: string
  readonly text: string
  readonly isWarning: boolean
}

export interface Teller {
  /** Tells what is new, in one line each, without any value of the Secrets that the pods refer to. */
  tell(lines: readonly Line[], observed: Observation): Promise<void>
}

/** Secrets may come late, or change: their values are read again for lines that come later than this. */
const readAgainMs = 2000

export function openTeller(service: string, { clock, narrator, ports, stop }: Underway): Teller {
  const told = new Set<string>()
  let hiding: { readonly hiding: Hiding; readonly atMs: number } | undefined
  return {
    async tell(lines, observed) {
      const fresh = lines.filter(({ key }) => !told.has(key))
      if (fresh.length === 0) return
      if (hiding === undefined || clock.monotonic() - hiding.atMs > readAgainMs) {
        hiding = { hiding: await hidingFor(observed, ports.evidence, { clock, signal: stop }), atMs: clock.monotonic() }
      }
      for (const { key, text, isWarning } of fresh) {
        told.add(key)
        const line = `[${service}] ${inertLine(redactSentence(text, observed, hiding.hiding))}`
        if (isWarning) narrator.warn(line)
        else narrator.say(line)
      }
    },
  }
}
