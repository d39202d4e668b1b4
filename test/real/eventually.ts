import { setTimeout } from 'node:timers/promises'

const withinMs = 60_000
const everyMs = 20

/**
 * Asks until it is so.
 * @throws Error with `what`, where it is not after a minute: a wait without an end would outlive its test, and the run.
 */
export async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`not after ${withinMs / 1000} s: ${what}`)
    await setTimeout(everyMs)
  }
}
