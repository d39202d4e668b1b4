/** What the demo was asked for. */
export interface Wish {
  /** The sandbox stays when the story has ended. */
  readonly serve: boolean
}

/** Reads the command line. Throws WrongArguments, which names every word that it does not know. */
export function wishOf(words: readonly string[]): Wish {
  const unknown = words.filter((word) => word !== '--serve')
  if (unknown.length > 0) throw new WrongArguments(`The demo does not know ${unknown.map((word) => JSON.stringify(word)).join(', ')}. Use: npm run demo [-- --serve]; with --serve the sandbox stays until Ctrl-C.`)
  return { serve: words.includes('--serve') }
}

/** The command line is wrong: nothing was started. */
export class WrongArguments extends Error {
  override name = 'WrongArguments'
}
