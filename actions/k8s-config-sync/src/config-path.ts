import { safePath, type InputValues } from '@slipway/project'
import type { Problems } from '@slipway/report'

/** The folder with the configuration, as the input `config-path` says it, or else as `otherwise` does. Undefined where it is wrong. */
export function readConfigPath(values: InputValues, otherwise: string | undefined, problems: Problems): string | undefined {
  const isBlank = (values['config-path'] ?? '').trim() === ''
  return isBlank ? otherwise : safePath(values, 'config-path', problems)
}
