import type { EnvironmentName } from '@slipway/release'
import type { Environment, Policy, Target } from './project.ts'

/** The environment that must have proven what another one gets: its targets, each with the role that may read its records. */
export interface RequiredEnvironment {
  readonly name: EnvironmentName
  readonly targets: readonly Target[]
}

/** What an environment requires; undefined where it requires nothing. */
export function requiredEnvironment({ requires }: Environment, { environments }: Pick<Policy, 'environments'>): RequiredEnvironment | undefined {
  const environment = requires === undefined ? undefined : environments.get(requires.environment)
  if (requires === undefined || environment === undefined) return undefined
  return { name: environment.name, targets: environment.targets.map((target) => ({ ...target, role: requires.role })) }
}
