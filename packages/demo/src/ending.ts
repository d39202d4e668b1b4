import type { Played } from './play.ts'

/** How a click's run ended, in the colours of the page. */
export interface Ending {
  readonly colour: 'good' | 'bad' | 'killed'
  readonly text: string
}

/** How the run ended, and whether it was meant to. */
export function endingOf({ chapter, run }: Played): Ending {
  const isMeant = (run.conclusion === 'success') !== (chapter.isRed === true)
  if (run.conclusion === 'success') return { colour: 'good', text: isMeant ? 'green' : 'green, and should be red' }
  if (chapter.diesAt !== undefined) return { colour: 'killed', text: 'killed' }
  return { colour: 'bad', text: isMeant ? 'red, as it should be' : 'red' }
}
