import { spawnSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listAt, textAt } from '@slipway/rollout'
import { parseWorkflow } from './workflow.ts'

const root = join(import.meta.dirname, '../..')
let machine: string
let workspace: string
beforeEach(() => {
  machine = realpathSync(mkdtempSync(join(tmpdir(), 'find-')))
  workspace = join(machine, '_work/shop/shop')
  mkdirSync(workspace, { recursive: true })
})
afterEach(() => {
  rmSync(machine, { recursive: true })
})

/** A folder with every action in it, as a checkout of Slipway has them, or somebody who wants to be taken for one. */
function slipwayAt(...path: string[]): string {
  const folder = join(machine, ...path)
  for (const action of ['k8s-rollout', 'rollback', 'tag-release']) {
    mkdirSync(join(folder, 'actions', action), { recursive: true })
    writeFileSync(join(folder, 'actions', action, 'action.yml'), '')
  }
  return folder
}

describe.each([['deploy', 'preflight'], ['rollback', 'rollback'], ['tag-release', 'tag']])('a job of %s.yml', (file, job) => {
  const workflow = parseWorkflow(readFileSync(join(root, '.github/workflows', `${file}.yml`), 'utf8'))
  const script = textAt(listAt(workflow, 'jobs', job, 'steps').find((step) => textAt(step, 'name') === 'Find Slipway'), 'run') ?? ''
  const find = (variables: Record<string, string>): { readonly status: number | null; readonly printed: string } => {
    const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
      cwd: workspace,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', GITHUB_WORKSPACE: workspace, GIVEN: '', REPOSITORY: '', COMMIT: '', ...variables },
    })
    return { status, printed: stdout }
  }
  const onGitHub = { REPOSITORY: 'acme/slipway', COMMIT: '0123456' }

  test('lets no other code run with the trust that the workflow has, where the server says whose it is', () => {
    mkdirSync(join(workspace, '.slipway'))
    expect(find(onGitHub)).toEqual({ status: 0, printed: '' })
    expect(() => lstatSync(join(workspace, '.slipway'))).toThrow(/ENOENT/)
    expect(find({ ...onGitHub, GIVEN: slipwayAt('opt/slipway') })).toEqual({ status: 1, printed: expect.stringMatching(/^::error title=input-conflict::the input "slipway-path" is given/) })
  })

  test('takes what the machine has where the server does not say it, and nothing that a run could have put there', () => {
    expect(find({})).toEqual({ status: 1, printed: expect.stringMatching(/^::error title=input-missing::/) })
    for (const [path, RUNNER_WORKSPACE] of [['tools/x', join(machine, '_work/shop')], ['tools/x', ''], ['../../other/other', join(machine, '_work/shop')]] as const) {
      slipwayAt('_work/shop/shop', path)
      expect(find({ GIVEN: path, ...(RUNNER_WORKSPACE === '' ? {} : { RUNNER_WORKSPACE }) })).toEqual({ status: 1, printed: expect.stringMatching(/^::error title=input-invalid::the input "slipway-path" leads into the runner's work folder/) })
    }
    expect(find({ GIVEN: '/nowhere' })).toEqual({ status: 1, printed: expect.stringMatching(/leads to no checkout of Slipway/) })
    mkdirSync(join(workspace, '.slipway/actions'), { recursive: true })
    const given = slipwayAt('opt/slipway')
    expect(find({ GIVEN: given, RUNNER_WORKSPACE: join(machine, '_work/shop') })).toEqual({ status: 0, printed: '' })
    expect(readlinkSync(join(workspace, '.slipway'))).toBe(given)
  })
})
