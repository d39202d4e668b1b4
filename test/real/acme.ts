import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GitHubFolder, Ledger, startGitHub } from '@slipway/sandbox'
import { openBed } from './bed/bed.ts'
import { installRunner, type Click, type RunEnd } from './bed/runner.ts'
import { places, standing } from './bed/up-down.ts'
import { startTokens } from './tokens.ts'

/** The shop's repository on GitHub, its people, and the runner that runs its very workflow files on the bed. */
export interface Acme {
  /** Changes files by their paths, and commits them to main. */
  commit(message: string, edits: Readonly<Record<string, (text: string) => string>>): void
  tag(name: string): void
  click(workflow: string, inputs: Readonly<Record<string, string>>, how?: Partial<Click>): Promise<RunEnd>
  /** From now on nothing of GitHub answers. */
  switchGitHubOff(): Promise<void>
  close(): Promise<void>
}

const example = join(import.meta.dirname, '..', '..', 'examples', 'shop')
const services = ['cart', 'catalog', 'web']

/**
 * The shop as it is in `examples`, but for what the bed has otherwise: its base image is Node itself, production's cluster
 * in eu is that of staging as well, and each build runs a command.
 */
export async function openAcme(): Promise<Acme> {
  const bed = openBed()
  const { environment, nodeBase } = standing(bed)
  const [tokens, runner] = [await startTokens(), await installRunner(bed)]
  const shop = shopOf(nodeBase)
  const checkout = await runner.checkOut(shop)
  rmSync(shop, { recursive: true })
  const git = (...words: string[]): void => {
    execFileSync('git', ['-C', checkout, '-c', 'user.name=alice', '-c', 'user.email=alice@acme.example', ...words], { stdio: 'ignore' })
  }
  const repository = new GitHubFolder('acme/shop', checkout)
  const github = await startGitHub({ ledger: new Ledger(), repositories: [repository], tokens: { get: () => ({ kind: 'job', rights: ['contents: write', 'actions: write'] }) } })
  let isOff = false
  const switchGitHubOff = async (): Promise<void> => {
    if (!isOff) await github.close()
    isOff = true
  }
  return {
    commit(message, edits) {
      for (const [path, edit] of Object.entries(edits)) edited(join(checkout, path), edit)
      git('commit', '--quiet', '--all', '--message', message)
      repository.pushed()
    },
    tag(name) {
      git('tag', name)
      repository.pushed()
    },
    click: (workflow, inputs, how = {}) => runner.run({ checkout, workflow, inputs, environment: { ...environment, ...tokens.environment, GITHUB_API_URL: github.url }, ...how }),
    switchGitHubOff,
    async close() {
      await Promise.all([switchGitHubOff(), tokens.close()])
    },
  }
}

/** A folder with the shop, to be checked out from. */
function shopOf(nodeBase: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'acme-'))
  cpSync(example, folder, { recursive: true })
  edited(join(folder, 'slipway.yml'), (text) => text.replaceAll('cluster: nonprod', `cluster: ${places.eu.cluster}`))
  for (const service of services) {
    edited(join(folder, 'services', service, 'Dockerfile'), (text) =>
      text.replace(/base\/node@sha256:[0-9a-f]{64}/, `base/node@${nodeBase}`).replace(/^USER /m, `RUN ["/usr/local/bin/node", "--check", "src/server.js"]\n$&`))
  }
  return folder
}

function edited(file: string, edit: (text: string) => string): void {
  const before = readFileSync(file, 'utf8')
  const after = edit(before)
  if (after === before) throw new Error(`${file} would stay as it is`)
  writeFileSync(file, after)
}
