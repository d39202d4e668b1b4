import { describe, expect, test } from '@jest/globals'
import { systemClock, type Clock } from '@slipway/wire'
import { core } from './objects.ts'
import { told, type ApiServer } from './server.ts'

/** A server that has too much to do. */
export function busy(opened: () => ApiServer): void {
  describe('a busy server', () => {
    test('is asked again when it says so', async () => {
      const server = opened()
      let relieve: (() => Promise<void>) | undefined = await server.overwhelm()
      const waits: number[] = []
      // Meanwhile there is less to do.
      const clock: Clock = {
        ...systemClock,
        async wait(ms) {
          waits.push(ms)
          await relieve?.()
          relieve = undefined
        },
      }
      const found = server.client({ as: 'reader', clock }).get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'contract', name: 'none' })
      expect(await found.finally(() => relieve?.())).toBeUndefined()
      expect(waits[0]).toBe(1000)
      expect(told(await server.send('GET', core('contract', 'configmaps', 'none')))).toEqual([404, 'configmaps "none" not found'])
    })
  })
}
