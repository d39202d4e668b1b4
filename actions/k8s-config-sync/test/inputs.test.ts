import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readProjectFile } from '@slipway/action-host'
import { parseProject } from '@slipway/project'
import { Failed, failureText } from '@slipway/report'
import { declaredInputs, readInputs } from '../src/inputs.ts'
import type { Settings } from '../src/settings.ts'

const workspace = join(import.meta.dirname, 'fixtures', 'shop')

function read(values: Record<string, string>, unknown: string[] = []): Promise<Settings> {
  return readInputs({ raw: { values, unknown }, project: async (file) => parseProject(await readProjectFile(workspace, file), file), workspace, ref: 'refs/heads/staging', refName: 'staging', environment: {} })
}

async function problemsOf(values: Record<string, string>, unknown: string[] = []): Promise<string[]> {
  try {
    await read(values, unknown)
  } catch (error) {
    if (error instanceof Failed) return error.failures.map(failureText)
    throw error
  }
  return []
}

const plain = { cluster: 'prod', namespace: 'shop', region: 'eu-west-1', name: 'cart-env' }

test('a project file and two inputs say everything', async () => {
  const { targets, configPath, until } = await read({ services: 'cart', environment: 'staging' })
  expect({ configPath, until, targets: targets.map(({ name }) => name) }).toEqual({ configPath: 'config', until: 'synced', targets: ['eu', 'us'] })
  const [eu] = targets
  expect(eu?.layers).toEqual([
    { folder: 'staging/eu', inner: [] },
    { folder: 'staging', inner: ['eu', 'us'] },
    { folder: '', inner: ['staging', 'dev'] },
  ])
  expect(eu?.objects).toMatchObject([
    { kind: 'ConfigMap', name: 'cart-config', service: 'cart', variables: { LEVEL: 'debug', SLIPWAY_TARGET: 'eu' } },
    { kind: 'ConfigMap', name: 'cart-env', literals: { MODE: '1.10' } },
    { kind: 'Secret', name: 'cart-db', type: 'Opaque', source: { whole: { secretId: 'shop/staging/db' } } },
    { kind: 'Secret', name: 'cart-keys', source: { keys: { token: { secretId: 'shop/token', jsonKey: 'value' }, next: { secretId: 'shop/token', stage: 'AWSPENDING' } } } },
  ])
})

test('plain inputs need no other file', async () => {
  const { targets, labels, until } = await read({ ...plain, services: 'cart', files: '*.json\na.txt', literals: 'A=b=c', template: 'true', labels: 'team=shop', 'dry-run': 'true' })
  expect({ labels, until }).toEqual({ labels: { team: 'shop' }, until: 'plan' })
  expect(targets).toEqual([
    {
      name: 'default',
      region: 'eu-west-1',
      cluster: 'prod',
      namespace: 'shop',
      recordNamespace: 'slipway',
      variables: {},
      layers: [{ folder: '', inner: [] }],
      objects: [
        { kind: 'ConfigMap', name: 'cart-env', mode: 'versioned', service: 'cart', files: ['*.json', 'a.txt'], envFiles: [], literals: { A: 'b=c' }, variables: { SLIPWAY_REGION: 'eu-west-1', SLIPWAY_TARGET: 'default', SLIPWAY_SERVICE: 'cart' } },
      ],
    },
  ])
})

test('secrets name key, id, JSON key and stage', async () => {
  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf'
  const { targets } = await read({ ...plain, type: 'kubernetes.io/tls', secrets: `tls.crt=shop/tls#crt@AWSPENDING\ntls.key=${arn}\nb=a@b#c\nd=x@AWSPREVIOUS` })
  expect(targets[0]?.objects).toEqual([
    {
      kind: 'Secret',
      name: 'cart-env',
      mode: 'versioned',
      type: 'kubernetes.io/tls',
      source: { keys: { 'tls.crt': { secretId: 'shop/tls', jsonKey: 'crt', stage: 'AWSPENDING' }, 'tls.key': { secretId: arn }, b: { secretId: 'a@b', jsonKey: 'c' }, d: { secretId: 'x', stage: 'AWSPREVIOUS' } } },
    },
  ])
})

test('all wrong inputs are told at once', async () => {
  expect(
    await problemsOf({ cluster: '-x', environment: 'staging', namespace: 'Shop', files: '../x\n/etc/passwd', secrets: 'a', labels: 'slipway.dev/x=y', template: 'yes', 'dry-run': '1' }, ['nmae']),
  ).toEqual([
    expect.stringMatching(/^there is no input "nmae".*Write "name"/),
    expect.stringMatching(/^the input "dry-run" is "1"/),
    expect.stringMatching(/^the inputs "cluster" and "environment"/),
    expect.stringMatching(/^the input "cluster" is "-x"/),
    expect.stringMatching(/^the input "namespace" is "Shop"/),
    expect.stringMatching(/^the input "region" is missing/),
    expect.stringMatching(/^the input "name" is missing/),
    expect.stringMatching(/^the input "labels" is "slipway\.dev\/x=y"/),
    expect.stringMatching(/^the input "files" is "\.\.\/x"/),
    expect.stringMatching(/^the input "files" is "\/etc\/passwd"/),
    expect.stringMatching(/^the input "template" is "yes"/),
    expect.stringMatching(/^the input "secrets" is "…": its line 1 is no KEY=VALUE/),
    expect.stringMatching(/^the input "secrets" stands beside "files"/),
  ])
  expect(await problemsOf({ ...plain, files: '../x\n/etc/passwd', secrets: 'a\nb=$(x)', template: 'yes' })).toHaveLength(6)
})

test('of a wrong line no value is told, nor the last line of one', async () => {
  expect(await problemsOf({ ...plain, secrets: 'pw: hunter2hunter2\nb=hunter2 hunter2\nc=hunter2#\naHVudGVyMg==\naHVudGVy/Mg==' })).toEqual([
    expect.stringMatching(/^the input "secrets" is "pw…": its line 1 /),
    expect.stringMatching(/^the input "secrets" is "…": a key is at most 253 /),
    expect.stringMatching(/^the input "secrets" is "b…": each line must be key=secret-id/),
    expect.stringMatching(/^the input "secrets" is "c…": each line must be key=secret-id/),
    expect.stringMatching(/^the input "secrets" is "…": each line must be key=secret-id/),
  ])
  expect((await problemsOf({ ...plain, literals: 'A B=hunter2\nA/B=hunter2\naHVudGVy/Mg==' })).join('\n')).not.toMatch(/hunter2|aHVudGVy/)
})

test('a name that no key can have is told beside all the rest, before anything is read', async () => {
  expect(await problemsOf({ ...plain, secrets: 'bad key=shop/db#password\nbad/key=shop/db#password\n..=shop/db', template: 'ja' })).toEqual([
    expect.stringMatching(/^the input "template" is "ja"/),
    expect.stringMatching(/^the input "secrets" is "bad…": its line 1 is no KEY=VALUE/),
    expect.stringMatching(/^the input "secrets" is "bad\/key…": a key is at most 253 /),
    expect.stringMatching(/^the input "secrets" is "\.\.…": a key is at most 253 /),
  ])
  expect(await problemsOf({ ...plain, literals: 'A B=1\nA/B=1', template: 'ja' })).toEqual([
    expect.stringMatching(/^the input "literals" is "A…": its line 1 is no KEY=VALUE/),
    expect.stringMatching(/^the input "literals" is "A\/B…": a key is at most 253 /),
    expect.stringMatching(/^the input "template" is "ja"/),
  ])
  expect(await problemsOf({ services: 'cart', environment: 'staging', 'project-file': 'bad-key.yml' })).toEqual([
    expect.stringMatching(/^bad-key\.yml:5:\d+: the name "bad key" in services\.cart\.secrets\.cart-db\.keys is none/),
    expect.stringMatching(/^bad-key\.yml:6:\d+: the name "A B" in services\.cart\.config\.cart-env\.literals is none/),
  ])
})

test('what the project file says cannot be said by inputs, too', async () => {
  expect(await problemsOf({ services: 'crat', environment: 'staging', files: 'a', region: 'eu-west-1' })).toEqual([
    expect.stringMatching(/^the input "files" is given without "cluster"/),
    expect.stringMatching(/^there is no service "crat".*Write "cart"/),
    expect.stringMatching(/^the input "region" is "eu-west-1", but the target us/),
  ])
})

test('an absent project file and nothing to hold are told', async () => {
  expect(await problemsOf({ services: 'cart', environment: 'staging', 'project-file': 'other.yml' })).toEqual([expect.stringMatching(/^the project file other\.yml cannot be read: the workspace has no such file/)])
  expect(await problemsOf(plain)).toEqual([expect.stringMatching(/^nothing says what "cart-env" is to hold/)])
})

test('what is wrong in inputs, project file and checkout is told at once', async () => {
  const wrong = { 'config-path': '../x', labels: 'slipway.dev/x=y', 'lock-timeout': '1d' }
  const told = [expect.stringMatching(/^the input "config-path" is "\.\.\/x"/), expect.stringMatching(/^the input "labels"/), expect.stringMatching(/^the input "lock-timeout"/)]
  expect(await problemsOf({ 'project-file': 'bad-key.yml', ...wrong })).toEqual([
    expect.stringMatching(/^bad-key\.yml:5:/),
    expect.stringMatching(/^bad-key\.yml:6:/),
    ...told,
    expect.stringMatching(/^the input "services" is missing/),
    expect.stringMatching(/^the input "environment" is missing/),
  ])
  expect(await problemsOf({ services: 'crat', environment: 'staging', ...wrong })).toEqual([...told, expect.stringMatching(/^there is no service "crat"/)])
  expect(await problemsOf({ services: 'cart', environment: 'staging', 'lock-timeout': '1d', 'config-path': 'none' })).toEqual([told[2], expect.stringMatching(/^the configuration folder "none" does not exist/)])
  expect(await problemsOf({ cluster: 'prod', namespace: 'shop', region: 'mars', name: 'cart-env', files: 'none.json\nconfig/none.json' })).toEqual([
    expect.stringMatching(/^the input "region" is "mars"/),
    expect.stringMatching(/^there is no file "none\.json" in the configuration/),
    expect.stringMatching(/^there is no file "config\/none\.json" in the configuration/),
  ])
})

test('a mode other than versioned needs the service whose lock it takes, and a wrong one is told with the right ones', async () => {
  const { targets, lockPatienceMs } = await read({ ...plain, services: 'cart', literals: 'A=b', mode: 'recreate', 'lock-timeout': '30s' })
  expect([targets[0]?.objects[0]?.mode, lockPatienceMs]).toEqual(['recreate', 30_000])
  expect(await problemsOf({ ...plain, literals: 'A=b', mode: 'in-place' })).toEqual([expect.stringMatching(/^the input "services" is missing: with the mode in-place the object is changed under the lock of its service/)])
  expect(await problemsOf({ ...plain, literals: 'A=b', mode: 'inplace', 'lock-timeout': '-1' })).toEqual([
    expect.stringMatching(/^the input "lock-timeout" is "-1"/),
    expect.stringMatching(/^the input "mode" is "inplace": it must be one of: versioned, in-place, recreate\. Write "in-place"/),
  ])
})

test('with a project file the mode stands there alone', async () => {
  expect(await problemsOf({ services: 'cart', environment: 'staging', mode: 'in-place' })).toEqual([expect.stringMatching(/^the input "mode" is given without "cluster"/)])
})

const shop = { services: 'cart', environment: 'staging' }
const wrongEach: Readonly<Record<string, readonly string[]>> = {
  'project-file': ['../x', '-x'],
  services: ['-x', 'cart, -x', 'all, cart'],
  environment: ['-x', 'St!'],
  targets: ['-x', 'U S'],
  region: ['-x', 'mars'],
  'config-path': ['-x', '../x'],
  labels: ['-x', 'a b=c'],
  'lock-timeout': ['-x', '1d'],
  role: ['-x', 'deploy'],
  'expected-account': ['-x', '12'],
  phase: ['-x', 'all'],
  'dry-run': ['-x', 'yes'],
}
const wrongPlain: Readonly<Record<string, readonly string[]>> = {
  ...wrongEach,
  services: ['-x', 'cart, web', 'all', 'all, cart', 'Cart!'],
  cluster: ['-x', 'a b'],
  namespace: ['-x', 'A'],
  name: ['-x', 'A'],
  files: ['-x', '../x'],
  'env-files': ['-x', '../x'],
  literals: ['-x', 'a b=c', 'a=b\na=c', 'a/b=c'],
  secrets: ['-x', 'a b=c', 'a=b\na=c', 'a/b=c', 'a=#'],
  type: ['-x', 'a b'],
  template: ['-x', 'yes'],
  mode: ['-x', 'fast'],
}

test.each(declaredInputs)('%s is told once where it is wrong or blank', async (input) => {
  for (const wrong of wrongEach[input] ?? []) expect([wrong, await problemsOf({ ...shop, [input]: wrong })]).toEqual([wrong, [expect.stringContaining(`"${input}"`)]])
  const holding = ['secrets', 'type'].includes(input) ? { secrets: 'a=shop/db' } : { literals: 'A=b' }
  for (const mode of ['versioned', 'in-place']) {
    const all: Readonly<Record<string, string>> = { ...plain, services: 'cart', mode, ...holding }
    const inPlain = ['project-file', 'environment', 'targets'].includes(input) ? [] : (wrongPlain[input] ?? [])
    for (const wrong of inPlain) expect([wrong, await problemsOf({ ...all, [input]: wrong })]).toEqual([wrong, [expect.stringContaining(`"${input}"`)]])
    const blank = input === 'cluster' ? [] : await problemsOf({ ...all, [input]: ' ' })
    if (blank.length > 0) expect(blank).toEqual([expect.stringContaining(`"${input}"`)])
  }
  const blank = await problemsOf({ ...shop, [input]: ' ' })
  if (blank.length > 0) expect(blank).toEqual([expect.stringContaining(`"${input}"`)])
})
