import type { Moment } from './moments.ts'

/** A part of a rollout's time: a service waits for its lock, or one of its revisions is followed. */
export interface Span {
  readonly service: string
  /** How it ended; `left` where the run ended before. */
  readonly kind: 'waiting' | 'healthy' | 'failed' | 'left'
  readonly text: string
  /** Since the start of the run. */
  readonly fromMs: number
  readonly toMs: number
}

interface Open {
  readonly kind: 'waiting' | 'followed'
  readonly text: string
  readonly fromMs: number
}

/** What a run did with its services, in the order in which it began; `endMs` is its own length. */
export function spansOf(moments: readonly Moment[], endMs: number): Span[] {
  return [...Map.groupBy(moments, ({ service }) => service)].flatMap(([service, own]) => spansOfService(service, own, endMs)).sort((one, other) => one.fromMs - other.fromMs)
}

function spansOfService(service: string, moments: readonly Moment[], endMs: number): Span[] {
  const spans: Span[] = []
  let open: Open | undefined
  let back = ''
  const close = (kind: Span['kind'], toMs: number): void => {
    if (open) spans.push({ service, kind: open.kind === 'waiting' ? 'waiting' : kind, text: open.text, fromMs: open.fromMs, toMs })
    open = undefined
  }
  for (const { atMs, text } of moments) {
    if (open?.kind === 'waiting') close('waiting', atMs)
    const [, good = ''] = /^revision (\d+), .* is put back as revision \d+$/.exec(text) ?? []
    const [, written] = /^written: revision (\d+),/.exec(text) ?? []
    const [, left] = /^revision (\d+) was left without a verdict/.exec(text) ?? []
    if (good !== '') back = `, the content of ${good}`
    if (text.startsWith('waiting for the lock: ')) open = { kind: 'waiting', text: 'waits for the lock', fromMs: atMs }
    else if (written !== undefined || left !== undefined) {
      close('left', atMs)
      open = { kind: 'followed', text: left === undefined ? `revision ${written ?? ''}${back}` : `revision ${left}, left by another run`, fromMs: atMs }
      back = ''
    } else if (/^healthy: revision \d+,/.test(text)) close('healthy', atMs)
    else if (/^revision \d+ failed after /.test(text)) close('failed', atMs)
  }
  close('left', endMs)
  return spans
}
