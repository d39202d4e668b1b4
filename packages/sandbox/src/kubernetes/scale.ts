import { isJson, type Json } from '../json.ts'
import { at, withField, type Resource } from './resource.ts'
import { refuse } from './status.ts'

/** A Deployment as its `scale` subresource shows it. */
export function scaleOf(deployment: Resource): Json {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = deployment.metadata
  const labels = at(deployment, 'spec', 'selector', 'matchLabels')
  const selector = isJson(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`).join(',') : ''
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: at(deployment, 'spec', 'replicas') },
    status: { replicas: at(deployment, 'status', 'replicas') ?? 0, selector },
  }
}

/** The Deployment as a Scale asks for it. */
export function scaled(deployment: Resource, scale: Json): Resource {
  const replicas = at(scale, 'spec', 'replicas')
  const resourceVersion = at(scale, 'metadata', 'resourceVersion')
  if (typeof replicas !== 'number') throw refuse.badRequest('Scale in version "v1" cannot be handled as a Scale: spec.replicas must be a number')
  return withField(withField(deployment, ['metadata', 'resourceVersion'], typeof resourceVersion === 'string' ? resourceVersion : undefined), ['spec', 'replicas'], replicas)
}
