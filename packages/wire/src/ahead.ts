import { setImmediate } from 'node:timers/promises'

let turn: Promise<unknown> = Promise.resolve()

/**
 * Loads a module ahead of its use, after all that were asked for before it, and lets what arrived meanwhile be seen to
 * in between: what waits for the first is not held up by the others. What is wrong with one is told where it is used.
 */
export function loadAhead(load: () => Promise<unknown>): void {
  turn = turn.then(load).then(() => setImmediate()).catch(() => undefined)
}
