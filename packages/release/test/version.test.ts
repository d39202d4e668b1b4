import { describe, expect, test } from '@jest/globals'
import { compareVersions, conventionalCommit, isCalled, lastStable, nextVersion, serviceRule, versionOfTag, versionPrefix, versionRule, type Bump, type ServiceName, type Version } from '@slipway/release'
import fc from 'fast-check'

const version = (text: string): Version => {
  if (versionRule.is(text)) return text
  throw new Error(`no version: ${text}`)
}
const service = (text: string): ServiceName => {
  if (serviceRule.is(text)) return text
  throw new Error(`no service: ${text}`)
}
const after = (bump: Bump, reachable: readonly string[], ...messages: readonly string[]): string | undefined => nextVersion(bump, reachable.map(version), messages.map(conventionalCommit))

test.each(['1.4.0', '0.0.0', '10.20.30', '1.5.0-rc.1', '1.5.0-0.a-b.3'])('%s is a version', (text) => {
  expect(versionRule.is(text)).toBe(true)
})

test.each(['', 'v1.2.3', '01.2.3', '1.2', '1.2.3.4', '1.2.3+build', '1.2.3-', '1.2.3-01', ' 1.2.3', '1.2.3\n', '-evil', '1..2', '1.2.3-a..b', '1.2.3.lock', '1'.repeat(300), `1.2.${'9'.repeat(300)}`, `1.2.3-${'a'.repeat(130)}`, '1.2.9007199254740993'])(
  '%j is no version',
  (text) => {
    expect(versionRule.is(text)).toBe(false)
  },
)

test('the tags of a service are told from those of the repository and of others', () => {
  const tags = ['v1.2.3', 'cart/v1.2.3', 'cart-admin/v1.2.3', 'cart/v01.2.3', 'cart/1.2.3', 'x/cart/v1.2.3', 'v1', 'v1.2.3-rc.1']
  expect(tags.map((tag) => versionOfTag(tag, undefined))).toEqual(['1.2.3', undefined, undefined, undefined, undefined, undefined, undefined, '1.2.3-rc.1'])
  expect(tags.map((tag) => versionOfTag(tag, service('cart')))).toEqual([undefined, '1.2.3', undefined, undefined, undefined, undefined, undefined, undefined])
  expect(versionPrefix(service('cart'))).toBe('cart/v')
})

describe('a commit message', () => {
  test.each([
    ['feat: prices', { type: 'feat', isBreaking: false, subject: 'prices' }],
    ['Fix(cart)!: no more nulls', { type: 'fix', scope: 'cart', isBreaking: true, subject: 'no more nulls' }],
    ['chore: x\r\n\r\nwhy\r\nBREAKING CHANGE: other port', { type: 'chore', isBreaking: true, subject: 'x' }],
    ['fix: x\n\nBREAKING-CHANGE: y', { type: 'fix', isBreaking: true, subject: 'x' }],
    ['Merge branch a: b', { isBreaking: false, subject: 'Merge branch a: b' }],
    ['BREAKING CHANGE: in the first line alone is a subject', { isBreaking: false, subject: 'BREAKING CHANGE: in the first line alone is a subject' }],
    ['feat:no blank', { isBreaking: false, subject: 'feat:no blank' }],
    ['', { isBreaking: false, subject: '' }],
  ])('%j is read by the convention, or taken as it is', (message, read) => {
    expect(conventionalCommit(message)).toEqual(read)
  })

  test('of any kind can be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (message) => {
        expect(conventionalCommit(message).subject).not.toMatch(/[\r\n]/)
      }),
    )
  })
})

describe('the next version', () => {
  test.each<[Bump, string[], string[], string | undefined]>([
    ['auto', [], ['fix: x'], '1.0.0'],
    ['patch', [], [], '1.0.0'],
    ['prerelease', [], ['feat: x'], '1.0.0-rc.1'],
    ['auto', ['1.4.0', '1.3.9'], ['fix: x', 'docs: y'], '1.4.1'],
    ['auto', ['1.4.0'], ['fix: x', 'feat: y', 'whatever'], '1.5.0'],
    ['auto', ['1.4.0'], ['feat: y', 'refactor!: z'], '2.0.0'],
    ['auto', ['0.4.0'], ['feat!: y'], '0.5.0'],
    ['auto', ['1.4.0'], ['whatever'], '1.4.1'],
    ['auto', ['1.4.0'], [], undefined],
    ['minor', ['1.4.0'], [], '1.5.0'],
    ['major', ['0.4.0'], [], '1.0.0'],
    // A candidate is no last version: what it announced becomes it.
    ['auto', ['1.4.0', '1.5.0-rc.2'], ['feat: y'], '1.5.0'],
    ['prerelease', ['1.4.0'], ['fix: y'], '1.4.1-rc.1'],
    ['prerelease', ['1.4.0', '1.5.0-rc.9'], ['feat: y'], '1.5.0-rc.10'],
    ['prerelease', ['1.4.0', '1.5.0-beta.1'], ['feat: y'], '1.5.0-beta.2'],
    // What came since weighs more than the candidate, or less.
    ['prerelease', ['1.4.0', '1.5.0-rc.1'], ['feat!: y'], '2.0.0-rc.1'],
    ['prerelease', ['1.4.0', '2.0.0-rc.1'], ['fix: y'], '2.0.0-rc.2'],
    ['prerelease', ['1.5.0-rc.1', '1.5.0'], [], '1.5.1-rc.1'],
  ])('%s after %j with %j is %s', (bump, reachable, messages, expected) => {
    expect(after(bump, reachable, ...messages)).toBe(expected)
  })

  test('is always higher than the last one', () => {
    const number = fc.nat({ max: 99 })
    const versions = fc.array(fc.tuple(number, number, number, fc.option(number, { nil: undefined })).map(([a, b, c, rc]) => version(`${a}.${b}.${c}${rc === undefined ? '' : `-rc.${rc}`}`)))
    fc.assert(
      fc.property(fc.constantFrom<Bump>('auto', 'major', 'minor', 'patch', 'prerelease'), versions, fc.array(fc.constantFrom('fix: a', 'feat: b', 'fix!: c', 'd')), (bump, reachable, messages) => {
        const next = nextVersion(bump, reachable, messages.map(conventionalCommit))
        const last = lastStable(reachable)
        if (next !== undefined && last !== undefined) expect(compareVersions(next, last)).toBeGreaterThan(0)
      }),
    )
  })
})

test.each([
  ['1.4.0', true],
  ['v1.4.0', true],
  ['cart/v1.4.0', true],
  ['main', true],
  ['v1.4', false],
  ['4.0', false],
  ['vmain', false],
])('a release with the names 1.4.0 and main is called %s: %s', (name, isIt) => {
  expect(isCalled(['1.4.0', 'main'], name)).toBe(isIt)
})
