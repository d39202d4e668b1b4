import type { Chapter } from './chapter.ts'
import { writesOf } from './counted.ts'
import type { Played } from './play.ts'
import { shop } from './shop.ts'
import { count, listed, plainLine, seconds } from './words.ts'

/** What a newcomer needs to know first. */
export function opening(speed: number): string[] {
  return [
    `The shop has three services (${shop.services.join(', ')}) and four buttons: its workflows ${listed([shop.workflow, shop.tagWorkflow, shop.productionWorkflow, shop.rollbackWorkflow])}.`,
    `A cloud with three clusters in two regions, GitHub and its runner are played on this machine; pods live ${speed} times faster than real ones.`,
  ]
}

/** What is about to happen; `number` counts from 1. */
export function beforeClick(chapter: Chapter, number: number): string[] {
  const commits = (chapter.commits ?? []).map(({ message, edits }) => `  Commit: "${message}" in ${listed(edits.map(({ file }) => file))}`)
  return ['', `${number}. ${chapter.title}`, `  ${chapter.text}`, ...commits]
}

/** What the servers counted, and each promise with what was seen of it. */
export function afterClick({ chapter, run, counts, findings }: Played): string[] {
  return [
    ...(chapter.shows?.(run) ?? []).map((line) => `    ${plainLine(line)}`.trimEnd()),
    `  Counted by the servers, reads/writes: ${counts.map(({ server, reads, writes }) => `${server} ${reads}/${writes}`).join(', ')}`,
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
