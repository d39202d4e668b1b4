import { expect, test } from '@jest/globals'
import { isEcrHost, parseImageName } from '../src/image-name.ts'

const digest = `sha256:${'a'.repeat(64)}`

test.each([
  ['node', 'docker.io', 'library/node', 'latest', undefined],
  ['node:22-slim', 'docker.io', 'library/node', '22-slim', undefined],
  ['acme/base', 'docker.io', 'acme/base', 'latest', undefined],
  ['ghcr.io/acme/base:1', 'ghcr.io', 'acme/base', '1', undefined],
  ['localhost:5000/base', 'localhost:5000', 'base', 'latest', undefined],
  ['127.0.0.1:5000/a/b:c', '127.0.0.1:5000', 'a/b', 'c', undefined],
  [`node:22@${digest}`, 'docker.io', 'library/node', '22', digest],
])('%s is %s, %s, %s', (text, host, repository, tag, pinned) => {
  expect(parseImageName(text)).toEqual({ text, host, repository, tag, ...(pinned === undefined ? {} : { digest: pinned }) })
})

test.each(['', 'a b', 'Node', 'node:', 'node@sha256:12', '-x', 'node:22:23', 'http://x/y'])('"%s" is no image name', (text) => {
  expect(parseImageName(text)).toBeUndefined()
})

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', true],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', true],
  ['111122223333.dkr-ecr.eu-west-1.on.aws', true],
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example', false],
  ['public.ecr.aws', false],
])('%s is a host of a private ECR: %s', (host, is) => {
  expect(isEcrHost(host)).toBe(is)
})
