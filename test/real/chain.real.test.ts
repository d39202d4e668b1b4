import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop('cart')
})
afterAll(() => shop.close())

const serves = 'exec sleep 3600'
let good = ''

test('a new service is built with BuildKit, pulled by a real node, and seen healthy', async () => {
  const { build, rollout } = await shop.deploy('1.0.0', serves)
  expect(rollout.exitCode === 0 ? rollout.outputs['outcome'] : rollout.printed).toBe('changed')
  good = build.outputs['digest'] ?? ''
  expect(await shop.running()).toEqual({ image: expect.stringContaining(`shop/cart@${good}`), ready: 2 })
})

test('the same again changes nothing', async () => {
  const { build, rollout } = await shop.deploy('1.0.0', serves)
  expect([build.outputs['outcome'], rollout.outputs['outcome'], rollout.exitCode]).toEqual(['unchanged', 'unchanged', 0])
})

test('a version that crashes at its start is put back, with its last words and without the secret in them', async () => {
  const { rollout } = await shop.deploy('1.1.0', 'echo "cannot open the database with $PASSWORD" >&2; exit 3')
  expect([rollout.exitCode, rollout.outputs['outcome'], rollout.outputs['failure-code']]).toEqual([1, 'rolled-back', 'container-crashed'])
  expect(rollout.printed).toContain('cannot open the database with')
  expect(`${rollout.printed}${rollout.summary}${JSON.stringify(rollout.outputs)}`).not.toContain(shop.secret)
  expect(await shop.running()).toEqual({ image: expect.stringContaining(`shop/cart@${good}`), ready: 2 })
})

test('a rollback brings the version before back', async () => {
  const { build, rollout } = await shop.deploy('1.2.0', 'echo started; exec sleep 3600')
  expect(rollout.outputs['outcome']).toBe('changed')
  expect(build.outputs['digest']).not.toBe(good)
  const back = await shop.rollback()
  expect([back.exitCode, back.outputs['outcome']]).toEqual([0, 'rolled-back'])
  expect(await shop.running()).toEqual({ image: expect.stringContaining(`shop/cart@${good}`), ready: 2 })
})
