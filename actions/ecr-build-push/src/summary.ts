import { encodeImages, type Images, type Outcome } from '@slipway/release'
import { hitRatio } from '@slipway/images'
import { count, duration, inMarkdown, markdownTable } from '@slipway/report'
import type { CopyDeed, RunResult, ServiceResult } from './result.ts'

/** The outputs, apart from `outcome`. A single service's image is also named by itself. */
export function outputsOf(result: RunResult): Record<string, string> {
  const images: Images = new Map(result.services.flatMap(({ service, image }) => (image ? [[service, image] as const] : [])))
  const [only] = images.values()
  const single = images.size === 1 && result.services.length === 1 ? only : undefined
  return {
    // A part of them would be taken for the whole: what a preflight leaves to be built is handed over by the build.
    images: result.services.some(({ did }) => did === 'checked') ? '' : encodeImages(images),
    // Neither account nor host: the runner would drop an output that holds a masked account.
    image: single ? `${single.repository}@${single.digest}` : '',
    digest: single?.digest ?? '',
    reused: String(result.services.length > 0 && result.services.every(({ image }) => image?.reused === true)),
    'configuration-commit': result.configurationCommit ?? '',
    'cache-hit-ratio': hitRatio(result.services.flatMap(({ hits }) => hits ?? [])),
  }
}

/** The summary: what, result, seconds, next step, understood at a glance. */
export function summaryOf(result: RunResult): string {
  const isSpread = result.services.some(({ copies }) => copies !== undefined)
  const rows = result.services.map((one) => [inMarkdown(one.service), words(one), ...(isSpread ? [regionsOf(one)] : []), one.image ? `<code>${inMarkdown(one.image.digest.slice(0, 19))}</code>` : '', (one.image?.tags ?? []).map((tag) => `<code>${inMarkdown(tag)}</code>`).join(' '), one.milliseconds === undefined ? '' : duration(one.milliseconds), inMarkdown(one.reason)])
  const ratio = hitRatio(result.services.flatMap(({ hits }) => hits ?? []))
  return [
    `### Images: ${headline(result.outcome, result.services)}`,
    ...(rows.length > 0 ? ['', markdownTable(['Service', 'Result', ...(isSpread ? ['Other regions'] : []), 'Digest', 'Tags', 'Time', 'Why'], rows)] : []),
    ...(ratio === '' ? [] : ['', `Layers taken from the cache: ${Math.round(Number(ratio) * 100)} %.`]),
    ...(result.failures.length > 0 ? ['', ...result.failures.map(({ what, why, next }) => `- **${inMarkdown(what)}**: ${inMarkdown(why)}. Next: ${inMarkdown(next)}.`)] : []),
    '',
  ].join('\n')
}

function headline(outcome: Outcome, services: readonly ServiceResult[]): string {
  const number = (...kinds: ServiceResult['did'][]): number => services.filter(({ did }) => kinds.includes(did)).length
  const parts = [
    [number('built', 'built-only'), 'built'],
    [number('tagged', 'reused'), 'reused'],
    [number('proven'), 'proven'],
    [number('checked'), 'checked'],
    [number('would-build'), 'to be built'],
    [number('would-tag'), 'to be tagged'],
    [number('failed'), 'failed'],
    [services.filter(({ copies }) => [...(copies ?? [])].some(([, deed]) => deed === 'failed')).length, 'not in every region'],
  ] as const
  const told = parts.filter(([amount]) => amount > 0).map(([amount, what]) => `${amount} ${what}`)
  return `${outcome}${told.length > 0 ? `: ${told.join(', ')}` : `, ${count(services.length, 'service')}`}`
}

function regionsOf({ copies }: ServiceResult): string {
  return [...(copies ?? [])].map(([region, deed]) => `${inMarkdown(region)}: ${copyWords[deed]}`).join('<br>')
}

const copyWords: Readonly<Record<CopyDeed, string>> = { standing: 'has it', copied: 'copied', 'would-copy': 'would be copied', failed: '**failed**' }

function words({ did }: ServiceResult): string {
  switch (did) {
    case 'built':
      return 'built and pushed'
    case 'built-only':
      return 'built, not pushed'
    case 'tagged':
      return 'reused, newly tagged'
    case 'reused':
      return 'reused'
    case 'would-build':
      return 'would be built'
    case 'would-tag':
      return 'reused, would be tagged'
    case 'proven':
      return 'proven before, taken'
    case 'checked':
      return 'checked, to be looked up or built'
    case 'failed':
      return '**failed**'
  }
}
