import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { at, listAt, objectAt, textAt } from '@slipway/rollout'
import { read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

const root = join(import.meta.dirname, '../..')
const ours = (name: string) => parseWorkflow(readFileSync(join(root, '.github/workflows', name), 'utf8'))

test.each([
  ['deploy', 'deploy', 'deploy-nonprod.yml'],
  ['deploy-production', 'production', 'deploy-production.yml'],
  ['rollback', 'rollback', 'rollback.yml'],
])('the caller %s gives the workflow that it calls every input that it must have, and none that it does not know', (caller, job, file) => {
  const declared = objectAt(ours(file), 'on', 'workflow_call', 'inputs') ?? {}
  const given = Object.keys(objectAt(parseWorkflow(read(`.github/workflows/${caller}.yml`)), 'jobs', job, 'with') ?? {})
  const needed = Object.keys(declared).filter((name) => at(declared, name, 'required') === true)
  expect(given.filter((name) => !Object.hasOwn(declared, name))).toEqual([])
  expect(needed.filter((name) => !given.includes(name))).toEqual([])
})

describe('the workflow of a rollback', () => {
  const workflow = ours('rollback.yml')
  const steps = listAt(workflow, 'jobs', 'rollback', 'steps')

  test('waits for no other run, and asks for no right but to read and to sign in', () => {
    expect([at(workflow, 'concurrency'), at(workflow, 'jobs', 'rollback', 'concurrency'), at(workflow, 'permissions')]).toEqual([undefined, undefined, {}])
    expect(Object.keys(objectAt(workflow, 'jobs') ?? {})).toEqual(['rollback'])
    expect(at(workflow, 'jobs', 'rollback', 'permissions')).toEqual({ contents: 'read', 'id-token': 'write' })
  })

  test('reads the project file from the default branch, and pins what it uses by commit', () => {
    expect(steps[0]).toMatchObject({ with: { ref: '${{ github.event.repository.default_branch }}', 'persist-credentials': false } })
    for (const uses of steps.flatMap((step) => textAt(step, 'uses') ?? [])) expect(uses).toMatch(/^\.\/\.slipway\/actions\/rollback$|@[0-9a-f]{40}$/)
  })

  test('can be clicked with everything that can be called, apart from where things lie', () => {
    const clicked = Object.keys(objectAt(workflow, 'on', 'workflow_dispatch', 'inputs') ?? {})
    const called = Object.keys(objectAt(workflow, 'on', 'workflow_call', 'inputs') ?? {})
    expect(called.filter((name) => !clicked.includes(name))).toEqual(['project-file', 'slipway-path', 'github-environment'])
    expect(clicked.filter((name) => !called.includes(name))).toEqual([])
  })

  test('hands every input of the click to the action, which knows them all', () => {
    const action: unknown = parse(readFileSync(join(root, 'actions/rollback/action.yml'), 'utf8'))
    const given = objectAt(steps.at(-1), 'with') ?? {}
    for (const name of Object.keys(given)) expect(action).toMatchObject({ inputs: { [name]: expect.anything() } })
    for (const name of Object.keys(objectAt(workflow, 'on', 'workflow_dispatch', 'inputs') ?? {})) expect(given[name]).toBe(`\${{ inputs.${name} }}`)
  })

  test('hands on the action\'s outputs', () => {
    for (const [name, value] of Object.entries(objectAt(workflow, 'jobs', 'rollback', 'outputs') ?? {})) expect(value).toBe(`\${{ steps.rollback.outputs.${name} }}`)
  })
})
