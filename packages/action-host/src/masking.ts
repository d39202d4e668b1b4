import { jsonLeaves } from '@slipway/report'
import { log } from './log.ts'
import { runner } from './runner.ts'

/** A run's masks: hides values in the log, but leaves names alone, with one notice for each. */
export function masking(): (value: string, names?: Iterable<string>) => void {
  const spared = new Set<string>()
  return (value, names = []) => {
    const known = [...names]
    for (const part of new Set([value, ...value.split(/\r?\n/), ...jsonLeaves(value)].map((one) => one.trim()))) {
      // A shorter mask would blank innocent text, and outputs with it.
      if (part.length < 8) continue
      const name = known.find((one) => one.includes(part))
      if (name === undefined) runner.command('add-mask', part)
      else if (!spared.has(name)) {
        spared.add(name)
        log.notice(`a secret holds a value that is, or is a part of, the name "${name}"; the runner does not hide that value, since it would blank the name in this run's text and outputs`)
      }
    }
  }
}
