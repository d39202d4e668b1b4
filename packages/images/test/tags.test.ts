import { describe, expect, test } from '@jest/globals'
import { tagRule } from '@slipway/release'
import { Failed } from '@slipway/report'
import fc from 'fast-check'
import { cacheTag, defaultTemplates, versionOfTag, wantedTags } from '../src/tags.ts'

const sha = '0123456789abcdef0123456789abcdef01234567'
const tagsOf = (environment: string | undefined, branch: string): string[] => {
  const values = { branch, sha, ...(environment === undefined ? {} : { environment }) }
  return wantedTags(defaultTemplates(values), values).map(({ tag }) => tag)
}

describe('the default tags', () => {
  test('tell environment, branch and commit', () => {
    expect(tagsOf('staging', 'main')).toEqual(['staging-main', `staging-main-${sha}`])
  })
  test('leave the environment out where there is none', () => {
    expect(tagsOf(undefined, 'main')).toEqual(['main', `main-${sha}`])
  })
  test('move without the commit and stay fixed with it', () => {
    expect(wantedTags(defaultTemplates({ environment: 'dev' }), { environment: 'dev', branch: 'main', sha }).map(({ kind }) => kind)).toEqual(['moving', 'fixed'])
  })
  test('are the version alone on a version tag', () => {
    const values = { environment: 'production', version: 'v1.4.0', sha }
    expect(wantedTags(defaultTemplates(values), values)).toEqual([{ tag: 'v1.4.0', kind: 'version' }])
  })
})

describe('a branch in a tag', () => {
  test('keeps its readable part and gets a short hash where characters had to go', () => {
    expect(tagsOf('dev', 'feature/add cart')[0]).toMatch(/^dev-feature-add-cart-[0-9a-f]{10}$/)
  })
  test('is cut to the room that a tag has', () => {
    expect(tagsOf('dev', 'x'.repeat(300)).map((tag) => tag.length)).toEqual([128, 128])
  })
  test.each(['feature/a', 'feature-a', 'feature.a', 'Feature/a', 'feature//a', 'a-0123456789'])('%s never has the tag of another branch', (branch) => {
    const others = ['feature/a', 'feature-a', 'feature.a', 'Feature/a', 'feature//a', 'a-0123456789'].filter((other) => other !== branch)
    expect(others.flatMap((other) => tagsOf('dev', other))).not.toContain(tagsOf('dev', branch)[0])
  })

  test.each(['v1.4.0', 'v1.4.0-rc.1', 'v1.4.0_build', 'v01.2.3'])('that is called like the version %s never has the version\'s tag', (name) => {
    expect(tagsOf(undefined, name)[0]).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')}-[0-9a-f]{10}$`))
  })

  const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,20}[a-z0-9])?$/)
  const branch = fc.oneof(fc.string({ minLength: 1, maxLength: 200 }), fc.stringMatching(/^[a-f0-9/._-]{1,60}$/))
  test('gives valid tags for every text', () => {
    fc.assert(
      fc.property(label, branch, (environment, name) => {
        fc.pre(!['content', 'cache'].includes(environment.split('-')[0] ?? ''))
        for (const tag of tagsOf(environment, name)) expect(tagRule.is(tag)).toBe(true)
        expect(tagRule.is(cacheTag(name))).toBe(true)
      }),
    )
  })
  test('and environment are told apart from every other pair', () => {
    fc.assert(
      fc.property(label, branch, label, branch, (environmentA, a, environmentB, b) => {
        fc.pre(!/^(?:content|cache)(?:-|$)/.test(environmentA) && !/^(?:content|cache)(?:-|$)/.test(environmentB))
        fc.pre(environmentA !== environmentB || a !== b)
        expect(tagsOf(environmentA, a).filter((tag) => tagsOf(environmentB, b).includes(tag))).toEqual([])
      }),
    )
  })
  test('made from the tag of another pair is still told apart from it', () => {
    fc.assert(
      fc.property(label, branch, fc.nat(), (environment, name, at) => {
        fc.pre(!/^(?:content|cache)(?:-|$)/.test(environment))
        for (const tag of tagsOf(environment, name)) {
          const dashes = [...tag.matchAll(/-/g)].map(({ index }) => index)
          const cut = dashes[at % Math.max(1, dashes.length)] ?? 0
          const forged = { environment: tag.slice(0, cut), branch: tag.slice(cut + 1) }
          if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(forged.environment)) continue
          if (/^(?:content|cache)(?:-|$)/.test(forged.environment)) continue
          if (forged.branch === '' || (forged.environment === environment && forged.branch === name)) continue
          expect(tagsOf(forged.environment, forged.branch)).not.toContain(tag)
        }
      }),
    )
  })
})

describe('tags of the user', () => {
  test('are left out where a placeholder has no value', () => {
    expect(wantedTags(['{version}', 'latest'], { branch: 'main' })).toEqual([{ tag: 'latest', kind: 'moving' }])
  })
  test('come once each', () => {
    expect(wantedTags(['latest', 'latest'], {})).toHaveLength(1)
  })
  test.each(['content-abc', 'cache-main', 'has space', '-x', '{brunch}', 'x'.repeat(129)])('such as "%s" are refused', (template) => {
    expect(() => wantedTags([template], { branch: 'main' })).toThrow(Failed)
  })
  test('that come to be reserved are refused', () => {
    expect(() => wantedTags(['{environment}-{branch}'], { environment: 'cache', branch: 'main' })).toThrow(/kept for what this action stores/)
  })
})

test.each([
  ['v1.4.0', 'v1.4.0'],
  ['cart/v1.4.0', 'v1.4.0'],
  ['v1.4.0-rc.1+build', 'v1.4.0-rc.1_build'],
  ['v1', undefined],
  ['release', undefined],
])('the git tag %s names the version %s', (tag, version) => {
  expect(versionOfTag(tag)).toBe(version)
})
