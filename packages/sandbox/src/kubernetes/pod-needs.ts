import { isJson, listOf, type Json } from '../json.ts'
import { kindNamed, type Kind } from './kinds.ts'
import type { Objects } from './objects.ts'
import { at, type Resource } from './resource.ts'

const CONFIG_MAP = kindNamed('ConfigMap')
const SECRET = kindNamed('Secret')
const NODE_FILES = ['/etc/hostname', '/etc/hosts', '/etc/resolv.conf']

/** What an image reference leads to. */
export interface ImageFacts {
  readonly platforms: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

/** What keeps a container from being created, in the kubelet's words: a missing ConfigMap, Secret or key of its environment. */
export function missingForEnvironment(objects: Objects, pod: Resource, container: Json): string | undefined {
  const { namespace = '' } = pod.metadata
  const lack = (kind: Kind, reference: unknown): string | undefined => {
    if (!isJson(reference) || reference['optional'] === true) return undefined
    const name = String(reference['name'])
    const found = objects.get(kind, namespace, name)
    if (!found) return `${kind.kind.toLowerCase()} "${name}" not found`
    const key = reference['key']
    return typeof key === 'string' && at(found, 'data', key) === undefined ? `couldn't find key ${key} in ${kind.kind} ${namespace}/${name}` : undefined
  }
  const lacks = [
    ...listOf(container['envFrom']).flatMap((source) => [lack(CONFIG_MAP, at(source, 'configMapRef')), lack(SECRET, at(source, 'secretRef'))]),
    ...listOf(container['env']).flatMap((variable) => [lack(CONFIG_MAP, at(variable, 'valueFrom', 'configMapKeyRef')), lack(SECRET, at(variable, 'valueFrom', 'secretKeyRef'))]),
  ]
  return lacks.find((one) => one !== undefined)
}

/** What keeps a volume from being mounted, in the kubelet's words. */
export function missingForVolumes(objects: Objects, pod: Resource): string | undefined {
  const lacks = listOf(at(pod, 'spec', 'volumes')).flatMap((volume) => {
    const said = (why: string): string => `MountVolume.SetUp failed for volume "${String(at(volume, 'name'))}" : ${why}`
    const mistaken = mistakenHostPath(at(volume, 'hostPath'))
    if (mistaken !== undefined) return [said(`hostPath type check failed: ${mistaken}`)]
    const sources = [
      ...[at(volume, 'configMap'), ...listOf(at(volume, 'projected', 'sources')).map((source) => at(source, 'configMap'))].map((source) => [CONFIG_MAP, source] as const),
      ...[at(volume, 'secret'), ...listOf(at(volume, 'projected', 'sources')).map((source) => at(source, 'secret'))].map((source) => [SECRET, source] as const),
    ]
    return sources.flatMap(([kind, source]) => {
      if (!isJson(source) || source['optional'] === true) return []
      const name = String(source['secretName'] ?? source['name'])
      const found = objects.get(kind, pod.metadata.namespace, name)
      if (!found) return [said(`${kind.kind.toLowerCase()} "${name}" not found`)]
      const lacking = listOf(source['items']).map((item) => String(at(item, 'key'))).find((key) => at(found, 'data', key) === undefined && at(found, 'binaryData', key) === undefined)
      return lacking === undefined ? [] : [said(`references non-existent ${kind === SECRET ? 'secret' : 'config'} key: ${lacking}`)]
    })
  })
  return lacks[0]
}

/** What a path of the node is not, though the volume wants it: the node has three files, and all other paths are folders. */
function mistakenHostPath(source: unknown): string | undefined {
  const path = String(at(source, 'path'))
  const isFile = NODE_FILES.includes(path)
  const type = at(source, 'type')
  if (type === 'Directory' && isFile) return `${path} is not a directory`
  return type === 'File' && !isFile ? `${path} is not a file` : undefined
}

/** Why an image cannot be named at all. */
export function invalidImageName(image: string): string | undefined {
  const name = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
  const path = name.includes('/') && /[.:]|^localhost$/.test(name.split('/')[0] ?? '') ? name.split('/').slice(1).join('/') : name
  if (/^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(path)) return undefined
  const why = /[A-Z]/.test(path) ? `invalid reference format: repository name (${path}) must be lowercase` : 'invalid reference format'
  return `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${why}`
}

/** Why an image cannot be pulled, in containerd's words. A repository that is missing sounds like a tag that is. */
export function pullFailure(image: string, found: ImageFacts | undefined | 'repository-missing' | 'unauthorized' | 'unreachable', nodePlatforms: readonly string[]): string | undefined {
  const unresolved = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": `
  const [, host = '', path = '', reference = 'latest'] = /^([^/]+)\/([^@:]+)[@:]?(.+)?$/.exec(image) ?? []
  if (found === 'unauthorized') return `${unresolved}pulling from host ${host} failed with status code [manifests ${reference}]: 401 Unauthorized`
  if (found === 'unreachable') return `${unresolved}failed to do request: Head "http://${host}/v2/${path}/manifests/${reference}": dial tcp ${host}: connect: connection refused`
  const failed = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": `
  if (found === undefined || found === 'repository-missing') return `${failed}failed to resolve reference "${image}": ${image}: not found`
  if (!found.platforms.some((platform) => nodePlatforms.includes(platform))) return `${failed}no match for platform in manifest: not found`
  return undefined
}
