import type { Outcome, SyncedObject, TargetName } from '@slipway/release'
import type { Failure } from '@slipway/report'
import type { Difference } from './difference.ts'
import type { PlannedChange } from './target-plan.ts'

/** What can become of an object. */
export const deeds = ['unchanged', 'would-create', 'created', 'would-change', 'changed', 'would-recreate', 'recreated', 'would-relabel', 'relabelled', 'would-keep', 'kept', 'failed', 'unanswered'] as const

/** What became of one object. */
export interface ObjectResult extends SyncedObject {
  readonly declaredName: string
  readonly did: (typeof deeds)[number]
  readonly difference?: Difference
}

export interface TargetResult {
  readonly target: TargetName
  readonly objects: readonly ObjectResult[]
}

/** What became of a run. */
export interface SyncResult {
  readonly outcome: Outcome
  readonly targets: readonly TargetResult[]
  readonly failures: readonly Failure[]
  /** Commit of the configuration repository, where it is one of its own. */
  readonly configurationCommit?: string
}

/** What a run that writes would do to an object. */
export function wouldBe({ wanted, kind, fixed }: PlannedChange): ObjectResult['did'] {
  if (fixed === undefined) return kind === 'create' ? 'would-create' : kind === 'relabel' ? 'would-relabel' : 'unchanged'
  switch (fixed) {
    case 'create':
      return 'would-create'
    case 'change':
      return wanted.content.mode === 'recreate' ? 'would-recreate' : 'would-change'
    case 'relabel':
      return 'would-relabel'
    case 'none':
      return kind === 'create' ? 'would-keep' : kind === 'relabel' ? 'would-relabel' : 'unchanged'
  }
}

/** The result of one object, under the name that pods refer to. */
export function objectResult({ wanted, difference }: PlannedChange, did: ObjectResult['did']): ObjectResult {
  const { content, name, checksum } = wanted
  return {
    kind: content.kind,
    ...(content.mode === 'versioned' ? { name } : { name: content.name, kept: name }),
    checksum,
    changed: contentDeeds.some((deed) => deed === did),
    ...(content.source === undefined ? {} : { source: content.source }),
    declaredName: content.name,
    did,
    ...(difference === undefined ? {} : { difference }),
  }
}

const contentDeeds = ['would-create', 'created', 'would-change', 'changed', 'would-recreate', 'recreated'] as const
