import type { Outcome, Participant } from '@slipway/release'
import { Failed, list, type Failure } from '@slipway/report'
import { carryOut, checkTarget, type CheckedTarget } from './deliver.ts'
import { allSettled, type Delivery, type ServiceResult, type Surroundings } from './delivery.ts'
import { outcomeOf } from './outcome.ts'
import { resultOf } from './result.ts'
import { targetNarrator } from './target-narrator.ts'
import { inEachTarget } from './in-each-target.ts'

/** What a release does in one target, and the edges there. */
export interface TargetDelivery {
  readonly delivery: Delivery
  readonly around: Surroundings
}

/** What became of the services in one target. */
export interface TargetResult {
  readonly target: string
  readonly services: readonly ServiceResult[]
}

/** What became of a release, by target in the order in which they were given. */
export interface TargetsResult {
  readonly outcome: Outcome
  readonly targets: readonly TargetResult[]
}

/**
 * Takes services to their wanted content in one target or several: preflight of all targets; then wave by wave, the
 * targets of a wave side by side, each settling for itself. A target that does not end well keeps the waves behind it
 * from being started. Where everything stands already it is confirmed first, whatever the target's wave.
 * @throws Failed with every problem of every preflight; nothing was written anywhere then.
 */
export async function deliver(given: readonly TargetDelivery[], waves: readonly (readonly string[])[]): Promise<TargetsResult> {
  const shares = sharesOf(given)
  const checked = await inEachTarget(shares, nameOf, async (share): Promise<Checked> => ({ ...share, ...(await checkTarget(share.delivery, share.around)) }))
  if (checked.some(({ delivery }) => delivery.until !== 'deployed')) return { outcome: 'planned', targets: checked.map((one) => untouched(one, 'planned')) }
  const standing = checked.filter(({ prepared }) => prepared.every(({ unchanged }) => unchanged))
  const changing = waves.map((wave) => checked.filter((one) => !standing.includes(one) && wave.includes(nameOf(one))))
  const results = await waveByWave([standing, ...changing].filter((wave) => wave.length > 0))
  const targets = shares.map((share) => results.get(nameOf(share)) ?? missing(share))
  return { outcome: outcomeOver(targets), targets }
}

/** Where one target has what was wanted and another was put back, they differ, though nothing else was written by this run. */
function outcomeOver(targets: readonly TargetResult[]): Outcome {
  const outcome = outcomeOf(targets.flatMap(({ services }) => services))
  return (outcome === 'rolled-back' || outcome === 'broken') && targets.some(endedWell) ? 'partial' : outcome
}

interface Checked extends TargetDelivery, CheckedTarget {}

/** Who takes part is said in every record; who ousts the run from one target ousts it from all. */
function sharesOf(given: readonly TargetDelivery[]): TargetDelivery[] {
  const ousted = new AbortController()
  const participants = given.flatMap(({ delivery: { target, services } }) => services.map(({ service }): Participant => ({ target: target.name, namespace: target.namespace, service })))
  return given.map(({ delivery, around }) => {
    const narrator = given.length > 1 ? targetNarrator(around.narrator, delivery.target.name) : around.narrator
    return { delivery: { ...delivery, participants }, around: { ...around, ousted, narrator } }
  })
}

async function waveByWave(waves: readonly (readonly Checked[])[]): Promise<ReadonlyMap<string, TargetResult>> {
  const results = new Map<string, TargetResult>()
  const isChanging = ({ prepared }: Checked): boolean => prepared.some(({ unchanged }) => !unchanged)
  for (const [index, wave] of waves.entries()) {
    const before = waves.slice(0, index).flat()
    const bad = before.filter((one) => !endedWell(results.get(nameOf(one))))
    const done = bad.length > 0 ? wave.map((one) => notStarted(one, bad)) : await allSettled(wave.map((one) => settled(one, before.some(isChanging))))
    for (const result of done) results.set(result.target, result)
  }
  return results
}

/** One target's trouble ends neither the others nor what is told of them. What was checked before other waves is checked again. */
async function settled(one: Checked, isLate: boolean): Promise<TargetResult> {
  if (one.around.work.aborted) return cancelledBefore(one)
  try {
    const checked = isLate ? await checkTarget(one.delivery, one.around) : one
    return { target: nameOf(one), services: await carryOut(checked, one.delivery, one.around) }
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    return untouched(one, 'refused', error.failures[0])
  }
}

function notStarted(one: Checked, bad: readonly Checked[]): TargetResult {
  one.around.narrator.say(`not started, and left as it is: ${list(bad.map(nameOf), 'and')} did not end well`)
  return untouched(one, 'not-started')
}

function cancelledBefore(one: Checked): TargetResult {
  return untouched(one, 'not-started', {
    code: 'cancelled',
    what: `the run was cancelled before ${nameOf(one)} was begun`,
    why: 'nothing was written there',
    next: 'deploy again: what is healthy by then is not written again',
  })
}

/** A target in which nothing was done for what would have changed; why is told once. */
function untouched({ prepared, delivery }: Checked, status: 'planned' | 'not-started' | 'refused', failure?: Failure): TargetResult {
  const changing = prepared.filter(({ unchanged }) => !unchanged)
  const concerned = changing.length > 0 || failure === undefined ? changing : prepared
  const services = prepared.map((one): ServiceResult => ({
    ...resultOf(one, concerned.includes(one) ? status : 'unchanged'),
    ...(failure !== undefined && one === concerned[0] ? { failure } : {}),
  }))
  return { target: delivery.target.name, services }
}

function endedWell(result: TargetResult | undefined): boolean {
  return result?.services.every(({ status }) => status === 'healthy' || status === 'unchanged') ?? false
}

function nameOf({ delivery }: TargetDelivery): string {
  return delivery.target.name
}

function missing(share: TargetDelivery): never {
  throw new Error(`the target ${nameOf(share)} stands in no wave`)
}
