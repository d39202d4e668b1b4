import { expect, test } from '@jest/globals'
import { eventsByUid } from '../src/occurrences.ts'

test('the Events of a namespace are sorted once for all services that are judged by them', () => {
  const [one, other] = ['a', 'b'].map((uid) => ({ involvedObject: { uid } }))
  const events = [one ?? {}, other ?? {}]
  expect(eventsByUid(events).get('b')).toEqual([other])
  expect(eventsByUid(events)).toBe(eventsByUid(events))
  expect(eventsByUid([...events])).not.toBe(eventsByUid(events))
})
