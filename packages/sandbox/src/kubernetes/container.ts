import { isJson, listOf, stringOf, type Json } from '../json.ts'
import type { Cluster } from './cluster.ts'
import type { ContainerLife, Life } from './life.ts'
import { logKey } from './logs.ts'
import type { Node } from './node.ts'
import { invalidImageName, missingForEnvironment, pullFailure } from './pod-needs.ts'
import { containerIdOf, type ContainerRun } from './pod-status.ts'
import { at, numberAt, seconds, type Resource } from './resource.ts'

const BACK_OFF_MS = 10_000
const LONGEST_BACK_OFF_MS = 300_000
const SYNC_MS = 12_000
const RELIST_MS = 1000
const KILLED = 137

/** What a container needs of the pod around it. */
export interface Surroundings {
  readonly cluster: Cluster
  readonly node: Node
  readonly pod: Resource
  readonly life: Life
  readonly ip: string
  /** Runs it later, unless the pod ends before. */
  after(ms: number, run: () => void): () => void
  /** Records an Event about the container. */
  tell(type: 'Normal' | 'Warning', reason: string, message: string, container: ContainerRun): void
  /** Writes the pod's status. */
  publish(): void
  /** An init container has done its work. */
  initialized(): void
}

/** One container: its image is pulled, it is created and started, it ends and starts again. */
export class Container {
  readonly run: ContainerRun
  readonly #spec: Json
  readonly #around: Surroundings
  readonly #life: ContainerLife
  #failedPulls = 0
  #hasLackedConfiguration = false
  /** How long the next restart waits, counted from the end of a run; nothing until the first restart. */
  #backOffMs: number | undefined
  #endedAt: number | undefined
  #ofRun: (() => void)[] = []

  constructor(spec: Json, isInit: boolean, life: ContainerLife, around: Surroundings) {
    this.#spec = spec
    this.#around = around
    this.#life = life
    const hasInit = listOf(at(around.pod, 'spec', 'initContainers')).length > 0
    this.run = {
      name: stringOf(spec['name']) ?? '', image: stringOf(spec['image']) ?? '', isInit,
      state: { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } }, lastState: {},
      ready: false, started: false, restartCount: 0, imageID: '', containerID: undefined,
    }
  }

  /** Gets the image and goes on; comes back here before every further run. */
  begin(): void {
    const { run } = this
    const { image } = run
    const { node, life } = this.#around
    const policy = this.#spec['imagePullPolicy']
    const unnamed = invalidImageName(image)
    if (unnamed !== undefined) this.#cannotUse('InspectFailed', 'InvalidImageName', unnamed)
    else if (node.present.has(image) && policy !== 'Always') {
      this.#tell('Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`)
      this.#create()
    } else if (policy === 'Never') this.#cannotUse('ErrImageNeverPull', 'ErrImageNeverPull', `Container image "${image}" is not present with pull policy of Never`)
    else {
      this.#tell('Normal', 'Pulling', `Pulling image "${image}"`)
      const broken = this.#failedPulls < (life.registry?.times ?? Infinity) ? life.registry?.fails : undefined
      const why = pullFailure(image, broken ?? node.findImage(image), node.platforms)
      const pullMs = life.pullMs ?? 400
      this.#around.after(why === undefined ? pullMs : 5, () => {
        if (why !== undefined) this.#backOffPulling(why)
        else {
          this.#tell('Normal', 'Pulled', `Successfully pulled image "${image}" in ${pullMs}ms (${pullMs}ms including waiting). Image size: 2097152 bytes.`)
          node.present.add(image)
          this.#create()
        }
      })
    }
  }

  /** Kills the container with its pod. */
  kill(): void {
    if (isJson(this.run.state['running'])) this.#terminated(KILLED, 'Error')
    else if (this.run.containerID === undefined) this.run.state = { terminated: { exitCode: KILLED, reason: 'ContainerStatusUnknown', message: 'The container could not be located when the pod was terminated', startedAt: null, finishedAt: null } }
  }

  /** An image that no pull can bring. */
  #cannotUse(event: string, reason: string, message: string): void {
    this.#tell('Warning', event, message)
    this.#wait(reason, message, `Error: ${reason}`)
    this.#around.after(SYNC_MS, () => {
      this.begin()
    })
  }

  #backOffPulling(why: string): void {
    const { image } = this.run
    const pauseMs = Math.min(BACK_OFF_MS * 2 ** this.#failedPulls, LONGEST_BACK_OFF_MS)
    this.#failedPulls += 1
    this.#tell('Warning', 'Failed', `Failed to pull image "${image}": ${why}`)
    this.#wait('ErrImagePull', why, 'Error: ErrImagePull')
    this.#around.after(900, () => {
      this.#tell('Normal', 'BackOff', `Back-off pulling image "${image}"`)
      this.#wait('ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${why}`, 'Error: ImagePullBackOff')
    })
    this.#around.after(pauseMs, () => {
      this.begin()
    })
  }

  #create(): void {
    const { run } = this
    const { cluster, pod } = this.#around
    const { uid } = pod.metadata
    run.imageID = run.image.includes('@') ? run.image : `${run.image.replace(/:[^/:]*$/, '')}@sha256:${'0'.repeat(64)}`
    const lack = missingForEnvironment(cluster.objects, pod, this.#spec)
    if (lack !== undefined) {
      this.#wait('CreateContainerConfigError', lack, `Error: ${lack}`)
      this.#around.after(this.#hasLackedConfiguration ? SYNC_MS : 1000, () => {
        this.begin()
      })
      this.#hasLackedConfiguration = true
      return
    }
    run.containerID = containerIdOf(uid, run.name, run.restartCount)
    const key = logKey(uid, run.name)
    cluster.logs.set(key, [...(cluster.logs.get(key) ?? []), []])
    this.#tell('Normal', 'Created', 'Container created')
    if (this.#life.startError === undefined) this.#start()
    else this.#cannotStart(`failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${this.#life.startError}: unknown`)
  }

  #cannotStart(message: string): void {
    const { run } = this
    run.lastState = { terminated: { exitCode: 128, reason: 'StartError', message, startedAt: '1970-01-01T00:00:00Z', finishedAt: seconds(), containerID: run.containerID } }
    this.#wait('RunContainerError', message, `Error: ${message}`)
    this.#restart(this.#now())
  }

  #start(): void {
    const { run } = this
    const { log = [], crash } = this.#life
    run.state = { running: { startedAt: seconds() } }
    run.started = this.#spec['startupProbe'] === undefined
    this.#print(log)
    this.#tell('Normal', 'Started', 'Container started')
    this.#around.publish()
    if (run.isInit || (crash !== undefined && run.restartCount < (crash.times ?? Infinity))) {
      const { afterMs, exitCode, reason, log: last = [] } = crash !== undefined && run.restartCount < (crash.times ?? Infinity) ? crash : { afterMs: 50, exitCode: 0 }
      this.#whileRunning(afterMs, () => {
        this.#print(last)
        this.#end(exitCode, reason ?? (exitCode === 0 ? 'Completed' : 'Error'))
      })
    }
    if (!run.isInit) this.#beProbed()
  }

  /** Gets ready, or fails the probe that the script says. */
  #beProbed(): void {
    const { probe, readyAfterMs: given } = this.#life
    const readiness = this.#spec['readinessProbe']
    const readyAfterMs = probe?.fails === 'readiness' || probe?.fails === 'startup' ? Infinity : (given ?? (isJson(readiness) ? 1500 : 0))
    const stopTelling = given === undefined && probe?.fails !== 'readiness' ? undefined : this.#failProbe('readiness', () => undefined)
    this.#whileRunning(readyAfterMs, () => {
      stopTelling?.()
      this.run.ready = true
      this.run.started = true
      this.#around.publish()
    })
    if (probe === undefined || probe.fails === 'readiness') return
    const { fails } = probe
    this.#failProbe(fails, (failures, threshold) => {
      if (failures !== threshold) return
      this.#tell('Normal', 'Killing', `Container ${this.run.name} failed ${fails} probe, will be restarted`)
      this.#whileRunning(numberAt(this.#around.pod, 'spec', 'terminationGracePeriodSeconds') * 1000, () => {
        this.#end(KILLED, 'Error', true)
      })
    })
  }

  /** One of the manifest's probes fails, and says so, time and again; the answer ends that. */
  #failProbe(which: 'readiness' | 'liveness' | 'startup', onFailure: (failures: number, threshold: number) => void): () => void {
    const probe = this.#spec[`${which}Probe`]
    if (!isJson(probe)) return () => undefined
    const address = `${this.#around.ip}:${String(at(probe, 'httpGet', 'port'))}`
    const answer = this.#life.probe?.answer ?? `Get "http://${address}${String(at(probe, 'httpGet', 'path'))}": dial tcp ${address}: connect: connection refused`
    let isOver = false
    const next = (failures: number, ms: number): void => {
      this.#whileRunning(ms, () => {
        if (isOver) return
        this.#tell('Warning', 'Unhealthy', `${which.charAt(0).toUpperCase()}${which.slice(1)} probe failed: ${answer}`)
        onFailure(failures, numberAt(probe, 'failureThreshold'))
        next(failures + 1, numberAt(probe, 'periodSeconds') * 1000)
      })
    }
    next(1, Math.max(numberAt(probe, 'initialDelaySeconds'), numberAt(probe, 'periodSeconds')) * 1000)
    return () => {
      isOver = true
    }
  }

  /** A run is over, by itself or killed by its kubelet. */
  #end(exitCode: number, reason: string, isKilled = false): void {
    const since = isKilled ? this.#endedAt : this.#now()
    this.#terminated(exitCode, reason)
    this.#endedAt = this.#now()
    if (this.run.isInit && exitCode === 0) {
      this.run.ready = true
      this.#around.publish()
      this.#around.initialized()
      return
    }
    this.#around.publish()
    this.#restart(since)
  }

  /**
   * The first restart comes without a pause, later ones wait. A kubelet that kills a container itself restarts it in
   * the same breath and looks at the end of the run before: such a container restarts twice without a pause.
   */
  #restart(since: number | undefined): void {
    const { run } = this
    const pauseMs = this.#backOffMs !== undefined && since !== undefined && this.#now() - since < this.#backOffMs ? this.#backOffMs : 0
    this.#around.after(RELIST_MS, () => {
      if (isJson(run.state['terminated'])) run.lastState = run.state
      if (pauseMs > 0) {
        const { namespace = '', name, uid } = this.#around.pod.metadata
        this.#tell('Warning', 'BackOff', `Back-off restarting failed container ${run.name} in pod ${name}_${namespace}(${uid})`)
        run.state = { waiting: { reason: 'CrashLoopBackOff', message: `back-off ${duration(pauseMs)} restarting failed container=${run.name} pod=${name}_${namespace}(${uid})` } }
        this.#around.publish()
      }
      this.#around.after(pauseMs, () => {
        if (since !== undefined) this.#backOffMs = Math.min(this.#backOffMs === undefined ? BACK_OFF_MS : this.#backOffMs * 2, LONGEST_BACK_OFF_MS)
        run.restartCount += 1
        this.begin()
      })
    })
  }

  #terminated(exitCode: number, reason: string): void {
    const { run } = this
    for (const cancel of this.#ofRun) cancel()
    this.#ofRun = []
    run.state = { terminated: { exitCode, reason, startedAt: at(run.state, 'running', 'startedAt'), finishedAt: seconds(), containerID: run.containerID } }
    run.ready = false
    run.started = false
  }

  /** Waits for a reason, told as an Event too. */
  #wait(reason: string, message: string, event: string): void {
    this.run.state = { waiting: { reason, message } }
    this.#tell('Warning', 'Failed', event)
    this.#around.publish()
  }

  #print(lines: readonly string[]): void {
    const run = this.#around.cluster.logs.get(logKey(this.#around.pod.metadata.uid, this.run.name))?.at(-1)
    run?.push(...lines)
  }

  #tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#around.tell(type, reason, message, this.run)
  }

  /** Later, if the run has not ended by then. */
  #whileRunning(ms: number, then: () => void): void {
    this.#ofRun.push(this.#around.after(ms, then))
  }

  #now(): number {
    return this.#around.cluster.scheduler.now()
  }
}

/** As Go writes durations: `10s`, `1m20s`. */
function duration(ms: number): string {
  const whole = ms / 1000
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`
}
