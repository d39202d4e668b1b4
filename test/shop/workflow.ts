import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import { parse } from 'yaml'

/** Reads a workflow file. */
export function parseWorkflow(text: string): JsonObject {
  const value: unknown = parse(text)
  if (isJson(value) && isJsonObject(value)) return value
  throw new Error('a workflow is a map')
}
