import type { TargetName } from '@slipway/release'

/** Targets by wave. Of a written list only what names targets counts: `checkProject` tells of the rest. */
export function wavesOf(order: 'one-then-rest' | 'all-at-once' | readonly (readonly string[])[], targets: readonly TargetName[]): TargetName[][] {
  const [first, ...rest] = targets
  if (order === 'all-at-once' || first === undefined || targets.length === 1) return [[...targets]]
  if (order === 'one-then-rest') return [[first], rest]
  return order.map((wave) => targets.filter((name) => wave.includes(name)))
}
