import { readProjectFile } from '@slipway/action-host'
import { parseProject } from '@slipway/project'
import type { ServiceName } from '@slipway/release'
import { pathsOf } from './service-paths.ts'

/** What belongs to a service, by the project file of the workspace. @throws Failed */
export async function declaredPaths(service: ServiceName, workspace: string, projectFile: string): Promise<string[]> {
  return pathsOf(service, parseProject(await readProjectFile(workspace, projectFile), projectFile), projectFile)
}
