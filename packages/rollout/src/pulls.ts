import type { FailureCode } from '@slipway/report'
import { evidenceOf, quoted, refOf, type Finding } from './cause.ts'
import { isRunning, lastEnd, waitingOf, type Container } from './containers.ts'
import { timesOf, type Occurrence } from './occurrences.ts'
import { occurrencesIn, type Scene, type ScenePod } from './scene.ts'

/** A refusal may be a token that was about to be renewed; the second one is not. */
const refusalsThatFail = 2

/** What became of pulling the images of the new pods. */
export function pulls({ pods }: Scene): Finding[] {
  return pods.flatMap((pod) => pod.containers.flatMap((container) => pullOf(pod, container) ?? []))
}

interface Complaint {
  readonly reason: string
  readonly message: string
}

type Trouble = 'invalid' | 'never' | 'platform' | 'absent' | 'refused' | 'passing'

function pullOf(pod: ScenePod, container: Container): Finding | undefined {
  const complaint = complaintOf(pod, container)
  if (complaint === undefined) return undefined
  const trouble = troubleOf(complaint, container.image)
  const refusals = timesOf(occurrencesIn(pod, container).filter((occurrence) => isFailedPull(occurrence) && troubleOf(occurrence, container.image) === 'refused'))
  const evidence = evidenceOf(pod.pod, container)
  const answer = quoted(bare(complaint.message))
  if (trouble === 'passing' || (trouble === 'refused' && refusals < refusalsThatFail)) {
    const text = `image ${container.image} of container ${container.name} cannot be pulled yet: ${answer}; the kubelet tries again`
    return { warning: { key: `pull/${container.image}/${trouble}`, text, evidence } }
  }
  const { code, what, next } = words[trouble]
  return {
    cause: {
      code,
      object: refOf('Pod', pod.pod),
      container: container.name,
      reason: complaint.reason,
      why: `${what(container.image, refusals)}: ${answer}`,
      next,
      evidence,
    },
  }
}

/** The Event is there a second before the status; the status is there when the Event is lost. */
function complaintOf(pod: ScenePod, container: Container): Complaint | undefined {
  const waiting = waitingOf(container)
  if (waiting && ['InvalidImageName', 'ErrImageNeverPull', 'ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable'].includes(waiting.reason)) return waiting
  if (isRunning(container) || lastEnd(container) !== undefined) return undefined
  if (waiting && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') return undefined
  const occurrences = occurrencesIn(pod, container)
  if (occurrences.some(({ reason }) => reason === 'Pulled')) return undefined
  for (const occurrence of occurrences.toReversed()) {
    if (occurrence.reason === 'InspectFailed' && /invalid reference format|couldn't parse image name/.test(occurrence.message)) {
      return { reason: 'InvalidImageName', message: occurrence.message }
    }
    if (occurrence.reason === 'ErrImageNeverPull') return occurrence
    if (isFailedPull(occurrence)) return { reason: 'ErrImagePull', message: occurrence.message }
  }
  return undefined
}

function isFailedPull({ reason, message }: Occurrence): boolean {
  return reason === 'Failed' && message.startsWith('Failed to pull image')
}

/** The image's own name is left out of what is searched: a tag may be called `401`. */
function troubleOf({ reason, message }: Complaint, image: string): Trouble {
  if (reason === 'InvalidImageName') return 'invalid'
  if (reason === 'ErrImageNeverPull') return 'never'
  const text = message.replaceAll(image, 'IMAGE').replace(/"[^"]*"/g, 'NAME')
  if (/no match for platform|no matching manifest/i.test(text)) return 'platform'
  if (/\b(401|403)\b|unauthorized|forbidden|denied|no basic auth|authentication required|authorization (failed|token has expired)|insufficient_scope/i.test(text)) return 'refused'
  if (/time-?out|timed out|deadline exceeded|\b(429|5\d\d)\b|toomanyrequests|connection|no such host|\bEOF\b|executable file not found/i.test(text)) return 'passing'
  if (/not found|manifest unknown|name unknown|does not exist/i.test(text)) return 'absent'
  return 'passing'
}

interface Words {
  readonly code: FailureCode
  readonly what: (image: string, times: number) => string
  readonly next: string
}

const words: Readonly<Record<Exclude<Trouble, 'passing'>, Words>> = {
  invalid: {
    code: 'image-name-invalid',
    what: (image) => `${image} is no name of an image`,
    next: 'mend the image in the manifest (a repository is lower case, a tag stands after a colon)',
  },
  never: {
    code: 'image-not-found',
    what: (image) => `image ${image} is not on the node, and imagePullPolicy Never forbids to pull it`,
    next: 'set imagePullPolicy to IfNotPresent, or bring the image to every node',
  },
  platform: {
    code: 'image-wrong-platform',
    what: (image) => `image ${image} has nothing for the platform of the node`,
    next: 'build the image for the platform of the nodes, or select nodes that fit by kubernetes.io/arch',
  },
  absent: {
    code: 'image-not-found',
    what: (image) => `the registry has no image ${image}`,
    next: 'check repository and tag in the manifest, and whether the image was pushed to the registry that this cluster pulls from',
  },
  refused: {
    code: 'image-pull-refused',
    what: (image, times) => `the registry refused to give out image ${image}, ${times} times`,
    next: 'give the nodes, or the imagePullSecrets of the pod, the right to pull from that registry',
  },
}

/** The last part of a pull's message, without the layers that passed it on. */
function bare(message: string): string {
  let text = message
  for (;;) {
    const inner = text.replace(/^(Failed to pull image "[^"]*"|Back-off pulling image "[^"]*"|ErrImagePull|rpc error: code = \w+ desc = failed to pull and unpack image "[^"]*"|failed to pull and unpack image "[^"]*"|failed to resolve reference "[^"]*"|failed to do request):\s*/, '')
    if (inner === text) return text.replace(/^rpc error: code = \w+ desc = /, '')
    text = inner
  }
}
