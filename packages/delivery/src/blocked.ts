import { blockOf } from '@slipway/release'
import type { Problems } from '@slipway/report'
import type { Delivery } from './delivery.ts'
import type { PreparedService } from './prepare.ts'

/** Refuses content that a rollback has barred. */
export function refuseBlocked(one: PreparedService, { source, target, until }: Delivery, problems: Problems): void {
  const { images, configuration } = one.revision
  const block = blockOf({ commit: source.commit, ...(until === 'preflight' ? {} : { fingerprint: one.fingerprint }), images, configuration }, one.blocks)
  if (block === undefined) return
  problems.add({
    code: 'blocked',
    what: `this content of ${one.wanted.service} is blocked in ${target.name}`,
    why: `${block.actor} undid the release ${block.release} at ${block.at}: ${block.reason}; ${known(block, source.commit)} (${block.run})`,
    next: 'deploy a commit that mends it; to let this one in again, run rollback with the input `unblock`',
  })
}

function known(block: NonNullable<ReturnType<typeof blockOf>>, commit: string): string {
  if (block.commit === commit) return `commit ${commit.slice(0, 12)} is the one that was undone`
  const images = Object.keys(block.images)
  if (images.length > 0) return `the image of ${images.join(', ')} is the one that was undone`
  const names = Object.keys(block.configuration)
  return names.length > 0 ? `the configuration ${names.join(', ')} is the one that was undone` : 'its manifests, images and configuration are those that were undone'
}
