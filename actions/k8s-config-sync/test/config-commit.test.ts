import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { decodeConfigurationCommit } from '@slipway/release'
import { configurationCommit } from '../src/config-commit.ts'
import { outputsOf } from '../src/summary.ts'
import { makeWorld } from './world.ts'

let workspace: string
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'config-commit-')))
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

function git(folder: string, ...words: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  return execFileSync('git', ['-C', join(workspace, folder), ...who, ...words], { encoding: 'utf8', env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } }).trim()
}

/** A repository with one commit, whose hash it returns. */
function repository(folder: string): string {
  mkdirSync(join(workspace, folder, 'staging'), { recursive: true })
  writeFileSync(join(workspace, folder, 'staging', 'a.env'), 'A=1\n')
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '.')
  git(folder, 'commit', '-q', '-m', 'first')
  return git(folder, 'rev-parse', 'HEAD')
}

test('the commit of a checkout of its own is read, on a branch, packed, and detached', async () => {
  const commit = repository('config')
  expect(await configurationCommit(workspace, 'config')).toBe(commit)
  expect(await configurationCommit(workspace, 'config/staging')).toBe(commit)
  git('config', 'pack-refs', '--all')
  expect(await configurationCommit(workspace, 'config')).toBe(commit)
  git('config', 'checkout', '-q', '--detach')
  expect(await configurationCommit(workspace, 'config')).toBe(commit)
})

test('a folder of the workspace\'s own repository has no commit of its own, nor has one without any', async () => {
  repository('.')
  expect(await configurationCommit(workspace, '.')).toBeUndefined()
  expect(await configurationCommit(workspace, 'staging')).toBeUndefined()
  expect(await configurationCommit(workspace, 'none')).toBeUndefined()
})

test('a submodule\'s commit is found, and no file outside the workspace is read', async () => {
  const commit = repository('config')
  cpSync(join(workspace, 'config', '.git'), join(workspace, 'modules', 'config'), { recursive: true })
  rmSync(join(workspace, 'config', '.git'), { recursive: true })
  writeFileSync(join(workspace, 'config', '.git'), 'gitdir: ../modules/config\n')
  expect(await configurationCommit(workspace, 'config')).toBe(commit)
  writeFileSync(join(workspace, 'config', '.git'), `gitdir: ${tmpdir()}\n`)
  expect(await configurationCommit(workspace, 'config')).toBeUndefined()
  symlinkSync(tmpdir(), join(workspace, 'link'))
  expect(await configurationCommit(workspace, 'link')).toBeUndefined()
})

test('what is handed over names the commit', async () => {
  const world = await makeWorld()
  const commit = 'c'.repeat(40)
  expect(decodeConfigurationCommit(outputsOf(await world.sync({ 'dry-run': 'true' }))['config'] ?? '')).toBeUndefined()
  world.write('config/.git', 'gitdir: ../config-git')
  world.write('config-git/HEAD', commit)
  expect(decodeConfigurationCommit(outputsOf(await world.sync({ 'dry-run': 'true' }))['config'] ?? '')).toBe(commit)
  await world.close()
})
