import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import dockerignore from '@balena/dockerignore'

/** What a `.dockerignore` leaves out of the context. */
export interface IgnoreRules {
  /** Whether the path, relative to the context, is left out. */
  ignores(path: string): boolean
  /** Whether something inside a folder that is left out may come back in. */
  readonly readmits: boolean
}

/**
 * The rules that BuildKit takes, as text: `<Dockerfile>.dockerignore` beside it, else the context's `.dockerignore`.
 * Before them stand the paths of `leftOut`.
 */
export async function ignoreText(context: string, dockerfile: string, leftOut: readonly string[]): Promise<string> {
  const text = (await textOf(`${dockerfile}.dockerignore`)) ?? (await textOf(join(context, '.dockerignore'))) ?? ''
  return [...leftOut, text.replace(/^\uFEFF/, '')].join('\n')
}

/** The rules of a `.dockerignore`'s text. */
export function ignoreRules(text: string): IgnoreRules {
  const patterns = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => !line.startsWith('#')).map(literal)
  // Without `ignorecase: false` the library takes README for readme, which docker on Linux does not.
  const rules = dockerignore({ ignorecase: false }).add(patterns)
  return { ignores: (path) => rules.ignores(path), readmits: patterns.some((pattern) => pattern.trim().startsWith('!')) }
}

/** The library builds regular expressions from the patterns, but leaves some of their signs as they are. */
function literal(pattern: string): string {
  return pattern.replace(/\\.|[+(){}|]/g, (part) => (part.startsWith('\\') ? part : `\\${part}`))
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}
