import { setImmediate } from 'node:timers/promises'
import type { Cluster } from '@slipway/kubernetes'
import type { JsonObject } from '@slipway/release'
import { textAt } from '@slipway/rollout'

export const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' } as const

/** From so many on, one LIST of the whole namespace is less work for the server than a GET for each. */
const manyReads = 8

/**
 * Reads Deployments by name. Many that are asked for in the same moment are read by one LIST, begun after the last of them
 * was asked for; the right to it is one that following a release needs anyway.
 */
export function deploymentReads(cluster: Pick<Cluster, 'get' | 'list'>, namespace: string): (name: string) => Promise<JsonObject | undefined> {
  let asked: string[] = []
  let answer: Promise<(name: string) => Promise<JsonObject | undefined>> | undefined
  const get = (name: string): Promise<JsonObject | undefined> => cluster.get({ ...deploymentKind, namespace, name })
  const read = async (): Promise<typeof get> => {
    await setImmediate()
    const names = asked
    asked = []
    answer = undefined
    if (names.length < manyReads) return get
    const { items } = await cluster.list({ ...deploymentKind, namespace })
    // A server leaves out in a list what all its items are.
    const found = new Map(items.map((item) => [textAt(item, 'metadata', 'name'), { ...deploymentKind, ...item }]))
    return (name) => Promise.resolve(found.get(name))
  }
  return async (name) => {
    asked.push(name)
    answer ??= read()
    return (await answer)(name)
  }
}
