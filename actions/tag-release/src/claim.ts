import type { Ref } from '@slipway/github'
import { versionOfTag, versionPrefix, type Version } from '@slipway/release'
import { refused, short, type TaggedVersion } from './decide.ts'
import type { Origin, Ports } from './ports.ts'
import type { Settings } from './settings.ts'

/** The version that a commit is to have, by the first run that said so. */
export interface Claim {
  readonly version: Version
  /** The full name of its ref. */
  readonly ref: string
  /** Takes back nothing, but says for good that no tag comes of it, so that the next claim counts. */
  readonly void: () => Promise<void>
}

/**
 * Claims a version for a commit, or gives the claim that stands. Two runs that found different versions for one commit
 * would both be let in by their tags' names: so the commit is taken first, in a ref that starts nothing and is never
 * moved, `refs/slipway/<prefix><commit>/<n>`. It names a tag object that holds the version; a ref that names the commit
 * itself says that the claim before it came to nothing, and so does its version's tag on another commit. Only what can
 * never come true any more is passed over, so every run at every time finds the same claim.
 */
export async function claimed(version: Version, commit: string, all: readonly TaggedVersion[], { service }: Settings, origin: Origin, { github, wrote }: Ports): Promise<Claim> {
  const prefix = versionPrefix(service)
  wrote()
  const object = await github.createTagObject(`${prefix}${version}`, commit, `claimed by ${origin.url}`)
  const nameOf = (number: number): string => `refs/slipway/${prefix}${commit}/${number}`
  const claim = (of: Version, number: number): Claim => ({
    version: of,
    ref: nameOf(number),
    void: async () => {
      await github.createRef(nameOf(number + 1), commit)
    },
  })
  for (let number = 1; ; ) {
    const answer = await github.createRef(nameOf(number), object)
    // A lost answer shows as a ref that is there already, with our own object.
    if (answer === 'created' || answer.sha === object) return claim(version, number)
    const last = await newest()
    const other = await versionIn(last.ref)
    if (other !== undefined && !all.some((one) => one.version === other && one.commit !== commit)) return claim(other, last.number)
    number = last.number + 1
  }

  async function newest(): Promise<{ readonly number: number; readonly ref: Ref }> {
    const found = (await github.refs(`slipway/${prefix}${commit}/`)).map((ref) => ({ number: Number(ref.name.split('/').at(-1)), ref }))
    const last = found.sort((a, b) => a.number - b.number).at(-1)
    if (last === undefined || !Number.isSafeInteger(last.number)) throw refused(`${prefix}${version}`, `the claims on ${short(commit)} under refs/slipway/ are not those that this action makes`, `look at \`gh api repos/${origin.repository}/git/matching-refs/slipway/${prefix}${commit}\`, and take away what does not belong there`)
    return last
  }

  async function versionIn({ sha, type }: Ref): Promise<Version | undefined> {
    return type === 'tag' ? versionOfTag(await github.nameOfTagObject(sha), service) : undefined
  }
}
