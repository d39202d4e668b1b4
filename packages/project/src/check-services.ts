import type { Problems } from '@slipway/report'
import type { NodePath, PlacedDocument } from './document.ts'
import type { Project, Service } from './project.ts'

/** Rules between the services of a project file, each broken one told at its place. */
export function checkServices(project: Pick<Project, 'services'>, document: PlacedDocument, problems: Problems): void {
  const complain = (path: NodePath, what: string, why: string, next: string): void => {
    problems.add({ code: 'project-file-invalid', what, at: document.place(path), why, next })
  }
  const owners = new Map<string, string>()
  for (const service of project.services.values()) {
    checkDeclarations(service, complain)
    for (const [section, names] of [['config', service.config.keys()], ['secrets', service.secrets.keys()]] as const) {
      for (const name of names) {
        const path = ['services', service.name, section, name]
        const owner = owners.get(name)
        if (owner !== undefined) complain(path, `the name "${name}" is declared twice`, `${owner} declares it, too, and an output names objects by it`, 'rename one of the two')
        else owners.set(name, `services.${service.name}.${section}`)
      }
    }
  }
}

function checkDeclarations(service: Service, complain: (path: NodePath, what: string, why: string, next: string) => void): void {
  for (const { name, files, envFiles, literals } of service.config.values()) {
    if (files.length + envFiles.length + Object.keys(literals).length > 0) continue
    complain(['services', service.name, 'config', name], `the configuration "${name}" holds nothing`, 'it names no files, env-files or literals', 'add one of these, or remove it')
  }
  for (const { name, from, keys } of service.secrets.values()) {
    const path = ['services', service.name, 'secrets', name]
    const count = Object.keys(keys).length
    if (from === undefined && count === 0) complain(path, `the secret "${name}" holds nothing`, 'it has neither "from" nor "keys"', 'say where it comes from')
    if (from !== undefined && count > 0) complain(path, `the secret "${name}" has both "from" and "keys"`, '"from" takes a whole secret, "keys" name each key', 'keep one of the two')
  }
}
