import { expect, test } from '@jest/globals'
import { afterClick, beforeClick, conclusion } from '../src/narrate.ts'
import type { Played } from '../src/play.ts'
import { writesNothing } from '../src/promises.ts'
import type { Chapter } from '../src/chapter.ts'
import { runOf, seenOf } from './support/seen.ts'

const chapter: Chapter = { title: 'The same click again', text: 'Nothing has changed.', promises: [writesNothing] }
const played = (kept: boolean): Played => ({ chapter, run: runOf(), counts: seenOf().counts, moments: [], findings: [{ kept, seen: kept ? 'ecr 0' : 'ecr 2 (ecr:PutImage ×2)' }] })

test('a click is told with what was counted and each promise with what was seen', () => {
  expect(beforeClick(chapter, 2)).toEqual(['', '2. The same click again', '  Nothing has changed.'])
  expect(afterClick(played(true))).toEqual(['  Counted by the servers, reads/writes: ecr 2/0, registry 0/0', '  ✓ 0 writes on any server: ecr 0'])
})

test('commits are told with the files that they change', () => {
  const edit = (text: string): string => text
  const commits = [{ message: 'Undo', edits: [{ file: 'a.js', edit }] }, { message: 'Both', edits: [{ file: 'b.js', edit }, { file: 'b.env', edit }] }]
  expect(beforeClick({ ...chapter, commits }, 6).slice(3)).toEqual(['  Commit: "Undo" in a.js', '  Commit: "Both" in b.js and b.env'])
})

test('what is to be read as a whole comes before what was counted', () => {
  const shown = { ...played(true), chapter: { ...chapter, shows: () => ['cart', '1  healthy\u001b[2J', ''] } }
  expect(afterClick(shown).slice(0, 4)).toEqual(['    cart', '    1  healthy', '', expect.stringMatching('Counted')])
})

test('the end says that every promise was kept only where each was', () => {
  expect(conclusion([played(true), played(true)], [chapter, chapter], 41_230)).toEqual({ kept: true, lines: ['', 'Every promise was kept: 2 clicks in 41.2 s; the second one made no write.'] })
})

test('a broken promise is named with its click and with what was seen', () => {
  expect(conclusion([played(true), played(false)], [chapter, chapter], 1000)).toEqual({ kept: false, lines: ['', '1 promise broken:', '  2. 0 writes on any server. Seen: ecr 2 (ecr:PutImage ×2)'] })
})

test('clicks that were not made any more count as broken', () => {
  expect(conclusion([played(false)], [chapter, chapter, chapter], 1000)).toEqual({ kept: false, lines: ['', '1 promise broken, 2 of 3 clicks not made:', '  1. 0 writes on any server. Seen: ecr 2 (ecr:PutImage ×2)'] })
})
