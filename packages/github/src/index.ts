export { commitAhead, type AnswerAhead, type CommitAheadOptions } from './commit-ahead.ts'
export { openGitHub, type GitHub, type GitHubOptions } from './github.ts'
export type { ChangedCommit, CommitRange, NewRelease, Ref, ReleasePage, RunPage, ShownCommit, TaggedCommit } from './answers.ts'
