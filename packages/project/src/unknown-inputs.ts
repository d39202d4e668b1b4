import type { Problems } from '@slipway/report'
import { shown } from './fields.ts'
import { insteadOf } from './suggestion.ts'

/** Tells every input that was given but that the action does not declare. */
export function unknownInputs(raw: { readonly unknown: readonly string[] }, declared: readonly string[], problems: Problems): void {
  for (const name of raw.unknown) {
    problems.add({
      code: 'input-unknown',
      what: `there is no input ${shown(name)}`,
      why: 'the runner passes on what it does not know, and it would have no effect',
      next: insteadOf(name, declared),
    })
  }
}
