import { encodeConfiguration, type Configuration } from '@slipway/release'
import { count, inMarkdown, markdownTable } from '@slipway/report'
import { didWords } from './narrate.ts'
import type { ObjectResult, SyncResult } from './result.ts'

/** The outputs, apart from `outcome`. Objects that could not be written are left out: nothing may refer to them. */
export function outputsOf({ targets, configurationCommit }: SyncResult): Record<string, string> {
  const configuration: Configuration = new Map(
    targets.map(({ target, objects }) => [
      target,
      new Map(objects.filter(({ did }) => did !== 'failed' && did !== 'unanswered').map(({ declaredName, kind, name, checksum, changed, kept, source }) => [
        declaredName,
        { kind, name, checksum, changed, ...(kept === undefined ? {} : { kept }), ...(source === undefined ? {} : { source }) },
      ])),
    ]),
  )
  return { config: encodeConfiguration(configuration, configurationCommit), changed: String(targets.some(({ objects }) => objects.some(({ changed }) => changed))) }
}

/** The summary: what, where, result, and the keys that differ from the version before. */
export function summaryOf({ outcome, targets, failures }: SyncResult): string {
  const rows = targets.flatMap(({ target, objects }) =>
    objects.map((object) => [inMarkdown(target), `${object.kind} ${inMarkdown(object.declaredName)}`, didWords[object.did], keys(object), `<code>${inMarkdown(object.name)}</code>`]),
  )
  const number = (...kinds: ObjectResult['did'][]): number => targets.reduce((sum, { objects }) => sum + objects.filter(({ did }) => kinds.includes(did)).length, 0)
  const parts = [
    [number('created', 'changed', 'recreated', 'relabelled', 'kept'), 'written'],
    [number('would-create', 'would-change', 'would-recreate', 'would-relabel', 'would-keep'), 'to be written'],
    [number('unchanged'), 'unchanged'],
    [number('failed'), 'failed'],
    [number('unanswered'), 'without an answer'],
  ] as const
  const told = parts.flatMap(([amount, what]) => (amount > 0 ? [`${amount} ${what}`] : []))
  return [
    `### Configuration: ${outcome}${told.length > 0 ? `, ${told.join(', ')}` : ''} in ${count(targets.length, 'target')}`,
    ...(rows.length > 0 ? ['', markdownTable(['Target', 'Object', 'Result', 'Keys', 'Name in the cluster'], rows)] : []),
    ...(failures.length > 0 ? ['', ...failures.map(({ what, why, next }) => `- **${inMarkdown(what)}**: ${inMarkdown(why)}. Next: ${inMarkdown(next)}.`)] : []),
    ...(outcome === 'planned' ? ['', 'Nothing was written.'] : []),
    '',
  ].join('\n')
}

function keys({ difference, did }: ObjectResult): string {
  if (difference === undefined) return did === 'created' || did === 'would-create' ? 'first version' : ''
  const signs = [['added', difference.added], ['changed', difference.changed], ['removed', difference.removed]] as const
  return signs.flatMap(([word, names]) => (names.length > 0 ? [`${word}: ${names.map((name) => `<code>${inMarkdown(name)}</code>`).join(', ')}`] : [])).join('; ')
}
