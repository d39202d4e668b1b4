import type { Moved } from '@slipway/delivery'
import { encodeReleases, serviceRule } from '@slipway/release'
import { inertLine } from '@slipway/report'
import type { Told } from './told.ts'

/**
 * The outputs, apart from `outcome`; where nothing is undone, only the time. A later step may print them: what a record
 * or a server says must not become a command there.
 */
export function outputsOf({ result, settings, milliseconds }: Told): Record<string, string> {
  const seconds = (milliseconds / 1000).toFixed(1)
  if (result.kind !== 'undone') return { seconds }
  const { services, moves } = result.undone
  const target = settings.target.name
  const failure = services.find((one) => one.failure !== undefined)?.failure
  const rolled = services.flatMap(({ service, sequence, status, seconds: took }) => {
    const version = moves.get(service)?.to.versions.at(-1)
    return serviceRule.is(service) ? [[service, { sequence, status, seconds: took, ...(version === undefined ? {} : { version: inertLine(version) }) }] as const] : []
  })
  const numbers = (pick: (move: Moved) => number): string => JSON.stringify({ [target]: Object.fromEntries([...moves].map(([service, move]) => [service, pick(move)])) })
  return {
    from: numbers(({ from }) => from.sequence),
    to: numbers(({ to }) => to.sequence),
    releases: encodeReleases(new Map([[target, new Map(rolled)]])),
    seconds,
    'failure-code': failure?.code ?? '',
    'failure-reason': failure === undefined ? '' : inertLine(`${failure.what}: ${failure.why}`),
  }
}
