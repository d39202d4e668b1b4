import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Problems } from '@slipway/report'
import { openConfigFolder, type ConfigFile, type ConfigFolder } from '../src/config-files.ts'

let workspace: string
let folder: ConfigFolder
let problems: Problems
const layers = [
  { folder: 'staging/eu', inner: [] },
  { folder: 'staging', inner: ['eu', 'us'] },
  { folder: '', inner: ['staging', 'dev'] },
]
const write = (path: string, text = path): void => {
  mkdirSync(dirname(join(workspace, path)), { recursive: true })
  writeFileSync(join(workspace, path), text)
}
const shown = (files: readonly ConfigFile[]): string[] => files.map((file) => file.shown)
const told = (): string[] => problems.all.map(({ code, what }) => `${code} ${what}`)

beforeEach(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'config-files-'))
  for (const path of ['config/a.json', 'config/b.json', 'config/staging/b.json', 'config/staging/eu/c.json', 'config/dev/d.json', 'config/.git/config.json', 'config/[id].json', 'secret.json']) write(path)
  folder = await openConfigFolder(workspace, 'config')
  problems = new Problems()
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

test('a pattern finds the files of all layers, the most specific of each, and none of other environments or of git', async () => {
  expect(shown(await folder.find('**/*.json', layers, problems))).toEqual(['config/[id].json', 'config/a.json', 'config/staging/b.json', 'config/staging/eu/c.json'])
  expect(told()).toEqual([])
})

test('a name that looks like a pattern is a file where there is one', async () => {
  expect(shown(await folder.find('[id].json', layers, problems))).toEqual(['config/[id].json'])
})

test('a folder that is named itself is looked into, though an environment has its name', async () => {
  expect(shown(await folder.find('dev/*.json', layers, problems))).toEqual(['config/dev/d.json'])
})

test('each layer that has a file gives it, the most specific last', async () => {
  expect(shown(await folder.each('b.json', layers, problems))).toEqual(['config/b.json', 'config/staging/b.json'])
})

test('what does not exist is told with the places that were tried', async () => {
  await folder.find('*.yml', layers, problems)
  await folder.each('x.env', layers, problems)
  expect(told()).toEqual(['file-missing there is no file "*.yml" in the configuration', 'file-missing there is no file "x.env" in the configuration'])
  expect(problems.all[1]?.why).toBe('looked for config/staging/eu/x.env, config/staging/x.env, config/x.env')
})

test('a link that stays inside is followed, one that leaves is refused, and so is git’s own folder', async () => {
  symlinkSync('a.json', join(workspace, 'config/inside.json'))
  symlinkSync('../secret.json', join(workspace, 'config/escape.json'))
  symlinkSync('.git', join(workspace, 'config/history'))
  symlinkSync(workspace, join(workspace, 'config/up'))
  expect(shown(await folder.find('inside.json', layers, problems))).toEqual(['config/inside.json'])
  for (const path of ['escape.json', 'history/config.json', 'up/secret.json', '.git/config.json']) await folder.find(path, layers, problems)
  expect(told()).toEqual([
    'file-outside the file config/escape.json leaves the configuration folder',
    'file-outside the file config/history/config.json leaves the configuration folder',
    'file-outside the file config/up/secret.json leaves the configuration folder',
    "file-outside the file config/.git/config.json is inside git's own folder",
  ])
})

test('a folder is no file, and neither is anything larger than Kubernetes takes', async () => {
  write('config/big.bin')
  truncateSync(join(workspace, 'config/big.bin'), 1024 * 1024 + 1)
  await folder.find('dev', layers, problems)
  await folder.find('big.bin', layers, problems)
  expect(told()).toEqual(['file-invalid config/dev is no regular file', 'config-too-large the file config/big.bin has 1048577 bytes'])
})

test('a configuration folder that is absent, or a link out of the workspace, is told by its name', async () => {
  symlinkSync(tmpdir(), join(workspace, 'away'))
  await expect(openConfigFolder(workspace, 'none')).rejects.toThrow('the configuration folder "none" does not exist')
  await expect(openConfigFolder(workspace, 'a.json')).rejects.toThrow('does not exist')
  await expect(openConfigFolder(workspace, 'secret.json')).rejects.toThrow('is no folder')
  await expect(openConfigFolder(workspace, 'away')).rejects.toThrow('leaves the workspace')
})
