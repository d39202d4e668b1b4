import { invalid, keyValues, type InputValues } from '@slipway/project'
import type { Problems } from '@slipway/report'

/** The labels that the user wants on every object. */
export function readLabels(values: InputValues, problems: Problems): Record<string, string> {
  const labels = keyValues(values, 'labels', problems)
  for (const [key, value] of labels) {
    const reason = /(^|\.)slipway\.dev\//.test(key)
      ? 'labels of slipway.dev say whose an object is'
      : !labelKey.test(key)
        ? 'a label\'s name is at most 63 letters, digits, "-", "_", ".", with a letter or digit at both ends, after a DNS name and "/" if it has one'
        : !labelValue.test(value)
          ? 'a label\'s value is at most 63 letters, digits, "-", "_", ".", with a letter or digit at both ends'
          : undefined
    if (reason !== undefined) invalid('labels', `${key}=${value}`, reason, 'correct this label', problems)
  }
  return Object.fromEntries(labels)
}

const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/
