import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRunner } from '@slipway/workflow-runner'

const checkout = join(import.meta.dirname, '../..')

test('a repository without a project file ends its run at once, with a notice and without looking for Slipway', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nothing-'))
  const [shop, slipway] = [join(folder, 'shop'), join(folder, 'slipway')]
  cpSync(join(checkout, 'examples/shop/.github'), join(shop, '.github'), { recursive: true })
  mkdirSync(slipway)
  cpSync(join(checkout, '.github'), join(slipway, '.github'), { recursive: true })
  const git = (...args: string[]): Buffer => execFileSync('git', ['-C', shop, '-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', ...args])
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'No project file')
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
    const { conclusion, jobs } = await runner.dispatch({ workflow: 'deploy.yml', ref: 'main', inputs: { environment: 'staging', services: 'all' }, actor: 'alice' })
    expect([conclusion, jobs.map((job) => job.conclusion)]).toEqual(['success', ['success', 'skipped', 'skipped']])
    expect(jobs[0]?.annotations).toEqual([expect.objectContaining({ level: 'notice', title: 'Nothing to deploy' })])
    expect(jobs[0]?.steps.filter((step) => step.conclusion !== 'skipped')).toHaveLength(2)
  } finally {
    await runner.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
