import { realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { checkedOutAt } from '@slipway/action-host'

/**
 * The commit at which a configuration folder is checked out. Undefined where the folder has no repository of its own
 * inside the workspace: what lies in the workspace's is of the run's commit.
 */
export async function configurationCommit(workspace: string, folder: string): Promise<string | undefined> {
  const root = await realpath(workspace)
  let place = await realpath(join(root, folder)).catch(() => root)
  for (; place.startsWith(root + sep); place = dirname(place)) {
    const found = await checkedOutAt(place, root)
    if (found !== undefined) return found.commit
  }
  return undefined
}
