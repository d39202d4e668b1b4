import { expect, test } from '@jest/globals'
import { decideCache } from '../src/cache.ts'
import type { Origin } from '../src/settings.ts'

const image = 'registry.example/shop/cart'
const container = { name: 'b', driver: 'docker-container', exportsCache: true }
const plain = { name: 'default', driver: 'docker', exportsCache: false }
const checkout: Origin = { workspace: '/w', url: '', sha: '', defaultBranch: 'main', run: '1', platform: 'linux/amd64', ref: 'refs/heads/main', umask: 0o022 }

test('a branch reads its own cache, then the default branch\'s, and writes its own', () => {
  expect(decideCache('auto', container, image, { ...checkout, branch: 'feature' })).toEqual({ plan: { from: [`${image}:cache-feature`, `${image}:cache-main`], to: `${image}:cache-feature` } })
})
test('the default branch names its cache once', () => {
  expect(decideCache('registry', container, image, { ...checkout, branch: 'main' }).plan.from).toEqual([`${image}:cache-main`])
})
test('a pull request reads the cache of the branch that it changes, and writes none', () => {
  expect(decideCache('auto', container, image, { ...checkout, branch: 'pull:3', baseBranch: 'release' })).toEqual({ plan: { from: [`${image}:cache-release`] } })
})
test('a tag writes no cache', () => {
  expect(decideCache('auto', container, image, { ...checkout, tag: 'v1.0.0' })).toEqual({ plan: { from: [`${image}:cache-main`] } })
})
test('a builder that exports none is told of, and reads all the same', () => {
  const { plan, notice } = decideCache('auto', plain, image, { ...checkout, branch: 'main' })
  expect(plan).toEqual({ from: [`${image}:cache-main`] })
  expect(notice).toMatch(/docker-container builder/)
})
test('none means none', () => {
  expect(decideCache('none', plain, image, { ...checkout, branch: 'main' })).toEqual({ plan: { from: [] } })
})
