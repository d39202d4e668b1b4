import { openBed } from '../real/bed/bed.ts'
import { startRegistry } from '../real/bed/registry.ts'
import { registryContract } from './registry.ts'

registryContract('docker-registry', async () => {
  const { url, username, password } = await startRegistry(openBed())
  const here = { name: 'the registry', url, username, password }
  return {
    here,
    // To our clients another host is another registry.
    there: { ...here, name: 'the other registry', url: url.replace('127.0.0.1', 'localhost') },
    // A push makes it.
    make: () => undefined,
    close: () => Promise.resolve(),
  }
})
