import { evidenceAbout, quoted, refOf, type Finding } from './cause.ts'
import { numberAt, textAt } from './objects.ts'
import { occurrencesOf, type Occurrence } from './occurrences.ts'
import type { Scene } from './scene.ts'
import { isEnding, isOwnedBy } from './workload.ts'

/** Pods that the API server does not let in, for what they are. Quotas are a matter of their own. */
export function creation(scene: Scene): Finding[] {
  const { replicaSet } = scene
  if (replicaSet === undefined) return []
  return creationRefusals(scene)
    .filter(({ message }) => !isQuota(message))
    .map(({ reason, message }) => {
      const said = quoted(message.replace(/^.*?Error creating: /, ''), 700)
      const trouble = troubles.find(({ sign }) => sign.test(message))
      const evidence = evidenceAbout(refOf('ReplicaSet', replicaSet))
      if (trouble === undefined) {
        const text = `no pod can be made for ReplicaSet ${textAt(replicaSet, 'metadata', 'name') ?? ''} yet: ${said}; the controller tries again`
        return { warning: { key: `creation/${withoutPod(said)}`, text, evidence } }
      }
      return {
        cause: { code: 'pods-refused', object: refOf('ReplicaSet', replicaSet), container: undefined, reason, why: `${trouble.what}: ${said}`, next: trouble.next, evidence },
      }
    })
}

/** The refusals to make pods of the new ReplicaSet, as long as it has fewer than it wants. */
export function creationRefusals({ observed, events, applied, replicaSet }: Scene): Occurrence[] {
  const uid = textAt(replicaSet, 'metadata', 'uid')
  if (replicaSet === undefined || uid === undefined) return []
  const present = observed.pods.filter((pod) => isOwnedBy(pod, uid) && !isEnding(pod)).length
  if (present >= (numberAt(replicaSet, 'spec', 'replicas') ?? 0)) return []
  return occurrencesOf(replicaSet, events, applied).filter(({ reason }) => reason === 'FailedCreate')
}

/** Whether a refusal is a matter of how much is used: time may mend it. */
export function isQuota(message: string): boolean {
  return /exceeded quota: /.test(message)
}

/** What no second try mends. Everything else (a webhook that does not answer, a ServiceAccount that comes late) may pass. */
const troubles: readonly { sign: RegExp; what: string; next: string }[] = [
  {
    sign: /violates PodSecurity/,
    what: 'PodSecurity denies the pods in this namespace',
    next: 'set the securityContext that it names in the manifest, or ask the owner of the namespace for another level',
  },
  {
    sign: /denied (the )?request/,
    what: 'an admission policy of the cluster denies the pods',
    next: 'mend the manifest as the policy says, or ask its owner',
  },
  {
    sign: /is invalid: /,
    what: 'the pods are invalid',
    next: 'mend the pod template in the manifest',
  },
  {
    sign: /(minimum|maximum) \S+ usage per|max limit to request ratio|failed quota: .*must specify/,
    what: 'the resources that the pods ask for are not allowed in this namespace',
    next: 'set resources in the manifest as the LimitRange or ResourceQuota of the namespace demands',
  },
]

/** Each try has another pod name; that makes no new warning. */
function withoutPod(message: string): string {
  return message.replace(/pods? "[^"]*"/g, 'pod')
}
