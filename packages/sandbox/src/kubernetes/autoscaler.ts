import { control, byController, record, type Cluster } from './cluster.ts'
import { kindNamed } from './kinds.ts'
import { at, microseconds, numberAt, withField, type Resource } from './resource.ts'

const AUTOSCALER = kindNamed('HorizontalPodAutoscaler')
const DEPLOYMENT = kindNamed('Deployment')
const SYNC_MS = 1000

/** Keeps Deployments within the bounds of their autoscalers; it measures no load. */
export function startAutoscaler(cluster: Cluster): void {
  const again = control(cluster, AUTOSCALER, (autoscaler) => {
    const target = targetOf(cluster, autoscaler)
    if (!target) return
    const present = numberAt(target, 'spec', 'replicas')
    const desired = Math.min(Math.max(present, numberAt(autoscaler, 'spec', 'minReplicas')), numberAt(autoscaler, 'spec', 'maxReplicas'))
    // Zero replicas mean that somebody switched the Deployment off.
    const isOff = present === 0
    if (!isOff && desired !== present) {
      byController(cluster, DEPLOYMENT, withField(target, ['spec', 'replicas'], desired), 'scale')
      const reason = desired > present ? 'Current number of replicas below Spec.MinReplicas' : 'Current number of replicas above Spec.MaxReplicas'
      record(cluster, { about: autoscaler, type: 'Normal', reason: 'SuccessfulRescale', message: `New size: ${desired}; reason: ${reason}`, component: 'horizontal-pod-autoscaler' })
    }
    const before = autoscaler['status']
    const status = { currentReplicas: numberAt(target, 'status', 'replicas'), desiredReplicas: isOff ? 0 : desired, ...(isOff || desired === present ? pick(before, 'lastScaleTime') : { lastScaleTime: microseconds().replace(/\.\d+/, '') }) }
    byController(cluster, AUTOSCALER, { ...autoscaler, status }, 'status')
  })
  cluster.objects.subscribe(({ kind, object }) => {
    if (kind !== DEPLOYMENT) return
    for (const autoscaler of cluster.objects.list(AUTOSCALER, object.metadata.namespace))
      if (at(autoscaler, 'spec', 'scaleTargetRef', 'name') === object.metadata.name)
        cluster.scheduler.after(SYNC_MS, () => {
          again(autoscaler)
        })
  })
}

function targetOf({ objects }: Cluster, autoscaler: Resource): Resource | undefined {
  return at(autoscaler, 'spec', 'scaleTargetRef', 'kind') === 'Deployment' ? objects.get(DEPLOYMENT, autoscaler.metadata.namespace, String(at(autoscaler, 'spec', 'scaleTargetRef', 'name'))) : undefined
}

function pick(object: unknown, field: string): Record<string, unknown> {
  const value = at(object, field)
  return value === undefined ? {} : { [field]: value }
}
