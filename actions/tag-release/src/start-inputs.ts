import { invalid, text, type InputValues } from '@slipway/project'
import type { Problems } from '@slipway/report'
import type { Start, Token } from './settings.ts'

/** The token that is given, or else the job's own. It is never quoted. */
export function readToken(values: InputValues, problems: Problems): Token | undefined {
  const [given, own] = ['github-token', 'job-token'].map((name) => oneToken(values, name, problems))
  const token = given === '' ? own : given
  if (token === undefined || own === undefined) return undefined
  if (token !== '') return { text: token, isJobs: token === own }
  problems.add({ code: 'input-missing', what: 'the input "github-token" is missing', why: 'neither it nor the job\'s own token is there', next: 'leave both "github-token" and "job-token" out, or look whether the secret that is named is empty' })
  return undefined
}

/** Empty where none is given, undefined where it is none. */
function oneToken(values: InputValues, name: string, problems: Problems): string | undefined {
  const token = (values[name] ?? '').trim()
  if (/^(?:[\x21-\x2c\x2e-\x7e][\x21-\x7e]*)?$/.test(token)) return token
  problems.add({ code: 'input-invalid', what: `the input "${name}" is no token`, why: 'a token is one word of letters, digits and signs; what was given is not shown, since it may be secret', next: 'pass the token alone, such as `${{ steps.app.outputs.token }}`' })
  return undefined
}

/** How production is to start; a tag that would start nothing is told before it is made. */
export function readStart(values: InputValues, token: Token | undefined, problems: Problems): Start | undefined {
  const given = text(values, 'start', problems)
  const ways = 'name the workflow file to dispatch on the tag, such as `start: deploy-production.yml`; or give the token of an App by "github-token"; or write `start: none` where nothing is to start'
  if (given === undefined) {
    if (token?.isJobs !== true || (values['start'] ?? '').trim() !== '') return { kind: 'event' }
    problems.add({ code: 'input-missing', what: 'the input "start" is missing', why: 'a tag that is made with the job\'s own token starts no run', next: ways })
    return undefined
  }
  if (given === 'none') return { kind: 'none' }
  if (given === 'event') {
    if (token?.isJobs === true) problems.add({ code: 'input-conflict', what: 'the input "start" is "event", but the tag would be made with the job\'s own token', why: 'such a tag starts no run', next: ways })
    return { kind: 'event' }
  }
  const workflow = given.replace(/^\.github\/workflows\//, '')
  if (/^[\w][\w.-]*\.ya?ml$/.test(workflow)) return { kind: 'dispatch', workflow }
  invalid('start', given, 'it must be `event`, `none`, or the name of a file in .github/workflows', 'write for example deploy-production.yml', problems)
  return undefined
}
