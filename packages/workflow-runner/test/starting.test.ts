import { describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DispatchRefused, WorkflowFileError } from '@slipway/workflow-runner'
import { jobOf, onBed } from './support/bed.ts'

describe('a dispatch', () => {
  test.each([
    [{}, "Required input 'services' not provided"],
    [{ services: 'cart', environment: 'stagng' }, "Provided value 'stagng' for input 'environment' not in the list of allowed values"],
    [{ services: 'cart', environmnt: 'dev' }, 'Unexpected inputs provided: ["environmnt"]'],
    [{ services: 'cart', 'dry-run': 'maybe' }, "Provided value 'maybe' for input 'dry-run' is not a boolean"],
    [{ services: 'cart', replicas: 'two' }, "Provided value 'two' for input 'replicas' is not a number"],
  ])('with the inputs %j is refused: %s', (inputs: Record<string, string>, message) => onBed(({ click }) => expect(click('first.yml', inputs)).rejects.toThrow(new DispatchRefused(message))))

  test('of a workflow without the trigger, of an unknown ref or file is refused', () =>
    onBed(async ({ click, runner }) => {
      await expect(click('tags.yml')).rejects.toThrow("Workflow does not have 'workflow_dispatch' trigger")
      await expect(runner.dispatch({ workflow: 'first.yml', ref: 'nowhere', actor: 'alice' })).rejects.toThrow('No ref found for: nowhere')
      await expect(click('nothing.yml')).rejects.toThrow('there is no .github/workflows/nothing.yml in acme/shop at refs/heads/main')
    }))

  test('of a wrong file names every place', () =>
    onBed(async ({ click }) => {
      await expect(click('wrong.yml')).rejects.toThrow(WorkflowFileError)
      await expect(click('wrong.yml')).rejects.toThrow(/wrong\.yml:6:5: Unexpected value 'stepps'\n.*wrong\.yml:8:19: Unexpected symbol.*\n.*wrong\.yml:5:12: .*nobody/)
    }))

  test('of a workflow that calls one with more rights than its own is refused', () =>
    onBed(async ({ click }) => {
      await expect(click('greedy.yml')).rejects.toThrow(".github/workflows/wants-token.yml:5:18: The nested job 'token' is requesting 'id-token: write', but is only allowed 'id-token: none'")
    }))
})

describe('a push', () => {
  test('starts the workflows whose filters match the ref; a star stops at a slash', () =>
    onBed(async ({ runner, git }) => {
      git('rm', '--quiet', '.github/workflows/wrong.yml', '.github/workflows/greedy.yml')
      git('commit', '--quiet', '--message', 'Without wrong files')
      const started = async (ref: string): Promise<string[]> => {
        git('update-ref', ref, 'HEAD')
        return (await runner.push({ ref, actor: 'alice' })).map(({ workflow }) => workflow)
      }
      expect(await started('refs/tags/v1.0.0')).toEqual(['Tags'])
      expect(await started('refs/tags/cart/v1.0.0')).toEqual(['Tags'])
      expect(await started('refs/tags/cart/v1.0.0-draft')).toEqual([])
      expect(await started('refs/tags/a/b/v1')).toEqual([])
      expect(await started('refs/heads/release/1/2')).toEqual(['Branches'])
      expect(await started('refs/heads/main')).toEqual([])
    }))

  test('of a tag deploys where the environment allows the tag, and a branch may not', () =>
    onBed(
      async ({ runner, git, click }) => {
        git('rm', '--quiet', '.github/workflows/wrong.yml', '.github/workflows/greedy.yml')
        git('commit', '--quiet', '--message', 'Without wrong files')
        git('tag', 'v1')
        const [run] = await runner.push({ ref: 'refs/tags/v1', actor: 'alice' })
        expect(run?.jobs[0]).toMatchObject({ conclusion: 'success', environment: { name: 'production', url: 'https://tag.example.com/' } })
        const refused = jobOf(await click('production.yml'), 'deploy')
        expect(refused).toMatchObject({ conclusion: 'failure', annotations: [{ message: 'Branch "main" is not allowed to deploy to production due to environment protection rules.' }] })
      },
      { environments: { production: { tags: ['v*', '*/v*'] } } },
    ))
})

test('runs of one concurrency group follow each other', () => {
  const meeting = mkdtempSync(join(tmpdir(), 'meeting-'))
  return onBed(
    async ({ click }) => {
      const runs = await Promise.all([1, 2, 3, 4].map(() => click('queue.yml')))
      expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success', 'success'])
      expect(runs.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4])
    },
    { environment: { MEETING: meeting } },
  ).finally(() => { rmSync(meeting, { recursive: true }) })
})

test('a job that would wait for the group of its own run is told so', () =>
  onBed(async ({ click }) => {
    expect(jobOf(await click('deadlock.yml'), 'inner').annotations[0]?.message).toContain("The concurrency group 'deploy' is held by the run itself")
  }))
