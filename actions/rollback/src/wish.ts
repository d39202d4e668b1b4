import { choice, flag, invalid, text, type InputValues, type SharedInputs } from '@slipway/project'
import type { Problems } from '@slipway/report'

/** A release is undone. */
export interface UndoWish {
  readonly kind: 'undo'
  /** Left out, the newest. */
  readonly of?: string
  readonly to: 'last-good' | { readonly version: string } | { readonly sequence: number }
  readonly secrets: 'current' | 'recorded'
  /** Empty where it was left out, which needs that nothing is blocked. */
  readonly reason: string
  readonly block: boolean
  readonly until: 'preflight' | 'plan' | 'deployed'
}

/** What is to be done: one of three things, and never two. */
export type Wish = UndoWish | { readonly kind: 'list' } | { readonly kind: 'unblock'; readonly release: string; readonly isWritten: boolean }

const mostReason = 500

/** Reads what is wanted. Inputs that would have no effect beside others are problems, each one. */
export function readWish(values: InputValues, { phase, dryRun }: SharedInputs, problems: Problems): Wish {
  const isList = flag(values, 'list', problems, false)
  const unblock = text(values, 'unblock', problems)
  const until = phase === 'preflight' ? 'preflight' : dryRun ? 'plan' : 'deployed'
  const undo = readUndo(values, until, problems)
  if (isList) contradictions('list', 'it only shows what ran', [...givenOf(values, undo), ...(unblock === undefined ? [] : ['unblock'])], problems)
  if (unblock !== undefined) contradictions('unblock', 'it lifts a block and does nothing else', givenOf(values, undo), problems)
  if (isList) return { kind: 'list' }
  if (unblock !== undefined) return { kind: 'unblock', release: unblock, isWritten: until === 'deployed' }
  if (undo.block && until === 'deployed' && isBlank(values, 'reason')) {
    problems.add({
      code: 'input-missing',
      what: 'the input "reason" is missing',
      why: 'what is undone is blocked, and whoever wants to deploy it again must be told why',
      next: 'write one line, such as `prices are wrong`; or let it be deployed again by `block: false`',
    })
  }
  return undo
}

function readUndo(values: InputValues, until: UndoWish['until'], problems: Problems): UndoWish {
  const of = text(values, 'of', problems)
  return {
    kind: 'undo',
    ...(of === undefined ? {} : { of }),
    to: readTo(values, problems),
    secrets: choice(values, 'secrets', problems, ['current', 'recorded'], 'current'),
    reason: readReason(values, problems),
    block: flag(values, 'block', problems, true),
    until,
  }
}

function readTo(values: InputValues, problems: Problems): UndoWish['to'] {
  const given = text(values, 'to', problems) ?? 'last-good'
  if (given === 'last-good') return given
  if (!/^\d+$/.test(given)) return { version: given }
  if (!/^[1-9]\d{0,14}$/.test(given)) invalid('to', given, 'revisions are counted from 1', 'take a number from `list`', problems)
  return { sequence: Number(given) }
}

function readReason(values: InputValues, problems: Problems): string {
  const reason = text(values, 'reason', problems) ?? ''
  if (reason.length > mostReason) invalid('reason', reason, `it may have ${mostReason} characters, and has ${reason.length}`, 'shorten it, and name the incident where more is written', problems)
  return reason
}

/** The inputs that say how a release is undone, as far as they say anything. */
function givenOf(values: InputValues, { to, secrets, block }: UndoWish): string[] {
  return [
    ...(isBlank(values, 'of') ? [] : ['of']),
    ...(to === 'last-good' ? [] : ['to']),
    ...(secrets === 'current' ? [] : ['secrets']),
    ...(block ? [] : ['block']),
  ]
}

function contradictions(mode: 'list' | 'unblock', why: string, others: readonly string[], problems: Problems): void {
  for (const other of others) {
    problems.add({ code: 'input-conflict', what: `the inputs "${mode}" and "${other}" are both given`, why: `with "${mode}", ${why}`, next: 'leave one of the two out' })
  }
}

function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}
