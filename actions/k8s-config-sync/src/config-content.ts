import { basename } from 'node:path'
import { substituteText } from '@slipway/project'
import type { Failure, Problems } from '@slipway/report'
import type { ConfigFile, ConfigFolder } from './config-files.ts'
import { utf8, type Content } from './config-object.ts'
import { parseEnvFile } from './env-file.ts'
import type { Layer, WantedConfigMap } from './settings.ts'
import { fillTemplate } from './template.ts'

/**
 * Gathers what a ConfigMap is to hold: a key a file, named after it; the variables of the env-files, later files
 * beating earlier ones, the more specific layer of each file beating the general one; the literals beating both.
 */
export async function configContent(wanted: WantedConfigMap, folder: ConfigFolder, layers: readonly Layer[], problems: Problems): Promise<Content> {
  const values = new Map<string, Uint8Array>()
  const origins = new Map<string, string>()
  for (const pattern of wanted.files) {
    for (const file of await folder.find(pattern, layers, problems)) {
      const key = basename(file.path)
      const origin = origins.get(key)
      if (origin === file.shown) continue
      if (origin !== undefined) problems.add(keyTwice(wanted, key, origin, file.shown))
      origins.set(key, file.shown)
      values.set(key, filled(file, wanted, problems))
    }
  }
  for (const [key, { value, from }] of await variables(wanted, folder, layers, problems)) {
    const origin = origins.get(key)
    if (origin !== undefined) problems.add(keyTwice(wanted, key, origin, from))
    values.set(key, Buffer.from(value))
  }
  return { kind: 'ConfigMap', name: wanted.name, mode: wanted.mode, ...(wanted.service === undefined ? {} : { service: wanted.service }), values }
}

async function variables(wanted: WantedConfigMap, folder: ConfigFolder, layers: readonly Layer[], problems: Problems): Promise<Map<string, { value: string; from: string }>> {
  const found = new Map<string, { value: string; from: string }>()
  for (const path of wanted.envFiles) {
    for (const file of await folder.each(path, layers, problems)) {
      const text = utf8(file.bytes)
      if (text === undefined) problems.add({ code: 'file-invalid', what: `the env-file ${file.shown} is no text`, at: { file: file.shown }, why: 'it is not UTF-8', next: 'store it as UTF-8' })
      for (const { key, value, at } of text === undefined ? [] : parseEnvFile(text, file.shown, problems)) {
        found.set(key, { value: wanted.variables ? substituteText(value, wanted.variables, () => at, problems) : value, from: file.shown })
      }
    }
  }
  for (const [key, value] of Object.entries(wanted.literals)) {
    const at = { file: `the literal ${key} of ${wanted.name}` }
    found.set(key, { value: wanted.variables ? substituteText(value, wanted.variables, () => at, problems) : value, from: 'the literals' })
  }
  return found
}

function filled(file: ConfigFile, wanted: WantedConfigMap, problems: Problems): Uint8Array {
  const text = wanted.variables === undefined ? undefined : utf8(file.bytes)
  if (text === undefined || wanted.variables === undefined) return file.bytes
  return Buffer.from(fillTemplate(text, file.shown, wanted.variables, problems))
}

function keyTwice(wanted: WantedConfigMap, key: string, first: string, second: string): Failure {
  return {
    code: 'config-invalid',
    what: `the ConfigMap ${wanted.name} would have the key "${key}" twice`,
    why: `${first} and ${second} both give it; a file's key is its name without its folder`,
    next: 'rename one of them, or put it into another object',
  }
}
