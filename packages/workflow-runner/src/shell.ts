/** How a script is run: the command for a script file, its extension, and the template as GitHub shows it. */
export interface Shell {
  template: string
  extension: string
  command(file: string): string[]
}

const templates: Record<string, string> = {
  '': 'bash -e {0}',
  bash: 'bash --noprofile --norc -e -o pipefail {0}',
  sh: 'sh -e {0}',
  python: 'python {0}',
}

/** The shell of a `run` step: a known name, or a command of one's own with `{0}` where the script goes. */
export function shellOf(named: string): Shell {
  const template = templates[named] ?? named
  if (!template.includes('{0}')) throw new Error(`The shell '${named}' is not one that this runner knows (bash, sh, python), nor a command with {0} for the script`)
  return { template, extension: named === 'python' ? 'py' : 'sh', command: (file) => template.split(' ').map((part) => part.replace('{0}', file)) }
}
