import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GitHubFolder } from '../src/index.ts'

let folder: string
let github: GitHubFolder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'github-folder-'))
  git('init', '--quiet', '--initial-branch', 'main')
  commit('one.txt', 'first')
  git('tag', 'v1.0.0')
  github = new GitHubFolder('acme/shop', folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('commits, branches and tags are those of git, with the files that a commit touched and what they say', async () => {
  const first = git('rev-parse', 'HEAD')
  expect(github.resolve('v1.0.0')).toMatchObject({ sha: first, parents: [], message: 'first\n\nwhy', files: ['one.txt'] })
  const second = commit('two.txt', 'second')
  github.pushed()
  expect([github.resolve('main'), [...github.ancestry(second)]]).toEqual([expect.objectContaining({ sha: second, parents: [first] }), [second, first]])
  expect([await github.files('two.txt', 'main'), await github.files('two.txt', 'v1.0.0')]).toEqual(['second\n', undefined])
})

test('a tag that is made by a request is one of git', () => {
  const sha = git('rev-parse', 'HEAD')
  github.createRef('refs/tags/cart/v1.1.0', sha, false)
  expect(git('rev-parse', 'refs/tags/cart/v1.1.0')).toBe(sha)
  const annotated = github.createTagObject('v2.0.0', 'notes', sha)
  github.createRef('refs/tags/v2.0.0', annotated.sha, false)
  expect(git('rev-parse', 'v2.0.0^{commit}')).toBe(sha)
  expect(() => github.createRef('refs/tags/v2.0.0', sha, false)).toThrow('Reference already exists')
})

function commit(file: string, message: string): string {
  writeFileSync(join(folder, file), `${message}\n`)
  git('add', '--all')
  git('commit', '--quiet', '--message', message, '--message', 'why')
  return git('rev-parse', 'HEAD')
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', ...args], { encoding: 'utf8' }).trim()
}
