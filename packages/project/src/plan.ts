import type { AccountId, EnvironmentName, Region, ServiceName } from '@slipway/release'
import { Problems } from '@slipway/report'
import { admittedRef, servicesOfTag, type RefSource, type ReleaseTag } from './admitted-ref.ts'
import { shown } from './fields.ts'
import type { Environment, Project, Registry, Service, Target } from './project.ts'
import type { SharedInputs } from './shared-inputs.ts'
import { insteadOf } from './suggestion.ts'

/** What goes where. */
export interface Plan {
  readonly environment: Environment
  readonly services: readonly Service[]
  /** The version tag that is deployed, where the environment admits tags. */
  readonly tag?: ReleaseTag
  /** Narrowed to the targets that were asked for. */
  readonly targets: readonly Target[]
  /** The environment's own registry, or else the project's. */
  readonly registry?: Registry
  /** Built-in variables, the environment's and the target's, the later ones beating the earlier. */
  readonly variables: (service: Service, target: Target) => Record<string, string>
}

/**
 * Picks services, environment and targets out of the project.
 *
 * `source` is what is deployed, held to the branches and tags that the environment admits; `recorded` where nothing of a branch
 * is: what is put back was allowed when it came.
 * `signsInTo` says whose region, role and account the inputs of these names are about: inputs may narrow what the
 * file says of them, never replace it.
 * Undefined where the environment that was given is no name: that is told already.
 * @throws Failed with every name that is unknown, and everything that contradicts the project file.
 */
export function makePlan(
  project: Project,
  shared: SharedInputs,
  source: RefSource | 'recorded',
  signsInTo: 'targets' | 'registry' = 'targets',
): Plan | undefined {
  const problems = new Problems()
  const named = chosenServices(project, shared, problems)
  const environment = chosenEnvironment(project, shared, problems)
  if (environment === undefined) {
    problems.throwIfAny()
    return undefined
  }
  const tag = source === 'recorded' ? undefined : admittedRef(environment, source, shared, problems)
  const services = servicesOfTag(named, tag, project, shared, problems)
  const chosen = chosenTargets(environment, shared, problems)
  const registry = environment.registry ?? project.registry
  if (signsInTo === 'targets') for (const target of chosen) checkPolicy(`the target ${target.name}`, target, shared, problems)
  else if (registry) checkPolicy('the registry', { ...registry, expectedAccount: registry.account }, shared, problems)
  problems.throwIfAny()
  const targets = chosen.map((target) => ({
    ...target,
    ...(signsInTo === 'targets' && shared.role !== undefined ? { role: shared.role } : {}),
    ...(signsInTo === 'targets' && shared.expectedAccount !== undefined ? { expectedAccount: shared.expectedAccount } : {}),
  }))
  return {
    environment,
    services,
    targets,
    ...(tag === undefined ? {} : { tag }),
    ...(registry === undefined ? {} : { registry }),
    variables: (service, target) => ({
      ...environment.variables,
      ...target.variables,
      SLIPWAY_ENVIRONMENT: environment.name,
      SLIPWAY_TARGET: target.name,
      SLIPWAY_REGION: target.region,
      SLIPWAY_SERVICE: service.name,
      ...(tag === undefined ? {} : { SLIPWAY_VERSION: tag.version }),
    }),
  }
}

function chosenServices(project: Project, shared: SharedInputs, problems: Problems): Service[] {
  const known: readonly ServiceName[] = [...project.services.keys()]
  if (shared.services === 'all') return [...project.services.values()]
  if (shared.services.length === 0 && !shared.refused.includes('services')) {
    problems.add({ code: 'input-missing', what: 'the input "services" is missing', why: 'nothing is deployed unless it is named', next: `name services (${known.join(', ')}), or write all` })
  }
  return shared.services.flatMap((name) => {
    const service = [...project.services.values()].find((one) => one.name === name)
    if (service === undefined) problems.add(unknown('service', name, known, shared))
    return service ?? []
  })
}

function chosenEnvironment(project: Project, shared: SharedInputs, problems: Problems): Environment | undefined {
  const known: readonly EnvironmentName[] = [...project.environments.keys()]
  if (shared.environment === undefined) {
    if (!shared.refused.includes('environment')) problems.add({ code: 'input-missing', what: 'the input "environment" is missing', why: 'it says where to deploy', next: `use one of: ${known.join(', ')}` })
    return undefined
  }
  const environment = project.environments.get(shared.environment)
  if (environment === undefined) problems.add(unknown('environment', shared.environment, known, shared))
  return environment
}

function chosenTargets(environment: Environment, shared: SharedInputs, problems: Problems): Target[] {
  if (shared.targets === undefined) return [...environment.targets]
  const known = environment.targets.map(({ name }) => name)
  for (const name of shared.targets) if (!known.includes(name)) problems.add(unknown('target', name, known, shared))
  return environment.targets.filter(({ name }) => shared.targets?.includes(name))
}

interface Policy {
  readonly region: Region
  readonly role?: string
  readonly expectedAccount?: AccountId
}

function checkPolicy(whose: string, policy: Policy, shared: SharedInputs, problems: Problems): void {
  const facts = [
    ['region', shared.region, policy.region],
    ['role', shared.role, policy.role],
    ['expected-account', shared.expectedAccount, policy.expectedAccount],
  ] as const
  for (const [input, given, written] of facts) {
    if (given === undefined || written === undefined || given === written) continue
    problems.add({
      code: 'input-conflict',
      what: `the input "${input}" is ${shown(given)}, but ${whose} has ${shown(written)}`,
      why: `what ${shared.projectFile} says of an environment is policy, which an input cannot replace`,
      next: `leave the input "${input}" out, or choose targets that it is right for`,
    })
  }
}

function unknown(kind: 'service' | 'environment' | 'target', name: string, known: readonly string[], shared: SharedInputs) {
  return {
    code: 'name-unknown',
    what: `there is no ${kind} ${shown(name)}`,
    why: known.length === 0 ? `${shared.projectFile} declares none` : `${shared.projectFile} declares: ${known.join(', ')}`,
    next: insteadOf(name, known),
  } as const
}
