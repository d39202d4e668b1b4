import type { Plan } from '@slipway/project'
import type { Problems } from '@slipway/report'
import type { CommonInputs } from './common-inputs.ts'
import type { Settings } from './settings.ts'

/** What the environment demands of a release: where it is deployed by tag, the tag names the version, and nothing older follows. */
export function releaseRules({ tag, environment }: Plan, { version, mayDowngrade }: CommonInputs, problems: Problems): Pick<Settings, 'version' | 'tag' | 'refusesDowngrade'> {
  const refusesDowngrade = environment.tags.length > 0 && !mayDowngrade
  if (tag === undefined) return { refusesDowngrade, ...(version === undefined ? {} : { version }) }
  if (version !== undefined && version !== tag.version) {
    problems.add({
      code: 'input-conflict',
      what: `the input "version" is ${version}, but the tag ${tag.name} is deployed`,
      why: `in ${environment.name} the tag names the version`,
      next: 'leave the input "version" out',
    })
  }
  return { refusesDowngrade, version: tag.version, tag }
}
