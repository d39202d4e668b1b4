import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { makeDockerFolder, ownDocker, ownLogin } from '../src/docker-folder.ts'

let home = ''
let folder = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'))
  folder = join(home, 'temp', 'slipway-docker')
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})
const login = { host: 'registry.example', username: 'AWS', password: 'pass' }

test('the folder is the step\'s own, and its file too', () => {
  const variables = makeDockerFolder(folder, [login], ownDocker({ HOME: home }), { HOME: home })
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600)
  expect(variables).toEqual({ DOCKER_CONFIG: folder, BUILDX_CONFIG: join(home, '.docker', 'buildx') })
})

test('logins, contexts and builders of the machine\'s own folder stay good', () => {
  mkdirSync(join(home, '.docker', 'contexts', 'meta'), { recursive: true })
  writeFileSync(join(home, '.docker', 'config.json'), '{"auths":{"ghcr.io":{"auth":"bWU6cHc="}},"currentContext":"remote"}')
  const own = ownDocker({ HOME: home })
  expect(ownLogin(own, 'ghcr.io')).toEqual({ username: 'me', password: 'pw' })
  const variables = makeDockerFolder(folder, [login], own, { HOME: home, BUILDX_CONFIG: '/builders' })
  expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toMatchObject({ auths: { 'ghcr.io': {}, 'registry.example': {} }, currentContext: 'remote' })
  expect(existsSync(join(folder, 'contexts', 'meta'))).toBe(true)
  expect(variables['BUILDX_CONFIG']).toBe('/builders')
})
