import { readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { BuildSecret } from '@slipway/images'
import { withoutValue } from '@slipway/project'
import type { Failure, Problems } from '@slipway/report'

/** Reads one line of the input `secrets`: `id=env:NAME` or `id=file:path`. */
export function parseBuildSecret(line: string, where: string, problems: Problems): BuildSecret | undefined {
  const [, id, kind, from] = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(env|file):(.+)$/.exec(line) ?? []
  if (id !== undefined && kind === 'env' && from !== undefined && /^[A-Za-z_]\w*$/.test(from)) return { id, env: from }
  if (id !== undefined && kind === 'file' && from !== undefined && isInside(from)) return { id, file: from }
  // The line is not shown in full: whoever writes the value itself here must not find it in the log.
  problems.add({
    code: 'input-invalid',
    what: `the build secret "${withoutValue(line)}" says not where its value is`,
    where,
    why: 'a build secret is id=env:NAME, or id=file:path with a path inside the workspace; never the value itself',
    next: 'put the value into env: of the step, and name the variable here',
  })
  return undefined
}

/** The values of build secrets, to be masked before their first use; what has none is a problem. */
export function buildSecretValues(secrets: readonly BuildSecret[], service: string, from: { workspace: string; environment: Readonly<Record<string, string | undefined>> }, problems: Problems): string[] {
  return secrets.flatMap((secret) => {
    const file = 'env' in secret ? undefined : secretFile(from.workspace, secret.file)
    if (file?.isInside === false) {
      problems.add({
        code: 'file-outside',
        what: `the file of the build secret "${secret.id}" leads out of the workspace`,
        where: `service ${service}`,
        why: 'a link on its way leads to another place of the runner',
        next: 'write the file itself into the workspace in an earlier step',
      })
      return []
    }
    const value = 'env' in secret ? from.environment[secret.env] : file && fileText(file.path)
    if (value !== undefined && value !== '') return value
    const source = 'env' in secret ? `the environment variable ${secret.env}` : `the file ${secret.file}`
    problems.add({
      code: 'build-secret-unset',
      what: `the build secret "${secret.id}" has no value`,
      where: `service ${service}`,
      why: `${source} is ${value === undefined ? 'not there' : 'empty'}`,
      next: 'env' in secret ? `set it in env: of the step: \`${secret.env}: \${{ secrets.${secret.env} }}\`` : 'write the file in an earlier step',
    })
    return []
  })
}

/** The real path of a build secret's file; undefined where there is none. */
export function secretFile(workspace: string, file: string): { readonly path: string; readonly isInside: boolean } | undefined {
  try {
    const path = realpathSync(join(workspace, file))
    return { path, isInside: path.startsWith(realpathSync(workspace) + sep) }
  } catch {
    return undefined
  }
}

/** Build arguments that look like secrets: they would stand in the image's history for everyone who may pull it. */
export function secretBuildArguments(buildArgs: Readonly<Record<string, string>>, where: string): Failure[] {
  return Object.entries(buildArgs).flatMap(([name, value]) => {
    const why = secretName.test(name) ? 'its name says that it is one' : secretValues.find(({ pattern }) => pattern.test(value))?.what
    if (why === undefined) return []
    return {
      code: 'build-argument-secret',
      what: `the build argument ${name} looks like a secret`,
      where,
      why: `${why}; build arguments stand in the image's history for everyone who may pull it`,
      next: `make it a build secret: \`${name.toLowerCase()}=env:${name}\` in the input "secrets", and RUN --mount=type=secret,id=${name.toLowerCase()} in the Dockerfile`,
    } as const
  })
}

const secretName = /(?:secret|token|password|passwd|passphrase|credentials?|private[_-]?key|api[_-]?key|access[_-]?key(?:[_-]?id)?|secret[_-]?key)$/i
const secretValues = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, what: 'its value is a private key' },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, what: 'its value is an AWS access key' },
  { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/, what: 'its value is a GitHub token' },
  { pattern: /\bnpm_[A-Za-z0-9]{36}\b/, what: 'its value is an npm token' },
  { pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, what: 'its value is a signed token' },
  { pattern: /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, what: 'its value is an address with a password' },
]

function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.startsWith('-') && !path.split('/').includes('..')
}

function fileText(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}
