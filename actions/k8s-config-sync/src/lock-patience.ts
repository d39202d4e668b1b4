import { durationMs, type InputValues } from '@slipway/project'
import type { Problems } from '@slipway/report'

const defaultMs = 600_000
const day = 86_400_000

/** How long to wait for another run that holds the lock of a service, in milliseconds. */
export function readLockPatience(values: InputValues, problems: Problems): number {
  return durationMs(values, 'lock-timeout', problems, { least: 0, most: day }) ?? defaultMs
}
