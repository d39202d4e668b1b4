import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** GitHub's `hashFiles`: the digest of the files' digests, empty where no file matches. `!` takes out again. */
export function hashFiles(workspace: string, patterns: string[]): string {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!')
    for (const file of globSync(negative ? pattern.slice(1) : pattern, { cwd: workspace })) {
      if (negative) files.delete(file)
      else if (statSync(join(workspace, file)).isFile()) files.add(file)
    }
  }
  if (files.size === 0) return ''
  const digest = createHash('sha256')
  for (const file of [...files].sort()) digest.update(createHash('sha256').update(readFileSync(join(workspace, file))).digest())
  return digest.digest('hex')
}
