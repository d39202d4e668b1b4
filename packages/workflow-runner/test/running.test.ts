import { expect, test } from '@jest/globals'
import { jobOf, linesOf, onBed } from './support/bed.ts'

test('a click runs jobs in the order of their needs, with outputs, environment, path and summary', () =>
  onBed(async ({ click, git }) => {
    const result = await click('first.yml', { services: 'cart', environment: 'staging' })
    expect(result.jobs.map(({ id, conclusion, annotations }) => ({ id, conclusion, annotations }))).toEqual([
      { id: 'build', conclusion: 'success', annotations: [] },
      { id: 'deploy', conclusion: 'success', annotations: [{ level: 'error', message: 'Process completed with exit code 3.' }] },
    ])
    expect(result).toMatchObject({ workflow: 'First', event: 'workflow_dispatch', ref: 'refs/heads/main', sha: git('rev-parse', 'HEAD'), actor: 'alice', conclusion: 'success', number: 1 })
    expect(jobOf(result, 'build')).toMatchObject({ outputs: { image: 'cart-staging' }, summary: '# Built\n' })
    expect(linesOf(result, 'build')).toContain('step main acme alice true workflow_dispatch')
    const deploy = jobOf(result, 'deploy')
    expect(deploy.name).toBe('Deploy cart')
    expect(JSON.parse(deploy.outputs['types'] ?? '')).toEqual({ environment: 'staging', services: 'cart', 'dry-run': false, replicas: 2 })
    expect(JSON.parse(deploy.outputs['event'] ?? '')).toEqual({ environment: 'staging', services: 'cart', 'dry-run': 'false', replicas: '2' })
    const lines = linesOf(result, 'deploy')
    expect(lines).toContain(`deploying cart-staging at ${result.sha}`)
    expect(lines).toContain('green green')
    expect(lines).toContain('from-the-path')
    expect(lines).toContain('weak was failure, then success')
  }))

test('success, failure and always decide which steps and jobs still run', () =>
  onBed(async ({ click }) => {
    const result = await click('conditions.yml')
    expect(result.conclusion).toBe('failure')
    expect(Object.fromEntries(result.jobs.map(({ id, conclusion }) => [id, conclusion]))).toEqual({ fails: 'failure', skipped: 'skipped', rescue: 'success', 'after-skipped': 'skipped', 'at-the-end': 'success' })
    expect(jobOf(result, 'fails').steps.map(({ conclusion }) => conclusion)).toEqual(['failure', 'skipped', 'success', 'success'])
    expect(linesOf(result, 'at-the-end')).toContain('skipped success')
  }))

test('a matrix is the product of its vectors, with include and exclude; a failed leg stops those that wait', () =>
  onBed(async ({ click }) => {
    const result = await click('matrix.yml')
    const built = result.jobs.filter(({ id }) => id.startsWith('build'))
    expect(built.map(({ id }) => id).sort()).toEqual(['build (api, eu)', 'build (cart, eu, gold)', 'build (cart, us, gold)', 'build (web, eu)'])
    expect(linesOf(result, 'build (cart, us, gold)')).toContain('cart us gold of 4')
    expect(result.jobs.filter(({ id }) => id.startsWith('breaks')).map(({ conclusion }) => conclusion)).toEqual(['failure', 'cancelled'])
  }))

test('a called workflow has its own inputs, secrets and actions, and gives outputs to its caller', () =>
  onBed(
    async ({ click }) => {
      const result = await click('calls.yml')
      expect(result.jobs.flatMap(({ id, annotations }) => annotations.map(({ message }) => `${id}: ${message}`))).toEqual([])
      expect(result.jobs.map(({ id }) => id).sort()).toEqual(['after', 'deploy / build', 'deploy / sign-in / token'])
      expect(linesOf(result, 'after')).toContain('outer got Hello cart x3')
      const build = jobOf(result, 'deploy / build')
      expect(build.steps.map(({ name }) => name)).toEqual(['Run actions/checkout@v5', 'Run ./.slipway/actions/greet', expect.stringContaining('Run echo'), 'Post Run ./.slipway/actions/greet'])
      expect(linesOf(result, 'deploy / build')).toEqual(expect.arrayContaining(['Hello cart x3 with a token ***', 'post remembers Hello cart x3', 'key is ***; id token url is absent']))
      const [answer = ''] = linesOf(result, 'deploy / sign-in / token').filter((line) => line.includes('"value"'))
      expect(JSON.parse(answer)).toMatchObject({ value: expect.stringContaining('repo:acme/shop:environment:staging for sts.amazonaws.com by acme/slipway/.github/workflows/sign-in.yml@v1') })
      expect(jobOf(result, 'deploy / sign-in / token').environment).toEqual({ name: 'staging' })
    },
    { secrets: { DEPLOY_KEY: 'hunter22-hunter22' }, idToken: ({ sub, job_workflow_ref: by }, audience) => Promise.resolve(`${sub ?? ''} for ${audience} by ${by ?? ''}`) },
  ))
