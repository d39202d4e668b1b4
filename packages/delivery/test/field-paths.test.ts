import { expect, test } from '@jest/globals'
import { concerns, leavesOf, shownField, union, valueAt, withoutFields } from '../src/field-paths.ts'
import { takenEntries } from '../src/adopt-owners.ts'

const app = 'k:{"name":"app"}'
const image = ['f:spec', 'f:containers', app, 'f:image']

test('two sets in one keep each field; a whole that has a part in the other set stays a member itself', () => {
  expect(union({ 'f:a': { 'f:b': {} } }, { 'f:a': { 'f:c': {} }, 'f:d': {} })).toEqual({ 'f:a': { 'f:b': {}, 'f:c': {} }, 'f:d': {} })
  expect(union({ 'f:a': {} }, { 'f:a': { 'f:b': {} } })).toEqual({ 'f:a': { '.': {}, 'f:b': {} } })
  expect(union({ 'f:a': {} }, { 'f:a': {} })).toEqual({ 'f:a': {} })
})

test('a field is named as the API server names it in a conflict', () => {
  expect(leavesOf({ 'f:spec': { '.': {}, 'f:containers': { [app]: { '.': {}, 'f:image': {} } } } }).map(shownField)).toEqual(['.spec.containers[name="app"].image'])
  expect(shownField(['f:metadata', 'f:finalizers', 'v:"a/b"'])).toBe('.metadata.finalizers[="a/b"]')
})

test('values are found by the keys of their items, which a manifest may leave to their defaults', () => {
  const object = { spec: { containers: [{ name: 'side' }, { name: 'app', image: 'x' }], ports: [{ port: 80 }] } }
  expect(valueAt(object, image)).toBe('x')
  expect(valueAt(object, ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:port'])).toBe(80)
  expect(valueAt(object, ['f:spec', 'f:ports', 'k:{"port":81,"protocol":"TCP"}'])).toBeUndefined()
})

test('nothing is concerned by an empty set, and a whole concerns its parts', () => {
  expect(concerns({}, image)).toBe(false)
  expect(concerns({ 'f:spec': { 'f:containers': {} } }, image)).toBe(true)
  expect(concerns({ 'f:spec': { 'f:containers': { [app]: { 'f:name': {} } } } }, image)).toBe(false)
})

test('what is taken out leaves no empty wholes behind', () => {
  expect(withoutFields({ metadata: { annotations: { a: '1' } }, spec: { replicas: 3, paused: false } }, [['f:metadata', 'f:annotations', 'f:a'], ['f:spec', 'f:replicas']])).toEqual({ spec: { paused: false } })
})

test('what people and their tools wrote can be taken; what controllers and autoscalers wrote cannot', () => {
  const entry = (manager: string, operation: string, subresource?: string) => ({ manager, operation, ...(subresource === undefined ? {} : { subresource }) })
  const people = [entry('kubectl-client-side-apply', 'Update'), entry('kubectl', 'Apply'), entry('helm', 'Update'), entry('helm', 'Apply'), entry('kubectl-edit', 'Update'), entry('kubectl', 'Update', 'scale'), entry('before-first-apply', 'Update')]
  const others = [entry('kube-controller-manager', 'Update', 'scale'), entry('kube-controller-manager', 'Update', 'status'), entry('keda-operator', 'Apply'), entry('kubectl-rollout', 'Update'), entry('slipway', 'Apply'), entry('slipway-replicas', 'Apply'), entry('unheard-of', 'Update')]
  const live = { metadata: { managedFields: [...people, ...others] } }
  expect(takenEntries(live, 'all')).toEqual(people)
  expect(takenEntries(live, 'hand')).toEqual([entry('kubectl-edit', 'Update')])
})
