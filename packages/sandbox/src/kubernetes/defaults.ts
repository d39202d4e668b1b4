import { isJson, listOf, stringOf, type Json } from '../json.ts'
import { nameSuffix, type Resource } from './resource.ts'

/** The object with what the API fills in. */
export function withDefaults(object: Resource): Resource {
  const copy = structuredClone(object)
  const spec = copy['spec']
  switch (copy.kind) {
    case 'ConfigMap':
      return copy
    case 'Secret':
      return secret(copy)
    default:
      if (!isJson(spec)) return copy
  }
  switch (copy.kind) {
    case 'Deployment': {
      fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 })
      const strategy = inner(spec, 'strategy', { type: 'RollingUpdate' })
      if (strategy['type'] === 'RollingUpdate') inner(strategy, 'rollingUpdate', { maxUnavailable: '25%', maxSurge: '25%' })
      break
    }
    case 'Service':
      service(copy, spec)
      break
    case 'HorizontalPodAutoscaler':
      fill(spec, { minReplicas: 1 })
      break
    case 'Pod':
      pod(spec)
  }
  if (isJson(spec['template'])) pod(inner(spec['template'], 'spec', {}))
  return copy
}

function fill(object: Json, defaults: Json): void {
  for (const [name, value] of Object.entries(defaults)) object[name] ??= value
}

/** The object in a field, made if absent, with its defaults. */
function inner(object: Json, field: string, defaults: Json): Json {
  const present = object[field]
  const value: Json = isJson(present) ? present : {}
  object[field] = value
  fill(value, defaults)
  return value
}

function secret(copy: Resource): Resource {
  copy['type'] ??= 'Opaque'
  const written = copy['stringData']
  if (!isJson(written)) return copy
  const data = inner(copy, 'data', {})
  for (const [key, value] of Object.entries(written)) data[key] = Buffer.from(String(value)).toString('base64')
  delete copy['stringData']
  return copy
}

function service(copy: Resource, spec: Json): void {
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' })
  for (const port of listOf(spec['ports']).filter(isJson)) fill(port, { protocol: 'TCP', targetPort: port['port'] })
  if (spec['type'] === 'ExternalName' || copy.metadata.uid === '') return
  // The uid decides, so that a Service keeps its address.
  const address = `10.96.${parseInt(copy.metadata.uid.slice(0, 2), 16)}.${1 + (parseInt(copy.metadata.uid.slice(2, 4), 16) % 250)}`
  fill(spec, { clusterIP: address, internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' })
  fill(spec, { clusterIPs: [spec['clusterIP']] })
  if (spec['type'] === 'LoadBalancer' || spec['type'] === 'NodePort') {
    fill(spec, { externalTrafficPolicy: 'Cluster' })
    for (const [index, port] of listOf(spec['ports']).filter(isJson).entries()) fill(port, { nodePort: 30000 + ((parseInt(nameSuffix(copy.metadata.uid, 2), 36) + index) % 2700) })
  }
}

function pod(spec: Json): void {
  fill(spec, { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, dnsPolicy: 'ClusterFirst', securityContext: {}, schedulerName: 'default-scheduler' })
  if (typeof spec['serviceAccountName'] === 'string') spec['serviceAccount'] = spec['serviceAccountName']
  for (const container of [...listOf(spec['initContainers']), ...listOf(spec['containers'])].filter(isJson)) {
    fill(container, { resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', imagePullPolicy: pullPolicy(stringOf(container['image']) ?? '') })
    for (const port of listOf(container['ports']).filter(isJson)) fill(port, { protocol: 'TCP' })
    for (const probe of [container['livenessProbe'], container['readinessProbe'], container['startupProbe']].filter(isJson)) {
      fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
      if (isJson(probe['httpGet'])) fill(probe['httpGet'], { path: '/', scheme: 'HTTP' })
    }
    for (const variable of listOf(container['env']).filter(isJson)) {
      const field = isJson(variable['valueFrom']) ? variable['valueFrom']['fieldRef'] : undefined
      if (isJson(field)) fill(field, { apiVersion: 'v1' })
    }
  }
  for (const volume of listOf(spec['volumes']).filter(isJson))
    for (const source of [volume['configMap'], volume['secret'], volume['projected']].filter(isJson)) fill(source, { defaultMode: 420 })
}

/** Always for `latest` and for no tag at all, else IfNotPresent. */
function pullPolicy(image: string): string {
  const tag = /:([^/:@]+)(@|$)/.exec(image.replace(/@sha256:.*$/, ''))?.[1]
  return image.includes('@') ? 'IfNotPresent' : tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent'
}
