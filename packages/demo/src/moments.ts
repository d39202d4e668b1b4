import type { RunEvent } from '@slipway/workflow-runner'
import { plainLine } from './words.ts'

/** A line that an action wrote about a service, and when. */
export interface Moment {
  /** Since the start of the run. */
  readonly atMs: number
  /** With its target before it where the run has several: `eu/cart`. */
  readonly service: string
  readonly text: string
}

/** Hears one run: keeps what its actions say about services. */
export function hearing(now: () => number): { readonly moments: readonly Moment[]; readonly hear: (event: RunEvent) => void } {
  const moments: Moment[] = []
  let startedAt = 0
  return {
    moments,
    hear(event) {
      if (event.type === 'run-started') startedAt = now()
      if (event.type !== 'line') return
      const [, service, text] = /^\[([\w/-]+)\] (.+)$/.exec(plainLine(event.line)) ?? []
      if (service !== undefined && text !== undefined) moments.push({ atMs: now() - startedAt, service, text })
    },
  }
}

/** From the first line that matches `from` to the first one after it that matches `to`; nothing where either is missing. */
export function between(moments: readonly Moment[], service: string, from: RegExp, to: RegExp): number | undefined {
  const own = moments.filter((moment) => moment.service === service)
  const start = own.findIndex(({ text }) => from.test(text))
  if (start < 0) return undefined
  const end = own.slice(start + 1).find(({ text }) => to.test(text))
  return end && end.atMs - (own[start]?.atMs ?? 0)
}
