/**
 * The image that BuildKit takes to read the Dockerfile, by the build argument BUILDKIT_SYNTAX or a comment at the top
 * (`# syntax=docker/dockerfile:1`); undefined where the builder's own reader is taken.
 * Source: BuildKit, frontend/dockerfile/parser/directives.go.
 */
export function syntaxImage(text: string, buildArgs: Readonly<Record<string, string>>): string | undefined {
  const given = buildArgs['BUILDKIT_SYNTAX'] ?? ''
  if (given !== '') return firstWord(given)
  for (const line of text.replace(/^\uFEFF/, '').replace(/^#!.*\r?\n/, '').split(/\r?\n/)) {
    const [, name, value] = /^\s*(?:#|\/\/)\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return undefined
    if (name.toLowerCase() === 'syntax') return firstWord(value)
  }
  return undefined
}

function firstWord(text: string): string {
  return text.trim().split(/\s/)[0] ?? ''
}
