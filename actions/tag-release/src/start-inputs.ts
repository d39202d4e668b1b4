import { givenToken, invalid, text, type InputValues } from '@slipway/project'
import { Problems } from '@slipway/report'
import type { Start, Token } from './settings.ts'

/** The token that is given, or else the job's own. It is never quoted. */
export function readToken(values: InputValues, problems: Problems): Token | undefined {
  // What is wrong with the first is told with the shared inputs.
  const [given, own] = [givenToken(values, 'github-token', new Problems()), givenToken(values, 'job-token', problems)]
  if (given === undefined || own === undefined) return undefined
  const token = given === '' ? own : given
  if (token !== '') return { text: token, isJobs: token === own }
  problems.add({ code: 'input-missing', what: 'the input "github-token" is missing', why: 'neither it nor the job\'s own token is there', next: 'leave both "github-token" and "job-token" out, or look whether the secret that is named is empty' })
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
