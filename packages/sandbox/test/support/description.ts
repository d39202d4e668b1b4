import { readFileSync } from 'node:fs'

type Member = Readonly<Record<string, unknown>>

const description = objectOf(JSON.parse(readFileSync(new URL('../fixtures/github-openapi.json', import.meta.url), 'utf8')))
/** Who and where: whole descriptions of people and repositories, which no action reads, and the copy cuts as well. */
const leftOut = ['author', 'repository', 'head_repository']

/** What a request and its answer have that the OpenAPI description does not know, or lack that it demands. */
export function strayFrom(method: string, path: string, query: readonly string[], body: unknown, status: number, answer: unknown): string[] {
  const [name, operation] = Object.entries(objectOf(description['operations'])).find(([one]) => patternOf(one).test(`${method} ${path}`)) ?? []
  if (name === undefined) return [`${method} ${path}: not described`]
  const known = objectOf(operation)
  const responses = objectOf(known['responses'])
  const parameters = listOf(known['query'])
  return [
    ...query.filter((one) => !parameters.includes(one)).map((one) => `${name}: no parameter ${one}`),
    ...(body === undefined ? [] : stray(body, known['body'], `${name} body`)),
    ...(String(status) in responses ? stray(answer, responses[String(status)] ?? { type: 'undefined' }, `${name} ${status}`) : [`${name}: no status ${status}`]),
  ]
}

function stray(value: unknown, schema: unknown, at: string): string[] {
  const rule = resolved(objectOf(schema))
  if (value === null) return rule['nullable'] === true ? [] : [`${at} is null`]
  const choices = [...listOf(rule['oneOf']), ...listOf(rule['anyOf'])]
  if (choices.length > 0) {
    const tried = choices.map((choice) => stray(value, choice, at))
    return tried.find((problems) => problems.length === 0) ?? tried[0] ?? []
  }
  const type = rule['type']
  if (type !== undefined && !isOfType(value, type)) return [`${at} is no ${JSON.stringify(type)}`]
  const options = listOf(rule['enum'])
  if (options.length > 0 && !options.includes(value)) return [`${at} is ${JSON.stringify(value)}`]
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => stray(one, rule['items'], `${at}[${index}]`))
  if (typeof value === 'object') {
    const properties = objectOf(rule['properties'])
    if (Object.keys(properties).length === 0) return []
    return [
      ...listOf(rule['required']).flatMap((name) => (typeof name === 'string' && !(name in value) && !leftOut.includes(name) ? [`${at} lacks ${name}`] : [])),
      ...Object.entries(value).flatMap(([name, member]) => (name in properties ? stray(member, properties[name], `${at}.${name}`) : [`${at}.${name} is not described`])),
    ]
  }
  return []
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function resolved(schema: Member): Member {
  const reference = schema['$ref']
  return typeof reference === 'string' ? objectOf(objectOf(description['schemas'])[reference.slice('#/schemas/'.length)]) : schema
}

function patternOf(operation: string): RegExp {
  return new RegExp(`^${operation.replace(/\{(?:ref|basehead|tag|path)\}/g, '.+').replace(/\{\w+\}/g, '[^/]+')}$`)
}

function objectOf(value: unknown): Member {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.map((one: unknown) => one) : []
}
