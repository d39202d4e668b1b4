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
  'would-change': 'would be changed in place',
  changed: 'changed in place',
  'would-recreate': 'would be deleted and created again',
  recreated: 'deleted and created again',
  'would-relabel': 'would get other labels',
  relabelled: 'got other labels',
  'would-keep': 'unchanged, its lost copy would be made again',
  kept: 'unchanged, its lost copy was made again',
  failed: 'could not be written',
  unanswered: 'may have been written: no answer came',
} as const satisfies Record<ObjectResult['did'], string>
