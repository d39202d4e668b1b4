import { makePlan, overlayPaths, refusePlainInputs, type InputValues, type Plan, type Project, type Registry, type Service, type SharedInputs, type Target } from '@slipway/project'
import type { AccountId } from '@slipway/release'
import { duration, list, type Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import { readCommon, type CommonInputs } from './common-inputs.ts'
import { declaredObject } from './declared-object.ts'
import { pulledImage } from './pulled-image.ts'
import type { DeclaredObject, PulledImage, Settings, WantedManifests } from './settings.ts'

const plainOnly = ['namespace', 'manifests', 'image'] as const

/**
 * The services that were chosen, in the one target that was chosen.
 * @throws Failed where names are unknown, or inputs contradict the project file.
 */
export function projectSettings(values: InputValues, shared: SharedInputs, project: Project, source: { readonly ref: string; readonly refName: string }, problems: Problems): Settings | undefined {
  refusePlainInputs(values, plainOnly, shared, problems)
  const plan = problems.try(() => makePlan(project, shared, source))
  const services = plan?.services ?? []
  const needs = { images: services.some(({ image }) => image !== undefined), config: services.some(({ config, secrets }) => config.size + secrets.size > 0) }
  const common = readCommon(values, shared, needs, problems)
  if (plan === undefined) return undefined
  const account = registryAccount(plan.registry, common, shared, problems)
  const target = onlyTarget(plan, problems)
  const soakMs = longerSoak(plan, common, shared, problems)
  if (target === undefined) return undefined
  const handedOver = { ...common, account }
  return {
    target,
    services: plan.services.flatMap((service) => wantedManifests(service, target, plan, handedOver, shared, problems) ?? []),
    patience: { soakMs, ...(plan.environment.rollout.timeoutMs === undefined ? {} : { timeoutMs: plan.environment.rollout.timeoutMs }), ...common.thresholds },
    lockPatienceMs: common.lockPatienceMs,
    onFailure: common.onFailure,
    until: common.until,
    ...(common.version === undefined ? {} : { version: common.version }),
  }
}

function registryAccount(registry: Registry | undefined, { registryAccount: given }: CommonInputs, { projectFile }: SharedInputs, problems: Problems): AccountId | undefined {
  if (given !== undefined && registry !== undefined && given !== registry.account) {
    problems.add({
      code: 'input-conflict',
      what: `the input "registry-account" is ${given}, but the registry has ${registry.account}`,
      why: `what ${projectFile} says of the registry is policy, which an input cannot replace`,
      next: 'leave the input "registry-account" out',
    })
  }
  return registry?.account ?? given
}

function onlyTarget({ targets, environment }: Plan, problems: Problems): Target | undefined {
  const [target, ...more] = targets
  if (more.length === 0) return target
  problems.add({
    code: 'input-conflict',
    what: `the environment ${environment.name} has ${targets.length} targets: ${list(targets.map(({ name }) => name))}`,
    why: 'this version rolls out to one target a step',
    next: 'name one by the input "targets", in a step or a matrix job for each',
  })
  return undefined
}

/** The soak is policy: an input may only make it longer. */
function longerSoak({ environment }: Plan, { soakMs }: CommonInputs, { projectFile }: SharedInputs, problems: Problems): number {
  const least = environment.rollout.soakMs ?? 0
  if (soakMs !== undefined && soakMs < least) {
    problems.add({
      code: 'input-conflict',
      what: `the input "soak" is ${duration(soakMs)}, but ${environment.name} has a soak of ${duration(least)}`,
      why: `what ${projectFile} says of an environment is policy, and a shorter soak would prove less`,
      next: 'leave the input "soak" out, or make it longer',
    })
  }
  return soakMs ?? environment.rollout.soakMs ?? defaultLimits.soakMs
}

type HandedOver = CommonInputs & { readonly account: AccountId | undefined }

function wantedManifests(service: Service, target: Target, plan: Plan, given: HandedOver, { projectFile }: SharedInputs, problems: Problems): WantedManifests | undefined {
  if (service.manifests === undefined || service.manifests.paths.length === 0) {
    problems.add({
      code: 'project-file-invalid',
      what: `the service ${service.name} has no manifests`,
      at: { file: projectFile },
      why: 'a rollout applies manifests',
      next: `write \`manifests: { paths: [<folder>] }\` under services.${service.name}, or leave ${service.name} out of "services"`,
    })
    return undefined
  }
  const image = imageOf(service, target, given, problems)
  const variables = { ...plan.variables(service, target), ...(given.version === undefined ? {} : { SLIPWAY_VERSION: given.version }) }
  return {
    service: service.name,
    paths: service.manifests.paths,
    layers: overlayPaths(plan.environment.name, target.name, '').map((folder) => folder.replace(/\/$/, '')),
    configuration: declaredObjects(service, target, given, problems),
    ...(service.manifests.template ? { variables } : {}),
    ...(image === undefined ? {} : { image }),
  }
}

function imageOf(service: Service, target: Target, { images, account }: HandedOver, problems: Problems): PulledImage | undefined {
  if (service.image === undefined || images === undefined) return undefined
  if (account !== undefined) return pulledImage(service.name, images, target, account, problems)
  problems.add({
    code: 'input-missing',
    what: `nothing says in which account the image of ${service.name} is`,
    why: 'neither has the project file a `registry`, nor is the input "registry-account" given',
    next: 'write `registry: { account, region }` into the project file',
  })
  return undefined
}

function declaredObjects(service: Service, target: Target, { configuration }: HandedOver, problems: Problems): DeclaredObject[] {
  const declared = [
    ...[...service.config.values()].map(({ name, mode }) => ({ kind: 'ConfigMap', name, isFixed: mode !== 'versioned' }) as const),
    ...[...service.secrets.values()].map(({ name, mode }) => ({ kind: 'Secret', name, isFixed: mode !== 'versioned' }) as const),
  ]
  if (configuration === undefined) return declared
  const synced = configuration.get(target.name)
  return declared.map(({ kind, name, isFixed }) => {
    const object = synced?.get(name)
    if (object?.kind === kind) {
      const found = declaredObject(name, object)
      if (found.isFixed === isFixed) return found
      problems.add({
        code: 'handover-invalid',
        what: `the input "config" holds the ${kind} ${name} for the target ${target.name} in another mode`,
        why: found.isFixed ? `${service.name} declares it as versioned, but there it has a fixed name` : `${service.name} declares it with a fixed name, but there it is a version`,
        next: 'give k8s-config-sync the same project file as k8s-rollout, from the same commit',
      })
      return { kind, name, isFixed }
    }
    problems.add({
      code: 'handover-invalid',
      what: `the input "config" holds no ${kind} ${name} for the target ${target.name}`,
      why: `${service.name} declares it`,
      next: 'give k8s-config-sync the same "services", "environment" and "targets" as k8s-rollout',
    })
    return { kind, name, isFixed }
  })
}
