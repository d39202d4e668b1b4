import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@slipway/release'
import { at, listAt, objectAt, textAt } from '@slipway/rollout'
import { parse } from 'yaml'
import { read } from './shop.ts'
import { parseWorkflow } from './workflow.ts'

const root = join(import.meta.dirname, '../..')
const workflow = parseWorkflow(readFileSync(join(root, '.github/workflows/tag-release.yml'), 'utf8'))
const caller = parseWorkflow(read('.github/workflows/tag-release.yml'))
const action: unknown = parse(readFileSync(join(root, 'actions/tag-release/action.yml'), 'utf8'))
const steps = listAt(workflow, 'jobs', 'tag', 'steps')
const namesAt = (value: Json, ...path: string[]): string[] => Object.keys(objectAt(value, ...path) ?? {})

test('the workflow asks for the rights that tag, start and proof take, no other, and keeps nobody waiting', () => {
  expect([at(workflow, 'permissions'), at(workflow, 'jobs', 'tag', 'permissions'), at(workflow, 'concurrency')]).toEqual([{}, { contents: 'write', actions: 'write', 'id-token': 'write' }, undefined])
  for (const uses of steps.flatMap((step) => textAt(step, 'uses') ?? [])) expect(uses).toMatch(/^\.\/\.slipway\/actions\/tag-release$|@[0-9a-f]{40}$/)
})

test('it can be clicked with all that it can be called with, apart from where things lie, and hands all on', () => {
  const [clicked, called] = [namesAt(workflow, 'on', 'workflow_dispatch', 'inputs'), namesAt(workflow, 'on', 'workflow_call', 'inputs')]
  expect(called.filter((name) => !clicked.includes(name))).toEqual(['project-file', 'slipway-path'])
  expect(clicked.filter((name) => !called.includes(name))).toEqual([])
  const given = objectAt(steps.at(-1), 'with') ?? {}
  for (const name of Object.keys(given)) expect(action).toMatchObject({ inputs: { [name]: expect.anything() } })
  for (const name of clicked) expect(given[name]).toBe(`\${{ inputs.${name} }}`)
  for (const name of namesAt(workflow, 'jobs', 'tag', 'outputs')) expect([action, at(workflow, 'jobs', 'tag', 'outputs', name), at(workflow, 'on', 'workflow_call', 'outputs', name, 'value')]).toEqual([expect.objectContaining({ outputs: expect.objectContaining({ [name]: expect.anything() }) }), `\${{ steps.tag.outputs.${name} }}`, `\${{ jobs.tag.outputs.${name} }}`])
})

test('the shop\'s caller is short, pins what it calls, and hands on every input, with the rights that it needs; nothing gets a version that staging has not proven', () => {
  expect(read('.github/workflows/tag-release.yml').trimEnd().split('\n').length).toBeLessThanOrEqual(20)
  expect(at(caller, 'permissions')).toEqual(at(workflow, 'jobs', 'tag', 'permissions'))
  const inputs = namesAt(caller, 'on', 'workflow_dispatch', 'inputs')
  expect(Object.values(objectAt(caller, 'jobs') ?? {})).toEqual([
    { uses: expect.stringMatching(/^acme\/slipway\/\.github\/workflows\/tag-release\.yml@[0-9a-f]{40}$/), with: { ...Object.fromEntries(inputs.map((name) => [name, `\${{ inputs.${name} }}`])), requires: 'staging' } },
  ])
  expect(inputs.filter((name) => !namesAt(workflow, 'on', 'workflow_call', 'inputs').includes(name))).toEqual([])
})
