import { environmentRule, namespaceRule, serviceRule, type NameRule, type Namespace } from '@slipway/release'
import type { Environment, Policy, Project, Registry, SecretDeclaration, SecretReference, Service, Target } from './project.ts'
import type { EnvironmentText, PolicyText, ProjectText, RegistryText, ServiceText } from './schema.ts'
import { wavesOf } from './waves.ts'

/** The project that a file means: names as types, defaults filled in. */
export function projectOf(text: ProjectText): Project {
  return {
    ...policyOf(text),
    ...(text.extends === undefined ? {} : { extends: text.extends }),
    configuration: { path: text.configuration.path },
    services: new Map(entries(text.services, serviceRule).map(([name, service]) => [name, { ...serviceOf(service), name }])),
  }
}

/** The policy that a file means. */
export function policyOf({ registry, environments }: Pick<PolicyText, 'registry' | 'environments'>): Policy {
  return {
    ...(registry === undefined ? {} : { registry: registryOf(registry) }),
    environments: new Map(entries(environments, environmentRule).map(([name, environment]) => [name, { ...environmentOf(environment), name }])),
  }
}

function registryOf({ account, region, regions, role }: RegistryText): Registry {
  return { account, region, regions: [...new Set(regions)].filter((one) => one !== region), ...(role === undefined ? {} : { role }) }
}

function serviceOf({ image, manifests, config, secrets }: ServiceText): Omit<Service, 'name'> {
  return {
    ...(image === undefined
      ? {}
      : {
          image: {
            repository: image.repository,
            context: image.context,
            dockerfile: image.dockerfile,
            ...(image.target === undefined ? {} : { target: image.target }),
            platforms: image.platforms,
            buildArgs: image['build-args'],
            secrets: image.secrets,
          },
        }),
    ...(manifests === undefined ? {} : { manifests: { paths: manifests.paths, template: manifests.template } }),
    config: new Map(
      Object.entries(config).map(([name, { files, literals, template, mode, 'env-files': envFiles }]) => [name, { name, files, envFiles, literals, template, mode }]),
    ),
    secrets: new Map(Object.entries(secrets).map(([name, declaration]) => [name, secretOf(name, declaration)])),
  }
}

interface ReferenceText {
  readonly 'json-key'?: string
  readonly stage?: string
}

function secretOf(name: string, declaration: ServiceText['secrets'][string]): SecretDeclaration {
  const { type, mode, from, keys } = declaration
  return {
    name,
    type,
    mode,
    ...(from === undefined ? {} : { from: referenceOf(from, declaration) }),
    keys: Object.fromEntries(Object.entries(keys ?? {}).map(([key, reference]) => [key, referenceOf(reference.from, reference)])),
  }
}

function referenceOf(secretId: string, { 'json-key': jsonKey, stage }: ReferenceText): SecretReference {
  return { secretId, ...(jsonKey === undefined ? {} : { jsonKey }), ...(stage === undefined ? {} : { stage }) }
}

function environmentOf({ branches, tags, requires, variables, rollout, registry, targets, ...text }: EnvironmentText): Omit<Environment, 'name'> {
  const { 'pre-releases': allowsPrereleases, 'release-branch': releaseBranch } = text
  return {
    branches,
    tags,
    allowsPrereleases,
    ...(releaseBranch === undefined ? {} : { releaseBranch }),
    ...(requires === undefined ? {} : { requires }),
    variables,
    rollout: {
      waves: wavesOf(rollout.order, targets.map(({ name }) => name)),
      ...(rollout.soak === undefined ? {} : { soakMs: rollout.soak }),
      ...(rollout.timeout === undefined ? {} : { timeoutMs: rollout.timeout }),
    },
    ...(registry === undefined ? {} : { registry: registryOf(registry) }),
    targets: targets.map(targetOf),
  }
}

function targetOf(target: EnvironmentText['targets'][number]): Target {
  const { name, region, cluster, namespace, role, variables, 'record-namespace': recordNamespace, 'expected-account': expectedAccount } = target
  return {
    name,
    region,
    cluster,
    namespace,
    recordNamespace: recordNamespace ?? defaultRecordNamespace(),
    ...(role === undefined ? {} : { role }),
    ...(expectedAccount === undefined ? {} : { expectedAccount }),
    variables,
  }
}

/** Where locks and records live unless a target says otherwise. */
export function defaultRecordNamespace(): Namespace {
  const name = 'slipway'
  if (!namespaceRule.is(name)) throw new Error('the default record namespace breaks the rule of namespaces')
  return name
}

function entries<Name extends string, T>(record: Readonly<Partial<Record<Name, T>>>, rule: NameRule<Name>): (readonly [Name, T])[] {
  return Object.entries<T | undefined>(record).flatMap(([name, value]) => (rule.is(name) && value !== undefined ? [[name, value] as const] : []))
}
