import { startSandbox, type Sandbox, type SandboxOptions } from '@slipway/sandbox'

export const REGION = 'eu-west-1'
export const ACCOUNT = '111122223333'
export const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`

/** Runs a test against a sandbox of its own and closes it. */
export async function inCloud<T>(options: Partial<SandboxOptions>, test: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox({ account: ACCOUNT, regions: [REGION], ...options })
  try {
    return await test(sandbox)
  } finally {
    await sandbox.close()
  }
}

/** What an AWS client needs to speak to the sandbox as its administrator. */
export function client(sandbox: Sandbox, region = REGION): { region: string; endpoint: string; maxAttempts: number; credentials: { accessKeyId: string; secretAccessKey: string } } {
  const keys = sandbox.staticCredentials()
  return { region, endpoint: sandbox.url, maxAttempts: 1, credentials: { accessKeyId: keys['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: keys['AWS_SECRET_ACCESS_KEY'] ?? '' } }
}

/** What stands in a JSON value at a path; nothing where the path leads nowhere. */
export function member(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), value)
}
