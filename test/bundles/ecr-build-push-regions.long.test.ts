import { expect, test } from '@jest/globals'
import { startSandbox } from '@slipway/sandbox'
import { Machine } from './machine.ts'

const home = 'eu-west-1'
const other = 'us-east-1'
const project = `version: 1
registry: { account: "111122223333", region: eu-west-1, regions: [us-east-1] }
services:
  cart: { image: { repository: shop/cart, context: cart, platforms: [linux/amd64, linux/arm64] } }
  redis: {}
environments:
  staging: { targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }] }
`

test('a copy to another region that is killed at any request is put right by the next run, which sends nothing that is there', async () => {
  const sandbox = await startSandbox({ account: '111122223333', regions: [home, other], buildxDriver: 'docker-container' })
  const machine = new Machine('ecr-build-push', { PATH: `${sandbox.binFolder}:${process.env['PATH'] ?? ''}`, ...sandbox.environment(), ...sandbox.staticCredentials() })
  try {
    machine.write('slipway.yml', project)
    machine.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
    machine.write('cart/server.js', 'v1')
    for (const region of [home, other]) sandbox.images.createRepository(region, 'shop/cart')
    const inputs = { services: 'all', environment: 'staging', cache: 'none' }
    expect((await machine.step(inputs)).outputs['outcome']).toBe('changed')
    const held = (region: string) => {
      const { tags, manifests, blobs } = sandbox.images.repository(region, 'shop/cart') ?? sandbox.images.createRepository(region, 'shop/cart')
      return { tags: [...tags].sort(), manifests: [...manifests.keys()].sort(), blobs: [...blobs.keys()].sort() }
    }
    const whole = held(home)
    let killed = true
    let last = 0
    while (killed) {
      last += 1
      sandbox.images.createRepository(other, 'shop/cart')
      let kill: (() => void) | undefined
      let seen = 0
      killed = false
      sandbox.ledger.onRequest = () => {
        seen += 1
        if (seen !== last) return
        killed = true
        kill?.()
      }
      // This line comes before the first request to AWS.
      await machine.step(inputs, {}, {}, { after: /redis: no image of its own/, then: (send) => { kill = () => { send('SIGKILL') } } })
      sandbox.ledger.onRequest = undefined
      const before = held(other).blobs.length
      const at = sandbox.ledger.exchanges.length
      expect((await machine.step(inputs)).exitCode).toBe(0)
      const sent = sandbox.ledger.exchanges.slice(at).filter(({ operation, write }) => write && operation === 'registry:PUT upload')
      expect(sent.length).toBeLessThanOrEqual(whole.blobs.length - before)
      expect([held(other), held(home)]).toEqual([whole, whole])
    }
    expect(last).toBeGreaterThan(30)
  } finally {
    machine.close()
    await sandbox.close()
  }
}, 600_000)
