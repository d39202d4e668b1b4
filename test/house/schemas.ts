/** Writes the JSON Schemas of the project file, for editors, and of each action's output `result`, for scripts, from what the code checks. */
import { toJsonSchema } from '@valibot/to-json-schema'
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as v from 'valibot'
import { projectSchema } from '../../packages/project/src/schema.ts'

/** The actions, by their folders. */
export const actions = globSync('actions/*').map((folder) => basename(folder)).sort()

/** What an action's output `result` must be. */
export async function resultSchemaOf(action: string): Promise<v.GenericSchema> {
  const module: unknown = await import(`../../actions/${action}/src/result-schema.ts`)
  const schema: unknown = typeof module === 'object' && module !== null && 'resultSchema' in module ? module.resultSchema : undefined
  if (!isSchema(schema)) throw new Error(`actions/${action}/src/result-schema.ts exports no resultSchema`)
  return schema
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'
}

/** Every schema as a file's text, by the file's name. */
export async function schemaFiles(): Promise<Map<string, string>> {
  const results = await Promise.all(actions.map(async (action) => [`${action}.result.schema.json`, textOf(await resultSchemaOf(action), `The output "result" of ${action}`)] as const))
  return new Map([['slipway.schema.json', textOf(projectSchema, 'The project file of Slipway, slipway.yml')], ...results])
}

/** The rules that are code (names, paths) stand in the schema in words. */
function textOf(schema: v.GenericSchema, title: string): string {
  const written = toJsonSchema(schema, {
    typeMode: 'output',
    ignoreActions: ['check', 'raw_check', 'raw_transform'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => (isMap(valibotSchema) ? { ...jsonSchema, required: requiredOf(valibotSchema), additionalProperties: false } : undefined),
  })
  return `${JSON.stringify({ ...written, title }, null, 2)}\n`
}

function isMap(schema: object): schema is { entries: Record<string, v.GenericSchema> } {
  return 'entries' in schema
}

/** What has a default may be left out. */
function requiredOf({ entries }: { readonly entries: Record<string, v.GenericSchema> }): string[] {
  return Object.entries(entries).flatMap(([name, { type }]) => (type === 'exact_optional' || type === 'optional' ? [] : [name]))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync('schema', { recursive: true })
  for (const [name, text] of await schemaFiles()) writeFileSync(`schema/${name}`, text)
}
