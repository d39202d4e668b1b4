import { duration } from '@slipway/report'
import { appliedFrom, defaultTimeoutMs, judge, newPods, podLine, textAt, type Soak, type Verdict } from '@slipway/rollout'
import type { JsonObject } from '@slipway/release'
import type { Clock } from '@slipway/wire'
import type { Narrator, Observer } from './ports.ts'

/** How long to be patient, in milliseconds. */
export interface Patience {
  readonly soakMs: number
  /** Left out: the manifest's progress deadline and a minute. */
  readonly timeoutMs?: number
}

/** How a follow ended: a final verdict, or the run was told to stop. */
export type Followed = Extract<Verdict, { state: 'healthy' | 'failed' | 'superseded' }> | { readonly state: 'stopped'; readonly waitingFor: string }

const glanceMs = 1000

/** Follows a Deployment from the server's answer to its write until the verdict is final, with one line per pod that changed. */
export async function follow(
  service: string,
  answer: JsonObject,
  observer: Observer,
  patience: Patience,
  clock: Clock,
  work: AbortSignal,
  narrator: Narrator,
): Promise<Followed> {
  const applied = appliedFrom(answer)
  const name = textAt(answer, 'metadata', 'name')
  if (applied === undefined || name === undefined) throw new Error(`the answer to the write of ${service} is no Deployment`)
  const writtenMs = clock.monotonic()
  const limits = { soakMs: patience.soakMs, timeoutMs: patience.timeoutMs ?? defaultTimeoutMs(answer) }
  const told = new Set<string>()
  let soak: Soak | undefined
  let saidMs = writtenMs
  for (;;) {
    const observed = observer.observe(name)
    for (const pod of newPods(observed, applied)) {
      const line = podLine(pod)
      if (!told.has(line)) narrator.say(`[${service}] ${line}`)
      told.add(line)
    }
    const nowMs = clock.monotonic()
    const judgement = judge(observed, applied, limits, { nowMs, writtenMs }, soak)
    const { verdict } = judgement
    if (soak === undefined && judgement.soak !== undefined && limits.soakMs > 0) {
      narrator.say(`[${service}] all pods are available after ${duration(nowMs - writtenMs)}; watching them for ${duration(limits.soakMs)} more`)
    }
    soak = judgement.soak
    if (verdict.state === 'healthy' || verdict.state === 'failed' || verdict.state === 'superseded') return verdict
    const waitingFor = verdict.state === 'undecided' ? verdict.waitingFor : 'the soak to end'
    if (work.aborted) return { state: 'stopped', waitingFor }
    if (nowMs - saidMs > 10_000) {
      narrator.say(`[${service}] ${duration(nowMs - writtenMs)}: waiting for ${waitingFor}`)
      saidMs = nowMs
    }
    await observer.changed(verdict.state === 'soaking' ? Math.max(1, Math.min(glanceMs, verdict.untilMs - nowMs)) : glanceMs)
  }
}

