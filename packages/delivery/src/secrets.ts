import type { ReleaseRecord } from '@slipway/release'
import { Failed } from '@slipway/report'
import { rewriteConfiguration } from '@slipway/rollout'
import { knownNames } from './available.ts'
import type { Surroundings } from './delivery.ts'
import type { WantedService } from './wanted.ts'

/**
 * The good content with each Secret as `running` has it, where both come from the same source: a value that was rotated
 * since may be the only one that still works. `kept` names those that differ.
 */
export async function withNewestSecrets(wanted: WantedService, running: ReleaseRecord, { ports }: Surroundings): Promise<{ readonly wanted: WantedService; readonly kept: readonly string[] }> {
  const rotated = Object.entries(wanted.configuration).flatMap(([declared, old]) => {
    const now = running.revision.configuration[declared]
    const isSame = now !== undefined && old.kind === 'Secret' && now.kind === 'Secret' && old.source !== undefined && old.source === now.source
    return isSame && (old.name !== now.name || old.checksum !== now.checksum) ? [{ declared, old: old.name, now }] : []
  })
  if (rotated.length === 0) return { wanted, kept: [] }
  const names = await knownNames('Secret', ports.objects)
  // What cannot be looked up is taken to be there: it runs.
  const kept = rotated.filter(({ now }) => names instanceof Failed || names.has(now.kept ?? now.name))
  const object = rewriteConfiguration(wanted.workload.object, ({ kind, name }) => (kind === 'Secret' ? kept.find(({ old }) => old === name)?.now.name : undefined))
  return {
    wanted: {
      ...wanted,
      workload: { ...wanted.workload, object },
      configuration: { ...wanted.configuration, ...Object.fromEntries(kept.map(({ declared, now }) => [declared, now])) },
    },
    kept: kept.map(({ declared }) => declared),
  }
}
