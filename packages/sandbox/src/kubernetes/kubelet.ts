import { randomBytes, randomUUID } from 'node:crypto'
import { isJson, listOf, stringOf, type Json } from '../json.ts'
import { record, type Cluster } from './cluster.ts'
import { Container, type Surroundings } from './container.ts'
import { kindNamed } from './kinds.ts'
import type { Life } from './life.ts'
import type { Node } from './node.ts'
import { missingForVolumes } from './pod-needs.ts'
import { podStatus, scheduledStatus, type ContainerRun } from './pod-status.ts'
import { at, numberAt, seconds, type Resource } from './resource.ts'
import { unschedulable } from './scheduling.ts'

const POD = kindNamed('Pod')
const NODE = 'node-1'

/** Schedules every pod onto one node, which is well, and runs it. */
export function startKubelet(cluster: Cluster, node: Node): void {
  const conditions = [['MemoryPressure', 'False'], ['DiskPressure', 'False'], ['PIDPressure', 'False'], ['Ready', 'True']].map(([type, status]) => ({ type, status }))
  cluster.objects.put(kindNamed('Node'), { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE, uid: randomUUID(), resourceVersion: '', creationTimestamp: seconds() }, status: { conditions } })
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

class RunningPod implements Surroundings {
  readonly cluster: Cluster
  readonly node: Node
  readonly pod: Resource
  readonly life: Life
  readonly ip = `10.244.0.${2 + (randomBytes(1)[0] ?? 0) % 250}`
  readonly #containers: readonly Container[]
  readonly #timers = new Set<() => void>()
  #isTerminating = false

  constructor(cluster: Cluster, node: Node, pod: Resource) {
    this.cluster = cluster
    this.node = node
    this.pod = pod
    const specs = (field: string): Json[] => listOf(at(pod, 'spec', field)).filter(isJson)
    const [first] = specs('containers')
    const image = node.findImage(stringOf(first?.['image']) ?? '')
    this.life = node.script(pod, typeof image === 'object' ? image.labels : {}) ?? {}
    const lifeOf = (spec: Json): Life => this.life.containers?.[String(spec['name'])] ?? (spec === first ? this.life : {})
    this.#containers = [...specs('initContainers').map((spec) => new Container(spec, true, lifeOf(spec), this)), ...specs('containers').map((spec) => new Container(spec, false, lifeOf(spec), this))]
    this.after(50, () => {
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
    for (const { run } of this.#containers) if (isJson(run.state['running'])) this.tell('Normal', 'Killing', `Stopping container ${run.name}`, run)
    const unborn = this.#containers.filter(({ run }) => run.containerID === undefined)
    for (const { run } of unborn) run.state = { waiting: { reason: 'ContainerCreating' } }
    if (unborn.length > 0)
      this.after(0, () => {
        this.publish()
      })
    this.after(Math.min(300, numberAt(this.#live(), 'metadata', 'deletionGracePeriodSeconds') * 1000), () => {
      for (const container of this.#containers) container.kill()
      this.publish('Failed')
      this.after(20, () => {
        const live = this.#live()
        if (live && listOf(live.metadata.finalizers).length === 0) this.cluster.objects.remove(POD, live)
      })
    })
  }

  /** The init containers one after the other, then all the others together. */
  initialized(): void {
    const init = this.#containers.find(({ run: { isInit, state } }) => isInit && at(state, 'terminated', 'exitCode') !== 0)
    if (init) init.begin()
    else for (const container of this.#containers.filter(({ run }) => !run.isInit)) container.begin()
  }

  tell(type: 'Normal' | 'Warning', reason: string, message: string, container?: ContainerRun): void {
    const live = this.#live()
    const fieldPath = container === undefined ? {} : { fieldPath: `spec.${container.isInit ? 'initContainers' : 'containers'}{${container.name}}` }
    if (live) record(this.cluster, { about: live, type, reason, message, component: 'kubelet', host: NODE, ...fieldPath })
  }

  publish(ended?: 'Failed'): void {
    const live = this.#live()
    if (!live) return
    const runs = this.#containers.map(({ run }) => run)
    const phase = ended ?? (runs.some(({ isInit, containerID }) => !isInit && containerID !== undefined) ? 'Running' : 'Pending')
    const { uid } = live.metadata
    if (phase === 'Running' && runs.every(({ isInit, ready }) => isInit || ready)) {
      if (!this.cluster.readySince.has(uid)) this.cluster.readySince.set(uid, this.cluster.scheduler.now())
    } else this.cluster.readySince.delete(uid)
    this.cluster.objects.put(POD, { ...live, status: podStatus(live, runs, phase, this.ip) })
  }

  after(ms: number, run: () => void): () => void {
    const cancel = this.cluster.scheduler.after(ms, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
    return cancel
  }

  #schedule(): void {
    const live = this.#live()
    if (!live) return
    const [os = '', arch = ''] = this.node.platforms[0]?.split('/') ?? []
    const why = unschedulable(live, { 'kubernetes.io/os': os, 'kubernetes.io/arch': arch, 'kubernetes.io/hostname': NODE })
    const spec = why === undefined ? { ...(isJson(live['spec']) ? live['spec'] : {}), nodeName: NODE } : live['spec']
    this.cluster.objects.put(POD, { ...live, spec, status: scheduledStatus(live, why) })
    const { namespace = '', name } = live.metadata
    record(this.cluster, {
      about: live,
      component: 'default-scheduler',
      ...(why === undefined ? { type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${NODE}` } : { type: 'Warning', reason: 'FailedScheduling', message: why }),
    })
    if (why !== undefined) return
    this.after(10, () => {
      this.publish()
      this.#mount(0)
    })
  }

  #mount(attempt: number): void {
    const lack = missingForVolumes(this.cluster.objects, this.pod)
    if (lack === undefined) {
      this.initialized()
      return
    }
    this.tell('Warning', 'FailedMount', lack)
    this.after(Math.min(500 * 2 ** attempt, 122_000), () => {
      this.#mount(attempt + 1)
    })
  }

  #live(): Resource | undefined {
    const { namespace, name, uid } = this.pod.metadata
    const live = this.cluster.objects.get(POD, namespace, name)
    return live?.metadata.uid === uid ? live : undefined
  }
}
