import { listOf } from '../json.ts'
import { kindNamed } from './kinds.ts'
import type { Objects } from './objects.ts'
import { at, numberAt, type Resource } from './resource.ts'
import { refuse } from './status.ts'

const POD = kindNamed('Pod')
const QUOTA = kindNamed('ResourceQuota')
const NAMESPACE = kindNamed('Namespace')

/** Refuses a new pod that its namespace does not admit: by its PodSecurity level `restricted`, or by a quota on pods. */
export function admitPod(objects: Objects, pod: Resource): void {
  const { namespace, name } = pod.metadata
  const violations = insecurities(pod)
  const level = objects.get(NAMESPACE, undefined, namespace ?? '')?.metadata.labels?.['pod-security.kubernetes.io/enforce']
  if (level === 'restricted' && violations.length > 0) throw refuse.forbidden(POD, name, `violates PodSecurity "restricted:latest": ${violations.join(', ')}`)
  const used = objects.list(POD, namespace).filter((one) => !['Failed', 'Succeeded'].includes(String(at(one, 'status', 'phase')))).length
  for (const quota of objects.list(QUOTA, namespace)) {
    const limit = numberAt(quota, 'spec', 'hard', 'pods')
    if (at(quota, 'spec', 'hard', 'pods') !== undefined && used + 1 > limit) throw refuse.forbidden(POD, name, `exceeded quota: ${quota.metadata.name}, requested: pods=1, used: pods=${used}, limited: pods=${limit}`)
  }
}

/** What the level `restricted` forbids, in the words of its controller; rules that no plain container breaks are left out. */
function insecurities(pod: Resource): string[] {
  const containers = [...listOf(at(pod, 'spec', 'initContainers')), ...listOf(at(pod, 'spec', 'containers'))]
  const rule = (what: string, who: string, field: string, isKept: (container: unknown) => boolean): string[] => {
    const named = containers.filter((container) => !isKept(container)).map((container) => `"${String(at(container, 'name'))}"`)
    return named.length === 0 ? [] : [`${what} (${who}${named.length > 1 ? 's' : ''} ${named.join(', ')} must set ${field})`]
  }
  const own = (container: unknown, ...path: string[]): unknown => at(container, 'securityContext', ...path)
  const ownOrPods = (container: unknown, ...path: string[]): unknown => own(container, ...path) ?? at(pod, 'spec', 'securityContext', ...path)
  return [
    ...rule('allowPrivilegeEscalation != false', 'container', 'securityContext.allowPrivilegeEscalation=false', (container) => own(container, 'allowPrivilegeEscalation') === false),
    ...rule('unrestricted capabilities', 'container', 'securityContext.capabilities.drop=["ALL"]', (container) => listOf(own(container, 'capabilities', 'drop')).includes('ALL')),
    ...rule('runAsNonRoot != true', 'pod or container', 'securityContext.runAsNonRoot=true', (container) => ownOrPods(container, 'runAsNonRoot') === true),
    ...rule('seccompProfile', 'pod or container', 'securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"', (container) => ['RuntimeDefault', 'Localhost'].includes(String(ownOrPods(container, 'seccompProfile', 'type')))),
  ]
}
