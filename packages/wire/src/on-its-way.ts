import { setTimeout } from 'node:timers/promises'

const patienceMs = 250

/**
 * Asks, and ends once the request is on its way, or failed: to look a server up and to shake hands with it takes several
 * turns, for which what is loaded next would leave no room. A server that takes longer than 250 ms for that is waited
 * for no more.
 * @param ask Is to call `onSent` once its request is sent.
 */
export async function onItsWay<T>(ask: (onSent: () => void) => Promise<T>): Promise<{ readonly answer: Promise<T> }> {
  const sent = Promise.withResolvers<undefined>()
  const answer = ask(() => {
    sent.resolve(undefined)
  })
  const ended = answer.then(
    () => undefined,
    () => undefined,
  )
  await Promise.race([sent.promise, ended, setTimeout(patienceMs, undefined, { ref: false })])
  return { answer }
}
