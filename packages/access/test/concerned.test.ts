import { expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import fc from 'fast-check'
import { byEvent, byPod, byReplicaSet, named } from '../src/concerned.ts'

const kinds = ['deployments', 'replicaSets', 'pods', 'events'] as const
type Kind = (typeof kinds)[number]
type World = Readonly<Record<Kind, Map<string, JsonObject>>>

const concerned = { deployments: named, replicaSets: byReplicaSet, pods: byPod, events: byEvent }

/** Two lives of `cart` and one of `web`, few ReplicaSets and pods: what comes in any order finds its owner, or does not. */
const uids = { deployments: ['cart-1', 'cart-2', 'web-1'], replicaSets: ['r1', 'r2', 'r3'], pods: ['p1', 'p2', 'p3'], events: ['e1', 'e2', 'e3'] }
const owners = { deployments: [''], replicaSets: uids.deployments, pods: uids.replicaSets, events: [...uids.deployments, ...uids.replicaSets, ...uids.pods] }

interface Step {
  readonly kind: Kind
  readonly uid: string
  readonly owner: string
  readonly goes: boolean
}

const anyStep: fc.Arbitrary<Step> = fc
  .constantFrom(...kinds)
  .chain((kind) => fc.record({ kind: fc.constant(kind), uid: fc.constantFrom(...uids[kind]), owner: fc.constantFrom(...owners[kind]), goes: fc.boolean() }))

function stateOf({ kind, uid, owner }: Step, version: number): JsonObject {
  const metadata = { uid, name: uid.replace(/-\d$/, ''), version }
  return kind === 'events' ? { metadata, involvedObject: { uid: owner } } : { metadata: { ...metadata, ownerReferences: [{ uid: owner }] } }
}

/** All that a verdict on one service may look at, found from the top down and in full. */
function picture(name: string, world: World): string {
  const refers = (object: JsonObject, uid: string): boolean => JSON.stringify(object).includes(`{"uid":"${uid}"}`)
  const uidsOf = (of: readonly [string, JsonObject][]): string[] => of.map(([uid]) => uid)
  const deployments = [...world.deployments].filter(([uid]) => uid.startsWith(name))
  const replicaSets = [...world.replicaSets].filter(([, object]) => uidsOf(deployments).some((uid) => refers(object, uid)))
  const pods = [...world.pods].filter(([, object]) => uidsOf(replicaSets).some((uid) => refers(object, uid)))
  const events = [...world.events].filter(([, object]) => uidsOf([...deployments, ...replicaSets, ...pods]).some((uid) => refers(object, uid)))
  return JSON.stringify([deployments, replicaSets, pods, events].map((part) => part.sort(([a], [b]) => (a < b ? -1 : 1))))
}

test('in whatever order objects come, change hands and go, a service is concerned exactly where its picture changes', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const world: World = { deployments: new Map(), replicaSets: new Map(), pods: new Map(), events: new Map() }
      for (const [version, step] of steps.entries()) {
        const before = ['cart', 'web'].map((name) => picture(name, world))
        const objects = world[step.kind]
        const states = [objects.get(step.uid) ?? [], step.goes ? [] : stateOf(step, version)].flat()
        if (step.goes) objects.delete(step.uid)
        else objects.set(step.uid, stateOf(step, version))
        const told = new Set(states.flatMap((state) => concerned[step.kind](state, world)))
        const changed = ['cart', 'web'].filter((name, index) => picture(name, world) !== before[index])
        expect([...told].sort()).toEqual(changed)
      }
    }),
    { numRuns: 300 },
  )
})
