import { expect, test } from '@jest/globals'
import { cacheTag, wantedTags } from '@slipway/images'
import { originOf, type RunFacts } from '../src/origin.ts'

const facts: RunFacts = { repository: 'acme/shop', sha: 'abc', ref: 'refs/heads/feature/a', runId: '7', runAttempt: '2', workspace: '/w', job: 'build', defaultBranch: 'trunk' }
const runner = { serverUrl: 'https://example.com', baseRef: '', architecture: 'x64', umask: 0o022 }
const origin = (more: Partial<RunFacts>, runnerMore: Partial<typeof runner> = {}) => originOf({ ...facts, ...more }, { ...runner, ...runnerMore })

test('a branch is built as itself', () => {
  expect(origin({})).toEqual({ workspace: '/w', url: 'https://example.com/acme/shop', sha: 'abc', ref: 'refs/heads/feature/a', branch: 'feature/a', defaultBranch: 'trunk', run: '7/2/build', platform: 'linux/amd64', umask: 0o022 })
})
test('a tag has no branch', () => {
  const found = origin({ ref: 'refs/tags/cart/v1.0.0' })
  expect([found.tag, found.branch]).toEqual(['cart/v1.0.0', undefined])
})
test('a pull request has its number for a branch, so that its tags are not those of a branch', () => {
  expect(origin({ ref: 'refs/pull/12/merge' }, { baseRef: 'main' })).toMatchObject({ ref: 'refs/pull/12/merge', branch: 'pull:12', baseBranch: 'main' })
})
test('a branch that is called like a pull request has tags and a cache of its own', () => {
  const [pull, branch] = ['refs/pull/12/merge', 'refs/heads/pull/12'].map((ref) => origin({ ref }).branch ?? '')
  const tags = (name = ''): string[] => [...wantedTags(['{environment}-{branch}'], { environment: 'dev', branch: name }).map(({ tag }) => tag), cacheTag(name)]
  expect(tags(pull)).toEqual([expect.stringMatching(/^dev-pull-12-/), expect.stringMatching(/^cache-pull-12-/)])
  expect(tags(pull).filter((tag) => tags(branch).includes(tag))).toEqual([])
})
test('an event without a repository leaves main for the default branch, and an arm machine its own platform', () => {
  const { defaultBranch, ...unsaid } = facts
  expect([defaultBranch, originOf(unsaid, { ...runner, architecture: 'arm64' })]).toMatchObject(['trunk', { defaultBranch: 'main', platform: 'linux/arm64' }])
})
