import type { Moved, UndoneTarget } from '@slipway/delivery'
import { encodeReleases, serviceRule, targetRule } from '@slipway/release'
import { inertLine } from '@slipway/report'
import { failuresOf } from './failures.ts'
import type { Told } from './told.ts'

/**
 * The outputs, apart from `outcome`; where nothing is undone, only the time. A later step may print them: what a record
 * or a server says must not become a command there.
 */
export function outputsOf({ result, milliseconds }: Told): Record<string, string> {
  const seconds = (milliseconds / 1000).toFixed(1)
  if (result.kind !== 'undone') return { seconds }
  const { targets } = result.undone
  const [failure] = failuresOf(result)
  const numbers = (pick: (move: Moved) => number): string =>
    JSON.stringify(Object.fromEntries(targets.map(({ target, moves }) => [target, Object.fromEntries([...moves].map(([service, move]) => [service, pick(move)]))])))
  return {
    from: numbers(({ from }) => from.sequence),
    to: numbers(({ to }) => to.sequence),
    releases: encodeReleases(new Map(targets.flatMap((one) => (targetRule.is(one.target) ? [[one.target, rolledIn(one)] as const] : [])))),
    seconds,
    'failure-code': failure?.code ?? '',
    'failure-reason': failure === undefined ? '' : inertLine(`${failure.what}: ${failure.why}`),
  }
}

function rolledIn({ services, moves }: UndoneTarget): Parameters<typeof encodeReleases>[0] extends ReadonlyMap<string, infer Rolled> ? Rolled : never {
  return new Map(
    services.flatMap(({ service, sequence, status, seconds }) => {
      const version = moves.get(service)?.to.versions.at(-1)
      return serviceRule.is(service) ? [[service, { sequence, status, seconds, ...(version === undefined ? {} : { version: inertLine(version) }) }] as const] : []
    }),
  )
}
