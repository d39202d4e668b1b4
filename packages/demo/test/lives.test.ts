import { expect, test } from '@jest/globals'
import { startSandbox, type LifeScript } from '@slipway/sandbox'
import { liveByImage } from '../src/lives.ts'

const region = 'eu-west-1'

test('pods of the images that come while a life is given live so, also later; pods of other images do not', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions: [region] })
  try {
    const seed = (text: string): string => sandbox.images.seedImage({ region, repository: 'shop/cart', files: { text } })
    const scripts: LifeScript[] = []
    const cluster = { script: (life: LifeScript) => (scripts.push(life), () => undefined) }
    const lifeOf = (digest: string): unknown => scripts[0]?.({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'cart-1', namespace: 'staging', uid: '1', resourceVersion: '1', creationTimestamp: '' }, spec: { containers: [{ image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart@${digest}` }] } }, {})
    const earlier = seed('earlier')
    const end = liveByImage(sandbox.images, cluster, (namespace) => ({ startError: `no program in ${namespace}` }))
    const bad = seed('bad')
    const during = lifeOf(bad)
    end()
    const later = seed('later')
    expect(during).toEqual({ startError: 'no program in staging' })
    expect([earlier, bad, later].map(lifeOf)).toEqual([undefined, during, undefined])
  } finally {
    await sandbox.close()
  }
})
