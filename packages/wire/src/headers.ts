/** Headers by lower-case names; one that came twice is joined by ", ". */
export function joinedHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]])),
  )
}
