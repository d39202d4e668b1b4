import { versionPrefix } from '@slipway/release'
import { Failed } from '@slipway/report'
import { claimed } from './claim.ts'
import { decide, refused, short, type Decision } from './decide.ts'
import type { Origin, Ports } from './ports.ts'
import type { Settings } from './settings.ts'

/** A decision that was carried out. */
export interface Tagged extends Decision {
  /** Whether this run made the tag. */
  readonly isOurs: boolean
}

/** Every round that does not end this was lost to a tag that another run made meanwhile. */
const mostRounds = 10

/**
 * Gives the commit its version: decides, claims, and creates the tag where there is none, which is a compare-and-set.
 * Where another run was faster it begins again with what that one made.
 */
export async function makeTag(settings: Settings, commit: string, origin: Origin, ports: Ports): Promise<Tagged> {
  const { github, say, clock, work } = ports
  for (let round = 1; round <= mostRounds; round += 1) {
    const decision = await decide(settings, commit, github)
    if (decision.kind !== 'new') return { ...decision, isOurs: false }
    await refuseBranch(decision.tag, ports)
    const claim = await claimed(decision.version, commit, decision.all, settings, origin, ports)
    const { version } = claim
    const tag = `${versionPrefix(settings.service)}${version}`
    if (version !== decision.version) {
      if ('version' in settings.wish) throw refused(decision.tag, `another run has claimed ${tag} for ${short(commit)} and has not made it yet`, `leave "version" out to finish ${tag}; or, if that run has ended and nobody wants ${tag}, take the claim away with \`gh api --method DELETE repos/${origin.repository}/git/${claim.ref}\``)
      say(`another run has claimed ${tag} for ${short(commit)}: it gets this version, and not ${decision.tag}`)
    }
    const answer = await created(tag, commit, claim.void, ports)
    if (answer === 'created' || answer.sha === commit) return { ...decision, version, tag, isOurs: answer === 'created' }
    say(`${tag} was made for another commit meanwhile; deciding again`)
    // GitHub's lists may show a ref a moment later than it is there.
    await clock.wait(500 * round, work)
  }
  throw refused('the tag', `other runs made ${mostRounds} tags in the time of this one`, 'run it again')
}

async function created(tag: string, commit: string, abandon: () => Promise<void>, { github, say, wrote }: Ports): ReturnType<typeof github.createRef> {
  try {
    const answer = await github.createRef(`refs/tags/${tag}`, commit)
    if (answer !== 'created') return answer
    wrote()
    say(`${tag} is made, at ${commit}`)
    return answer
  } catch (error) {
    // The name may be used up for good: another version must be free to come.
    if (error instanceof Failed && error.failures[0].code === 'tag-refused') await abandon()
    else wrote()
    throw error
  }
}

/** A branch of the tag's name would be taken for it by whoever checks it out or starts a workflow on it. */
async function refuseBranch(tag: string, { github }: Ports): Promise<void> {
  const branches = await github.refs(`heads/${tag}`)
  if (branches.some(({ name }) => name === `refs/heads/${tag}`)) throw refused(tag, 'a branch has this name, and a workflow that is started on it would run on the branch', 'rename or delete the branch')
}
