import { durationMs, named, text, type InputValues, type SharedInputs } from '@slipway/project'
import { accountRule, decodeConfiguration, decodeImages, type AccountId, type Configuration, type Images } from '@slipway/release'
import type { Problems } from '@slipway/report'
import type { Settings } from './settings.ts'

/** The inputs that mean the same with a project file and without. */
export interface CommonInputs extends Pick<Settings, 'until' | 'version' | 'lockPatienceMs'> {
  /** What ecr-build-push handed over, where it was given. */
  readonly images?: Images
  /** What k8s-config-sync handed over, where it was given. */
  readonly configuration?: Configuration
  readonly registryAccount?: AccountId
  readonly soakMs?: number
  readonly timeoutMs?: number
}

const hour = 3_600_000
const defaultLockPatienceMs = 600_000

/** Outputs of earlier actions that cannot be done without: one that is empty says so. */
export interface Needs {
  readonly images: boolean
  readonly config: boolean
}

export function readCommon(values: InputValues, shared: SharedInputs, needs: Needs, problems: Problems): CommonInputs {
  // In a preflight before the build there is nothing to hand over yet.
  const isRead = (input: keyof Needs): boolean => !isBlank(values, input) || (needs[input] && shared.phase === 'deploy')
  const images = isRead('images') ? problems.try(() => decodeImages(values['images'] ?? '')) : undefined
  const configuration = isRead('config') ? problems.try(() => decodeConfiguration(values['config'] ?? '')) : undefined
  const registryAccount = named(values, 'registry-account', problems, accountRule)
  const version = text(values, 'version', problems)
  const soakMs = durationMs(values, 'soak', problems, { least: 0, most: 24 * hour })
  const timeoutMs = durationMs(values, 'timeout', problems, { least: 1000, most: 24 * hour })
  return {
    until: shared.phase === 'preflight' ? 'preflight' : shared.dryRun ? 'plan' : 'deployed',
    lockPatienceMs: durationMs(values, 'lock-timeout', problems, { least: 0, most: 24 * hour }) ?? defaultLockPatienceMs,
    ...(images === undefined ? {} : { images }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(registryAccount === undefined ? {} : { registryAccount }),
    ...(version === undefined ? {} : { version }),
    ...(soakMs === undefined ? {} : { soakMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
}

function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}
