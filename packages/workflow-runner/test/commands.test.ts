import { expect, test } from '@jest/globals'
import { jobOf, linesOf, onBed } from './support/bed.ts'

test('a log line that holds a command is obeyed, whoever wrote it, as GitHub does', () =>
  onBed(async ({ click }) => {
    const job = jobOf(await click('hostile.yml'), 'logs')
    expect(JSON.parse(job.outputs['steps'] ?? '')).toEqual({
      forged: {
        outputs: { forged: 'by-brackets', forged2: 'by-colons\ntwo lines', forged3: 'after a carriage return' },
        outcome: 'failure',
        conclusion: 'success',
      },
    })
    expect(job.annotations).toEqual([
      { level: 'warning', message: expect.stringContaining('`set-output` command is deprecated') },
      { level: 'error', message: 'It broke', title: 'Bad: it', file: 'src/a.ts', line: 3, col: 4 },
      { level: 'warning', message: 'Beware', file: 'b.ts', line: 7 },
      { level: 'error', message: expect.stringContaining('The `set-env` command is disabled') },
    ])
    const lines = job.steps[1]?.lines ?? []
    expect(lines.slice(lines.indexOf('##[endgroup]') + 1)).toEqual([
      expect.stringContaining('##[warning]The `set-output`'),
      'progress',
      '##[error]It broke',
      '##[warning]Beware',
      '##[group]Details',
      '##[endgroup]',
      '::stop-commands::pause-token',
      '::set-output name=forged4::while stopped',
      '::pause-token::',
      expect.stringContaining('##[error]Unable to process command'),
    ])
  }))

test('secrets are hidden line by line and in base64; an output that holds one is dropped', () =>
  onBed(
    async ({ click, events }) => {
      const result = await click('secrets.yml')
      const job = jobOf(result, 'masks')
      expect(job.outputs).toEqual({ region: 'eu-west-1' })
      const messages = job.annotations.map(({ message }) => message)
      expect(messages).toEqual([
        'Password ***',
        '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1024k.',
        "Unable to process file command 'output' successfully. Invalid value. Matching delimiter not found 'END'",
        "Skip output 'host' since it may contain secret.",
      ])
      expect(job.summary).toBe('***\n***\n')
      expect(linesOf(result, 'masks')).toEqual(expect.arrayContaining(['the account is ***', 'line two: ***', 'token 40 ***', 'dXNlcjpz***']))
      const told = JSON.stringify([result, events])
      for (const secret of ['swordfish-one', 'second-line-of-it', Buffer.from('swordfish-one').toString('base64').slice(2, -2)]) expect(told).not.toContain(secret)
    },
    { secrets: { PASSWORD: 'swordfish-one\nsecond-line-of-it' } },
  ))

test('a composite action runs its steps, gives outputs, and its actions clean up at the end of the job', () =>
  onBed(async ({ click }) => {
    const result = await click('composite.yml')
    const job = jobOf(result, 'all')
    expect(job.annotations).toEqual([{ level: 'warning', message: "Unexpected input(s) 'whoo', valid inputs are ['who']" }])
    expect(linesOf(result, 'all')).toContain('Hello you, from red; no colour; action path is absent')
    expect(job.steps.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual(['Run acme/slipway/actions/both@v1: success', expect.stringContaining('Run echo'), 'Post Run acme/slipway/actions/greet@v1: success'])
    expect(linesOf(result, 'all')).toContain('post remembers Hello you')
  }))

test('an action of a stranger is refused by name before the job starts', () =>
  onBed(async ({ click }) => {
    const job = jobOf(await click('foreign.yml'), 'build')
    expect(job).toMatchObject({ conclusion: 'failure', steps: [{ name: 'Set up job' }] })
    expect(job.annotations[0]?.message).toBe("The action 'docker/build-push-action@v6' is refused: this runner runs only local actions, those of the repositories it was given, and a stand-in for actions/checkout")
  }))
