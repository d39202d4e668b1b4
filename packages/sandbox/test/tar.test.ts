import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readTar, writeTar, type Entry } from '../src/tar.ts'
import { extract } from './support/tar.ts'

const owned = { mode: 0o640, uid: 1000, gid: 1001, content: Buffer.alloc(0), target: '' }
const long = `${'folder-of-a-library/'.repeat(9)}${'n'.repeat(120)}.js`
const entries: Entry[] = [
  { ...owned, path: 'app', type: 'directory' },
  { ...owned, path: 'app/server.js', type: 'file', content: Buffer.from('x'.repeat(513)) },
  { ...owned, path: 'app/link', type: 'symlink', target: 'server.js' },
  { ...owned, path: long, type: 'file', content: Buffer.from('deep') },
  { ...owned, path: 'app/größe', type: 'file', content: Buffer.from('1') },
]

test("the system's tar reads what is written, long names included", async () => {
  const found = await extract(writeTar(entries.filter(({ type, path }) => type !== 'symlink' && !path.includes('ö'))))
  expect([...found]).toEqual([['app/', '0640 1000:1001'], ['app/server.js', `0640 1000:1001 ${'x'.repeat(513)}`], [long, '0640 1000:1001 deep']])
})

test('what is written is read back the same', () => {
  expect(readTar(writeTar(entries))).toEqual(entries)
})

test('a tar of the system in PAX format is read, hard links as copies', () => {
  const script = `cd "$(mktemp -d)" && mkdir -p '${long.replace(/\/[^/]*$/, '')}' && printf deep > '${long}' && printf a > one && ln one two && tar --format=pax -cf - one two folder-of-a-library && rm -r "$PWD"`
  const files = readTar(execFileSync('sh', ['-c', script])).filter(({ type }) => type === 'file')
  expect(files.map(({ path, content }) => [path, content.toString()])).toEqual([['one', 'a'], ['two', 'a'], [long, 'deep']])
})
