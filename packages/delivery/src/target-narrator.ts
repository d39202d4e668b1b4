import type { Narrator } from './ports.ts'

/** A narrator whose lines name their target, for runs over several: `[cart] …` becomes `[eu/cart] …`. */
export function targetNarrator(narrator: Narrator, target: string): Narrator {
  const named = (text: string): string => (text.startsWith('[') ? `[${target}/${text.slice(1)}` : `[${target}] ${text}`)
  return {
    say(text) {
      narrator.say(named(text))
    },
    warn(text) {
      narrator.warn(named(text))
    },
  }
}
