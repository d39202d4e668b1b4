import { evidenceOf, quoted, refOf, type Finding } from './cause.ts'
import { configurationIn } from './configuration.ts'
import { hasRun, waitingOf } from './containers.ts'
import { timesOf, type Occurrence } from './occurrences.ts'
import type { Scene, ScenePod } from './scene.ts'

/** Mounts are tried again and again; what fails so often for such a reason will not mend itself. */
const timesThatFail = 3

/** Volumes that cannot be mounted. */
export function volumes({ pods }: Scene): Finding[] {
  return pods.flatMap(volumesOf)
}

/** Whether a message says that a volume has not what the manifest says: a wrong type, a wrong subPath. */
export function volumeTrouble(message: string): boolean {
  return /hostPath type check failed|subPath|Are you trying to mount a directory onto a file|(mount|volume).*is not a directory/i.test(message)
}

function volumesOf(pod: ScenePod): Finding[] {
  const told = pod.occurrences.filter((occurrence) => isMount(occurrence, pod) && configurationIn(occurrence.message, pod).length === 0)
  const lasting = told.filter(({ message }) => volumeTrouble(message))
  const [first] = lasting
  const times = timesOf(lasting)
  const evidence = evidenceOf(pod.pod)
  if (first && times >= timesThatFail) {
    return [
      {
        cause: {
          code: 'volume-failed',
          object: refOf('Pod', pod.pod),
          container: first.container,
          reason: first.reason,
          why: `a volume could not be mounted, ${times} times: ${quoted(first.message)}`,
          next: 'check the volume in the manifest: its type, its path and subPath, against what the node or the claim has',
          evidence,
        },
      },
    ]
  }
  return told
    .filter(({ message }) => !isCacheSync(message))
    .map(({ message }) => ({
      warning: { key: `mount/${volumeIn(message)}`, text: `a volume of pod ${pod.name} is not mounted yet: ${quoted(message)}`, evidence },
    }))
}

/** What is told of mounts that still fail: as long as the container, or any of the pod, has not run. */
function isMount({ reason, message, container }: Occurrence, { containers }: ScenePod): boolean {
  if (reason === 'FailedMount' || reason === 'FailedAttachVolume' || reason === 'FailedMapVolume') return !containers.some(hasRun)
  if (reason !== 'Failed' || !volumeTrouble(message)) return false
  return containers.some((one) => one.name === container && !hasRun(one) && waitingOf(one)?.reason !== undefined)
}

/** The kubelet's cache is filled a moment after the pod came: everyday life. */
function isCacheSync(message: string): boolean {
  return /not registered|failed to sync \w+ cache/.test(message)
}

function volumeIn(message: string): string {
  return /volume "([^"]+)"/.exec(message)?.[1] ?? ''
}
