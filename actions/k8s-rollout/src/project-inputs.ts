import { toldByTarget } from '@slipway/delivery'
import { makePlan, overlayPaths, patienceOf, readAllowUnproven, refusePlainInputs, registryAccount, required, requiredEnvironment, type InputValues, type Plan, type Project, type Service, type SharedInputs, type Target } from '@slipway/project'
import type { AccountId, RepositoryName, ServiceName } from '@slipway/release'
import { Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import { isBlank, readCommon, type CommonInputs } from './common-inputs.ts'
import { declaredObject } from './declared-object.ts'
import { pulledImage } from './pulled-image.ts'
import { releaseRules } from './release-rules.ts'
import type { DeclaredObject, PulledImage, Said, WantedManifests } from './settings.ts'

const plainOnly = ['namespace', 'manifests', 'image'] as const

/**
 * The services that were chosen, in the targets that were chosen. Without a project, since it cannot be read, the
 * inputs are told all the same.
 */
export function projectSettings(values: InputValues, shared: SharedInputs, project: Project | undefined, source: { readonly ref: string; readonly refName: string }, problems: Problems): Said {
  refusePlainInputs(values, plainOnly, shared, problems)
  if (project === undefined) for (const input of ['services', 'environment']) if (isBlank(values, input)) required(values, input, problems)
  const plan = project === undefined ? undefined : problems.try(() => makePlan(project, shared, source))
  const services = plan?.services ?? []
  const needs = { images: services.some(({ image }) => image !== undefined), config: services.some(({ config, secrets }) => config.size + secrets.size > 0) }
  const common = readCommon(values, shared, needs, problems)
  if (plan === undefined) return { manifests: [] }
  const mustHaveProven = project === undefined ? undefined : requiredEnvironment(plan.environment, project)
  const allowUnproven = readAllowUnproven(values, mustHaveProven, problems)
  const account = registryAccount(plan, common.registryAccount, shared, problems)
  const patience = patienceOf(common.patience, plan.environment, shared, problems)
  const handedOver = { ...common, account, isAccountTold: !isBlank(values, 'registry-account') }
  const wanted = plan.targets.map((target) => {
    const own = new Problems()
    const services = plan.services.flatMap((service) => wantedManifests(service, target, plan, handedOver, shared, own) ?? [])
    return { target: { ...target, services }, problems: own.all }
  })
  for (const failure of toldByTarget(new Map(wanted.map(({ target, problems: own }) => [target.name, own])))) problems.add(failure)
  const targets = wanted.map(({ target }) => target)
  const settings = {
    targets,
    waves: plan.environment.rollout.waves.map((wave) => wave.filter((name) => targets.some((target) => target.name === name))).filter((wave) => wave.length > 0),
    patience: { soakMs: defaultLimits.soakMs, ...patience },
    lockPatienceMs: common.lockPatienceMs,
    onFailure: common.onFailure,
    ...(common.adopt === undefined ? {} : { adopt: common.adopt }),
    until: common.until,
    ...releaseRules(plan, common, problems),
    ...(mustHaveProven === undefined ? {} : { proof: { required: mustHaveProven, environment: plan.environment.name, repositories: repositoriesOf(project), ...(account === undefined ? {} : { account }), ...(allowUnproven === undefined ? {} : { allowUnproven }) } }),
    ...(common.configurationCommit === undefined ? {} : { configurationCommit: common.configurationCommit }),
  }
  return { settings, manifests: targets.flatMap(({ services }) => services) }
}

function repositoriesOf(project: Project | undefined): ReadonlyMap<ServiceName, RepositoryName> {
  return new Map([...(project?.services.values() ?? [])].flatMap(({ name, image }) => (image === undefined ? [] : [[name, image.repository] as const])))
}

type HandedOver = CommonInputs & { readonly account: AccountId | undefined; readonly isAccountTold: boolean }

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

function imageOf(service: Service, target: Target, { images, account, isAccountTold }: HandedOver, problems: Problems): PulledImage | undefined {
  if (service.image === undefined || images === undefined) return undefined
  if (account !== undefined) return pulledImage(service.name, images, target, account, problems)
  if (isAccountTold) return undefined
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
