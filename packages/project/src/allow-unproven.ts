import type { Problems } from '@slipway/report'
import { invalid, text, type InputValues } from './fields.ts'
import type { RequiredEnvironment } from './required-environment.ts'

const most = 500

/**
 * The input `allow-unproven`: why something may be deployed that nothing has proven. It is kept with the release, so it is
 * one line of bounded length. A problem where no proof is required: whoever gives it expects something of it.
 */
export function readAllowUnproven(values: InputValues, required: RequiredEnvironment | undefined, problems: Problems): string | undefined {
  const reason = text(values, 'allow-unproven', problems)
  if (reason === undefined) return undefined
  if (required === undefined) {
    problems.add({ code: 'input-conflict', what: 'the input "allow-unproven" is given, but no proof is required', why: 'only an environment that `requires` another one in the project file asks for a proof', next: 'leave "allow-unproven" out' })
    return undefined
  }
  if (reason.length <= most) return reason
  invalid('allow-unproven', reason, `it may have ${most} characters, and has ${reason.length}`, 'shorten it, and link to what is longer', problems)
  return undefined
}
