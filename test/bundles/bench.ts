import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname } from 'node:path'
import { expect } from '@jest/globals'
import { mapLimit } from '@slipway/wire'
import { parse } from 'yaml'
import { commandsIn, valueAt } from './cluster.ts'
import { Machine, type StepEnd } from './machine.ts'

/** Every action's name. */
export const actions = globSync('actions/*/action.yml').map((file) => basename(dirname(file))).sort()

/** What an action.yml declares. */
export function declared(action: string, section: 'inputs' | 'outputs'): string[] {
  const description: unknown = parse(readFileSync(`actions/${action}/action.yml`, 'utf8'))
  const block = valueAt(description, section)
  return typeof block === 'object' && block !== null ? Object.keys(block) : []
}

/** Inputs that are right for an action as far as they go, without a project file. */
export const plain: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'ecr-build-push': { repository: 'shop/cart', region: 'eu-west-1', context: 'cart' },
  'k8s-config-sync': { cluster: 'nonprod', namespace: 'staging', region: 'eu-west-1', name: 'cart-env', literals: 'MODE=on' },
  'k8s-rollout': { cluster: 'nonprod', namespace: 'staging', region: 'eu-west-1', services: 'cart', manifests: 'k8s', image: `shop/cart@sha256:${'a'.repeat(64)}`, 'registry-account': '111122223333' },
  rollback: { cluster: 'nonprod', namespace: 'staging', region: 'eu-west-1', reason: 'prices are wrong' },
  'tag-release': { version: '1.4.0', start: 'none', 'github-token': 'ghs_ofAnApp' },
}

/** A network with nothing behind it: whoever asks anybody anything knocks here, and is counted. */
export interface Wall {
  /** Of one step; what it asks for its job's own token is known by it. */
  environment(): Readonly<Record<string, string>>
  /** All but the first request of each step for its job's own token, which is asked for ahead and changes nothing. */
  knocks(): number
  tokens(): number
  close(): Promise<void>
}

/** Starts a wall, with credentials that would let every request be sent. */
export async function startWall(): Promise<Wall> {
  let knocks = 0
  let steps = 0
  const asked = new Set<string>()
  const server = createServer((socket) => {
    knocks += 1
    socket.on('error', () => undefined).once('data', (bytes) => {
      const [, step] = /^GET \S*\/token\?api-version=2&step=(\d+)&audience=sts\.amazonaws\.com HTTP/.exec(bytes.toString('latin1')) ?? []
      if (step !== undefined && !asked.has(step)) {
        knocks -= 1
        asked.add(step)
      }
      socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  return {
    environment: () => ({ PATH: process.env['PATH'] ?? '', AWS_ENDPOINT_URL: url, HTTPS_PROXY: url, HTTP_PROXY: url, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2&step=${(steps += 1)}`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' }),
    knocks: () => knocks,
    tokens: () => asked.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}

/** One attempt of a table. */
export interface Attempt {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  prepare?(machine: Machine): void
}

/** Makes attempts, each on a machine of its own, three at a time. */
export async function attempts<One extends Attempt>(wall: Pick<Wall, 'environment'>, table: readonly One[]): Promise<{ readonly attempt: One; readonly end: StepEnd }[]> {
  return mapLimit(table, 3, async (attempt) => {
    const machine = new Machine(attempt.action, wall.environment())
    try {
      attempt.prepare?.(machine)
      return { attempt, end: await machine.step(attempt.inputs, attempt.environment) }
    } finally {
      machine.close()
    }
  })
}

/** The annotations of a step that are errors. */
export function errorsOf({ printed }: StepEnd): string[] {
  return printed.split('\n').filter((line) => line.startsWith('::error '))
}

/** What every refusal looks like: red, told in full, every output written, and no line or cell that somebody forged. */
export function expectRefused(action: string, end: StepEnd): void {
  expect([action, end.exitCode, end.outputs['outcome']]).toEqual([action, 1, 'refused'])
  expectInert(action, end)
  expect(errorsOf(end)).not.toEqual([])
  // what: rule. Fix. [code]
  for (const line of errorsOf(end)) expect(line).toMatch(/^::error title=([a-z]+(?:-[a-z]+)+)(?:,[^:]*)?::.+: .+\. \S.+\. \[\1\]$/)
  expect(end.printed).not.toContain('title=bug')
  expect(end.summary).toMatch(/^### .*refused/)
}

/** Nothing that a step leaves behind is a command, or an output that it did not mean to write. */
export function expectInert(action: string, end: StepEnd): void {
  expect(Object.keys(end.outputs).sort()).toEqual(declared(action, 'outputs').sort())
  expect(end.printed).not.toMatch(/##\[|[\u0000-\u0008\u000b-\u001f\u007f]/)
  expect(commandsIn(end.printed).filter((command) => !['error', 'warning', 'notice', 'add-mask'].includes(command))).toEqual([])
  expect(end.printed.split(/\r|\n/).filter((line) => /^\s*::(?:error|warning|notice)/.test(line) && !/^::(?:error title=[a-z-]+|warning|notice)(?:,|::| file=)/.test(line))).toEqual([])
  expect(end.summary).not.toMatch(/\u001b|##\[/)
  // What stands in a block is text, whatever it says.
  expect(end.summary.replace(/^(`{3,})text$[^]*?^\1$/gm, '')).not.toMatch(/<(?!\/?(?:details|summary|code)>)|\*x\*/)
}
