import { afterAll, beforeAll, describe } from '@jest/globals'
import { clients } from './registry/clients.ts'
import { protocol } from './registry/protocol.ts'
import { speakTo, type OpenRegistry, type Served } from './registry/served.ts'

/** What an OCI registry must do for Slipway, whoever plays it. */
export function registryContract(name: string, open: () => Promise<Served>): void {
  describe(name, () => {
    let registry: OpenRegistry | undefined
    beforeAll(async () => {
      registry = speakTo(await open())
    })
    afterAll(() => registry?.close())
    const opened = (): OpenRegistry => {
      if (registry === undefined) throw new Error('the registry is not open')
      return registry
    }
    for (const declare of [protocol, clients]) declare(opened)
  })
}
