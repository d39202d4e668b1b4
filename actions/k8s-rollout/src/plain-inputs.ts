import { registryHost } from '@slipway/access'
import { invalid, lines, plainTarget, readAllowUnproven, required, text, unsafePath, type InputValues, type SharedInputs, type Target } from '@slipway/project'
import { digestRule, repositoryRule, serviceRule, type AccountId, type Digest, type Images, type RepositoryName, type ServiceName } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import { isBlank, readCommon, type CommonInputs } from './common-inputs.ts'
import { declaredObject } from './declared-object.ts'
import { pulledImage } from './pulled-image.ts'
import type { DeclaredObject, PulledImage, Said } from './settings.ts'

/** One service in one namespace, as the plain inputs say it. */
export function plainSettings(values: InputValues, shared: SharedInputs, environment: Readonly<Record<string, string | undefined>>, problems: Problems): Said {
  const common = readCommon(values, shared, { images: false, config: false }, problems)
  readAllowUnproven(values, undefined, problems)
  const target = plainTarget(values, shared, environment, problems)
  const service = onlyService(values, shared, problems)
  const files = { paths: manifestPaths(values, problems), layers: [''] }
  const image = givenImage(values, shared, common, problems)
  const configuration = syncedObjects(common, problems)
  if (target === undefined || service === undefined) return { manifests: [files] }
  const pulled = image === undefined ? undefined : pulledFrom(image, service, target, problems)
  const settings = {
    targets: [{ ...target, services: [{ service, ...files, configuration, ...(pulled === undefined ? {} : { image: pulled }) }] }],
    waves: [[target.name]],
    patience: { soakMs: defaultLimits.soakMs, ...common.patience },
    lockPatienceMs: common.lockPatienceMs,
    onFailure: common.onFailure,
    ...(common.adopt === undefined ? {} : { adopt: common.adopt }),
    until: common.until,
    ...(common.version === undefined ? {} : { version: common.version }),
    ...(common.configurationCommit === undefined ? {} : { configurationCommit: common.configurationCommit }),
  }
  return { settings, manifests: [files] }
}

function onlyService(values: InputValues, { services }: SharedInputs, problems: Problems): ServiceName | undefined {
  const [service, ...more] = services === 'all' ? [] : services
  // Names of which none is right are told already, and so is `all` beside other names.
  if (service === undefined && services !== 'all' && !isBlank(values, 'services')) return undefined
  if (service === undefined || more.length > 0) {
    problems.add({
      code: services === 'all' || more.length > 0 ? 'input-conflict' : 'input-missing',
      what: service === undefined && services !== 'all' ? 'the input "services" is missing' : 'the input "services" names several beside "cluster"',
      why: 'with "cluster" the manifests are those of one service, whose name its lock, records and labels carry',
      next: 'name that service',
    })
    return undefined
  }
  if (serviceRule.is(service)) return service
  invalid('services', service, `it must be ${serviceRule.rule}`, 'correct the name', problems)
  return undefined
}

function manifestPaths(values: InputValues, problems: Problems): string[] {
  if (required({ manifests: lines(values, 'manifests')[0] ?? '' }, 'manifests', problems) === undefined) return []
  return lines(values, 'manifests').filter((path) => {
    const reason = unsafePath(path)
    if (reason !== undefined) invalid('manifests', path, reason, 'write a path relative to the workspace, that stays inside it', problems)
    return reason === undefined
  })
}

/** The input `image`, apart from where it is pulled. */
function writtenImage(values: InputValues, problems: Problems): { repository: RepositoryName; digest: Digest } | undefined {
  const written = text(values, 'image', problems)
  if (written === undefined) return undefined
  const [repository = '', digest = '', ...more] = written.split('@')
  if (repositoryRule.is(repository) && digestRule.is(digest) && more.length === 0) return { repository, digest }
  invalid('image', written, 'it must be an ECR repository and a digest, `repository@sha256:…`, without a host', 'pass the output `image` of ecr-build-push', problems)
  return undefined
}

type GivenImage = { readonly account: AccountId } & ({ readonly repository: RepositoryName; readonly digest: Digest } | { readonly images: Images })

/** What `image` or `images` say, and whose registry it is in. */
function givenImage(values: InputValues, { expectedAccount }: SharedInputs, { images, registryAccount, until }: CommonInputs, problems: Problems): GivenImage | undefined {
  const written = writtenImage(values, problems)
  const isGiven = !isBlank(values, 'image')
  if (isGiven && !isBlank(values, 'images')) {
    problems.add({ code: 'input-conflict', what: 'the inputs "image" and "images" are both given', why: 'they say the same, and might contradict each other', next: 'leave one of the two out' })
    return undefined
  }
  if (!isGiven && isBlank(values, 'images') && until !== 'preflight') {
    problems.add({
      code: 'input-missing',
      what: 'neither "images" nor "image" is given, or the one given is empty',
      why: 'the manifests get their image from there, by digest; the runner drops a job output that contains a masked string',
      next: 'pass the output `images` of ecr-build-push, or write `image: repository@sha256:…`',
    })
  }
  if (written === undefined && images === undefined) return undefined
  const account = registryAccount ?? expectedAccount
  if (account === undefined) {
    if (isBlank(values, 'registry-account') && isBlank(values, 'expected-account')) {
      problems.add({ code: 'input-missing', what: 'the input "registry-account" is missing', why: 'it says whose registry the pods pull from', next: 'give the twelve digits of the account' })
    }
    return undefined
  }
  if (written !== undefined) return { ...written, account }
  return images === undefined ? undefined : { images, account }
}

function pulledFrom(given: GivenImage, service: ServiceName, target: Target, problems: Problems): PulledImage | undefined {
  if ('images' in given) return pulledImage(service, given.images, target, given.account, problems)
  return { ...given, region: target.region, host: registryHost(given.account, target.region) }
}

function syncedObjects({ configuration }: CommonInputs, problems: Problems): DeclaredObject[] {
  if (configuration === undefined) return []
  const [, synced] = [...configuration].find(([target]) => target === plainTargetName) ?? []
  if (synced === undefined) {
    problems.add({
      code: 'handover-invalid',
      what: 'the input "config" is of another target',
      why: `it is about ${[...configuration.keys()].join(', ')}; what k8s-config-sync makes with the input "cluster" is of the target ${plainTargetName}`,
      next: 'use k8s-config-sync with "cluster", too, or both actions with a project file',
    })
    return []
  }
  return [...synced].map(([name, object]) => declaredObject(name, object))
}

/** What the target is called that the plain inputs name. */
const plainTargetName = 'default'
