import { randomUUID } from 'node:crypto'
import type { Source } from '@slipway/release'
import type { RunContext } from './run-context.ts'

/** Who a run is to others: in records, on workloads, in locks, in AWS. */
export interface RunIdentity {
  /** Unique among all runs and their attempts. */
  readonly release: string
  readonly source: Source
  readonly holder: { readonly identity: string; readonly url: string }
  readonly sessionName: string
}

/** The identity of a run. */
export function runIdentity({ repository, sha, ref, runId, runAttempt, runUrl, actor }: RunContext): RunIdentity {
  return {
    release: `${repository}#${runId}.${runAttempt}`,
    source: { repository, commit: sha, ref, run: runUrl, actor },
    // Two jobs of one run share all but this.
    holder: { identity: `${runUrl}/${runAttempt}/${randomUUID()}`, url: runUrl },
    sessionName: `slipway-${runId}`,
  }
}
