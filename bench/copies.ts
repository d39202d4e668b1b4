import { randomBytes } from 'node:crypto'
import type { Exchange, ImageStore } from '@slipway/sandbox'
import { Machine } from '../test/bundles/machine.ts'
import type { Part } from './part.ts'
import { home, repositoryOf, second, shopOf } from './shop.ts'
import { startWorld } from './world.ts'

const layers = 12
const layerBytes = 4 * 1024 * 1024
const service = 'service-01'

/** A copy to a second region that has every layer but one, beside one to a region that has none. */
export async function copies(): Promise<Part> {
  const all = await copied(() => undefined)
  const one = await copied((images) => {
    // What the version before it has brought there: all but the layer that is new.
    const [from, to] = [images.repository(home.region, repositoryOf(service)), images.repository(second.region, repositoryOf(service))]
    const newest = [...(from?.blobs ?? [])].findLast(([, bytes]) => bytes.length > layerBytes / 2)?.[0]
    for (const [digest, bytes] of from?.blobs ?? []) if (digest !== newest) to?.blobs.set(digest, bytes)
  })
  const rows = [
    { what: 'none', ...all },
    { what: 'all but one', ...one },
  ]
  return {
    title: 'Copy of an image to a second region',
    notes: [`An image of ${layers} layers of ${layerBytes / 1024 / 1024} MB, that the home region has and nothing builds. Requests are those to the registries; blobs are what was sent. The milliseconds are those of the whole action.`],
    head: ['layers there', 'requests', 'blobs sent', 'ms'],
    rows: rows.map(({ what, exchanges, milliseconds }) => [what, String(exchanges.length), String(sent(exchanges)), milliseconds.toFixed(0)]),
    goals: [{ what: 'blobs that a copy sends where all layers are there but one', goal: '1', measured: String(sent(one.exchanges)), kept: sent(one.exchanges) <= 1 }],
  }
}

function sent(exchanges: readonly Exchange[]): number {
  return exchanges.filter(({ operation, write }) => write && operation === 'registry:PUT upload').length
}

async function copied(before: (images: ImageStore) => void): Promise<{ exchanges: readonly Exchange[]; milliseconds: number }> {
  const world = await startWorld(shopOf(1, [home, second]))
  const { images, ledger } = world.sandbox
  const machine = new Machine('ecr-build-push', world.environment)
  try {
    for (let layer = 0; layer < layers; layer += 1) machine.write(`app/part-${layer}`, randomBytes(layerBytes / 2).toString('hex'))
    machine.write('app/Dockerfile', `FROM scratch\n${Array.from({ length: layers }, (_, layer) => `COPY part-${layer} /app/\n`).join('')}`)
    const inputs = { repository: repositoryOf(service), context: 'app', region: home.region, role: 'arn:aws:iam::111122223333:role/slipway' }
    const build = await machine.step(inputs)
    if (build.exitCode !== 0) throw new Error(`the build failed: ${build.printed}`)
    before(images)
    const since = ledger.exchanges.length
    const startedMs = performance.now()
    const copy = await machine.step({ ...inputs, regions: second.region })
    const milliseconds = performance.now() - startedMs
    if (copy.exitCode !== 0 || copy.outputs['reused'] !== 'true') throw new Error(`the copy failed: ${copy.printed}`)
    return { exchanges: ledger.exchanges.slice(since).filter(({ server }) => server === 'registry'), milliseconds }
  } finally {
    machine.close()
    await world.close()
  }
}
