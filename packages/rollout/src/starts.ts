import { evidenceOf, quoted, refOf, type Finding } from './cause.ts'
import { isRunning, lastEnd, waitingOf, type Container } from './containers.ts'
import { textAt } from './objects.ts'
import { configurationIn } from './configuration.ts'
import { volumeTrouble } from './volumes.ts'
import { occurrencesIn, type Scene, type ScenePod } from './scene.ts'

/** Containers that the node cannot start, whatever their program would do. */
export function starts({ pods }: Scene): Finding[] {
  return pods.flatMap((pod) => pod.containers.flatMap((container) => startOf(pod, container) ?? []))
}

const waitingReasons = ['RunContainerError', 'CreateContainerError', 'CreateContainerConfigError', 'PostStartHookError']

function startOf(pod: ScenePod, container: Container): Finding | undefined {
  const complaint = complaintOf(pod, container)
  if (complaint === undefined || configurationIn(complaint.message, pod).length > 0 || volumeTrouble(complaint.message)) return undefined
  const evidence = evidenceOf(pod.pod, container)
  const message = quoted(bare(complaint.message))
  const trouble = troubles.find(({ sign }) => sign.test(complaint.message))
  if (trouble === undefined) {
    const text = `container ${container.name} of pod ${pod.name} could not be started: ${message}; the kubelet tries again`
    return { warning: { key: `start/${container.name}/${complaint.reason}`, text, evidence } }
  }
  return {
    cause: {
      code: 'start-failed',
      object: refOf('Pod', pod.pod),
      container: container.name,
      reason: complaint.reason,
      why: `${trouble.what} in image ${container.image}: ${message}`,
      next: trouble.next,
      evidence,
    },
  }
}

const troubles: readonly { sign: RegExp; what: string; next: string }[] = [
  {
    sign: /exec format error/i,
    what: 'the program is not made for the platform of the node, or is a script without its first line #!,',
    next: 'build the image for the platform of the nodes; give a script its #! line',
  },
  {
    sign: /executable file not found|exec: .*no such file or directory/i,
    what: 'the program to run does not exist',
    next: 'check command and args in the manifest against ENTRYPOINT and CMD of the image; a script needs its interpreter in the image, too',
  },
  {
    sign: /exec: .*(permission denied|is a directory)/i,
    what: 'the program to run may not be executed',
    next: 'make the file executable in the image (chmod +x), or name another command',
  },
  {
    sign: /chdir to cwd .*(no such file or directory|permission denied|not a directory)/i,
    what: 'the working directory cannot be entered',
    next: 'check workingDir in the manifest against the directories of the image',
  },
  {
    sign: /runAsNonRoot/,
    what: 'the pod demands a user other than root (runAsNonRoot), which is not given',
    next: 'set a numeric USER in the image, or runAsUser in the manifest',
  },
]

/** A message at the start says more than the exit code 128 that comes with it. */
function complaintOf(pod: ScenePod, container: Container): { reason: string; message: string } | undefined {
  if (isRunning(container)) return undefined
  const waiting = waitingOf(container)
  if (waiting && waitingReasons.includes(waiting.reason)) return waiting
  const ended = lastEnd(container)
  if (ended !== undefined) {
    const reason = textAt(ended, 'reason')
    return reason === 'StartError' || reason === 'ContainerCannotRun' ? { reason, message: textAt(ended, 'message') ?? '' } : undefined
  }
  if (waiting && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') return undefined
  const occurrences = occurrencesIn(pod, container)
  if (occurrences.some(({ reason }) => reason === 'Started')) return undefined
  const failed = occurrences.findLast(({ reason, message }) => reason === 'Failed' && /failed to (create|start)|OCI runtime|runAsNonRoot/.test(message))
  // The status will say so in a second; the Event itself is called Failed, whatever it is about.
  return failed && { reason: /runAsNonRoot/.test(failed.message) ? 'CreateContainerConfigError' : 'RunContainerError', message: failed.message }
}

function bare(message: string): string {
  return message.replace(/^Error: /, '').replace(/^.*unable to start container process: /, '').replace(/: unknown$/, '')
}
