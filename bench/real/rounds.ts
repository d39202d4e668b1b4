import { median } from '../median.ts'

/** How often each side is measured. */
export const rounds = 5

/** What both sides took, in milliseconds. */
export interface Sides {
  readonly ours: readonly number[]
  readonly usual: readonly number[]
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

/** Both sides in turn, and the other one first the next time. */
export async function inTurn<T>(round: number, ours: () => Promise<T>, usual: () => Promise<T>): Promise<{ ours: T; usual: T }> {
  if (round % 2 === 0) {
    const own = await ours()
    return { ours: own, usual: await usual() }
  }
  const other = await usual()
  return { ours: await ours(), usual: other }
}

export async function sidesOf(measure: (round: number) => Promise<{ ours: number; usual: number }>): Promise<Sides> {
  const measured: { ours: number; usual: number }[] = []
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(round))
  return { ours: measured.map(({ ours }) => ours), usual: measured.map(({ usual }) => usual) }
}

/** Of the medians. */
export function ratioOf({ ours, usual }: Sides): number {
  return median(ours) / median(usual)
}

export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}
