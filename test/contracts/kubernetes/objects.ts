import type { JsonObject } from '@slipway/release'

export const core = (namespace: string, plural: string, name?: string): string => `/api/v1/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`
export const deployments = (namespace: string, name = 'app'): string => `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`
export const leases = (namespace: string, name?: string): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases${name === undefined ? '' : `/${name}`}`

export function configMap(name: string, data: Readonly<Record<string, string>> = {}, more: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...(Object.keys(data).length === 0 ? {} : { data }), ...more }
}

/** A Deployment as people write it. Paused, so that its controller leaves it alone. */
export function deployment(spec: JsonObject = {}, container: JsonObject = {}, pod: JsonObject = {}): JsonObject {
  const containers = [{ name: 'app', image: 'registry.invalid/web:1', ports: [{ containerPort: 8080 }], ...container }]
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'app' },
    spec: { replicas: 2, paused: true, selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers, ...pod } }, ...spec },
  }
}

export function lease(holder: string, metadata: JsonObject = {}, spec: JsonObject = {}): JsonObject {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'lock', ...metadata }, spec: { holderIdentity: holder, leaseDurationSeconds: 15, renewTime: '2026-11-21T01:01:51.985000Z', ...spec } }
}

export function pod(name: string, container: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { automountServiceAccountToken: false, containers: [{ name: 'app', image: 'registry.invalid/web:1', ...container }] } }
}

export const unknownUid = '00000000-0000-4000-8000-000000000000'
export const modified = 'the object has been modified; please apply your changes to the latest version and try again'
