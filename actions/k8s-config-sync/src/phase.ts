import type { SharedInputs } from '@slipway/project'
import type { Settings } from './settings.ts'

/** How far a run goes. */
export function until({ phase, dryRun }: Pick<SharedInputs, 'phase' | 'dryRun'>): Settings['until'] {
  return phase === 'preflight' ? 'preflight' : dryRun ? 'plan' : 'synced'
}
