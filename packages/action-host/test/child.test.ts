import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { childEnvironment, rawInputs, runChild } from '../src/index.ts'

const environment = childEnvironment({ PATH: process.env['PATH'] })

test('lines come as they are printed, with the exit code at the end', async () => {
  const lines: string[] = []
  const { exitCode } = await runChild('sh', ['-c', 'cat; echo two >&2; exit 3'], {
    environment,
    input: 'one\n',
    signal: new AbortController().signal,
    onLine: (line, stream) => lines.push(`${stream} ${line}`),
  })
  expect([exitCode, lines.toSorted()]).toEqual([3, ['err two', 'out one']])
})

test('a program that is absent is told', async () => {
  const run = runChild('no-such-program', [], { environment, signal: new AbortController().signal, onLine: () => undefined })
  await expect(run).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a cancelled child ends with the children that it started, also those that ignore SIGTERM', async () => {
  const stop = new AbortController()
  const pids: number[] = []
  const script = 'trap "" TERM; sh -c \'trap "" TERM; echo $$; while :; do sleep 1; done\' & echo $$; wait'
  const run = runChild('sh', ['-c', script], {
    environment,
    signal: stop.signal,
    onLine: (line) => {
      pids.push(Number(line))
      if (pids.length === 2) stop.abort(new Error('cancelled'))
    },
  })
  await expect(run).rejects.toThrow('cancelled')
  // Nobody may have collected the dead grandchild yet (Z): it runs no more.
  const states = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' }).stdout.trim().split('\n')
  expect(states.filter((state) => state !== '' && !state.startsWith('Z'))).toEqual([])
})

test('a child sees no credential, token or input', () => {
  expect(childEnvironment({ PATH: '/bin', AWS_SECRET_ACCESS_KEY: 'x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x', INPUT_A: 'x', DOCKER_HOST: 'y' }, { A: 'b' })).toEqual({
    PATH: '/bin', DOCKER_HOST: 'y', A: 'b',
  })
})

test('inputs are read as the runner writes them, and what is not declared is found', () => {
  const given = { 'INPUT_DRY-RUN': '\ufeff true\u00a0\n', INPUT_SERVICES: '', 'INPUT_ENVIROMENT': 'staging', OTHER: 'x' }
  expect(rawInputs(['dry-run', 'services', 'region'], given)).toEqual({
    values: { 'dry-run': 'true', services: '', region: '' },
    unknown: ['enviroment'],
  })
})
