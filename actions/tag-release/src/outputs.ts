import { inert, inertLine } from '@slipway/report'
import type { Result } from './run.ts'

/** The outputs, apart from `outcome`. A later step may print them: what a commit says must not become a command there. */
export function outputsOf({ tagged, notes, released, started }: Result): Record<string, string> {
  const { version, tag, commit, previous, isOurs } = tagged
  return {
    version,
    'previous-version': previous?.version ?? '',
    tag,
    sha: commit,
    created: String(isOurs),
    'release-url': inertLine(released?.page.url ?? ''),
    'run-url': inertLine(started?.run.url ?? ''),
    notes: inert(notes),
  }
}
