export { childEnvironment, runChild, type ChildOptions } from './child.ts'
export { log, type Log } from './log.ts'
export { rawInputs, type RawInputs } from './raw-inputs.ts'
