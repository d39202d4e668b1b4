import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Project } from '@slipway/project'
import { Failed } from '@slipway/report'
import { GitHubRepository, Ledger, startGitHub, type RunningServer } from '@slipway/sandbox'
import { systemClock } from '@slipway/wire'
import { governedProject, type PolicySource } from '../src/index.ts'

const ledger = new Ledger()
const repositories: GitHubRepository[] = []
let server: RunningServer
let folder: string
let workspace: string
let shop: GitHubRepository
let platform: GitHubRepository
let notices: string[]
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'))
  server = await startGitHub({ ledger, repositories, tokens: new Map([['job', { kind: 'job', rights: ['contents: read'] }], ['blind', { kind: 'job', rights: ['actions: read'] }]]) })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await server.close()
})
beforeEach(() => {
  workspace = mkdtempSync(join(folder, 'work-'))
  shop = new GitHubRepository('acme/shop')
  platform = new GitHubRepository('acme/platform')
  repositories.splice(0, 2, shop, platform)
  ledger.exchanges.length = 0
  notices = []
})

const sha = 'a'.repeat(40)
const environment = (name: string, namespace: string): string => `  ${name}:\n    targets: [{ name: eu, region: eu-west-1, cluster: main, namespace: ${namespace} }]\n`
const policy = (...environments: string[]): string => `version: 1\nenvironments:\n${environments.join('')}`
const file = (service: string, ...environments: string[]): string => `${policy(...environments)}services: { ${service}: {} }\n`
const filesOf = (all: Record<string, string>) => (path: string, ref: string) => all[`${path}@${ref}`]

function read({ file: path = 'slipway.yml', isKnown = true, ref = 'refs/heads/main' }: { file?: string; isKnown?: boolean | undefined; ref?: string } = {}, more: Partial<PolicySource> = {}): Promise<Project> {
  return governedProject(path, {
    run: { repository: 'acme/shop', ref, sha, workspace, ...(isKnown ? { defaultBranch: 'main' } : {}) },
    token: 'job',
    environment: { GITHUB_API_URL: server.url },
    clock: systemClock,
    signal: new AbortController().signal,
    onWait: () => undefined,
    budgetMs: 100,
    notice: (text) => void notices.push(text),
    ...more,
  })
}
const namespaces = ({ environments }: Project): unknown => Object.fromEntries([...environments].map(([name, { targets }]) => [name, targets[0]?.namespace]))
async function failureOf(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  if (!(error instanceof Failed)) throw new Error('nothing failed', { cause: error })
  return error.message
}
const write = (name: string, text: string): void => {
  writeFileSync(join(workspace, name), text)
}

describe('on the default branch', () => {
  test('the checkout says everything: GitHub is not asked, and no token needed', async () => {
    write('slipway.yml', file('cart', environment('staging', 'here')))
    const project = await read({}, { token: '' })
    expect([[...project.services.keys()], namespaces(project), ledger.exchanges, notices]).toEqual([['cart'], { staging: 'here' }, [], []])
  })

  test('another commit that a step has checked out there says nothing: GitHub shows the branch', async () => {
    write('slipway.yml', file('cart', environment('staging', 'mine')))
    shop.files = filesOf({ 'slipway.yml@main': file('cart', environment('staging', 'theirs')) })
    mkdirSync(join(workspace, '.git'))
    write('.git/HEAD', `${sha}\n`)
    expect(namespaces(await read())).toEqual({ staging: 'mine' })
    write('.git/HEAD', `${'b'.repeat(40)}\n`)
    expect(namespaces(await read())).toEqual({ staging: 'theirs' })
  })

  test('also for a rollback on another ref, whose checkout is the default branch', async () => {
    write('slipway.yml', file('cart', environment('staging', 'here')))
    expect(namespaces(await read({ ref: 'refs/tags/v1.0.0' }, { isDefaultCheckedOut: true, token: '' }))).toEqual({ staging: 'here' })
    expect(ledger.exchanges).toEqual([])
  })
})

describe('on another ref', () => {
  test.each([{ ref: 'refs/heads/feature' }, { ref: 'refs/tags/v1.0.0' }, { ref: 'refs/pull/7/merge' }, { ref: 'refs/heads/main', isKnown: false }])('$ref: services are its own, environments and registry those of the default branch, by one request', async ({ ref, isKnown }) => {
    write('slipway.yml', `${file('cart', environment('staging', 'own'), environment('mine', 'mine'))}registry: { account: "999988887777", region: eu-west-1 }\n`)
    shop.files = filesOf({ 'slipway.yml@main': `${file('old', environment('staging', 'theirs'))}registry: { account: "111122223333", region: eu-west-1 }\n` })
    const project = await read({ ref, file: './slipway.yml', isKnown })
    expect([[...project.services.keys()], namespaces(project), project.registry?.account]).toEqual([['cart'], { staging: 'theirs' }, '111122223333'])
    expect(ledger.exchanges.map(({ operation }) => operation)).toEqual(['GET contents/slipway.yml'])
    expect(notices).toEqual([expect.stringMatching(/says something else of the environment staging, the environment mine and the registry than the default branch.*what counts is the default branch$/)])
  })

  test('a policy that is the same is not spoken of', async () => {
    write('slipway.yml', file('cart', environment('staging', 'same')))
    shop.files = filesOf({ 'slipway.yml@main': file('cart', environment('staging', 'same')) })
    await read({ ref: 'refs/heads/feature' })
    expect(notices).toEqual([])
  })

  test('a default branch without the file refuses, as does one whose file is wrong, at its line', async () => {
    write('slipway.yml', file('cart', environment('staging', 'own')))
    expect(await failureOf(read({ ref: 'refs/heads/feature' }))).toMatch(/^the default branch of acme\/shop has no project file slipway\.yml: what refs\/heads\/feature may be deployed to is said there.*\[project-file-missing\]$/)
    shop.files = filesOf({ 'slipway.yml@main': 'version: 1\nenvironments:\n  staging: {}\n' })
    expect(await failureOf(read({ ref: 'refs/heads/feature' }))).toMatch(/^slipway\.yml@main:3:\d+: environments\.staging lacks the key "targets"/)
  })

  test('a token is needed, and the right to read contents', async () => {
    write('slipway.yml', file('cart', environment('staging', 'own')))
    expect(await failureOf(read({ ref: 'refs/heads/feature' }, { token: '' }))).toMatch(/^the input "github-token" is empty: refs\/heads\/feature is not known to be the default branch.*\[input-missing\]$/)
    expect(await failureOf(read({ ref: 'refs/heads/feature' }, { token: 'blind' }))).toMatch(/^GitHub did not show slipway\.yml on the default branch of acme\/shop: .*permissions: \{ contents: read \}.*\[access-denied\]$/)
  })

  test('what is wrong with the own file is told without waiting for GitHub', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    expect(await failureOf(read({ ref: 'refs/heads/feature' }, { environment: { GITHUB_API_URL: `http://127.0.0.1:${port}` } }))).toMatch(/^the project file slipway\.yml cannot be read/)
    silent.closeAllConnections()
    await new Promise((resolve) => silent.close(resolve))
  })
})

describe('extends', () => {
  const own = (of: string): string => `version: 1\nextends: ${of}\nservices: { cart: {} }\n`

  test('takes policy from another repository at a ref', async () => {
    write('slipway.yml', `${own('acme/platform//policy/shop.yml@v2')}environments:\n${environment('dev', 'dev')}`)
    platform.files = filesOf({ 'policy/shop.yml@v2': policy(environment('production', 'shop')) })
    expect(namespaces(await read())).toEqual({ production: 'shop', dev: 'dev' })
    expect(ledger.exchanges.map(({ operation }) => operation)).toEqual(['GET contents/policy/shop.yml'])
  })

  test('counts as the default branch has it, and not the commit that is deployed', async () => {
    write('slipway.yml', own('acme/platform//loose.yml@main'))
    shop.files = filesOf({ 'slipway.yml@main': own('acme/platform//strict.yml@main') })
    platform.files = filesOf({ 'loose.yml@main': policy(environment('production', 'loose')), 'strict.yml@main': policy(environment('production', 'strict')) })
    expect(namespaces(await read({ ref: 'refs/heads/feature' }))).toEqual({ production: 'strict' })
    expect(notices).toEqual([expect.stringContaining('something else of `extends`')])
  })

  test('takes a path of the workspace there, and of the default branch elsewhere', async () => {
    write('slipway.yml', own('policy.yml'))
    write('policy.yml', policy(environment('production', 'checked-out')))
    expect([namespaces(await read()), ledger.exchanges]).toEqual([{ production: 'checked-out' }, []])
    shop.files = filesOf({ 'slipway.yml@main': own('policy.yml'), 'policy.yml@main': policy(environment('production', 'theirs')) })
    expect(namespaces(await read({ ref: 'refs/heads/feature' }))).toEqual({ production: 'theirs' })
    rmSync(join(workspace, 'policy.yml'))
    expect(await failureOf(read())).toMatch(/^the file policy\.yml, which slipway\.yml extends, cannot be read/)
    symlinkSync('/etc/hostname', join(workspace, 'policy.yml'))
    expect(await failureOf(read())).toMatch(/leaves the workspace.*\[file-outside\]$/)
    shop.files = filesOf({ 'slipway.yml@main': own('policy.yml') })
    expect(await failureOf(read({ ref: 'refs/heads/feature' }))).toMatch(/^the default branch of acme\/shop has no file policy\.yml, which slipway\.yml@main extends/)
  })

  test('goes one step, and says nothing twice', async () => {
    write('slipway.yml', own('acme/platform//a.yml@main'))
    platform.files = filesOf({ 'a.yml@main': 'version: 1\nextends: acme/platform//b.yml@main\n' })
    expect(await failureOf(read())).toMatch(/^acme\/platform\/\/a\.yml@main, which slipway\.yml extends, extends another file itself.*\[project-file-invalid\]$/)
    write('slipway.yml', `${own('acme/platform//a.yml@main')}environments:\n${environment('production', 'own')}`)
    platform.files = filesOf({ 'a.yml@main': policy(environment('production', 'shop')) })
    expect(await failureOf(read())).toMatch(/the environment production is declared twice/)
  })

  test('needs a token that can read the other repository; without GitHub a rollback says what else to do', async () => {
    write('slipway.yml', own('acme/platform//a.yml@main'))
    expect(await failureOf(read())).toMatch(/^GitHub shows no file a\.yml at main of acme\/platform, which slipway\.yml extends: .*token that can read the contents of acme\/platform\. \[project-file-missing\]$/)
    expect(await failureOf(read({}, { token: 'blind' }))).toMatch(/Give by the input "github-token" a token that can read the contents of acme\/platform\. \[access-denied\]$/)
    expect(await failureOf(read({}, { token: 'gone', isDefaultCheckedOut: true, withoutGitHub: 'or use plain inputs' }))).toMatch(/; or use plain inputs\. \[access-denied\]$/)
    expect(await failureOf(read({}, { environment: { GITHUB_API_URL: 'http://127.0.0.1:1' }, withoutGitHub: 'or use plain inputs' }))).toMatch(/; or use plain inputs\. \[unreachable\]$/)
  })
})
