import type { EnvironmentName, TargetName } from '@slipway/release'

/** The places in which a path is looked up, the most specific first. */
export function overlayPaths(environment: EnvironmentName, target: TargetName, path: string): string[] {
  return [`${environment}/${target}/${path}`, `${environment}/${path}`, path]
}
