import { isJson, listOf } from '../json.ts'
import { byController, control, controlled, isActive, numberAt, record, type Cluster } from './cluster.ts'
import { kindNamed } from './kinds.ts'
import { createPod, counts } from './replicasets.ts'
import { at, seconds, type Resource } from './resource.ts'

const JOB = kindNamed('Job')
const POD = kindNamed('Pod')
const BACK_OFF_MS = 10_000

/** Runs each Job's pods until enough of them succeeded, or too many failed. */
export function startJobs(cluster: Cluster): void {
  /** Jobs that wait before they try again. */
  const waiting = new Set<string>()
  const again = control(cluster, JOB, (job) => {
    if (isEnded(job) || at(job, 'spec', 'suspend') === true) return
    const pods = controlled(cluster, POD, job)
    const ended = (phase: string): number => pods.filter((pod) => at(pod, 'status', 'phase') === phase).length
    const succeeded = ended('Succeeded')
    const failed = ended('Failed')
    const active = pods.filter(isActive).length
    if (succeeded >= numberAt(job, 'spec', 'completions')) end(job, 'Complete', 'SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods', { succeeded, failed })
    else if (failed > numberAt(job, 'spec', 'backoffLimit')) end(job, 'Failed', 'FailureTarget', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit', { succeeded, failed })
    else {
      const missing = Math.min(numberAt(job, 'spec', 'parallelism'), numberAt(job, 'spec', 'completions') - succeeded) - active
      if (missing > 0 && failed > 0 && !waiting.has(`${job.metadata.uid}/${failed}`)) {
        waiting.add(`${job.metadata.uid}/${failed}`)
        cluster.scheduler.after(BACK_OFF_MS * 2 ** (failed - 1), () => {
          create(job, missing)
        })
      } else if (missing > 0 && failed === 0) create(job, missing)
      const present = controlled(cluster, POD, job).filter(isActive).length
      tell(job, { startTime: at(job, 'status', 'startTime') ?? seconds(), ...counts({ active: present, succeeded, failed }), terminating: 0, uncountedTerminatedPods: {}, ready: 0 })
    }
  })

  function create(job: Resource, count: number): void {
    if (cluster.objects.get(JOB, job.metadata.namespace, job.metadata.name)?.metadata.uid !== job.metadata.uid) return
    for (let missing = count; missing > 0; missing -= 1) createPod(cluster, job, 'job-controller')
    again(job)
  }

  function tell(job: Resource, status: Record<string, unknown>): void {
    byController(cluster, JOB, { ...job, status }, 'status')
  }

  function end(job: Resource, type: string, announced: string, reason: string, message: string, { succeeded, failed }: { succeeded: number; failed: number }): void {
    const now = seconds()
    const conditions = [announced, type].map((one) => ({ type: one, status: 'True', lastProbeTime: now, lastTransitionTime: now, reason, message }))
    tell(job, { conditions, startTime: at(job, 'status', 'startTime') ?? now, ...(type === 'Complete' ? { completionTime: now } : {}), ...counts({ succeeded, failed }), terminating: 0, uncountedTerminatedPods: {}, ready: 0 })
    record(cluster, type === 'Complete' ? { about: job, type: 'Normal', reason: 'Completed', message: 'Job completed', component: 'job-controller' } : { about: job, type: 'Warning', reason, message, component: 'job-controller' })
  }
}

function isEnded(job: Resource): boolean {
  return listOf(at(job, 'status', 'conditions')).filter(isJson).some(({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True')
}
