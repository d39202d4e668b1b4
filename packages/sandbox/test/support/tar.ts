import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The members of a tar as the system's own tar reads them: path to `mode uid:gid content`, folders with a slash at the end. */
export function extract(tar: Buffer): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-tar-'))
  writeFileSync(join(folder, 'layer.tar'), tar)
  const list = execFileSync('tar', ['--numeric-owner', '-tvf', 'layer.tar'], { cwd: folder, encoding: 'utf8' })
  const members = list.trimEnd().split('\n').map((line) => {
    const [mode = '', owner = '', , , , path = ''] = line.split(/\s+/)
    const bits = [1, 4, 7].map((at) => ['r', 'w', 'x'].reduce((sum, sign, index) => sum + (mode[at + index] === sign ? 4 >> index : 0), 0)).join('')
    const content = path.endsWith('/') ? '' : ` ${execFileSync('tar', ['-xOf', 'layer.tar', path], { cwd: folder, encoding: 'utf8' })}`
    return [path, `0${bits} ${owner.replace('/', ':')}${content}`] as const
  })
  rmSync(folder, { recursive: true })
  return Promise.resolve(new Map(members))
}
