import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'
import { tagRule, type NameRule, type ServiceName } from './names.ts'

declare const brand: unique symbol
/** A semantic version such as `1.4.0` or `1.5.0-rc.2`, without "v" and without build metadata. */
export type Version = string & { readonly [brand]: 'Version' }

export const versionRule: NameRule<Version> = {
  // What cannot be an image's tag could not be deployed; build metadata would let two tags be one version.
  is: (text): text is Version => tagRule.is(text) && /^\d/.test(text) && parse(text)?.version === text,
  rule: 'a semantic version such as 1.4.0 or 1.5.0-rc.1: three numbers without leading zeros, no "v", no "+", at most 128 characters',
}

/** Negative where `a` comes before `b`, by the precedence of semver.org, section 11. */
export function compareVersions(a: Version, b: Version): number {
  return compare(a, b)
}

/** Whether a version comes before the release of its three numbers: `1.5.0-rc.1`. */
export function isPrerelease(version: Version): boolean {
  return version.includes('-')
}

/** How the tags of a service begin, or without one those of the whole repository: `cart/v`, `v`. */
export function versionPrefix(service: ServiceName | undefined): string {
  return service === undefined ? 'v' : `${service}/v`
}

/** The version in the name of a tag; undefined where the tag is another service's, or none of a version. */
export function versionOfTag(tag: string, service: ServiceName | undefined): Version | undefined {
  const prefix = versionPrefix(service)
  const text = tag.startsWith(prefix) ? tag.slice(prefix.length) : ''
  return versionRule.is(text) ? text : undefined
}

/** Whether a release goes by this name: a version may be given as its tag, `v1.4.0` or `cart/v1.4.0`. */
export function isCalled(versions: readonly string[], name: string): boolean {
  return versions.includes(name) || versions.includes(name.replace(/^(?:[^/]+\/)?v(?=\d)/, ''))
}
