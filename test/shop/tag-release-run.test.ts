import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import { createRunner, type Runner, type RunResult } from '@slipway/workflow-runner'

jest.setTimeout(60_000)
const root = join(import.meta.dirname, '../..')
const github = new GitHubRepository('acme/shop')
let folder: string
let server: RunningServer
let runner: Runner
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tag-release-'))
  cpSync(join(root, 'examples/shop'), join(folder, 'shop'), { recursive: true })
  // No cluster is here that could have proven anything: production.test.ts tries that.
  const caller = join(folder, 'shop/.github/workflows/tag-release.yml')
  writeFileSync(caller, readFileSync(caller, 'utf8').replace(', requires: staging', ''))
  git('init', '--quiet', '--initial-branch', 'main')
  commit('The shop')
  // Whatever the job's token is: the runner makes one for each run.
  server = await startGitHub({ ledger: new Ledger(), repositories: [github], tokens: { get: () => ({ kind: 'job', rights: ['contents: write', 'actions: write'] }) } })
  github.workflows.set('deploy-production.yml', { tags: /^(?:[^/]+\/)?v/, dispatch: true })
  runner = createRunner({
    repository: { name: 'acme/shop', path: join(folder, 'shop') },
    repositories: { 'acme/slipway': root },
    environment: { GITHUB_API_URL: server.url },
    secrets: {},
    variables: {},
    workFolder: join(folder, 'runs'),
    onEvent: () => undefined,
  })
})
afterAll(async () => {
  await runner.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a click tags a service with its own changes, by the real workflow files, as the workflow runner runs them', async () => {
  const first = await click({ service: 'cart' })
  expect([first.conclusion, Object.keys(Object.fromEntries(github.refs)).filter((name) => name.startsWith('refs/tags/'))]).toEqual(['success', ['refs/tags/cart/v1.0.0']])
  change('services/web/src/server.js')
  commit('feat!: another web')
  change('config/dev/cart/cart.env')
  const sha = commit('fix: longer idle hours in dev')
  const second = await click({ service: 'cart' })
  expect([second.conclusion, github.refs.get('refs/tags/cart/v1.0.1')?.sha, github.runs.map(({ branch }) => branch)]).toEqual(['success', sha, ['cart/v1.0.0', 'cart/v1.0.1']])
  expect(github.releases.at(-1)?.body).toBe(`### Fixes\n\n- longer idle hours in dev (${sha.slice(0, 7)})\n\nSince cart/v1.0.0, only what touched cart.`)
})

function click(inputs: Record<string, string>): Promise<RunResult> {
  return runner.dispatch({ workflow: 'tag-release.yml', ref: 'main', inputs, actor: 'alice' })
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', join(folder, 'shop'), '-c', 'user.name=alice', '-c', 'user.email=alice@example.com', ...args], { encoding: 'utf8' }).trim()
}

function change(path: string): void {
  appendFileSync(join(folder, 'shop', path), '\n')
}

/** A commit in git, and the same one pushed to GitHub. */
function commit(message: string): string {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
  const sha = git('rev-parse', 'HEAD')
  const parents = git('log', '-1', '--format=%P').split(' ').filter((parent) => parent !== '')
  github.commits.set(sha, { sha, parents, message, date: new Date(Date.UTC(2026, 0, 1) + github.commits.size * 60_000).toISOString(), files: git('show', '--format=', '--name-only', 'HEAD').split('\n') })
  github.refs.set('refs/heads/main', { sha, type: 'commit' })
  return sha
}
