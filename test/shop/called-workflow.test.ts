import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { at, objectAt } from '@slipway/rollout'
import { read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

test('the caller gives the workflow that it calls every input that it must have, and none that it does not know', () => {
  const called = parseWorkflow(readFileSync(join(import.meta.dirname, '../../.github/workflows/deploy-nonprod.yml'), 'utf8'))
  const declared = objectAt(called, 'on', 'workflow_call', 'inputs') ?? {}
  const given = Object.keys(objectAt(parseWorkflow(read('.github/workflows/deploy.yml')), 'jobs', 'deploy', 'with') ?? {})
  const needed = Object.keys(declared).filter((name) => at(declared, name, 'required') === true)
  expect(given.filter((name) => !Object.hasOwn(declared, name))).toEqual([])
  expect(needed.filter((name) => !given.includes(name))).toEqual([])
})
