import type { KubernetesServer, LifeScript, Resource } from '@slipway/sandbox'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, entriesAt, listAt, textAt } from './json.ts'

/**
 * Lets a pod of cart crash where its settings cannot be read. No container runs in the sandbox, but cart's own
 * sources say what it makes of the environment that the pod is given.
 */
export async function livesBySettings(repository: string): Promise<(cluster: Pick<KubernetesServer, 'objects'>) => LifeScript> {
  const file = join(repository, 'services', 'cart', 'src', 'settings.js')
  const sources: unknown = existsSync(file) ? await import(pathToFileURL(file).href) : undefined
  const readSettings = at(sources, 'readSettings')
  return (cluster) => (pod) => {
    if (typeof readSettings !== 'function' || pod.metadata.labels?.['app.kubernetes.io/name'] !== 'cart') return undefined
    try {
      Reflect.apply(readSettings, undefined, [environmentOf(pod, cluster)])
      return undefined
    } catch (error) {
      return { crash: { afterMs: 1500, exitCode: 1, log: [`file:///app/src/settings.js`, `    if (problems.length > 0) throw new Error(...)`, String(error)] } }
    }
  }
}

/** The variables of a pod's first container, from its ConfigMaps and Secrets. */
function environmentOf(pod: Resource, cluster: Pick<KubernetesServer, 'objects'>): Record<string, string> {
  const container = at(pod, 'spec', 'containers', 0)
  const valuesOf = (kind: 'ConfigMap' | 'Secret', name: string): [string, string][] => {
    const object = cluster.objects(kind, pod.metadata.namespace).find(({ metadata }) => metadata.name === name)
    return entriesAt(object, 'data').map(([key, value]) => [key, kind === 'Secret' ? Buffer.from(String(value), 'base64').toString() : String(value)])
  }
  const whole = listAt(container, 'envFrom').flatMap((from) => [...valuesOf('ConfigMap', textAt(from, 'configMapRef', 'name')), ...valuesOf('Secret', textAt(from, 'secretRef', 'name'))])
  const single = listAt(container, 'env').flatMap((variable): [string, string][] => {
    const [map, secret] = [at(variable, 'valueFrom', 'configMapKeyRef'), at(variable, 'valueFrom', 'secretKeyRef')]
    const from = map === undefined ? valuesOf('Secret', textAt(secret, 'name')) : valuesOf('ConfigMap', textAt(map, 'name'))
    const value = at(variable, 'value') ?? from.find(([key]) => key === textAt(map ?? secret, 'key'))?.[1]
    return typeof value === 'string' ? [[textAt(variable, 'name'), value]] : []
  })
  return Object.fromEntries([...whole, ...single])
}
