import { afterAll, beforeAll, describe } from '@jest/globals'
import { applies } from './kubernetes/applies.ts'
import { asApplied } from './kubernetes/as-applied.ts'
import { busy } from './kubernetes/busy.ts'
import { lists } from './kubernetes/lists.ts'
import { locks } from './kubernetes/locks.ts'
import { logs } from './kubernetes/logs.ts'
import { ownership } from './kubernetes/ownership.ts'
import { records } from './kubernetes/records.ts'
import { refusals } from './kubernetes/refusals.ts'
import { rights } from './kubernetes/rights.ts'
import { speakTo, type ApiServer, type Served } from './kubernetes/server.ts'
import { watches } from './kubernetes/watches.ts'
import { writes } from './kubernetes/writes.ts'

/** What a Kubernetes API must do for Slipway, whoever plays it. */
export function kubernetesContract(name: string, open: () => Promise<Served>): void {
  describe(name, () => {
    let server: ApiServer | undefined
    beforeAll(async () => {
      server = speakTo(await open())
    })
    afterAll(() => server?.close())
    const opened = (): ApiServer => {
      if (server === undefined) throw new Error('the server is not open')
      return server
    }
    for (const declare of [applies, asApplied, ownership, writes, refusals, rights, lists, watches, locks, records, logs, busy]) declare(opened)
  })
}
