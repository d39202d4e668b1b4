import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { actions, attempts, declared, errorsOf, expectRefused, plain, startWall, type Wall } from './bench.ts'
import { commandsIn } from './cluster.ts'

jest.setTimeout(60_000)
let wall: Wall
beforeAll(async () => {
  wall = await startWall()
})
afterAll(async () => {
  await wall.close()
  expect(wall.knocks()).toBe(0)
})

const everyInput = (action: string, value: string): Record<string, string> => Object.fromEntries(declared(action, 'inputs').map((input) => [input, value]))
const blanks = ['', ' \n\t ', '\ufeff', '\u00a0\u200b\u2060 ']

test('a required input that is empty, blank, or a byte-order mark or non-breaking blanks alone is missing, and told by name', async () => {
  const required: Readonly<Record<string, readonly string[]>> = {
    'ecr-build-push': ['region'],
    'k8s-config-sync': ['namespace', 'region', 'name', 'literals'],
    'k8s-rollout': ['namespace', 'region', 'services', 'manifests', 'image'],
    rollback: ['namespace', 'region', 'reason'],
    'tag-release': ['github-token'],
  }
  expect(Object.keys(required).sort()).toEqual(actions)
  const table = Object.entries(required).flatMap(([action, inputs]) => blanks.map((blank) => ({ action, missing: inputs, inputs: { ...plain[action], ...Object.fromEntries(inputs.map((input) => [input, blank])) } })))
  for (const { attempt, end } of await attempts(wall, table)) {
    expectRefused(attempt.action, end)
    for (const input of attempt.missing) expect(errorsOf(end)).toContainEqual(expect.stringMatching(new RegExp(`title=input-missing::.*"${input}"`)))
    expect(errorsOf(end)).toHaveLength(attempt.missing.length)
  }
})

test('where the blank input chose between the plain inputs and the project file, the file is asked for, with both ways out', async () => {
  const chooser = (action: string): string => (action === 'ecr-build-push' ? 'repository' : 'cluster')
  // tag-release takes no part: it has no place to deploy to.
  const table = actions.filter((action) => action !== 'tag-release').map((action) => ({ action, inputs: { [chooser(action)]: '\ufeff \u00a0' } }))
  for (const { attempt, end } of await attempts(wall, table)) {
    expectRefused(attempt.action, end)
    expect(errorsOf(end).join('\n')).toMatch(new RegExp(`title=project-file-missing::.*slipway\\.yml.*"${chooser(attempt.action)}"`))
  }
})

test('no input takes what might pass for an option of a program', async () => {
  // Lines of KEY=VALUE, whose keys Kubernetes lets begin with "-"; they are passed to no program.
  const taken = ['literals', 'secrets']
  const isQuoted = (input: string): boolean => !['build-args', 'images', 'config', 'github-token', 'job-token'].includes(input)
  const table = actions.flatMap((action) => ['--server=http://evil', '-oProxyCommand=x', '--upload-pack=x'].map((option) => ({ action, option, inputs: everyInput(action, option) })))
  for (const { attempt: { action, option, inputs }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    const refused = errorsOf(end).filter((line) => !line.includes('title=input-conflict'))
    for (const input of Object.keys(inputs)) {
      if (action === 'k8s-config-sync' && taken.includes(input)) continue
      // Markdown may begin with a list.
      if (input === 'notes') continue
      const told = refused.filter((line) => line.includes(`"${input}"`)).join('\n')
      expect([action, input, told]).toEqual([action, input, expect.stringContaining(input)])
      // Of a line that may hold a secret only the name is shown.
      if (isQuoted(input)) expect(told).toContain(input === 'secrets' && action === 'ecr-build-push' ? option.split('=')[0] : option)
    }
  }
})

test.each([
  ['a command on a line of its own', 'a\n::add-mask::e'],
  ['a command after a carriage return and blanks', 'a\r \u00a0::stop-commands::e'],
  ['a command of the old kind', '##[set-output name=image]x'],
  ['a command of the old kind around control characters', '#\u0001#\u001b[0m[set-output name=outcome]changed'],
  ['the end of a heredoc', 'ghadelimiter_x\nimage<<EOF\nforged\nEOF\n_GitHubActionsFileCommandDelimeter_'],
  ['Markdown and HTML', '|<img src=x>|**b**`c`[d](http://evil)\n# heading\n```\n| a | b |'],
])('%s in every input at once is text, and forges no output', async (_, value) => {
  for (const { attempt, end } of await attempts(wall, actions.map((action) => ({ action, inputs: everyInput(action, value) })))) {
    expectRefused(attempt.action, end)
    expect(Object.entries(end.outputs).filter(([name, text]) => name !== 'outcome' && name !== 'result' && text !== '')).toEqual([])
    expect([JSON.parse(end.outputs['result'] ?? ''), commandsIn(end.outputs['result'] ?? '')]).toEqual([expect.objectContaining({ outcome: 'refused' }), []])
    expect(end.summary.split('\n').filter((line) => !/^(?:###? .*|- .*|)$/.test(line))).toEqual([])
  }
})

test('what is no number of its kind is refused, however much it looks like one; blank is left out', async () => {
  const spans = ['lock-timeout', 'timeout', 'soak']
  const numbers = [...spans, 'crash-threshold', 'expected-account', 'registry-account']
  const wrong = ['10abc', '-1', '1e9', 'NaN', '99999999999999999999s']
  const numeric = (action: string): string[] => declared(action, 'inputs').filter((input) => numbers.includes(input))
  const table = actions.flatMap((action) => [...wrong, ''].map((value) => ({ action, value, inputs: { ...plain[action], namespace: 'Wrong', region: 'mars', ...Object.fromEntries(numeric(action).map((input) => [input, value])) } })))
  for (const { attempt: { action, value }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    for (const input of numeric(action)) {
      const told = errorsOf(end).filter((line) => line.includes(`input "${input}" is "`))
      expect([action, input, told]).toEqual([action, input, value === '' ? [] : [expect.stringContaining(`"${value}"`)]])
    }
  }
})

test('an input that does not exist is an error that names the one that was meant', async () => {
  const slips: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'ecr-build-push': { regoin: 'region', dokerfile: 'dockerfile' },
    'k8s-config-sync': { 'env-file': 'env-files', namspace: 'namespace' },
    'k8s-rollout': { manifest: 'manifests', 'lock_timeout': 'lock-timeout' },
    rollback: { reasons: 'reason', secret: 'secrets' },
    'tag-release': { versions: 'version', service_: 'service' },
  }
  for (const { attempt: { action }, end } of await attempts(wall, actions.map((action) => ({ action, inputs: { ...plain[action], ...slips[action] } })))) {
    expectRefused(action, end)
    const told = errorsOf(end).filter((line) => line.includes('title=input-unknown'))
    expect(told).toEqual(Object.entries(slips[action] ?? {}).map(([slip, meant]) => expect.stringMatching(new RegExp(`there is no input "${slip}": .* Write "${meant}"`))))
  }
})

test('a rollout takes no image by its tag, its newest, or without its digest', async () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const table = ['latest', 'shop/cart', 'shop/cart:latest', `shop/cart:v1@${digest}`, 'shop/cart@latest', `shop/cart@${digest.toUpperCase()}`, ' '].flatMap((image) => {
    const images = JSON.stringify({ version: 1, images: { cart: { repository: 'shop/cart', regions: ['eu-west-1'], digest: image, platforms: {}, tags: [], sourceKey: 'k', reused: false, reason: 'new' } } })
    return [
      { action: 'k8s-rollout', inputs: { ...plain['k8s-rollout'], image }, told: image === ' ' ? /title=input-missing::neither "images" nor "image" is given/ : /the input "image" is ".*it must be an ECR repository and a digest/ },
      { action: 'k8s-rollout', inputs: { ...plain['k8s-rollout'], image: '', images }, told: /title=handover-invalid::the input "images" is not what ecr-build-push writes: .*digest/ },
    ]
  })
  for (const { attempt: { action, told }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    expect(errorsOf(end)).toContainEqual(expect.stringMatching(told))
  }
})
