import { writesOf } from './counted.ts'
import type { Played } from './play.ts'
import { shop } from './shop.ts'
import type { Chapter } from './story.ts'
import { count, seconds } from './words.ts'

/** What a newcomer needs to know first. */
export function opening(speed: number): string[] {
  return [
    `The shop has three services (${shop.services.join(', ')}) and one button: its workflow ${shop.workflow}.`,
    `A cloud, a cluster and GitHub's runner are played on this machine; pods live ${speed} times faster than real ones.`,
  ]
}

/** What is about to happen; `number` counts from 1. */
export function beforeClick(chapter: Chapter, number: number): string[] {
  const commit = chapter.change ? [`  Commit: "${chapter.change.message}" in ${chapter.change.file}`] : []
  return ['', `${number}. ${chapter.title}`, `  ${chapter.text}`, ...commit]
}

/** What the servers counted, and each promise with what was seen of it. */
export function afterClick({ chapter, counts, findings }: Played): string[] {
  return [
    `  Counted by the servers: ${counts.map(({ server, reads, writes }) => `${server} ${count(reads, 'read')}, ${count(writes, 'write')}`).join('; ')}`,
    ...chapter.promises.map(({ says }, index) => `  ${findings[index]?.kept === true ? '✓' : '✗ BROKEN:'} ${says}: ${findings[index]?.seen ?? 'not looked at'}`),
  ]
}

/** How the story went: kept only where every promise of every chapter was. */
export function conclusion(played: readonly Played[], story: readonly Chapter[], milliseconds: number): { kept: boolean; lines: string[] } {
  const broken = played.flatMap(({ chapter, findings }, index) =>
    chapter.promises.flatMap(({ says }, at) => (findings[at]?.kept === true ? [] : [`  ${index + 1}. ${says}. Seen: ${findings[at]?.seen ?? 'nothing'}`])),
  )
  const untold = story.length - played.length
  if (broken.length === 0 && untold === 0) {
    const second = played[1] ? `; the second one made ${count(writesOf(played[1].counts), 'write')}` : ''
    return { kept: true, lines: ['', `Every promise was kept: ${count(played.length, 'click')} in ${seconds(milliseconds)}${second}.`] }
  }
  const headline = [...(broken.length > 0 ? [`${count(broken.length, 'promise')} broken`] : []), ...(untold > 0 ? [`${untold} of ${count(story.length, 'click')} not made`] : [])]
  return { kept: false, lines: ['', `${headline.join(', ')}:`, ...broken] }
}
