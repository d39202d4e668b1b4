import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readInputs } from '../src/inputs.ts'
import { namesOf } from '../src/names.ts'

test('the names of a run are those of its environment, targets, services and objects', async () => {
  const values = { services: 'cart', environment: 'staging', targets: 'eu' }
  const settings = await readInputs({ raw: { values, unknown: [] }, workspace: join(import.meta.dirname, 'fixtures', 'shop'), ref: 'refs/heads/staging', refName: 'staging', environment: {} })
  expect(namesOf(settings, 'staging').sort()).toEqual(['cart', 'cart-config', 'cart-db', 'cart-env', 'cart-keys', 'eu', 'eu-west-1', 'nonprod', 'slipway', 'staging'])
})
