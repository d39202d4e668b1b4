import type { Json } from '@slipway/release'
import type { Place, Problems } from '@slipway/report'
import type { NodePath } from './document.ts'
import { insteadOf } from './suggestion.ts'

/**
 * Puts variables into the strings inside a value, never into keys; the value's shape stays as it is.
 * `${NAME}` becomes the variable, `$${` a literal `${`. Problems: `variable-undefined`, at the place of its string.
 */
export function substitute(value: Json, variables: Readonly<Record<string, string>>, where: (path: NodePath) => Place, problems: Problems): Json {
  const inside = (node: Json, path: NodePath): Json => {
    if (typeof node === 'string') return substituteText(node, variables, () => where(path), problems)
    if (isList(node)) return node.map((item, index) => inside(item, [...path, index]))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, inside(member, [...path, key])]))
  }
  return inside(value, [])
}

/** As `substitute`, for one text; `where` gets the offset of the variable in it. */
export function substituteText(text: string, variables: Readonly<Record<string, string>>, where: (offset: number) => Place, problems: Problems): string {
  return text.replace(/\$?\$\{([^}\n]*)(\}?)/g, (found: string, name: string, end: string, offset: number) => {
    if (found.startsWith('$$')) return found.slice(1)
    if (end === '' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      problems.add({
        code: 'variable-undefined',
        what: 'a "${" begins no variable',
        at: where(offset),
        why: 'a variable is ${NAME}, its name made of letters, digits and "_"',
        next: 'correct the name, or write "$${" where "${" itself is meant',
      })
      return found
    }
    if (Object.hasOwn(variables, name)) return variables[name] ?? ''
    problems.add({
      code: 'variable-undefined',
      what: `the variable ${name} has no value`,
      at: where(offset),
      why: 'neither the environment nor the target sets it, and it is none of the built-in ones',
      next: `${insteadOf(name, Object.keys(variables))}; set it under "variables" of the environment, or write "$\${" where "\${" itself is meant`,
    })
    return found
  })
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
