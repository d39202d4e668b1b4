import type { JobResult, RunResult } from '@slipway/workflow-runner'
import type { Seen } from '../../src/promises.ts'
import type { Revision } from '../../src/records.ts'
import type { Running } from '../../src/where.ts'
import type { Workload } from '../../src/workloads.ts'

/** A run that ended well. */
export function runOf(changes: Partial<RunResult> = {}): RunResult {
  return { id: '1', number: 1, workflow: 'Deploy', event: 'workflow_dispatch', ref: 'refs/heads/main', sha: '0123456789', actor: 'alice', conclusion: 'success', jobs: [], milliseconds: 1000, ...changes }
}

/** A healthy workload of staging whose pods are named after it. */
export function workload(service: string, changes: Partial<Workload> = {}): Workload {
  return { place: 'staging', service, generation: 1, revision: '1', image: '', wanted: 2, available: 2, settled: true, pods: [`${service}-a`, `${service}-b`], containerRestarts: 0, ...changes }
}

/** A healthy service of staging with one configuration object. */
export function running(service: string, changes: Partial<Running> = {}): Running {
  return { place: 'staging', service, revision: '1', verdict: 'healthy', versions: [], image: '', pods: '2/2', configuration: [`${service}-env-1`], commit: '', actor: '', since: '', ...changes }
}

/** A healthy first revision of a service of staging. */
export function revision(service: string, changes: Partial<Revision> = {}): Revision {
  return { place: 'staging', service, number: 1, verdict: 'healthy', versions: [], restores: 0, images: [`shop/${service}@sha256:1`], configuration: [`${service}-env-1`], commit: 'c0ffee0c0ffee', actor: 'alice', run: 'https://github.com/acme/shop/actions/runs/1', at: '2026-01-05T09:00:00Z', ...changes }
}

/** A job that ended well. */
export function jobOf(name: string, changes: Partial<JobResult> = {}): JobResult {
  return { id: name, name, conclusion: 'success', outputs: {}, summary: '', annotations: [], steps: [], startedAt: 0, milliseconds: 0, ...changes }
}

/** A job that failed with an error. */
export function failedJob(name: string, message: string): JobResult {
  return jobOf(name, { conclusion: 'failure', annotations: [{ level: 'error', message }] })
}

/** What was seen of a click that changed nothing. */
export function seenOf(changes: Partial<Seen> = {}): Seen {
  const both = [workload('cart'), workload('web')]
  return {
    run: runOf(),
    counts: [{ server: 'ecr', reads: 2, writes: 0, wrote: [] }, { server: 'registry', reads: 0, writes: 0, wrote: [] }],
    grown: [],
    told: [{ service: 'cart', digest: '', reused: true }, { service: 'web', digest: '', reused: true }],
    before: both,
    after: both,
    running: [running('cart'), running('web')],
    configuration: new Set(['staging/cart-env-1', 'staging/web-env-1']),
    moments: [],
    revisionsBefore: [revision('cart'), revision('web')],
    revisions: [revision('cart'), revision('web')],
    locks: new Map(),
    tags: new Map(),
    releases: [],
    asked: [],
    hidden: [],
    ...changes,
  }
}
