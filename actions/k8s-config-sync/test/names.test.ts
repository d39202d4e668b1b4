import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readProjectFile } from '@slipway/action-host'
import { parseProject } from '@slipway/project'
import { readInputs } from '../src/inputs.ts'
import { namesOf } from '../src/names.ts'

test('the names of a run are those of its environment, targets, services and objects', async () => {
  const values = { services: 'cart', environment: 'staging', targets: 'eu' }
  const workspace = join(import.meta.dirname, 'fixtures', 'shop')
  const settings = await readInputs({ raw: { values, unknown: [] }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), workspace, ref: 'refs/heads/staging', refName: 'staging', environment: {} })
  expect(namesOf(settings, 'staging').sort()).toEqual(['cart', 'cart-config', 'cart-db', 'cart-env', 'cart-keys', 'eu', 'eu-west-1', 'nonprod', 'slipway', 'staging'])
})
