import type { ServerResponse } from 'node:http'
import { answersOf, type Answers } from './github-answers.ts'
import { Refusal, type GitHubRepository } from './github-repository.ts'
import { parseObject, stringOf, type Json } from './json.ts'
import { startServer, type Ledger, type Received, type RunningServer } from './server.ts'

/** Who asks: the token of a job, which starts no runs and can never hold `workflows: write`, or an App's. */
export interface GitHubToken {
  readonly kind: 'job' | 'app'
  /** Such as `contents: write`; a right to write is one to read as well. */
  readonly rights: readonly string[]
}

export interface GitHubOptions {
  readonly ledger: Ledger
  readonly repositories: readonly GitHubRepository[]
  /** Tokens that are not here are bad credentials. */
  readonly tokens: Pick<ReadonlyMap<string, GitHubToken>, 'get'>
}

interface Asked {
  readonly repository: GitHubRepository
  readonly token: GitHubToken
  readonly say: Answers
  readonly query: URLSearchParams
  readonly body: Json
  /** What the route's pattern found. */
  readonly found: readonly string[]
}

interface Route {
  readonly method: string
  readonly path: RegExp
  readonly right: string
  readonly answer: (asked: Asked) => Answer | Promise<Answer>
}

interface Answer {
  readonly status: number
  readonly body?: unknown
}

const ok = (body: unknown): { status: number; body: unknown } => ({ status: 200, body })
const routes: readonly Route[] = [
  { method: 'GET', path: /^contents\/(.+)$/, right: 'contents: read', answer: contents },
  { method: 'GET', path: /^commits\/(.+)$/, right: 'contents: read', answer: oneCommit },
  { method: 'GET', path: /^commits$/, right: 'contents: read', answer: commits },
  { method: 'GET', path: /^compare\/(.+)\.\.\.(.+)$/, right: 'contents: read', answer: comparison },
  { method: 'GET', path: /^git\/matching-refs\/(.+)$/, right: 'contents: read', answer: matchingRefs },
  { method: 'GET', path: /^git\/ref\/(.+)$/, right: 'contents: read', answer: oneRef },
  { method: 'POST', path: /^git\/refs$/, right: 'contents: write', answer: createRef },
  { method: 'GET', path: /^git\/tags\/(\w+)$/, right: 'contents: read', answer: ({ repository, say, found: [sha = ''] }) => ok(say.tag(existing(repository.tagObjects.get(sha)))) },
  { method: 'POST', path: /^git\/tags$/, right: 'contents: write', answer: ({ repository, say, body }) => ({ status: 201, body: say.tag(repository.createTagObject(text(body, 'tag'), text(body, 'message'), text(body, 'object'))) }) },
  { method: 'GET', path: /^releases\/tags\/(.+)$/, right: 'contents: read', answer: ({ repository, say, found: [tag] }) => ok(say.release(existing(repository.releases.find((one) => one.tag === tag && !one.draft)))) },
  { method: 'GET', path: /^releases$/, right: 'contents: read', answer: ({ repository, say, query }) => ok(page(repository.releases.toReversed(), query).map((one) => say.release(one))) },
  { method: 'POST', path: /^releases$/, right: 'contents: write', answer: createRelease },
  { method: 'DELETE', path: /^releases\/(\d+)$/, right: 'contents: write', answer: ({ repository, found: [id] }) => (repository.deleteRelease(Number(id)), { status: 204 }) },
  { method: 'GET', path: /^actions\/workflows\/([^/]+)$/, right: 'actions: read', answer: ({ repository, say, found: [file = ''] }) => (existing(repository.workflows.get(file)), ok(say.workflow(file))) },
  { method: 'GET', path: /^actions\/runs$/, right: 'actions: read', answer: runs },
  { method: 'GET', path: /^actions\/runs\/(\d+)$/, right: 'actions: read', answer: ({ repository, say, found: [id] }) => ok(say.run(existing(repository.visibleRuns().find((one) => one.id === Number(id))))) },
  { method: 'POST', path: /^actions\/workflows\/([^/]+)\/dispatches$/, right: 'actions: write', answer: dispatch },
]

/** Starts GitHub's REST API on loopback, as far as an action asks it. */
export function startGitHub(options: GitHubOptions): Promise<RunningServer> {
  return startServer({
    name: 'github',
    ledger: options.ledger,
    classify: ({ method, url }) => ({ operation: `${method} ${decodeURIComponent(url.pathname).replace(/^\/repos\/[^/]+\/[^/]+\//, '')}`, write: method !== 'GET' }),
    async handle(request, response) {
      try {
        const { status, body } = await answer(options, request)
        send(response, status, body)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        send(response, error.status, { message: error.message, documentation_url: 'https://docs.github.com/rest', ...(error.errors.length === 0 ? {} : { errors: error.errors }) })
      }
    },
  })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body === undefined ? undefined : JSON.stringify(body))
}

function answer({ repositories, tokens }: GitHubOptions, { method, url, headers, body }: Received): Answer | Promise<Answer> {
  const token = tokens.get(/^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '')
  if (token === undefined) throw new Refusal(401, 'Bad credentials')
  const [, name, rest = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(decodeURIComponent(url.pathname)) ?? []
  const repository = existing(repositories.find((one) => one.name === name))
  for (const route of routes) {
    const found = route.path.exec(rest)
    if (route.method !== method || found === null) continue
    if (![route.right, route.right.replace('read', 'write')].some((right) => token.rights.includes(right))) throw new Refusal(403, 'Resource not accessible by integration')
    return route.answer({ repository, token, say: answersOf(repository, `http://${headers.host ?? ''}`), query: url.searchParams, body: parseObject(body), found: found.slice(1) })
  }
  throw new Refusal(404, 'Not Found')
}

async function contents({ repository, say, query, found: [path = ''] }: Asked): Promise<Answer> {
  const ref = query.get('ref') ?? repository.defaultBranch
  return ok(say.file(path, ref, existing(await repository.files(path, ref))))
}

function oneCommit({ repository, say, found: [name = ''] }: Asked): ReturnType<typeof ok> {
  const commit = repository.resolve(name)
  if (commit === undefined) throw new Refusal(422, `No commit found for SHA: ${name}`)
  return ok({ ...say.commit(commit), files: say.files(commit.files.slice(0, 300)) })
}

function commits({ repository, say, query }: Asked): ReturnType<typeof ok> {
  const [path, since] = [query.get('path'), query.get('since')]
  const reachable = repository.ancestry(existing(repository.resolve(query.get('sha') ?? repository.defaultBranch)).sha)
  const listed = [...repository.commits.values()]
    .filter(({ sha, files, date }) => reachable.has(sha) && (since === null || Date.parse(date) >= Date.parse(since)) && (path === null || files.some((file) => file === path || file.startsWith(`${path}/`))))
    .toReversed()
  return ok(page(listed, query).map((one) => say.commit(one)))
}

function comparison({ repository, say, query, found: [base = '', head = ''] }: Asked): ReturnType<typeof ok> {
  const [from, to] = [existing(repository.resolve(base)), existing(repository.resolve(head))]
  const [before, after] = [repository.ancestry(from.sha), repository.ancestry(to.sha)]
  const all = [...repository.commits.values()]
  const ahead = all.filter(({ sha }) => after.has(sha) && !before.has(sha))
  const behind = all.filter(({ sha }) => before.has(sha) && !after.has(sha))
  const common = all.filter(({ sha }) => before.has(sha) && after.has(sha)).at(-1)
  const html = `https://github.example/${repository.name}/compare/${base}...${head}`
  return ok({
    url: `https://github.example/api/compare/${base}...${head}`,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: say.commit(from),
    merge_base_commit: say.commit(existing(common)),
    status: behind.length === 0 ? (ahead.length === 0 ? 'identical' : 'ahead') : ahead.length === 0 ? 'behind' : 'diverged',
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: page(ahead, query).map((one) => say.commit(one)),
    ...(Number(query.get('page') ?? 1) === 1 ? { files: say.files([...new Set(ahead.flatMap(({ files }) => files))].slice(0, 300)) } : {}),
  })
}

function matchingRefs({ repository, say, found: [prefix = ''] }: Asked): ReturnType<typeof ok> {
  return ok([...repository.refs].filter(([name]) => name.startsWith(`refs/${prefix}`)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, object]) => say.ref(name, object)))
}

function oneRef({ repository, say, found: [name = ''] }: Asked): ReturnType<typeof ok> {
  return ok(say.ref(`refs/${name}`, existing(repository.refs.get(`refs/${name}`))))
}

function createRef({ repository, say, token, body }: Asked): { status: number; body: unknown } {
  const ref = text(body, 'ref')
  return { status: 201, body: say.ref(ref, repository.createRef(ref, text(body, 'sha'), token.kind === 'app')) }
}

/** The target counts even where the tag exists: as described, and as many a release has failed. */
function createRelease({ repository, say, token, body }: Asked): { status: number; body: unknown } {
  const [tag, target] = [text(body, 'tag_name'), repository.resolve(stringOf(body['target_commitish']) ?? repository.defaultBranch)]
  const released = repository.ancestry(existing(repository.resolve(repository.defaultBranch)).sha)
  const touchesWorkflows = target !== undefined && !released.has(target.sha) && target.files.some((file) => file.startsWith('.github/workflows/'))
  if (touchesWorkflows && !token.rights.includes('workflows: write')) throw new Refusal(403, 'Resource not accessible by integration')
  const draft = body['draft'] === true
  if (!draft && !repository.refs.has(`refs/tags/${tag}`)) throw new Refusal(422, 'Validation Failed', [{ resource: 'Release', code: 'custom', message: 'Published releases must have a valid tag' }])
  return { status: 201, body: say.release(repository.createRelease({ tag, name: text(body, 'name'), body: text(body, 'body'), draft, prerelease: body['prerelease'] === true })) }
}

function runs({ repository, say, query }: Asked): ReturnType<typeof ok> {
  const fits = (name: string, value: string): boolean => [null, value].includes(query.get(name))
  const found = repository.visibleRuns().filter(({ sha, branch, event }) => fits('head_sha', sha) && fits('branch', branch) && fits('event', event))
  return ok({ total_count: found.length, workflow_runs: page(found.toReversed(), query).map((one) => say.run(one)) })
}

function dispatch({ repository, say, body, found: [file = ''] }: Asked): { status: number; body?: unknown } {
  const run = say.run(repository.dispatch(file, text(body, 'ref')))
  if (body['return_run_details'] !== true) return { status: 204 }
  return ok({ workflow_run_id: run['id'], run_url: run['url'], html_url: run['html_url'] })
}

function page<T>(all: readonly T[], query: URLSearchParams): T[] {
  const [size, number] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)]
  return all.slice((number - 1) * size, number * size)
}

function existing<T>(found: T | undefined): T {
  if (found === undefined) throw new Refusal(404, 'Not Found')
  return found
}

function text(body: Json, name: string): string {
  return stringOf(body[name]) ?? ''
}
