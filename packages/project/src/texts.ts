/** A span of time in milliseconds, or undefined where the text is none: `10s`, `5m`, `1h`, `90` (seconds). */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,7})(s|m|h)?$/.exec(text) ?? []
  if (digits === undefined) return undefined
  return Number(digits) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1000)
}

/** Why a path may leave the folder that it is looked up in, or pass for an option; undefined where it is safe. */
export function unsafePath(path: string): string | undefined {
  if (path === '') return 'it must not be empty'
  if (/[\0-\x1f\x7f]/.test(path)) return 'it must not hold line breaks or control characters'
  if (path.startsWith('-')) return 'no path begins with "-", so that none can pass for an option'
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) return 'it must be relative'
  if (path.includes('\\')) return 'the parts of a path are joined by "/"'
  if (path.split('/').includes('..')) return 'it must not hold ".."'
  return undefined
}

/** Whether a branch's name fits a pattern: `*` stands for anything but "/", `**` for anything, `?` for one character. */
export function matchesPattern(name: string, pattern: string): boolean {
  const source = pattern.replace(/\*\*|[*?]|[^*?]+/g, (part) =>
    part === '**' ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&'),
  )
  return new RegExp(`^${source}$`).test(name)
}
