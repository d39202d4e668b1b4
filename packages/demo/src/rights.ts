import type { SandboxOptions } from '@slipway/sandbox'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { entriesAt, listAt, parsed } from './json.ts'

/** A target of an environment. */
export interface Place {
  readonly environment: string
  readonly region: string
  readonly cluster: string
  readonly namespace: string
}

type Role = NonNullable<SandboxOptions['roles']>[number]
type Json = Record<string, unknown>

const docs = join(import.meta.dirname, '..', '..', '..', 'docs')

/** The role of all builds, by docs/iam. */
export function buildRole(): Role {
  return { name: 'slipway-build', trust: json('iam/trust-build.json'), policy: json('iam/build.json') }
}

/** The role of an environment's jobs, by the documents for `staging`; `jobs` are the environments on GitHub, where they have other names. */
export function deployRole(environment: string, places: readonly Place[], jobs: readonly string[] = [environment]): Role {
  return {
    name: `slipway-${environment}`,
    trust: together(jobs.map((name) => json('iam/trust-deploy.json', [['staging', name]]))),
    policy: together(places.map((place) => json('iam/deploy.json', wordsOf(place)))),
    groups: ['slipway-deploy', `slipway-deploy-${environment}`],
  }
}

/** The role that reads what an environment has proven. */
export function readRole(environment: string, places: readonly Place[]): Role {
  return { name: `slipway-${environment}-read`, trust: json('iam/trust-read.json'), policy: together(places.map((place) => json('iam/read.json', wordsOf(place)))), groups: ['slipway-read'] }
}

/** What of docs/rbac is applied to a cluster that has these places. */
export function rbacOf(places: readonly Place[]): Json[] {
  return [...yaml('rbac/records.yaml'), ...yaml('rbac/read.yaml'), ...places.flatMap((place) => yaml('rbac/deploy.yaml', wordsOf(place)))]
}

/** What stands in the documents, and what in its place, as docs/rights.md says. */
type Words = readonly (readonly [string, string])[]

function wordsOf({ environment, region, cluster, namespace }: Place): Words {
  return [['namespace: staging', `namespace: ${namespace}`], ['staging', environment], ['nonprod', cluster], ['eu-west-1', region]]
}

function together(policies: readonly Json[]): Json {
  return { Version: '2012-10-17', Statement: policies.flatMap((policy) => listAt(policy, 'Statement')) }
}

function json(file: string, words?: Words): Json {
  return Object.fromEntries(entriesAt(parsed(text(file, words))))
}

function yaml(file: string, words?: Words): Json[] {
  return parseAllDocuments(text(file, words)).map((document) => Object.fromEntries(entriesAt(document.toJS())))
}

function text(file: string, words: Words = []): string {
  return words.reduce((read, [from, to]) => read.replaceAll(from, to), readFileSync(join(docs, file), 'utf8'))
}
