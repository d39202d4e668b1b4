import type { Json } from '../json.ts'
import { KINDS, apiVersionOf, subresourcesOf } from './kinds.ts'

/** What a path of the discovery API answers; nothing for other paths. */
export function discovery(pathname: string): Json | undefined {
  const path = pathname.replace(/\/$/, '')
  if (path === '/version') return { major: '1', minor: '35', gitVersion: 'v1.35.4', platform: 'linux/amd64' }
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() }
  const groupVersion = /^\/api\/(v1)$/.exec(path)?.[1] ?? /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1]
  const served = KINDS.filter((kind) => apiVersionOf(kind) === groupVersion)
  if (served.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: served.flatMap((kind) => [
      { name: kind.plural, singularName: kind.kind.toLowerCase(), namespaced: kind.namespaced, kind: kind.kind, verbs: kind.verbs, ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}) },
      ...subresourcesOf(kind).map((name) =>
        name === 'scale'
          ? { name: `${kind.plural}/scale`, singularName: '', namespaced: true, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] }
          : { name: `${kind.plural}/${name}`, singularName: '', namespaced: true, kind: kind.kind, verbs: ['get'] },
      ),
    ]),
  }
}

/** Whether a path lies in a group version that is served, whatever else is wrong with it. */
export function isInServedGroup(pathname: string): boolean {
  const [root, ...rest] = pathname.split('/').slice(1)
  const groupVersion = root === 'api' ? rest[0] : rest.slice(0, 2).join('/')
  return KINDS.some((kind) => apiVersionOf(kind) === groupVersion)
}

function groups(): Json[] {
  const named = new Map(KINDS.filter(({ group }) => group !== '').map((kind) => [kind.group, kind]))
  return [...named.values()].map((kind) => {
    const preferredVersion = { groupVersion: apiVersionOf(kind), version: kind.version }
    return { name: kind.group, versions: [preferredVersion], preferredVersion }
  })
}
