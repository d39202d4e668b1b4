import { breaking } from './breaking.ts'
import type { Chapter } from './chapter.ts'
import { releasing } from './releasing.ts'
import { shipping } from './shipping.ts'

/** The story: four clicks that ship, then what happens when things go wrong, then production. */
export const story: readonly Chapter[] = [...shipping, ...breaking, ...releasing]
