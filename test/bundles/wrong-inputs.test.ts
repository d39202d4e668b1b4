import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { startSandbox, type Sandbox } from '@slipway/sandbox'
import { parse } from 'yaml'
import { Machine, type StepEnd } from './machine.ts'

const wrong: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ecr-build-push': { repository: 'Shop/cart', context: '../x', cache: 'gha', push: 'maybe', 'expected-account': '12' },
  'k8s-config-sync': { cluster: '--server=http://evil', namespace: 'Shop', region: 'mars', name: 'x_y', files: '../../etc/passwd', template: '' },
  rollback: { cluster: 'a b', namespace: '..', region: '-o', services: 'Cart', to: '0', of: '-x', secrets: 'old', block: 'no', unblock: '-u', list: 'yes', timeout: '10abc', soak: '-1' },
  'k8s-rollout': { cluster: 'a b', namespace: '..', region: '-o', services: 'cart, web', manifests: '/etc', timeout: '10abc', soak: '-1', 'lock-timeout': '1e9' },
  'tag-release': { service: 'Cart', bump: 'huge', version: '01.2.3', ref: 'v1..2', paths: '../x', 'project-file': '/etc/passwd', release: 'yes', draft: '1', start: 'deploy', 'dry-run': 'no' },
}
const forged = 'a\n::add-mask::e\n##[set-output name=outcome]changed\r::error::forged\u001b[2J'
const actions = globSync('actions/*/action.yml').map((file) => basename(dirname(file))).sort()

let sandbox: Sandbox
let machine: Machine | undefined
beforeAll(async () => {
  sandbox = await startSandbox({ account: '111122223333', regions: ['eu-west-1'] })
})
afterAll(async () => {
  await sandbox.close()
})
afterEach(() => {
  machine?.close()
})

async function run(action: string, inputs: Readonly<Record<string, string>>): Promise<StepEnd> {
  machine = new Machine(action, { PATH: process.env['PATH'] ?? '', ...sandbox.environment(), ...sandbox.staticCredentials() })
  return machine.step(inputs)
}

test('every action is tried', () => {
  expect(Object.keys(wrong).sort()).toEqual(actions)
})

test.each(actions)('%s tells every wrong input at once, with input, value, rule and fix, and asks nobody', async (action) => {
  const before = sandbox.ledger.exchanges.length
  const inputs = wrong[action] ?? {}
  const end = await run(action, inputs)
  const annotations = end.printed.split('\n').filter((line) => line.startsWith('::error '))
  for (const [input, value] of Object.entries(inputs).filter(([, text]) => text !== '')) {
    const told = annotations.filter((line) => line.includes(`"${input}"`))
    expect([input, told.length]).toEqual([input, expect.any(Number)])
    expect(told.length).toBeGreaterThan(0)
    if (!value.includes(',')) expect(told.join('\n')).toContain(value)
    // what: rule. Fix. [code]
    for (const line of told) expect(line).toMatch(/^::error title=input-(?:invalid|conflict|missing)::.+: .+\. [A-Z].+\. \[input-/)
  }
  expect(end.exitCode).toBe(1)
  expect(end.summary).toContain('refused')
  expect(sandbox.ledger.exchanges.slice(before)).toEqual([])
})

test.each(actions)('%s refuses within a second', async (action) => {
  // The fastest of three: what the machine does besides is not the action's.
  const spans: number[] = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const startedAt = performance.now()
    await run(action, wrong[action] ?? {})
    spans.push(performance.now() - startedAt)
    machine?.close()
  }
  expect(Math.min(...spans)).toBeLessThan(1000)
})

test.each(actions)('%s writes every declared output on a path that fails, and prints what is forged as text', async (action) => {
  const declared: unknown = parse(readFileSync(`actions/${action}/action.yml`, 'utf8'))
  const end = await run(action, { services: forged, environment: forged, region: forged, 'project-file': forged, role: forged })
  expect(Object.keys(end.outputs).sort()).toEqual(namesIn(declared, 'outputs').sort())
  expect(end.outputs['outcome']).toBe('refused')
  expect(end.printed).not.toMatch(/##\[|\u001b/)
  const commands = end.printed.split(/\r|\n/).filter((line) => /^\s*::/.test(line))
  expect(commands.filter((line) => !/^::error title=[a-z-]+(?:,|::)/.test(line))).toEqual([])
})

test.each(actions)('%s refuses a stranger\'s run before it signs in', async (action) => {
  machine = new Machine(action, { PATH: process.env['PATH'] ?? '', ...sandbox.environment(), ...sandbox.staticCredentials() })
  const before = sandbox.ledger.exchanges.length
  const end = await machine.step({}, { GITHUB_EVENT_NAME: 'pull_request_target' })
  expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
  expect(end.printed).toContain('event-refused')
  expect(sandbox.ledger.exchanges.slice(before)).toEqual([])
})

function namesIn(description: unknown, key: string): string[] {
  const block: unknown = typeof description === 'object' && description !== null ? Object.entries(description).find(([name]) => name === key)?.[1] : undefined
  return typeof block === 'object' && block !== null ? Object.keys(block) : []
}
