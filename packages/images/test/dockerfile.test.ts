import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readDockerfile, type DockerfileUse } from '../src/dockerfile.ts'

const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
const use = (more: Partial<DockerfileUse> = {}): DockerfileUse => ({ file: 'Dockerfile', platforms: ['linux/amd64'], buildPlatform: 'linux/amd64', buildArgs: {}, ...more })
const basesOf = async (name: string, more: Partial<DockerfileUse> = {}): Promise<string[]> => (await readDockerfile(fixture(name), use(more))).bases.map(({ text }) => text).sort()

describe('the bases of a Dockerfile', () => {
  test('are those of the stages that the last one needs, and what reads it', async () => {
    expect(await basesOf('stages.Dockerfile')).toEqual(['alpine:3.22', 'docker/dockerfile:1', 'golang:1.25', 'tools:2'])
  })
  test('are those of the target where one is named', async () => {
    expect(await basesOf('stages.Dockerfile', { target: 'tests' })).toEqual(['docker/dockerfile:1', 'python:3.14'])
  })
  test('follow the build arguments', async () => {
    expect(await basesOf('stages.Dockerfile', { buildArgs: { GO_VERSION: '1.26' } })).toEqual(['alpine:3.22', 'docker/dockerfile:1', 'golang:1.26', 'tools:2'])
  })
  test('differ by platform where the Dockerfile says so', async () => {
    expect(await basesOf('platforms.Dockerfile', { platforms: ['linux/amd64', 'linux/arm64'] })).toEqual(['base-amd64:1', 'base-arm64:1'])
  })
  test('take over a stage argument only where the stage declares it', async () => {
    expect(await basesOf('stage-arguments.Dockerfile')).toEqual(['alpine:3', 'helper:7'])
  })
  test('are none where everything comes from scratch, whatever a here-document says', async () => {
    expect(await basesOf('here-document.Dockerfile')).toEqual([])
  })
})

describe('the image that reads the Dockerfile', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['# syntax=docker/dockerfile:1\n', {}, ['docker/dockerfile:1']],
    ['#!/usr/bin/env docker\n# check=skip=all\n# Syntax = docker/dockerfile:1 \r\n', {}, ['docker/dockerfile:1']],
    [`# syntax=docker/dockerfile:1@sha256:${'1'.repeat(64)}\n`, {}, [`docker/dockerfile:1@sha256:${'1'.repeat(64)}`]],
    ['# syntax=docker/dockerfile:1\n', { BUILDKIT_SYNTAX: 'other/reader:2' }, ['other/reader:2']],
    ['# A comment\n# syntax=docker/dockerfile:1\n', {}, []],
    ['\n# syntax=docker/dockerfile:1\n', {}, []],
  ])('of %j with %j is %j', async (top, buildArgs, names) => {
    const { bases, unrepeatable } = await readDockerfile(`${top}FROM scratch\n`, use({ buildArgs }))
    expect([bases.map(({ text }) => text), unrepeatable]).toEqual([names, []])
  })
  test('is told where only the builder can work it out', async () => {
    expect((await readDockerfile('# syntax=${READER}\nFROM scratch\n', use())).unrepeatable).toEqual(['Dockerfile:1: which image "${READER}" reads the Dockerfile, is known to the builder alone'])
  })
})

describe('a Dockerfile that may give another image from the same inputs', () => {
  test('names each remote file that nothing pins', async () => {
    const { unrepeatable } = await readDockerfile(fixture('remote-files.Dockerfile'), use())
    expect(unrepeatable).toEqual([
      'Dockerfile:3: ADD takes https://example.com/tool.tgz without a checksum or commit that pins it',
      'Dockerfile:6: ADD takes https://example.com/list.json without a checksum or commit that pins it',
      'Dockerfile:7: ADD takes git@example.com:acme/repo.git#main without a checksum or commit that pins it',
    ])
  })
  test('names the base that only the builder can work out', async () => {
    const { unrepeatable } = await readDockerfile('ARG V=3.22.1\nFROM alpine:${V%.*}\n', use())
    expect(unrepeatable).toEqual(['Dockerfile:2: which image "alpine:${V%.*}" is, is known to the builder alone'])
  })
})

test('a Dockerfile without FROM is refused', async () => {
  await expect(readDockerfile('# nothing\n', use())).rejects.toThrow(/it holds no FROM/)
})
test('an absent target is refused with the names that there are', async () => {
  await expect(readDockerfile(fixture('stages.Dockerfile'), use({ target: 'tset' }))).rejects.toThrow(/no stage "tset": its named stages are build, tests and final/)
})
