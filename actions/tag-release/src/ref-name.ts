/**
 * Why a text can be no branch, tag or commit; undefined where it can be one. The rules are those of
 * git-check-ref-format(1), but for a leading "-", which that lets pass.
 */
export function refProblem(text: string): string | undefined {
  if (text.length > 255) return `it may have 255 characters, and has ${text.length}`
  if (text.startsWith('-')) return 'no ref begins with "-", so that none can pass for an option'
  if (/[\0-\x20\x7f~^:?*[\\]/.test(text)) return 'git lets no ref hold blanks, control characters or any of ~ ^ : ? * [ \\'
  if (text.includes('..') || text.includes('@{') || text === '@') return 'git lets no ref hold ".." or "@{"'
  const parts = text.split('/')
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith('.lock'))) return 'no part of a ref is empty, begins or ends with ".", or ends with ".lock"'
  return undefined
}
