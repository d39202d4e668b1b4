import type { SandboxOptions } from '@slipway/sandbox'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { entriesAt, listAt, parsed } from './json.ts'
import { environments, places, type Place } from './places.ts'

type Role = NonNullable<SandboxOptions['roles']>[number]
type Json = Record<string, unknown>

const docs = join(import.meta.dirname, '..', '..', '..', 'docs')

/** Every role that slipway.yml of the shop names: what the documents of docs/iam do not grant is denied. */
export function rolesOfTheShop(): Role[] {
  const of = (environment: string): Place[] => places.filter((place) => place.environment === environment)
  // GitHub keeps the branch that a rollback is clicked on out of an environment that takes tags.
  const jobsOf = (environment: string): string[] => (environment === 'production' ? [environment, 'production-rollback'] : [environment])
  return [buildRole(), ...environments.map((environment) => deployRole(environment, of(environment), jobsOf(environment))), readRole('staging', of('staging'))]
}

/** The role of all builds, by docs/iam. */
function buildRole(): Role {
  return { name: 'slipway-build', trust: json('iam/trust-build.json'), policy: json('iam/build.json') }
}

/** The role of an environment's jobs, by the documents for `staging`; `jobs` are the environments on GitHub, where they have other names. */
function deployRole(environment: string, places: readonly Place[], jobs: readonly string[] = [environment]): Role {
  return {
    name: `slipway-${environment}`,
    trust: together(jobs.map((name) => json('iam/trust-deploy.json', [['staging', name]]))),
    policy: together(places.map((place) => json('iam/deploy.json', wordsOf(place)))),
    groups: ['slipway-deploy', `slipway-deploy-${environment}`],
  }
}

/** The role that reads what an environment has proven. */
function readRole(environment: string, places: readonly Place[]): Role {
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
