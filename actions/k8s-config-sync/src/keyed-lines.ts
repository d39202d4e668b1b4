import { configKeyRule, invalid, keyValues, withoutValue, type InputValues } from '@slipway/project'
import type { Problems } from '@slipway/report'

/** The lines `key=…` of an input, each with the key of an object; a wrong key is told before anything is asked for its value. */
export function keyedLines(values: InputValues, input: 'literals' | 'secrets', problems: Problems): Map<string, string> {
  const found = [...keyValues(values, input, problems)].filter(([key, text]) => {
    if (configKeyRule.is(key)) return true
    invalid(input, shownLine(key, text), `a key is ${configKeyRule.rule}`, 'rename the key; what stands behind it is not shown here, since it may be secret', problems)
    return false
  })
  return new Map(found)
}

/** What may be told of such a line: its key. The last line of base64 looks like a key, too, and is a part of a value. */
export function shownLine(key: string, text: string): string {
  return text === '' || text === '=' ? '…' : withoutValue(`${key}=`)
}
