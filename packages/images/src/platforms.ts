/** The platforms that BuildKit can build for, as it lists them. */
export const knownPlatforms = [
  'linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4',
  'linux/arm64', 'linux/arm64/v8', 'linux/arm64/v9',
  'linux/arm', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7',
  'linux/386', 'linux/riscv64', 'linux/ppc64', 'linux/ppc64le', 'linux/s390x', 'linux/mips64', 'linux/mips64le', 'linux/loong64',
  'windows/amd64', 'windows/arm64',
  'freebsd/amd64', 'freebsd/arm64',
  'darwin/amd64', 'darwin/arm64',
  'wasi/wasm', 'wasip1/wasm',
] as const
