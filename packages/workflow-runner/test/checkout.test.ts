import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobOf, linesOf, onBed } from './support/bed.ts'

test.each(['a git work tree with changes that are not committed', 'a plain folder'])('checkout serves the repository at its refs, and %s as it stands', async (kind) => {
  const slipway = mkdtempSync(join(tmpdir(), 'slipway-'))
  const committed = kind !== 'a plain folder'
  if (committed) {
    writeFileSync(join(slipway, 'README.md'), 'Old')
    const git = (...args: string[]): Buffer => execFileSync('git', ['-C', slipway, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args])
    git('init', '--quiet')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'First')
    rmSync(join(slipway, 'README.md'))
  }
  writeFileSync(join(slipway, 'new.txt'), 'New')
  await onBed(
    async ({ click, git }) => {
      git('tag', 'v0')
      const result = await click('checkouts.yml')
      const job = jobOf(result, 'look')
      expect(linesOf(result, 'look')).toEqual(expect.arrayContaining([
        'mine on main, 1 credential',
        'old is v0 0 credentials',
        'slipway has the new file, lost the old',
        'same commit: true, real: commit',
        expect.stringMatching(/^hash [0-9a-f]{64}, none \.$/),
        'in shop',
        'cleaning after the failure',
      ]))
      expect(job.annotations.map(({ message }) => message)).toEqual([
        expect.stringContaining("Unexpected input(s) 'depth', valid inputs are ['repository', 'ref',"),
        expect.stringMatching(/^Repository path '.*outside' is not under '.*shop'$/),
        "Repository 'acme/unknown' not found: this runner was not given it",
      ])
    },
    { repositories: { 'acme/slipway': slipway } },
  )
  rmSync(slipway, { recursive: true })
})
