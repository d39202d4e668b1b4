import { breaking } from './breaking.ts'
import type { Chapter } from './chapter.ts'
import { shipping } from './shipping.ts'

/** The story: four clicks that ship, then what happens when things go wrong. */
export const story: readonly Chapter[] = [...shipping, ...breaking]
