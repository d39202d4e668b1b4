import type { ChangedCommit, CommitRange, GitHub } from '@slipway/github'
import { isInside } from './service-paths.ts'

/** Those commits of a range that touched any of the paths, the oldest first; all of them where no path is named. */
export async function touched({ commits, files }: CommitRange, head: string, paths: readonly string[], github: GitHub): Promise<readonly ChangedCommit[]> {
  if (commits.length === 0 || paths.length === 0 || paths.includes('.')) return commits
  const oldest = commits.map(({ committedAt }) => committedAt).reduce((a, b) => (a < b ? a : b))
  const found = new Set<string>()
  for (const path of askedPaths(paths, files)) for (const sha of await github.touching(head, path, oldest)) found.add(sha)
  return commits.filter(({ sha }) => found.has(sha))
}

/** Paths in which nothing differs need not be asked for. */
function askedPaths(paths: readonly string[], files: CommitRange['files']): readonly string[] {
  return files === 'all' ? paths : paths.filter((path) => files.some((file) => isInside(file, path)))
}
