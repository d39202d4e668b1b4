import { expect, test } from '@jest/globals'
import type { Resource } from '@slipway/sandbox'
import { join } from 'node:path'
import { livesBySettings } from '../src/settings-life.ts'

const example = join(import.meta.dirname, '..', '..', '..', 'examples', 'shop')
const metadata = (name: string, labels = {}) => ({ name, namespace: 'shop', uid: name, resourceVersion: '1', creationTimestamp: '', labels })
const pod = (name: string): Resource => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(`${name}-1`, { 'app.kubernetes.io/name': name }),
  spec: {
    containers: [{
      envFrom: [{ configMapRef: { name: 'cart-env' } }],
      env: [
        { name: 'DB_USERNAME', valueFrom: { secretKeyRef: { name: 'cart-db', key: 'username' } } },
        { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'cart-db', key: 'password' } } },
        { name: 'CART_MAX_LINES', valueFrom: { configMapKeyRef: { name: 'cart-env', key: 'max' } } },
        { name: 'CART_IDLE_HOURS', value: '72' },
      ],
    }],
  },
})
const holding = (timeout: string) => ({
  objects: (kind: string): Resource[] =>
    kind === 'Secret'
      ? [{ apiVersion: 'v1', kind, metadata: metadata('cart-db'), data: { username: 'YQ==', password: 'Yg==' } }]
      : [{ apiVersion: 'v1', kind, metadata: metadata('cart-env'), data: { DB_HOST: 'db', DB_TIMEOUT_MS: timeout, max: '100' } }],
})

test("a pod of cart ends where cart's own sources cannot read the settings that it is given", async () => {
  const lives = await livesBySettings(example)
  expect(lives(holding('2500'))(pod('cart'), {})).toBeUndefined()
  expect(lives(holding('2,500'))(pod('cart'), {})).toMatchObject({ crash: { exitCode: 1, log: expect.arrayContaining(['Error: cart cannot start: DB_TIMEOUT_MS is no whole number']) } })
  expect(lives(holding('2,500'))(pod('web'), {})).toBeUndefined()
})

test('a shop without a cart has pods all the same', async () => {
  const lives = await livesBySettings(import.meta.dirname)
  expect(lives(holding('2,500'))(pod('cart'), {})).toBeUndefined()
})
