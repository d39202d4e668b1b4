import { expect, test } from '@jest/globals'
import { at, objectAt } from '@slipway/rollout'
import { environments, read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

const text = (name: string): string => read(`.github/workflows/${name}.yml`)
const [deploy, rollback] = [parseWorkflow(text('deploy')), parseWorkflow(text('rollback'))]

test.each(['deploy', 'rollback'])('the caller workflow %s is short', (name) => {
  expect(text(name).trimEnd().split('\n').length).toBeLessThanOrEqual(20)
})

test('the callers offer the environments of slipway.yml; a deploy asks for services, a rollback for nothing more', () => {
  const inputs = objectAt(deploy, 'on', 'workflow_dispatch', 'inputs')
  expect(inputs).toMatchObject({ environment: { type: 'choice', required: true }, services: { type: 'string', required: true } })
  const undoing = objectAt(rollback, 'on', 'workflow_dispatch', 'inputs') ?? {}
  for (const one of [inputs, undoing]) expect(at(one, 'environment', 'options')).toEqual(environments.map(({ name }) => name))
  expect(Object.keys(undoing).filter((name) => at(undoing, name, 'required') === true)).toEqual(['environment'])
})

test('each caller has one job, pins what it calls by commit, hands on every input, and no secret and no right but two', () => {
  for (const [caller, called] of [[deploy, 'deploy-nonprod'], [rollback, 'rollback']] as const) {
    expect(at(caller, 'permissions')).toEqual({ 'id-token': 'write', contents: 'read' })
    const inputs = Object.keys(objectAt(caller, 'on', 'workflow_dispatch', 'inputs') ?? {})
    expect(Object.values(objectAt(caller, 'jobs') ?? {})).toEqual([
      { uses: expect.stringMatching(new RegExp(`^acme/slipway/\\.github/workflows/${called}\\.yml@[0-9a-f]{40}$`)), with: Object.fromEntries(inputs.map((name) => [name, `\${{ inputs.${name} }}`])) },
    ])
  }
})
