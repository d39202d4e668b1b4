import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '@slipway/release'
import { at, listAt, objectAt, textAt } from '@slipway/rollout'
import { parse } from 'yaml'
import { parseWorkflow } from './workflow.ts'

const root = join(import.meta.dirname, '../..')
const ours = (name: string): JsonObject => parseWorkflow(readFileSync(join(root, '.github/workflows', `${name}.yml`), 'utf8'))
const [chain, production] = [ours('deploy'), ours('deploy-production')]
const jobs = Object.entries(objectAt(chain, 'jobs') ?? {})
const least = { contents: 'read', 'id-token': 'write' }

test('no job has a right but to read and to sign in, and no run waits for another', () => {
  for (const workflow of [chain, production]) expect([at(workflow, 'permissions'), at(workflow, 'concurrency')]).toEqual([{}, undefined])
  for (const job of [...jobs.map(([, each]) => each), at(production, 'jobs', 'deploy')]) expect(job).toMatchObject({ permissions: least })
})

test('the job that builds has no environment, so that it gets no role that deploys; the deploy job never builds', () => {
  const environments = Object.fromEntries(jobs.map(([id, job]) => [id, at(job, 'environment')]))
  expect(environments).toEqual({ preflight: { name: "${{ !inputs.gated && inputs.environment || '' }}", deployment: false }, build: undefined, deploy: '${{ inputs.environment }}' })
  const actionsOf = (id: string): string[] => listAt(chain, 'jobs', id, 'steps').flatMap((step) => /^\.\/\.slipway\/actions\/(.+)$/.exec(textAt(step, 'uses') ?? '')?.[1] ?? [])
  expect([actionsOf('build'), actionsOf('deploy')]).toEqual([['ecr-build-push'], ['k8s-config-sync', 'k8s-rollout', 'k8s-config-sync', 'k8s-rollout']])
})

test('what is used is pinned by commit, and each action is given no input that it does not know', () => {
  for (const step of jobs.flatMap(([, job]) => listAt(job, 'steps'))) {
    const uses = textAt(step, 'uses')
    if (uses === undefined) continue
    expect(uses).toMatch(/^\.\/\.slipway\/actions\/[\w-]+$|@[0-9a-f]{40}$/)
    const [, action] = /^\.\/\.slipway\/actions\/(.+)$/.exec(uses) ?? []
    if (action === undefined) continue
    const declared: unknown = parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8'))
    for (const name of Object.keys(objectAt(step, 'with') ?? {})) expect(declared).toMatchObject({ inputs: { [name]: expect.anything() } })
  }
})

test('version tags start it; a click on one can say all that a call can, but where things lie; and all is handed on', () => {
  const [clicked, called] = ['workflow_dispatch', 'workflow_call'].map((event) => Object.keys(objectAt(production, 'on', event, 'inputs') ?? {}))
  expect(at(production, 'on', 'push')).toEqual({ tags: ['v*', '*/v*'] })
  expect(called?.filter((name) => clicked?.includes(name) !== true)).toEqual(['environment', 'project-file', 'slipway-path', 'configuration-repository', 'configuration-ref'])
  expect(clicked?.filter((name) => called?.includes(name) !== true)).toEqual([])
  const given = objectAt(production, 'jobs', 'deploy', 'with') ?? {}
  expect(given).toMatchObject({ gated: true, ...Object.fromEntries((called ?? []).map((name) => [name, expect.stringContaining(`inputs.${name}`)])) })
  expect(Object.keys(given).filter((name) => at(chain, 'on', 'workflow_call', 'inputs', name) === undefined)).toEqual([])
})
