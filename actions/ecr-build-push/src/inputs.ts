import { knownPlatforms, wantedTags, type BuildSecret } from '@slipway/images'
import { choice, flag, insteadOf, invalid, keyValues, lines, makePlan, names, readAllowUnproven, readShared, requiredEnvironment, safePath, shown, suggestion, text, unknownInputs, unsafePath, named as namedInput, type Project, type Registry, type SharedInputs } from '@slipway/project'
import { regionRule, repositoryRule, serviceRule, type Region, type RepositoryName, type ServiceName } from '@slipway/release'
import { list, Problems } from '@slipway/report'
import { parseBuildSecret, secretBuildArguments } from './build-secrets.ts'
import type { Origin, Settings, WantedImage } from './settings.ts'

/** Every input of action.yml. */
export const declaredInputs = [
  'services', 'environment', 'repository', 'context', 'dockerfile', 'target', 'platforms', 'build-args', 'secrets', 'tags', 'cache', 'reuse', 'create-repository', 'regions', 'push', 'allow-unproven',
  'project-file', 'region', 'role', 'expected-account', 'phase', 'dry-run', 'github-token',
] as const

/** The inputs as the runner gives them. */
export interface GivenInputs {
  readonly values: Readonly<Record<string, string>>
  readonly unknown: readonly string[]
}

/** The project file that is to be read; none where the inputs say everything themselves. */
export function projectFileOf({ values }: GivenInputs): string | undefined {
  return (values['repository'] ?? '').trim() === '' ? readShared({ values }, new Problems()).projectFile : undefined
}

/**
 * What the inputs say, with the project where there is one; undefined where it cannot be worked out.
 * @param project Undefined without a project file, and where it cannot be read, which is told already.
 */
export function readSettings(given: GivenInputs, origin: Origin, project: Project | undefined, problems: Problems): Settings | undefined {
  const { values } = given
  unknownInputs(given, declaredInputs, problems)
  const shared = readShared(given, problems)
  const own = readOwn(values, origin, problems)
  const common = {
    tags: tagTemplates(values, problems),
    cache: choice(values, 'cache', problems, ['auto', 'registry', 'none'], 'auto'),
    reuse: flag(values, 'reuse', problems, true),
    createRepository: flag(values, 'create-repository', problems, false),
    push: flag(values, 'push', problems, true),
    dryRun: shared.dryRun,
    isPreflight: shared.phase === 'preflight',
  }
  const place = own.repositoryGiven ? plainImages(shared, own, values, problems) : projectImages(values, shared, own, origin, project, problems)
  if (!place) return undefined
  return { ...common, ...place }
}

/** Where to, and what: the part of the settings that the project file may hold. */
type Place = Pick<Settings, 'images' | 'withoutImage' | 'environment' | 'tag' | 'region' | 'regions' | 'role' | 'account' | 'proof'>

interface OwnInputs {
  readonly repositoryGiven: boolean
  readonly repository: RepositoryName | undefined
  readonly context: string | undefined
  readonly dockerfile: string | undefined
  readonly target: string | undefined
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly secrets: readonly BuildSecret[]
  readonly regions: readonly Region[]
  readonly defaultPlatform: string
}

function readOwn(values: GivenInputs['values'], origin: Origin, problems: Problems): OwnInputs {
  const buildArgs = keyValues(values, 'build-args', problems)
  for (const name of buildArgs.keys()) if (!/^[A-Za-z_]\w*$/.test(name)) invalid('build-args', `${name}=…`, 'the name of a build argument is made of letters, digits and "_"', 'correct the name', problems)
  for (const failure of secretBuildArguments(Object.fromEntries(buildArgs), 'input "build-args"')) problems.add(failure)
  return {
    repositoryGiven: (values['repository'] ?? '').trim() !== '',
    repository: namedInput(values, 'repository', problems, repositoryRule),
    context: safePath(values, 'context', problems),
    dockerfile: safePath(values, 'dockerfile', problems),
    target: stageName(values, problems),
    platforms: platformList(words(values, 'platforms'), 'the input "platforms"', problems),
    buildArgs: Object.fromEntries(buildArgs),
    secrets: lines(values, 'secrets').flatMap((line) => parseBuildSecret(line, 'input "secrets"', problems) ?? []),
    regions: names(values, 'regions', problems, regionRule),
    defaultPlatform: origin.platform,
  }
}

/** One image, said by inputs alone. */
function plainImages(shared: SharedInputs, own: OwnInputs, values: GivenInputs['values'], problems: Problems): Place | undefined {
  if ((values['project-file'] ?? '').trim() !== '') {
    problems.add({ code: 'input-conflict', what: 'the inputs "repository" and "project-file" are both given', why: 'the repository of a service stands in the project file', next: 'leave one of them out' })
  }
  if ((values['region'] ?? '').trim() === '') {
    problems.add({ code: 'input-missing', what: 'the input "region" is missing', why: 'an ECR repository is in one region', next: 'give the region of the repository' })
  }
  readAllowUnproven(values, undefined, problems)
  const service = plainService(shared, own.repository, problems)
  if (!service || !own.repository || !shared.region) return undefined
  const image = {
    service,
    repository: own.repository,
    context: own.context ?? '.',
    dockerfile: own.dockerfile ?? 'Dockerfile',
    platforms: own.platforms.length > 0 ? own.platforms : [own.defaultPlatform],
    buildArgs: own.buildArgs,
    secrets: own.secrets,
    ...(own.target === undefined ? {} : { target: own.target }),
  }
  return {
    images: [image],
    withoutImage: [],
    region: shared.region,
    regions: otherRegions(own.regions, shared.region),
    ...(shared.environment === undefined ? {} : { environment: shared.environment }),
    ...(shared.role === undefined ? {} : { role: shared.role }),
    ...(shared.expectedAccount === undefined ? {} : { account: shared.expectedAccount }),
  }
}

function plainService(shared: SharedInputs, repository: RepositoryName | undefined, problems: Problems): ServiceName | undefined {
  const [given, ...more] = shared.services === 'all' ? [] : shared.services
  if (more.length > 0) {
    problems.add({ code: 'input-conflict', what: 'the input "services" names several, but "repository" one', why: 'without a project file one image is built', next: 'name one service, or describe them in a project file' })
    return undefined
  }
  const name = given ?? repository?.split('/').at(-1)?.replace(/[^a-z0-9]+/g, '-')
  if (name === undefined || serviceRule.is(name)) return name
  invalid('services', name, `the name of a service must be ${serviceRule.rule}`, 'name the service in the input "services"', problems)
  return undefined
}

/** The images of the services that are asked for, as the project file declares them. */
function projectImages(values: GivenInputs['values'], shared: SharedInputs, own: OwnInputs, origin: Origin, project: Project | undefined, problems: Problems): Place | undefined {
  if (project === undefined) return undefined
  const ref = { ref: origin.ref, refName: origin.ref.replace(/^refs\/[^/]+\//, '') }
  const plan = problems.try(() => makePlan(project, shared, ref, 'registry'))
  if (!plan) return undefined
  const required = requiredEnvironment(plan.environment, project)
  const allowUnproven = readAllowUnproven(values, required, problems)
  const declared = plan.services.flatMap(({ name, image }) => (image ? [{ service: name, image }] : []))
  const withoutImage = plan.services.filter(({ image }) => !image).map(({ name }) => name)
  const region: Region | undefined = plan.registry?.region ?? shared.region
  if (region === undefined) {
    problems.add({ code: 'project-file-invalid', what: 'it is not said where the images live', at: { file: shared.projectFile }, why: `neither the project nor the environment ${plan.environment.name} has a registry`, next: 'write registry: { account: "…", region: … }, or give the input "region"' })
    return undefined
  }
  if (declared.length > 1) onlyForOne(own, problems)
  const images = declared.map(({ service, image }): WantedImage => {
    const target = own.target ?? image.target
    const platforms = own.platforms.length > 0 ? own.platforms : platformList(image.platforms, `the service ${service}`, problems)
    for (const failure of secretBuildArguments(image.buildArgs, `${shared.projectFile}, service ${service}`)) problems.add(failure)
    const secrets = image.secrets.flatMap((line) => parseBuildSecret(line, `${shared.projectFile}, service ${service}`, problems) ?? [])
    return {
      service,
      repository: image.repository,
      context: own.context ?? inside(image.context, `services.${service}.image.context`, shared, problems),
      dockerfile: own.dockerfile ?? inside(image.dockerfile, `services.${service}.image.dockerfile`, shared, problems),
      platforms: platforms.length > 0 ? platforms : [own.defaultPlatform],
      buildArgs: { ...image.buildArgs, ...own.buildArgs },
      secrets: [...secrets.filter(({ id }) => !own.secrets.some((given) => given.id === id)), ...own.secrets],
      ...(target === undefined ? {} : { target }),
    }
  })
  const role = plan.registry?.role ?? shared.role
  const account = plan.registry?.account ?? shared.expectedAccount
  const regions = plan.registry === undefined ? otherRegions(own.regions, region) : narrowedRegions(own.regions, plan.registry, shared, problems)
  const proof = required === undefined ? undefined : { required, regions: [region, ...regions], ...(allowUnproven === undefined ? {} : { allowUnproven }) }
  return { images, withoutImage, environment: plan.environment.name, region, regions, ...(plan.tag === undefined ? {} : { tag: plan.tag }), ...(proof === undefined ? {} : { proof }), ...(role === undefined ? {} : { role }), ...(account === undefined ? {} : { account }) }
}

/** The home region may be named among them: it has every image anyway. */
function otherRegions(given: readonly Region[], home: Region): readonly Region[] {
  return given.filter((region) => region !== home)
}

/** The regions of the project file's registry, or those of them that the input names. */
function narrowedRegions(given: readonly Region[], { region: home, regions }: Registry, { projectFile }: SharedInputs, problems: Problems): readonly Region[] {
  for (const region of otherRegions(given, home)) {
    if (regions.includes(region)) continue
    problems.add({
      code: 'input-conflict',
      what: `the input "regions" names ${region}, which the registry does not have`,
      why: `${projectFile} says that its images are in ${list([home, ...regions])}; what it says of the registry is policy, which an input may only narrow`,
      next: insteadOf(region, [home, ...regions]),
    })
  }
  return given.length === 0 ? regions : regions.filter((region) => given.includes(region))
}

function onlyForOne(own: OwnInputs, problems: Problems): void {
  for (const name of ['context', 'dockerfile', 'target'] as const) {
    if (own[name] !== undefined) problems.add({ code: 'input-conflict', what: `the input "${name}" is given, but several services are built`, why: 'it can hold for one of them at most', next: 'write it into the project file, or name one service' })
  }
}

function inside(path: string, key: string, { projectFile }: SharedInputs, problems: Problems): string {
  const why = unsafePath(path)
  if (why !== undefined) problems.add({ code: 'file-outside', what: `${key} in ${projectFile} may leave the workspace`, why, next: 'write a path inside the repository' })
  return path
}

function stageName(values: GivenInputs['values'], problems: Problems): string | undefined {
  const target = text(values, 'target', problems)
  if (target === undefined || /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(target)) return target
  invalid('target', target, 'the name of a stage is made of letters, digits, "_", "." and "-"', 'correct it', problems)
  return undefined
}

function platformList(platforms: readonly string[], where: string, problems: Problems): readonly string[] {
  for (const platform of platforms) {
    if (knownPlatforms.some((known) => known === platform)) continue
    const meant = suggestion(platform, knownPlatforms) ?? suggestion(`linux/${platform}`, knownPlatforms)
    problems.add({
      code: 'input-invalid',
      what: `the platform ${shown(platform)} of ${where} is none`,
      why: 'a platform is os/architecture, or os/architecture/variant, and one that docker can build for',
      next: meant === undefined ? 'write for example linux/amd64 or linux/arm64' : `write ${meant}, if that is what you meant`,
    })
  }
  return platforms
}

function tagTemplates(values: GivenInputs['values'], problems: Problems): string[] {
  const templates = words(values, 'tags')
  // What needs no value of the run is judged here, so that it is told together with the other inputs.
  for (const template of templates) problems.try(() => wantedTags([template], {}))
  return templates
}

function words(values: GivenInputs['values'], name: string): string[] {
  return [...new Set((values[name] ?? '').split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ''))]
}
