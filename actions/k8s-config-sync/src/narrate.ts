import type { ObjectResult } from './result.ts'

/** What became of an object, in lines for the log: keys, never values. */
export function tellChange(object: ObjectResult): string[] {
  const { kind, declaredName, name, did, difference } = object
  const signs = difference === undefined ? [] : ([['+', difference.added], ['~', difference.changed], ['-', difference.removed]] as const)
  return [`${kind} ${declaredName}: ${didWords[did]} (${name})`, ...signs.flatMap(([sign, keys]) => keys.map((key) => `  ${sign} ${key}`))]
}

/** What was done to an object, as a person says it. */
export const didWords = {
  unchanged: 'unchanged',
  'would-create': 'would be created',
  created: 'created',
  'would-relabel': 'would get other labels',
  relabelled: 'got other labels',
  failed: 'could not be written',
} as const satisfies Record<ObjectResult['did'], string>
