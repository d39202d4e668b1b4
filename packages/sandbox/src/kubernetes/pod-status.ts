import { isJson, listOf, type Json } from '../json.ts'
import { at, nameSuffix, seconds, type Resource } from './resource.ts'

/** One container as the kubelet sees it. */
export interface ContainerRun {
  readonly name: string
  readonly image: string
  readonly isInit: boolean
  state: Json
  lastState: Json
  ready: boolean
  started: boolean
  restartCount: number
  imageID: string
  containerID: string | undefined
}

/** A pod's status from its containers; times of conditions stay where nothing changed. */
export function podStatus(pod: Resource, runs: readonly ContainerRun[], phase: string, podIp: string): Json {
  const inits = runs.filter(({ isInit }) => isInit)
  const mains = runs.filter(({ isInit }) => !isInit)
  const isEnded = phase === 'Failed'
  const waitingInits = inits.filter(({ state }) => at(state, 'terminated', 'exitCode') !== 0)
  const unready = mains.filter(({ ready }) => !ready)
  const isStarted = runs.some(({ containerID, state }) => containerID !== undefined || (at(state, 'waiting', 'reason') !== 'ContainerCreating' && at(state, 'waiting', 'reason') !== 'PodInitializing'))
  const hasRun = mains.some(({ containerID }) => containerID !== undefined)
  const readiness: Fact = isEnded && hasRun
    ? { isTrue: false, reason: 'PodFailed' }
    : unready.length === 0
      ? { isTrue: true }
      : { isTrue: false, reason: 'ContainersNotReady', message: `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]` }
  const initialized: Fact =
    waitingInits.length === 0
      ? { isTrue: true }
      : { isTrue: false, reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${waitingInits.map(({ name }) => name).join(' ')}]` }
  const generation = pod.metadata.generation
  const conditions = [
    condition(pod, 'PodReadyToStartContainers', { isTrue: isStarted && !isEnded }, generation),
    condition(pod, 'Initialized', initialized, generation),
    condition(pod, 'Ready', readiness, generation),
    condition(pod, 'ContainersReady', readiness, generation),
    condition(pod, 'PodScheduled', { isTrue: true }, generation),
  ]
  return {
    observedGeneration: generation,
    phase,
    conditions,
    hostIP: '10.99.0.1',
    hostIPs: [{ ip: '10.99.0.1' }],
    ...(isStarted ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {}),
    startTime: at(pod, 'status', 'startTime') ?? seconds(),
    ...(inits.length > 0 ? { initContainerStatuses: inits.map(containerStatus) } : {}),
    containerStatuses: mains.map(containerStatus),
    qosClass: 'BestEffort',
  }
}

/** What is known once a node is found, or none is, and why. */
export function scheduledStatus(pod: Resource, why: string | undefined): Json {
  const found: Fact = why === undefined ? { isTrue: true } : { isTrue: false, reason: 'Unschedulable', message: why }
  return { phase: 'Pending', conditions: [condition(pod, 'PodScheduled', found, undefined)], qosClass: 'BestEffort' }
}

/** The id of a container's run. */
export function containerIdOf(uid: string, name: string, run: number): string {
  return `containerd://${Buffer.from(nameSuffix(`${uid}/${name}/${run}`, 32)).toString('hex')}`
}

interface Fact {
  readonly isTrue: boolean
  readonly reason?: string
  readonly message?: string
}

function condition(pod: Resource, type: string, { isTrue, reason, message }: Fact, observedGeneration: number | undefined): Json {
  const before = listOf(at(pod, 'status', 'conditions')).filter(isJson).find((one) => one['type'] === type)
  const status = isTrue ? 'True' : 'False'
  return {
    type,
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    status,
    lastProbeTime: null,
    lastTransitionTime: before?.['status'] === status ? before['lastTransitionTime'] : seconds(),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  }
}

function containerStatus({ name, image, state, lastState, ready, started, restartCount, imageID, containerID }: ContainerRun): Json {
  return { name, state, lastState, ready, restartCount, image, imageID, ...(containerID === undefined ? {} : { containerID }), started, ...(containerID === undefined ? {} : { resources: {} }) }
}
