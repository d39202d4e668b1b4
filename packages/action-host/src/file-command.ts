import { issueFileCommand, prepareKeyValueMessage } from './toolkit.ts'

/** Sets an output of the step, or saves what its end at the job's end gets to know, also where the step is killed. Without a runner it goes nowhere. */
export function fileCommand(command: 'OUTPUT' | 'STATE', name: string, value: string): void {
  if ((process.env[`GITHUB_${command}`] ?? '') !== '') issueFileCommand(command, prepareKeyValueMessage(name, value))
}
