import { expect, test } from '@jest/globals'
import { at, objectAt } from '@slipway/rollout'
import { environments, read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

const text = read('.github/workflows/deploy.yml')
const caller = parseWorkflow(text)

test('the caller workflow is short', () => {
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
})

test('the caller offers the environments of slipway.yml, and asks for services', () => {
  const inputs = objectAt(caller, 'on', 'workflow_dispatch', 'inputs')
  expect(inputs).toMatchObject({ environment: { type: 'choice', required: true }, services: { type: 'string', required: true } })
  expect(at(inputs, 'environment', 'options')).toEqual(environments.map(({ name }) => name))
})

test('the caller has one job, pins what it calls by commit, and hands on no secret and no right but two', () => {
  expect(at(caller, 'permissions')).toEqual({ 'id-token': 'write', contents: 'read' })
  expect(Object.values(objectAt(caller, 'jobs') ?? {})).toEqual([
    { uses: expect.stringMatching(/^acme\/slipway\/\.github\/workflows\/deploy-nonprod\.yml@[0-9a-f]{40}$/), with: { environment: '${{ inputs.environment }}', services: '${{ inputs.services }}' } },
  ])
})
