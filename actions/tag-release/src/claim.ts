import type { Ref } from '@slipway/github'
import { versionOfTag, versionPrefix, type Version } from '@slipway/release'
import type { TaggedVersion } from './decide.ts'
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

interface Numbered {
  readonly number: number
  readonly ref: Ref
}

/**
 * Claims a version for a commit, or gives the claim that stands. Two runs that found different versions for one commit
 * would both be let in by their tags' names: so the commit is taken first, in a ref that starts nothing and is never
 * moved, `refs/slipway/<prefix><commit>/<n>`. It names a tag object that holds the version; a ref that names the commit
 * itself says that the claim before it came to nothing, and so does its version's tag on another commit. Only what can
 * never come true any more is passed over, so every run at every time finds the same claim.
 */
export async function claimed(version: Version, commit: string, all: readonly TaggedVersion[], { service }: Settings, origin: Origin, { github }: Ports): Promise<Claim> {
  const prefix = versionPrefix(service)
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
    const last = await newest({ number, ref: answer })
    const other = await versionIn(last.ref)
    if (other !== undefined && !all.some((one) => one.version === other && one.commit !== commit)) return claim(other, last.number)
    number = last.number + 1
  }

  /** The last claim; the one at hand counts also where a list does not show it yet. */
  async function newest(known: Numbered): Promise<Numbered> {
    const found = (await github.refs(`slipway/${prefix}${commit}/`)).map((ref) => ({ number: Number(ref.name.split('/').at(-1)), ref }))
    return found.reduce((last, one) => (Number.isSafeInteger(one.number) && one.number > last.number ? one : last), known)
  }

  async function versionIn({ sha, type }: Ref): Promise<Version | undefined> {
    return type === 'tag' ? versionOfTag(await github.nameOfTagObject(sha), service) : undefined
  }
}
