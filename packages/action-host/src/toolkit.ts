/*
 * The two parts of the runner's toolkit that a story's end needs, each from its own file: the toolkit's index brings an
 * HTTP client along for tokens, which would cost each start 50 ms.
 */
export { issueFileCommand, prepareKeyValueMessage } from '../../../node_modules/@actions/core/lib/file-command.js'
export { summary } from '../../../node_modules/@actions/core/lib/summary.js'
