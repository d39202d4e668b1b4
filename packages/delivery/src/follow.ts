import { duration } from '@slipway/report'
import { appliedFrom, defaultLimits, defaultTimeoutMs, judge, podLine, refreshed, textAt, type Answer, type Ask, type ConfigurationReference, type Judgement, type Memory, type Observation, type Verdict } from '@slipway/rollout'
import type { JsonObject } from '@slipway/release'
import { openAlarm, type Alarm } from './alarm.ts'
import type { Underway } from './delivery.ts'
import type { Lock } from './ports.ts'
import { openTeller, type Line } from './teller.ts'

/** How a follow ended: a final verdict, with what it was reached on, or the run was told to stop. */
export type Followed =
  | Extract<Verdict, { state: 'healthy' | 'superseded' }>
  | (Extract<Verdict, { state: 'failed' }> & { readonly observed: Observation })
  | { readonly state: 'stopped'; readonly waitingFor: string }

/** What is followed: the server's answer to the write of a service's workload. */
export interface Written {
  readonly service: string
  readonly answer: JsonObject
  /** ConfigMaps and Secrets that this release itself has made: where they are missing, nobody will make them. */
  readonly own: readonly ConfigurationReference[]
}

/** Whether the lock is still ours is looked at so often, whatever happens. */
const glanceMs = 1000

/** Follows a Deployment until the verdict is final, with one line per pod that changed and one per trouble. */
export async function follow(written: Written, lock: Lock, run: Underway): Promise<Followed> {
  const alarm = openAlarm(run)
  try {
    return await toTheEnd(written, lock, run, alarm)
  } finally {
    alarm.close()
  }
}

async function toTheEnd({ service, answer, own }: Written, lock: Lock, run: Underway, alarm: Alarm): Promise<Followed> {
  const { clock, narrator, mission } = run
  const applied = appliedFrom(answer)
  const name = textAt(answer, 'metadata', 'name')
  if (applied === undefined || name === undefined) throw new Error(`the answer to the write of ${service} is no Deployment`)
  const observer = await run.observer
  const writtenMs = clock.monotonic()
  const { soakMs, timeoutMs = defaultTimeoutMs(answer), crashThreshold = defaultLimits.crashThreshold } = mission.patience
  const limits = { ...defaultLimits, soakMs, timeoutMs, crashThreshold, ownConfiguration: own }
  const teller = openTeller(service, run)
  const answers = new Map<string, Answer>()
  let memory: Memory | undefined
  let saidMs = writtenMs
  for (;;) {
    const by = lock.oustedBy()
    if (by !== undefined) {
      run.oust(by)
      return { state: 'superseded', why: `the run ${by} has taken the lock` }
    }
    if (lock.signal.aborted) return { state: 'superseded', why: 'the lock could not be renewed for 10 s, so another run may hold it by now' }
    const change = observer.change(name)
    let observed: Observation = { ...observer.observe(name), answers }
    const judgeNow = (): Judgement => judge(observed, applied, limits, { nowMs: clock.monotonic(), writtenMs }, memory)
    let judgement = judgeNow()
    const pods = judgement.pods.map(podLine).map((text): Line => ({ key: text, text, isWarning: false }))
    const judgeAnew = async (which: 'all' | 'pods'): Promise<void> => {
      observed = refreshed(observed, await observer.fresh(name, which))
      memory = judgement.memory
      judgement = judgeNow()
    }
    // What a watch shows may be old: a verdict must hold on what the server says now, and a failure on all of it.
    if (judgement.verdict.state === 'healthy') await judgeAnew('pods')
    if (isFailed(judgement)) await judgeAnew('all')
    const { verdict } = judgement
    memory = judgement.memory
    await teller.tell([...pods, ...judgement.warnings.map(({ key, text }): Line => ({ key, text, isWarning: true }))], observed)
    if (verdict.state === 'failed') return { ...verdict, observed: { ...observed, answers } }
    if (verdict.state === 'healthy' || verdict.state === 'superseded') return verdict
    if (verdict.state === 'soaking' && soakMs > 0) {
      const text = `all pods are available after ${duration(clock.monotonic() - writtenMs)}; watching them for ${duration(soakMs)} more`
      await teller.tell([{ key: 'soak', text, isWarning: false }], observed)
    }
    const waitingFor = verdict.state === 'undecided' ? verdict.waitingFor : 'the soak to end'
    if (run.stop.aborted) return { state: 'stopped', waitingFor }
    if (clock.monotonic() - saidMs > 10_000) {
      narrator.say(`[${service}] ${duration(clock.monotonic() - writtenMs)}: waiting for ${waitingFor}`)
      saidMs = clock.monotonic()
    }
    if (judgement.asks.length > 0) {
      await ask(judgement.asks, answers, run)
      continue
    }
    await Promise.race([change, alarm.by(Math.min(clock.monotonic() + glanceMs, judgement.lookAgainMs))])
  }
}

function isFailed({ verdict: { state } }: Judgement): boolean {
  return state === 'failed' || state === 'superseded'
}

/** Looks for what the verdict believes to be missing. Whoever may not look confirms nothing. */
async function ask(asks: readonly Ask[], answers: Map<string, Answer>, { ports, clock }: Underway): Promise<void> {
  await Promise.all(
    asks.map(async ({ id, kind, name }) => {
      const atMs = clock.monotonic()
      const keys = await ports.objects.keysOf(kind, name)
      answers.set(id, typeof keys === 'string' ? { atMs, found: keys, keys: [] } : { atMs, found: 'present', keys })
    }),
  )
}
