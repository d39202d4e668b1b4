import { GitHubRepository, Ledger, startGitHub, type Exchange } from '@slipway/sandbox'
import { Machine } from '../test/bundles/machine.ts'

/** What tag-release asks GitHub for a version that it makes, and for the same commit again. */
export async function releaseRequests(): Promise<{ readonly first: readonly Exchange[]; readonly again: readonly Exchange[] }> {
  const ledger = new Ledger()
  const shop = new GitHubRepository('acme/shop')
  shop.workflows.set('deploy-production.yml', { tags: /v/, dispatch: true })
  shop.tag('v1.4.0', shop.commit('x', ['a']))
  const commit = shop.commit('feat(cart): limits', ['a'])
  const server = await startGitHub({ ledger, repositories: [shop], tokens: new Map([['ghs_ofThisJob', { kind: 'job', rights: ['contents: write', 'actions: write'] }]]) })
  const machine = new Machine('tag-release', { PATH: process.env['PATH'] ?? '' })
  const step = async (): Promise<readonly Exchange[]> => {
    const since = ledger.exchanges.length
    const { exitCode, printed } = await machine.step({ 'job-token': 'ghs_ofThisJob', start: 'deploy-production.yml' }, { GITHUB_API_URL: server.url, GITHUB_SHA: commit })
    if (exitCode !== 0) throw new Error(`tag-release failed: ${printed}`)
    return ledger.exchanges.slice(since)
  }
  try {
    return { first: await step(), again: await step() }
  } finally {
    machine.close()
    await server.close()
  }
}
