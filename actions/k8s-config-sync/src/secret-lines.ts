import { invalid, type InputValues, type SecretReference } from '@slipway/project'
import type { Problems } from '@slipway/report'
import { keyedLines, shownLine } from './keyed-lines.ts'

/** Reads the input `secrets`: a line `key=secret-id[#json-key][@stage]` for each key of the Secret. */
export function parseSecretLines(values: InputValues, problems: Problems): Record<string, SecretReference> {
  const references = [...keyedLines(values, 'secrets', problems)].flatMap(([key, text]) => {
    const [, secretId, jsonKey, stage] = /^([^#]+?)(?:#([^#]+?))?(?:@([\w+=./-]+))?$/.exec(text.trim()) ?? []
    if (secretId !== undefined && isSecretId(secretId)) {
      return [[key, { secretId, ...(jsonKey === undefined ? {} : { jsonKey }), ...(stage === undefined ? {} : { stage }) }] as const]
    }
    invalid('secrets', shownLine(key, text), 'each line must be key=secret-id, with #json-key and @stage after it where needed', 'write for example password=shop/cart/db#password; what stands behind the key is not shown here, since it may be secret', problems)
    return []
  })
  return Object.fromEntries(references)
}

function isSecretId(text: string): boolean {
  return text.length <= 2048 && /[A-Za-z0-9]/.test(text) && /^[\w+=.@:/-]+$/.test(text) && !text.startsWith('-')
}
