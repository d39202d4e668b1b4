import { expect, jest, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRunner, type Runner, type RunResult } from '@slipway/workflow-runner'

const checkout = join(import.meta.dirname, '../..')

jest.setTimeout(30_000)

test.each([
  ['a click', (runner: Runner) => runner.dispatch({ workflow: 'deploy.yml', ref: 'main', inputs: { environment: 'staging', services: 'all' }, actor: 'alice' })],
  ['a version tag', async (runner: Runner) => only(await runner.push({ ref: 'refs/tags/v1.0.0', actor: 'carol' }))],
])('without a project file a run by %s ends at once, with a notice and without looking for Slipway', async (_, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'nothing-'))
  const [shop, slipway] = [join(folder, 'shop'), join(folder, 'slipway')]
  cpSync(join(checkout, 'examples/shop/.github'), join(shop, '.github'), { recursive: true })
  mkdirSync(slipway)
  cpSync(join(checkout, '.github'), join(slipway, '.github'), { recursive: true })
  const git = (...args: string[]): Buffer => execFileSync('git', ['-C', shop, '-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', ...args])
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'No project file')
  git('tag', 'v1.0.0')
  const runner = createRunner({
    repository: { name: 'acme/shop', path: shop },
    repositories: { 'acme/slipway': slipway },
    environment: {},
    secrets: {},
    variables: {},
    workFolder: join(folder, 'work'),
    onEvent: () => undefined,
  })
  try {
    const { conclusion, jobs } = await start(runner)
    expect([conclusion, jobs.map((job) => job.conclusion)]).toEqual(['success', ['success', 'skipped', 'skipped']])
    expect(jobs[0]?.annotations).toEqual([expect.objectContaining({ level: 'notice', title: 'Nothing to deploy' })])
    expect(jobs[0]?.steps.filter((step) => step.conclusion !== 'skipped')).toHaveLength(2)
  } finally {
    await runner.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

function only([run, ...others]: readonly RunResult[]): RunResult {
  if (run === undefined || others.length > 0) throw new Error(`the tag started ${others.length + (run === undefined ? 0 : 1)} runs`)
  return run
}
