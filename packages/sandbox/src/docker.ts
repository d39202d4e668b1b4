import { build } from './buildx/build.ts'
import { Refusal } from './buildx/refusal.ts'

const BUILDKIT = 'v0.25.2'
const driver = process.env['SANDBOX_BUILDX_DRIVER'] ?? 'docker'

try {
  await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`ERROR: ${error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = 1
}

async function run([command, ...words]: string[]): Promise<void> {
  if (command === 'version' && words.length === 0) print('Client:', ' Version:           28.2.2', ' Context:           default', '', 'Server: Slipway sandbox (a stand-in for Docker Engine)', ' Engine:', '  Version:          28.2.2')
  else if (command === 'buildx' && words[0] === 'version') print('github.com/docker/buildx v0.29.1 slipway-sandbox')
  else if (command === 'buildx' && words[0] === 'inspect') inspect(words.slice(1))
  else if (command === 'buildx' && words[0] === 'build') await build(words.slice(1), driver)
  else throw new Refusal(`the sandbox's stand-in for docker does not know "docker ${[command, ...words].join(' ')}": it speaks version, buildx version, buildx inspect and buildx build; use a real engine for the rest`)
}

function inspect(words: string[]): void {
  const name = words.find((word) => !word.startsWith('-')) ?? process.env['BUILDX_BUILDER'] ?? 'default'
  print(
    `Name:   ${name}`,
    `Driver: ${driver}`,
    '',
    'Nodes:',
    `Name:             ${driver === 'docker' ? name : `${name}0`}`,
    `Endpoint:         default`,
    'Status:           running',
    `BuildKit version: ${BUILDKIT}`,
    'Platforms:        linux/amd64, linux/arm64',
  )
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
