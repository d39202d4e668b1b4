import { operationOf } from './disturbed.ts'
import { openHttp, systemClock, type Clock, type Http, type HttpResponse } from '@slipway/wire'

/** A clock that runs so many times faster, so that a dead run's lock is abandoned within a test. */
export function fastClock(factor: number): Clock {
  return {
    now: () => systemClock.now(),
    monotonic: () => systemClock.monotonic() * factor,
    wait: (ms, signal) => systemClock.wait(ms / factor, signal),
  }
}

/** A run's process: what it lives on until it is killed. */
export interface Mortal {
  readonly clock: Clock
  readonly http: Http
  /** The operations that were sent, in order. */
  readonly sent: readonly string[]
  readonly died: Promise<void>
  close(): Promise<void>
}

/** Where a process is killed: at its n-th request (from 1), before that is sent or before its answer is read. */
export interface Death {
  readonly request: number
  readonly answer: 'never sent' | 'never read'
}

/** The same before the first request that looks so: method, path and query. */
export interface DeathBefore {
  readonly before: RegExp
}

/** Takes what nobody reads any more, so that its connection can be closed in peace. */
async function swallow(answer: HttpResponse): Promise<void> {
  try {
    await answer.text()
  } catch {
    // It was closed.
  }
}

/** A process that ends as by SIGKILL: from that moment on nothing is sent, nothing is heard and no timer rings. */
export function mortal(clock: Clock, death: Death | DeathBefore = { request: Infinity, answer: 'never sent' }): Mortal {
  const http = openHttp({ environment: {} })
  const sent: string[] = []
  const died = Promise.withResolvers<undefined>()
  const forever = new Promise<never>(() => undefined)
  let isOver = false
  const isDead = (): boolean => isOver
  const die = (): Promise<never> => {
    isOver = true
    died.resolve(undefined)
    return forever
  }
  return {
    sent,
    died: died.promise,
    close: () => http.close(),
    clock: {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      async wait(ms, signal) {
        await clock.wait(ms, signal)
        if (isDead()) await forever
      },
    },
    http: {
      async request(request) {
        if (isDead()) return forever
        const operation = operationOf(request)
        sent.push(operation)
        const isLast = 'before' in death ? death.before.test(operation) : sent.length === death.request
        if (isLast && ('before' in death || death.answer === 'never sent')) return die()
        const answer = await http.request(request)
        if (!isDead() && !isLast) return answer
        void swallow(answer)
        return die()
      },
      close: () => http.close(),
    },
  }
}
