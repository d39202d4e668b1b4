import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isJson, isJsonObject, type Json, type JsonObject } from '@slipway/release'
import { listAt, textAt, withAt } from '@slipway/rollout'
import { parseAllDocuments } from 'yaml'

/** The documents that a platform engineer installs, as the sandbox takes them. */
export interface Documents {
  /** By file: `deploy`, `trust-deploy`. */
  readonly iam: ReadonlyMap<string, JsonObject>
  readonly rbac: readonly JsonObject[]
}

/** One right: a line as the sandbox tells it when it was used, and the documents without it. */
export interface Right {
  readonly grant: string
  readonly without: Documents
}

/** Which role of the shop has which policy of docs/iam. */
export const policyOf = { 'slipway-build': 'build', 'slipway-staging': 'deploy', 'slipway-staging-read': 'read' } as const

/** Reads docs/iam and docs/rbac. */
export function readDocuments(): Documents {
  return {
    iam: new Map(globSync('docs/iam/*.json').map((file) => [basename(file, '.json'), objectFrom(JSON.parse(readFileSync(file, 'utf8')), file)])),
    rbac: globSync('docs/rbac/*.yaml').sort().flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => objectFrom(document.toJS(), file))),
  }
}

/** Every single right that the documents grant: each action of each statement, each verb on each resource of each rule. */
export function rightsIn({ iam, rbac }: Documents): Right[] {
  const policies = Object.entries(policyOf).flatMap(([role, file]) => {
    const policy = iam.get(file) ?? {}
    return listAt(policy, 'Statement').flatMap((statement, index) =>
      actionsOf(statement).map((action) => {
        const left = actionsOf(statement).filter((other) => other !== action)
        const without = withAt(policy, ['Statement'], () => replaced(listAt(policy, 'Statement'), index, left.length === 0 ? [] : [{ ...objectFrom(statement, file), Action: left }]))
        return { grant: `${role} ${textAt(statement, 'Sid') ?? ''} ${action}`, without: { iam: new Map([...iam, [file, without]]), rbac } }
      }),
    )
  })
  const roles = rbac.flatMap((role, at) =>
    listAt(role, 'rules').flatMap((rule, index) =>
      texts(rule, 'apiGroups').flatMap((group) =>
        texts(rule, 'resources').flatMap((resource) =>
          texts(rule, 'verbs').map((verb) => {
            const others = texts(rule, 'resources').filter((other) => other !== resource)
            const left = [
              ...(others.length > 0 ? [{ ...objectFrom(rule, 'rule'), resources: others }] : []),
              { ...objectFrom(rule, 'rule'), resources: [resource], verbs: texts(rule, 'verbs').filter((other) => other !== verb) },
            ]
            const without = withAt(role, ['rules'], () => replaced(listAt(role, 'rules'), index, left))
            return { grant: `${nameOf(role)} ${verb} ${resource}${group === '' ? '' : `.${group}`}`, without: { iam, rbac: replaced(rbac, at, [without]) } }
          }),
        ),
      ),
    ),
  )
  return [...policies, ...roles]
}

function nameOf(role: JsonObject): string {
  const namespace = textAt(role, 'metadata', 'namespace')
  return `${textAt(role, 'kind') ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${textAt(role, 'metadata', 'name') ?? ''}`
}

function actionsOf(statement: Json): string[] {
  const one = textAt(statement, 'Action')
  return one === undefined ? texts(statement, 'Action') : [one]
}

function texts(value: Json, field: string): string[] {
  return listAt(value, field).filter((text) => typeof text === 'string')
}

function replaced<T>(list: readonly T[], index: number, by: readonly T[]): T[] {
  return [...list.slice(0, index), ...by, ...list.slice(index + 1)]
}

function objectFrom(value: unknown, file: string): JsonObject {
  if (isJson(value) && isJsonObject(value)) return value
  throw new Error(`${file} holds something else than an object`)
}
