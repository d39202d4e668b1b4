import type { Settings } from './settings.ts'

/**
 * The names that stand in this run's text and outputs, and in those of its neighbours. A secret value that is one of
 * them, as the name of a database user often is, would blank the log and have the runner drop outputs.
 */
export function namesOf({ targets }: Settings, environment: string): string[] {
  const names = targets.flatMap(({ name, cluster, region, namespace, recordNamespace, objects }) => [
    ...[name, cluster, region, namespace, recordNamespace],
    ...objects.flatMap((object) => [object.name, object.service ?? '']),
  ])
  return [...new Set([environment, ...names])].filter((name) => name !== '')
}
