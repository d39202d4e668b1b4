import { randomBytes } from 'node:crypto'
import { isJson, listOf, stringOf, type Json } from '../json.ts'
import { numberAt, record, type Cluster } from './cluster.ts'
import { kindNamed } from './kinds.ts'
import { logKey } from './logs.ts'
import { invalidImageName, missingForEnvironment, missingForVolumes, pullFailure, type ImageFacts } from './pod-needs.ts'
import { containerIdOf, podStatus, scheduledStatus, type ContainerRun } from './pod-status.ts'
import { at, seconds, type Resource } from './resource.ts'

const POD = kindNamed('Pod')
const NODE = 'node-1'
const BACK_OFF_MS = 10_000
const LONGEST_BACK_OFF_MS = 300_000
const SYNC_MS = 12_000

/** What a test wants of a pod's first container. Times are of the cluster, before `speed`. */
export interface Life {
  /** Until the image is there; 400. */
  readonly pullMs?: number
  /** From the start to ready; 1500. `Infinity`: never. */
  readonly readyAfterMs?: number
  /** What each run prints at its start. */
  readonly log?: readonly string[]
  /** Each run ends so long after its start; after `times` ends (default: always) a run goes on. */
  readonly crash?: { readonly afterMs: number; readonly exitCode: number; readonly times?: number }
}

/** The pod's life, from the pod and its image's labels. */
export type LifeScript = (pod: Resource, imageLabels: Readonly<Record<string, string>>) => Life | undefined

/** The node: what it can run and where its images are. */
export interface Node {
  readonly platforms: readonly string[]
  findImage(reference: string): ImageFacts | undefined | 'repository-missing'
  readonly script: LifeScript
}

/** Schedules every pod onto one node and runs it. */
export function startKubelet(cluster: Cluster, node: Node): void {
  const pods = new Map<string, RunningPod>()
  cluster.objects.subscribe(({ kind, type, object }) => {
    if (kind !== POD) return
    const { uid } = object.metadata
    const running = pods.get(uid)
    if (type === 'ADDED' && !running) pods.set(uid, new RunningPod(cluster, node, object))
    else if (type === 'DELETED') {
      running?.stop()
      pods.delete(uid)
      cluster.readySince.delete(uid)
    } else if (object.metadata.deletionTimestamp !== undefined) running?.terminate()
  })
}

class RunningPod {
  readonly #cluster: Cluster
  readonly #node: Node
  readonly #pod: Resource
  readonly #life: Life
  readonly #runs: ContainerRun[]
  readonly #ip = `10.244.0.${2 + (randomBytes(1)[0] ?? 0) % 250}`
  readonly #timers = new Set<() => void>()
  #isTerminating = false

  constructor(cluster: Cluster, node: Node, pod: Resource) {
    this.#cluster = cluster
    this.#node = node
    this.#pod = pod
    const containers = (field: string): Json[] => listOf(at(pod, 'spec', field)).filter(isJson)
    const hasInit = containers('initContainers').length > 0
    const runOf = (isInit: boolean) => (container: Json): ContainerRun => ({
      name: stringOf(container['name']) ?? '', image: stringOf(container['image']) ?? '', isInit,
      state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } }, lastState: {},
      ready: false, started: false, restartCount: 0, imageID: '', containerID: undefined,
    })
    this.#runs = [...containers('initContainers').map(runOf(true)), ...containers('containers').map(runOf(false))]
    const image = this.#node.findImage(this.#first()?.image ?? '')
    const scripted = node.script(pod, typeof image === 'object' ? image.labels : {})
    this.#life = scripted ?? (at(pod, 'spec', 'restartPolicy') === 'Always' ? {} : { crash: { afterMs: 300, exitCode: 0 } })
    this.#after(50, () => {
      this.#schedule()
    })
  }

  stop(): void {
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  /** Ends the containers, then the pod. */
  terminate(): void {
    if (this.#isTerminating) return
    this.#isTerminating = true
    this.stop()
    const running = this.#runs.filter(({ state }) => isJson(state['running']))
    for (const { name } of running) this.#tell('Normal', 'Killing', `Stopping container ${name}`, name)
    this.#after(Math.min(300, numberAt(this.#live(), 'metadata', 'deletionGracePeriodSeconds') * 1000), () => {
      for (const run of running) this.#terminated(run, 137)
      this.#publish(running.length > 0 ? 'Failed' : undefined)
      this.#after(20, () => {
        const live = this.#live()
        if (live && listOf(live.metadata.finalizers).length === 0) this.#cluster.objects.remove(POD, live)
      })
    })
  }

  #schedule(): void {
    const live = this.#live()
    if (!live) return
    this.#cluster.objects.put(POD, { ...live, spec: { ...(isJson(live['spec']) ? live['spec'] : {}), nodeName: NODE }, status: scheduledStatus(live) })
    const { namespace = '', name } = live.metadata
    record(this.#cluster, { about: live, type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${NODE}`, component: 'default-scheduler' })
    this.#after(10, () => {
      this.#publish()
      this.#mount(0)
    })
  }

  #mount(attempt: number): void {
    const lack = missingForVolumes(this.#cluster.objects, this.#pod)
    if (lack === undefined) {
      this.#next()
      return
    }
    this.#tell('Warning', 'FailedMount', lack)
    this.#after(Math.min(500 * 2 ** attempt, 122_000), () => {
      this.#mount(attempt + 1)
    })
  }

  /** The init containers one after the other, then all the others together. */
  #next(): void {
    const init = this.#runs.find(({ isInit, state }) => isInit && at(state, 'terminated', 'exitCode') !== 0)
    if (init) this.#pull(init, 0)
    else for (const run of this.#runs.filter(({ isInit }) => !isInit)) this.#pull(run, 0)
  }

  #pull(run: ContainerRun, attempt: number): void {
    const unnamed = invalidImageName(run.image)
    if (unnamed !== undefined) {
      this.#tell('Warning', 'InspectFailed', unnamed, run.name)
      this.#fail(run, 'InvalidImageName', unnamed, 'Error: InvalidImageName')
      this.#after(SYNC_MS, () => {
        this.#pull(run, attempt)
      })
      return
    }
    this.#tell('Normal', 'Pulling', `Pulling image "${run.image}"`, run.name)
    const why = pullFailure(run.image, this.#node.findImage(run.image), this.#node.platforms)
    const pullMs = this.#life.pullMs ?? 400
    this.#after(why === undefined ? pullMs : 5, () => {
      if (why === undefined) {
        this.#tell('Normal', 'Pulled', `Successfully pulled image "${run.image}" in ${pullMs}ms (${pullMs}ms including waiting). Image size: 2097152 bytes.`, run.name)
        run.imageID = run.image.includes('@') ? run.image : `${run.image.replace(/:[^/:]*$/, '')}@sha256:${'0'.repeat(64)}`
        this.#create(run, 0)
      } else this.#backOffPulling(run, attempt, why)
    })
  }

  #backOffPulling(run: ContainerRun, attempt: number, why: string): void {
    this.#tell('Warning', 'Failed', `Failed to pull image "${run.image}": ${why}`, run.name)
    this.#fail(run, 'ErrImagePull', why, 'Error: ErrImagePull')
    this.#after(900, () => {
      this.#tell('Normal', 'BackOff', `Back-off pulling image "${run.image}"`, run.name)
      this.#fail(run, 'ImagePullBackOff', `Back-off pulling image "${run.image}": ErrImagePull: ${why}`, 'Error: ImagePullBackOff')
    })
    this.#after(backOff(attempt), () => {
      this.#pull(run, attempt + 1)
    })
  }

  #create(run: ContainerRun, attempt: number): void {
    const container = [...listOf(at(this.#pod, 'spec', 'initContainers')), ...listOf(at(this.#pod, 'spec', 'containers'))].filter(isJson).find(({ name }) => name === run.name) ?? {}
    const lack = missingForEnvironment(this.#cluster.objects, this.#pod, container)
    if (lack === undefined) {
      this.#start(run)
      return
    }
    this.#fail(run, 'CreateContainerConfigError', lack, `Error: ${lack}`)
    this.#after(attempt === 0 ? 1000 : SYNC_MS, () => {
      this.#tellPresent(run)
      this.#create(run, attempt + 1)
    })
  }

  #start(run: ContainerRun): void {
    const { uid } = this.#pod.metadata
    const isFirst = run === this.#first()
    run.containerID = containerIdOf(uid, run.name, run.restartCount)
    run.state = { running: { startedAt: seconds() } }
    run.started = true
    const book = this.#cluster.logs
    const key = logKey(uid, run.name)
    book.set(key, [...(book.get(key) ?? []), isFirst ? (this.#life.log ?? []).map((text) => ({ at: new Date(), text })) : []])
    this.#tell('Normal', 'Created', 'Container created', run.name)
    this.#tell('Normal', 'Started', 'Container started', run.name)
    this.#publish()
    if (run.isInit) {
      this.#after(50, () => {
        this.#terminated(run, 0)
        run.ready = true
        this.#publish()
        this.#next()
      })
      return
    }
    const { crash, readyAfterMs = 1500 } = this.#life
    const ends = isFirst && crash !== undefined && run.restartCount < (crash.times ?? Infinity)
    const cancelReady = this.#after(isFirst ? readyAfterMs : 0, () => {
      run.ready = true
      this.#publish()
    })
    const probe = isFirst && readyAfterMs === Infinity ? listOf(at(this.#pod, 'spec', 'containers')).map((one) => at(one, 'readinessProbe'))[0] : undefined
    const cancelProbe = isJson(probe) ? this.#probe(run, numberAt(probe, 'periodSeconds') * 1000) : (): void => undefined
    if (ends)
      this.#after(crash.afterMs, () => {
        cancelReady()
        cancelProbe()
        this.#ended(run, crash.exitCode)
      })
  }

  /** A readiness probe that fails as long as the container runs. */
  #probe(run: ContainerRun, periodMs: number): () => void {
    let cancel = (): void => undefined
    const next = (): void => {
      cancel = this.#after(periodMs, () => {
        this.#tell('Warning', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503', run.name)
        next()
      })
    }
    next()
    return () => {
      cancel()
    }
  }

  /** A container ended by itself: again, later again, or the pod is over. The first restart comes without a pause. */
  #ended(run: ContainerRun, exitCode: number): void {
    const before = run.lastState
    this.#terminated(run, exitCode)
    run.lastState = before
    const policy = at(this.#pod, 'spec', 'restartPolicy')
    if (policy === 'Never' || (policy === 'OnFailure' && exitCode === 0)) {
      const isOver = this.#runs.every(({ state }) => isJson(state['terminated']))
      this.#publish(isOver ? (this.#runs.some(({ state }) => at(state, 'terminated', 'exitCode') !== 0) ? 'Failed' : 'Succeeded') : undefined)
      return
    }
    this.#publish()
    const pauseMs = run.restartCount === 0 ? 0 : backOff(run.restartCount - 1)
    this.#after(1000, () => {
      run.lastState = run.state
      if (pauseMs > 0) {
        const { namespace = '', name, uid } = this.#pod.metadata
        this.#tell('Warning', 'BackOff', `Back-off restarting failed container ${run.name} in pod ${name}_${namespace}(${uid})`, run.name)
        run.state = { waiting: { reason: 'CrashLoopBackOff', message: `back-off ${duration(pauseMs)} restarting failed container=${run.name} pod=${name}_${namespace}(${uid})` } }
        this.#publish()
      }
      this.#after(pauseMs, () => {
        run.restartCount += 1
        this.#tellPresent(run)
        this.#start(run)
      })
    })
  }

  #terminated(run: ContainerRun, exitCode: number): void {
    run.state = { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: at(run.state, 'running', 'startedAt') ?? seconds(), finishedAt: seconds(), containerID: run.containerID } }
    run.ready = false
    run.started = false
  }

  /** A container that waits for a reason, told as an Event too. */
  #fail(run: ContainerRun, reason: string, message: string, event: string): void {
    run.state = { waiting: { reason, message } }
    this.#tell('Warning', 'Failed', event, run.name)
    this.#publish()
  }

  #tellPresent({ image, name }: ContainerRun): void {
    this.#tell('Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`, name)
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string, container?: string): void {
    const live = this.#live()
    const field = this.#runs.find(({ name }) => name === container)?.isInit ? 'initContainers' : 'containers'
    if (live) record(this.#cluster, { about: live, type, reason, message, component: 'kubelet', host: NODE, ...(container === undefined ? {} : { fieldPath: `spec.${field}{${container}}` }) })
  }

  #publish(phase = this.#runs.some(({ isInit, containerID }) => !isInit && containerID !== undefined) ? 'Running' : 'Pending'): void {
    const live = this.#live()
    if (!live) return
    const status = podStatus(live, this.#runs, phase, this.#ip)
    const { uid } = live.metadata
    if (phase === 'Running' && this.#runs.every(({ isInit, ready }) => isInit || ready)) {
      if (!this.#cluster.readySince.has(uid)) this.#cluster.readySince.set(uid, this.#cluster.scheduler.now())
    } else this.#cluster.readySince.delete(uid)
    this.#cluster.objects.put(POD, { ...live, status })
  }

  #live(): Resource | undefined {
    const { namespace, name, uid } = this.#pod.metadata
    const live = this.#cluster.objects.get(POD, namespace, name)
    return live?.metadata.uid === uid ? live : undefined
  }

  #first(): ContainerRun | undefined {
    return this.#runs.find(({ isInit }) => !isInit)
  }

  #after(ms: number, run: () => void): () => void {
    const cancel = this.#cluster.scheduler.after(ms, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
    return cancel
  }
}

function backOff(attempt: number): number {
  return Math.min(BACK_OFF_MS * 2 ** attempt, LONGEST_BACK_OFF_MS)
}

/** As Go writes durations: `10s`, `1m20s`. */
function duration(ms: number): string {
  const whole = ms / 1000
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`
}
