import { expect, test } from '@jest/globals'
import { at, objectAt } from '@slipway/rollout'
import { environments, read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

const text = (name: string): string => read(`.github/workflows/${name}.yml`)
const [deploy, production, rollback] = [parseWorkflow(text('deploy')), parseWorkflow(text('deploy-production')), parseWorkflow(text('rollback'))]

test.each(['deploy', 'deploy-production', 'rollback'])('the caller workflow %s is short', (name) => {
  expect(text(name).trimEnd().split('\n').length).toBeLessThanOrEqual(20)
})

test('the callers offer the environments of slipway.yml, production but to tags; a deploy asks for services, a rollback for nothing more', () => {
  const inputs = objectAt(deploy, 'on', 'workflow_dispatch', 'inputs')
  expect(inputs).toMatchObject({ environment: { type: 'choice', required: true }, services: { type: 'string', required: true } })
  const undoing = objectAt(rollback, 'on', 'workflow_dispatch', 'inputs') ?? {}
  const names = environments.map(({ name }) => name)
  expect([at(inputs, 'environment', 'options'), at(undoing, 'environment', 'options')]).toEqual([names.filter((name) => name !== 'production'), names])
  const tags = environments.find(({ name }) => name === 'production')?.tags
  expect([at(production, 'on', 'push'), objectAt(production, 'on', 'workflow_dispatch', 'inputs', 'environment')]).toEqual([{ tags }, undefined])
  expect(Object.keys(undoing).filter((name) => at(undoing, name, 'required') === true)).toEqual(['environment'])
})

/** A push has no inputs, and nothing is neither a boolean nor all services. */
const onAPush = { services: "${{ inputs.services || 'all' }}", 'allow-downgrade': '${{ inputs.allow-downgrade || false }}' }
/** GitHub keeps a branch out of an environment that takes tags. */
const inAnEnvironment = { 'github-environment': "${{ inputs.environment == 'production' && 'production-rollback' || '' }}" }

test('each caller has one job, pins what it calls by commit, hands on every input, and no secret and no right but two', () => {
  for (const [caller, called, more] of [[deploy, 'deploy-nonprod', {}], [production, 'deploy-production', onAPush], [rollback, 'rollback', inAnEnvironment]] as const) {
    expect(at(caller, 'permissions')).toEqual({ 'id-token': 'write', contents: 'read' })
    const inputs = Object.keys(objectAt(caller, 'on', 'workflow_dispatch', 'inputs') ?? {})
    expect(Object.values(objectAt(caller, 'jobs') ?? {})).toEqual([
      { uses: expect.stringMatching(new RegExp(`^acme/slipway/\\.github/workflows/${called}\\.yml@[0-9a-f]{40}$`)), with: { ...Object.fromEntries(inputs.map((name) => [name, `\${{ inputs.${name} }}`])), ...more } },
    ])
  }
})
