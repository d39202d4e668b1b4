import { choice, durationMs, flag, invalid, named, readPatience, text, type InputValues, type PatienceInputs, type SharedInputs } from '@slipway/project'
import { accountRule, decodeConfiguration, decodeConfigurationCommit, decodeImages, type AccountId, type Configuration, type Images } from '@slipway/release'
import type { Problems } from '@slipway/report'
import type { Settings } from './settings.ts'

/** The inputs that mean the same with a project file and without. */
export interface CommonInputs extends Pick<Settings, 'until' | 'version' | 'configurationCommit' | 'lockPatienceMs' | 'onFailure' | 'adopt'> {
  /** What ecr-build-push handed over, where it was given. */
  readonly images?: Images
  /** What k8s-config-sync handed over, where it was given. */
  readonly configuration?: Configuration
  readonly registryAccount?: AccountId
  readonly patience: PatienceInputs
  readonly mayDowngrade: boolean
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
  const configurationCommit = configuration === undefined ? undefined : decodeConfigurationCommit(values['config'] ?? '')
  const registryAccount = named(values, 'registry-account', problems, accountRule)
  const version = text(values, 'version', problems)
  const patience = readPatience(values, problems)
  const adopt = choice(values, 'adopt', problems, ['no', 'plan', 'take'], 'no')
  return {
    until: shared.phase === 'preflight' ? 'preflight' : shared.dryRun || adopt === 'plan' ? 'plan' : 'deployed',
    ...(adopt === 'no' ? {} : { adopt }),
    lockPatienceMs: durationMs(values, 'lock-timeout', problems, { least: 0, most: 24 * hour }) ?? defaultLockPatienceMs,
    ...(images === undefined ? {} : { images }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(configurationCommit === undefined ? {} : { configurationCommit }),
    ...(registryAccount === undefined ? {} : { registryAccount }),
    ...(version === undefined ? {} : { version }),
    patience,
    onFailure: onFailureOf(values, problems),
    mayDowngrade: flag(values, 'allow-downgrade', problems, false),
  }
}

function onFailureOf(values: InputValues, problems: Problems): Settings['onFailure'] {
  const given = text(values, 'on-failure', problems) ?? 'rollback'
  if (given === 'rollback' || given === 'leave') return given
  invalid('on-failure', given, 'it must be `rollback` or `leave`', 'write `leave` to keep a failed version for a look at it, else leave the input out', problems)
  return 'rollback'
}

/** Whether an input is not given: only then it is missing, since a wrong one is told already. */
export function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}
