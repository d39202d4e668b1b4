import { isJsonObject, type Json, type JsonObject, type SyncedObject } from '@slipway/release'
import { isArray, objectAt, withAt } from './objects.ts'

/** A ConfigMap or Secret that a pod refers to. */
export interface ConfigurationReference {
  readonly kind: SyncedObject['kind']
  readonly name: string
}

interface Place {
  readonly path: readonly string[]
  readonly kind: SyncedObject['kind']
  readonly key: 'name' | 'secretName'
}

const ofContainers: readonly Place[] = [
  { path: ['env', '*', 'valueFrom', 'configMapKeyRef'], kind: 'ConfigMap', key: 'name' },
  { path: ['env', '*', 'valueFrom', 'secretKeyRef'], kind: 'Secret', key: 'name' },
  { path: ['envFrom', '*', 'configMapRef'], kind: 'ConfigMap', key: 'name' },
  { path: ['envFrom', '*', 'secretRef'], kind: 'Secret', key: 'name' },
]

/** Every place of a pod specification whose name can be rewritten. `imagePullSecrets` keep fixed names. */
const places: readonly Place[] = [
  ...ofContainers.map((place) => ({ ...place, path: ['containers', '*', ...place.path] })),
  ...ofContainers.map((place) => ({ ...place, path: ['initContainers', '*', ...place.path] })),
  { path: ['volumes', '*', 'configMap'], kind: 'ConfigMap', key: 'name' },
  { path: ['volumes', '*', 'secret'], kind: 'Secret', key: 'secretName' },
  { path: ['volumes', '*', 'projected', 'sources', '*', 'configMap'], kind: 'ConfigMap', key: 'name' },
  { path: ['volumes', '*', 'projected', 'sources', '*', 'secret'], kind: 'Secret', key: 'name' },
]

/** Every ConfigMap and Secret that the pods of a workload refer to where a name can be rewritten. */
export function configurationReferences(workload: JsonObject): ConfigurationReference[] {
  const found: ConfigurationReference[] = []
  rewriteConfiguration(workload, (reference) => {
    found.push(reference)
    return undefined
  })
  return found
}

/** The workload with each reference named as `rename` says; undefined keeps the name. */
export function rewriteConfiguration(workload: JsonObject, rename: (reference: ConfigurationReference) => string | undefined): JsonObject {
  if (objectAt(workload, 'spec', 'template', 'spec') === undefined) return workload
  return withAt(workload, ['spec', 'template', 'spec'], (spec) =>
    places.reduce<Json | undefined>((changed, { path, kind, key }) => {
      if (changed === undefined) return changed
      return everywhere(changed, path, (holder) => {
        const name = holder[key]
        const renamed = typeof name === 'string' ? rename({ kind, name }) : undefined
        return renamed === undefined ? holder : { ...holder, [key]: renamed }
      })
    }, spec),
  )
}

/** A copy in which each object at the path (`*` is every item of a list) is what `change` makes of it. */
export function everywhere(value: Json, path: readonly string[], change: (holder: JsonObject) => JsonObject): Json {
  const [step, ...rest] = path
  if (step === undefined) return isJsonObject(value) ? change(value) : value
  if (step === '*') return isArray(value) ? value.map((item) => everywhere(item, rest, change)) : value
  if (!isJsonObject(value)) return value
  const member = value[step]
  return member === undefined ? value : { ...value, [step]: everywhere(member, rest, change) }
}
