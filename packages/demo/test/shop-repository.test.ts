import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeShopRepository } from '../src/shop-repository.ts'
import { fixtures } from './support/world.ts'

const before = { ...process.env }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-shop-'))
})
afterEach(() => {
  process.env = { ...before }
  rmSync(folder, { recursive: true, force: true })
})

const shopAt = (name: string) => makeShopRepository(join(fixtures, 'shop'), join(folder, name))
const git = (path: string, ...args: string[]): string => execFileSync('git', ['-C', path, ...args], { encoding: 'utf8' }).trim()

test('the same folder gives the same commit, on the branch main', async () => {
  const [one, other] = [await shopAt('one'), await shopAt('other')]
  expect(await one.head()).toBe(await other.head())
  expect(git(one.path, 'symbolic-ref', '--short', 'HEAD')).toBe('main')
  expect(git(one.path, 'status', '--porcelain')).toBe('')
  expect(git(one.path, 'ls-files')).toContain('.github/workflows/deploy.yml')
})

test('neither the configuration of the user nor an outer git is asked or changed', async () => {
  const clean = await (await shopAt('clean')).head()
  writeFileSync(join(folder, '.gitconfig'), '[commit]\n  gpgSign = true\n[user]\n  name = Mallory\n[core]\n  hooksPath = /nowhere\n  autocrlf = true\n')
  Object.assign(process.env, { HOME: folder, GIT_DIR: join(folder, 'nowhere'), GIT_AUTHOR_NAME: 'Mallory', GIT_CONFIG_COUNT: 'x' })
  expect(await (await shopAt('disturbed')).head()).toBe(clean)
})

test('a change is one commit, later than the one before', async () => {
  const shop = await shopAt('shop')
  const commit = await shop.change({ message: 'Wait longer', edits: [{ file: 'config/cart/cart.env', edit: (text) => text.replace('1000', '1500') }] })
  expect(commit).toBe(await shop.head())
  expect(git(shop.path, 'show', '--format=%an <%ae> %aI %s', '--numstat', 'HEAD')).toBe('Alice <alice@acme.example> 2026-01-05T10:00:00+00:00 Wait longer\n\n1\t1\tconfig/cart/cart.env')
})

test('a change of two files is one commit', async () => {
  const shop = await shopAt('shop')
  const longer = (text: string): string => `${text}# changed\n`
  await shop.change({ message: 'Both', edits: [{ file: 'config/cart/cart.env', edit: longer }, { file: '.github/workflows/deploy.yml', edit: longer }] })
  expect(git(shop.path, 'show', '--format=', '--name-only', 'HEAD').split('\n')).toEqual(['.github/workflows/deploy.yml', 'config/cart/cart.env'])
})

test('a change that changes nothing is told: the shop is not what the story expects', async () => {
  const shop = await shopAt('shop')
  await expect(shop.change({ message: 'Wait longer', edits: [{ file: 'config/cart/cart.env', edit: (text) => text.replace('2000', '1500') }] })).rejects.toThrow('The change "Wait longer" leaves the shop\'s config/cart/cart.env as it is')
})
