import { isJson, type Json } from '@slipway/release'

/** The JSON in a text; undefined where it is none. */
export function parsedJson(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isJson(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
