import { expect, test } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { jobOf, linesOf, onBed } from './support/bed.ts'

/** A process that ended but that nobody waits for stays as a zombie in a container without an init. */
const alive = (pid: number): boolean => existsSync(`/proc/${pid}`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
const childOf = (line: string): number | undefined => (line.startsWith('waiting with ') ? Number(line.slice('waiting with '.length)) : undefined)

test('a cancelled run interrupts its step; always() and posts still run, and nothing stays behind', () => {
  const stop = new AbortController()
  let child = 0
  return onBed(
    async ({ click }) => {
      const result = await click('cancel.yml', {}, stop.signal)
      expect(result.conclusion).toBe('cancelled')
      expect(Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]))).toEqual({ long: 'cancelled', later: 'cancelled', 'clean-up': 'success' })
      expect(jobOf(result, 'long').steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'cancelled', 'skipped', 'success', 'success'])
      expect(linesOf(result, 'long')).toEqual(expect.arrayContaining(['interrupted', 'always told cancelled', 'pre ran', 'post ran']))
      expect(alive(child)).toBe(false)
    },
    {
      onEvent: (event) => {
        const pid = event.type === 'line' ? childOf(event.line) : undefined
        if (pid === undefined) return
        child = pid
        stop.abort()
      },
    },
  )
})

test('a killed runner runs nothing more, and its processes are gone', () => {
  let child = 0
  let kill: ((run: string) => void) | undefined
  return onBed(
    async ({ runner, click }) => {
      kill = runner.kill
      const result = await click('cancel.yml')
      expect(result.conclusion).toBe('failure')
      expect(jobOf(result, 'long').steps).toHaveLength(2)
      expect(jobOf(result, 'clean-up')).toMatchObject({ conclusion: 'cancelled', steps: [] })
      expect(alive(child)).toBe(false)
    },
    {
      onEvent: (event) => {
        const pid = event.type === 'line' ? childOf(event.line) : undefined
        if (pid === undefined) return
        child = pid
        kill?.(event.run)
      },
    },
  )
})

test('a step that takes too long fails, and the next one decides for itself', () =>
  onBed(async ({ click }) => {
    const job = jobOf(await click('late.yml'), 'slow')
    expect(job.annotations.at(-1)).toEqual({ level: 'error', message: 'The action has timed out after 0.002 minutes.' })
    expect(job.steps.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success'])
  }))

test('what cannot run fails in its own job, in words', () =>
  onBed(async ({ click }) => {
    const result = await click('refused.yml')
    const told = Object.fromEntries(result.jobs.map(({ id, annotations }) => [id, annotations.map(({ message }) => message)]))
    expect(told).toEqual({
      contained: ['.github/workflows/refused.yml:5:16: This runner starts no containers: it cannot run a job with `container`'],
      breaks: [
        expect.stringContaining("The expression ${{ format('echo {0}', fromJSON('').a) }} cannot be evaluated"),
        expect.stringContaining("Did you forget to run actions/checkout before running your local action?"),
        expect.stringContaining('cannot be evaluated'),
      ],
      shells: [expect.stringContaining("The shell 'fish' is not one that this runner knows")],
      late: ['The job has exceeded the maximum execution time of 0.002m0s'],
    })
    expect(jobOf(result, 'late').conclusion).toBe('cancelled')
  }))
