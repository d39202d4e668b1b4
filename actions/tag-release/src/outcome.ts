import type { Outcome } from '@slipway/release'
import type { Result } from './run.ts'
import type { Settings } from './settings.ts'

/** The action's outcome. */
export function outcomeOf({ tagged, released, started, failures }: Result, { isWritten }: Settings): Outcome {
  if (failures.length > 0) return 'partial'
  if (!isWritten && tagged.kind === 'new') return 'planned'
  return tagged.isOurs || released?.isOurs === true || started?.isOurs === true ? 'changed' : 'unchanged'
}
