import type { NewRelease, ReleasePage } from '@slipway/github'
import { isPrerelease } from '@slipway/release'
import type { Tagged } from './make-tag.ts'
import type { Ports } from './ports.ts'
import type { Settings } from './settings.ts'

/** A release, and whether this run made it. */
export interface Released {
  readonly page: ReleasePage
  readonly isOurs: boolean
}

/** Makes the release of the tag where there is none; undefined where none is wanted. */
export async function release({ release: wish, service }: Settings, { version, tag, isOurs }: Tagged, notes: string, { github, wrote, say }: Ports): Promise<Released | undefined> {
  if (wish === 'none') return undefined
  const standing = isOurs ? undefined : ((await github.releaseOf(tag)) ?? (await github.draftsOf(tag))[0])
  if (standing !== undefined) return { page: standing, isOurs: false }
  const wanted: NewRelease = { tag, title: tag, notes, isDraft: wish === 'draft', isPrerelease: isPrerelease(version), mayBeLatest: service === undefined && !isPrerelease(version) }
  wrote()
  const made = await github.createRelease(wanted)
  if (made === 'exists') {
    const other = await github.releaseOf(tag)
    return other === undefined ? undefined : { page: other, isOurs: false }
  }
  const kept = made.isDraft ? await oneDraft(made, tag) : made
  if (kept.id === made.id) say(`the ${made.isDraft ? 'draft of the ' : ''}release is made: ${made.url}`)
  return { page: kept, isOurs: kept.id === made.id }

  /** GitHub takes any number of drafts for a tag: of two runs at once the older one's stays. */
  async function oneDraft(ours: ReleasePage, of: string): Promise<ReleasePage> {
    const oldest = (await github.draftsOf(of))[0]
    if (oldest === undefined || oldest.id >= ours.id) return ours
    await github.deleteRelease(ours.id)
    return oldest
  }
}
