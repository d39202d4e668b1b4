import { expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const story = join(import.meta.dirname, 'fixtures/story.ts')

interface Ran {
  readonly exitCode: number | null
  readonly lines: string[]
  readonly outputs: Record<string, string>
  readonly summary: string
}

/** Runs the story in a process of its own, with command files, as the runner does. */
async function run(plot: string, more: Record<string, string> = {}, stopAt?: string): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'host-'))
  const file = (name: string): string => {
    const path = join(folder, name)
    writeFileSync(path, '')
    return path
  }
  const environment = {
    PATH: process.env['PATH'] ?? '',
    INPUT_PLOT: plot,
    GITHUB_OUTPUT: file('output'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_REPOSITORY: 'acme/shop',
    ...more,
  }
  if (environment.GITHUB_EVENT_NAME === 'pull_request') {
    const path = file('event.json')
    writeFileSync(path, JSON.stringify({ pull_request: { head: { repo: { full_name: 'stranger/shop' } } } }))
    Object.assign(environment, { GITHUB_EVENT_PATH: path })
  }
  try {
    const child = spawn(process.execPath, [story], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (stopAt !== undefined && text.includes(stopAt)) child.kill('SIGINT')
    })
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
    const outputs: Record<string, string> = {}
    for (const match of readFileSync(environment.GITHUB_OUTPUT, 'utf8').matchAll(/^(\S+)<<(\S+)\n([^]*?)\n?\2$/gm)) outputs[match[1] ?? ''] = match[3] ?? ''
    return { exitCode, lines: text.split('\n'), outputs, summary: readFileSync(environment.GITHUB_STEP_SUMMARY, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a story that ends well writes every declared output and its summary, and forges no command', async () => {
  const { exitCode, outputs, summary, lines } = await run('')
  expect([exitCode, outputs, summary.trim()]).toEqual([0, { images: '{}', digest: '', outcome: 'changed', result: '{"version":1,"action":"story","outcome":"changed","failures":[],"what":"plot"}' }, '### done'])
  expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([])
})

test('a failure is one annotation at its place, exit 1, with every output written and a summary', async () => {
  const { exitCode, outputs, summary, lines } = await run('fails')
  const failures = [{ code: 'file-missing', what: 'a.yml is absent', at: { file: 'a.yml', line: 3 }, why: 'x ::stop-commands::y', next: 'add it' }]
  expect([exitCode, outputs]).toEqual([1, { images: '', digest: '', outcome: 'refused', result: expect.any(String) }])
  expect(JSON.parse(outputs['result'] ?? '')).toEqual({ version: 1, action: 'story', outcome: 'refused', failures })
  expect(lines.filter((line) => line.startsWith('::'))).toEqual([expect.stringMatching(/^::error title=file-missing,file=a\.yml,line=3::a\.yml:3: a\.yml is absent/)])
  expect(summary).toContain('story: refused')
})

test.each([
  ['is to go back', 0],
  ['had to go back', 1],
])('an action that %s ends with %d where it went back: what is green besides the usual, the action says', async (plot, code) => {
  const { exitCode, outputs } = await run(plot)
  expect([exitCode, outputs['outcome']]).toEqual([code, 'rolled-back'])
})

test('a mistake of ours shows its stack', async () => {
  const { exitCode, lines } = await run('bug')
  expect([exitCode, lines.some((line) => /a mistake%0A +at .*story\.ts/.test(line))]).toEqual([1, true])
})

test('what ends a story after it has written leaves it partial: refused would say that nothing was written', async () => {
  const { exitCode, outputs, summary } = await run('fails late')
  expect([exitCode, outputs['outcome']]).toEqual([1, 'partial'])
  expect(summary).toContain('### story: partial')
})

test('SIGINT ends the work, and the story settles', async () => {
  const { exitCode, outputs } = await run('waits', {}, 'waiting')
  expect([exitCode, outputs['digest']]).toEqual([1, 'settled'])
})

test('a summary over 1 MiB is cut at a line, since the runner would drop it', async () => {
  const { summary } = await run('long')
  expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
  expect(summary).toMatch(/a line\n\n\(cut at 1 MiB\)\n$/)
})

test('a job without the permission for a token is told the line to add', async () => {
  expect((await run('token')).lines.join()).toContain('id-token: write')
})

test.each([
  ['answers with 500', 500, '{}'],
  ['answers without a token', 200, '{}'],
])('an endpoint of tokens that %s is told as that, not as a mistake of ours', async (_, status, body) => {
  const server = createServer((_request, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const { lines, outputs } = await run('token', { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/?v=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' })
  await new Promise((resolve) => server.close(resolve))
  expect(lines.filter((line) => line.startsWith('::error'))).toEqual([expect.stringMatching(/^::error title=unreachable::GitHub gave this job no OIDC token for sts\.amazonaws\.com: .*Run it again/)])
  expect(outputs['outcome']).toBe('refused')
})

test('an endpoint of tokens that is busy is asked again, and its token is masked', async () => {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    asked.push([request.url, request.headers.authorization])
    response.writeHead(asked.length === 1 ? 503 : 200, { 'content-type': 'application/json' }).end('{"value":"a.job.token"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const { lines, outputs } = await run('token', { ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/?v=2`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' })
  await new Promise((resolve) => server.close(resolve))
  expect(asked).toEqual(Array(2).fill(['/?v=2&audience=sts.amazonaws.com', 'Bearer of-this-job']))
  expect([outputs['digest'], lines.filter((line) => line.startsWith('::'))]).toEqual(['a.job.token', ['::add-mask::a.job.token']])
})

test('an endpoint of tokens that nobody listens at is told with the cause', async () => {
  const { lines } = await run('token', { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/?v=2', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-this-job' })
  expect(lines.filter((line) => line.startsWith('::error'))).toEqual([expect.stringMatching(/title=unreachable::.*ECONNREFUSED/)])
})

test('a leaf of a secret that stands in a name is not masked, which one notice says', async () => {
  const { lines } = await run('masks')
  const masks = lines.filter((line) => line.startsWith('::add-mask::'))
  expect(masks).toContain('::add-mask::hunter2hunter2')
  expect(masks).not.toContain('::add-mask::shop-cart')
  expect(masks).not.toContain('::add-mask::cart-env')
  expect(lines.flatMap((line) => /^::notice::.*the name "([^"]*)"/.exec(line)?.[1] ?? []).sort()).toEqual(['shop-cart', 'shop-cart-env-1'])
})

test.each(['pull_request_target', 'pull_request'])('a run that a stranger may have started (%s) is refused before the story', async (event) => {
  const { exitCode, outputs, lines } = await run('', { GITHUB_EVENT_NAME: event })
  expect([exitCode, outputs['outcome'], lines.some((line) => line.includes('event-refused')), lines.some((line) => line.startsWith('plot'))]).toEqual([1, 'refused', true, false])
})
