import {
  accountRule,
  environmentRule,
  regionRule,
  targetRule,
  type AccountId,
  type EnvironmentName,
  type Region,
  type TargetName,
} from '@slipway/release'
import type { Problems } from '@slipway/report'
import { choice, flag, givenToken, invalid, named, names, safePath, text, type InputValues } from './fields.ts'
import { roleRule } from './rules.ts'

/** The inputs that every action shares. */
export interface SharedInputs {
  /** Relative to the workspace. */
  readonly projectFile: string
  /** As given: whether they are declared is for the plan to tell. Empty where the input is blank. */
  readonly services: readonly string[] | 'all'
  readonly environment?: EnvironmentName
  /** The subset of the environment's targets; absent means all. */
  readonly targets?: readonly TargetName[]
  readonly region?: Region
  readonly role?: string
  readonly expectedAccount?: AccountId
  readonly phase: 'preflight' | 'deploy'
  readonly dryRun: boolean
  /** Inputs that are given and of which nothing is right: they are told, and not missing. */
  readonly refused: readonly ('services' | 'environment')[]
}

/** Reads the shared inputs; an action that does not declare one of them leaves it absent. */
export function readShared(raw: { readonly values: InputValues }, problems: Problems): SharedInputs {
  const { values } = raw
  const environment = named(values, 'environment', problems, environmentRule)
  const targets = names(values, 'targets', problems, targetRule)
  const region = named(values, 'region', problems, regionRule)
  const role = readRole(values, problems)
  const services = readServices(values, problems)
  const expectedAccount = named(values, 'expected-account', problems, accountRule)
  givenToken(values, 'github-token', problems)
  return {
    projectFile: safePath(values, 'project-file', problems) ?? 'slipway.yml',
    services,
    ...(environment === undefined ? {} : { environment }),
    ...(targets.length === 0 ? {} : { targets }),
    ...(region === undefined ? {} : { region }),
    ...(role === undefined ? {} : { role }),
    ...(expectedAccount === undefined ? {} : { expectedAccount }),
    phase: choice(values, 'phase', problems, ['preflight', 'deploy'], 'deploy'),
    dryRun: flag(values, 'dry-run', problems, false),
    refused: [
      ...(services.length === 0 && !isBlank(values, 'services') ? (['services'] as const) : []),
      ...(environment === undefined && !isBlank(values, 'environment') ? (['environment'] as const) : []),
    ],
  }
}

function readRole(values: InputValues, problems: Problems): string | undefined {
  const role = text(values, 'role', problems)
  if (role === undefined || roleRule.is(role)) return role
  invalid('role', role, `it must be ${roleRule.rule}`, 'copy the ARN of the role', problems)
  return undefined
}

function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}

function readServices(values: InputValues, problems: Problems): readonly string[] | 'all' {
  const services = names(values, 'services', problems)
  if (!services.includes('all')) return services
  if (services.length === 1) return 'all'
  invalid('services', services.join(', '), '"all" stands alone', 'name services, or write all', problems)
  return []
}
