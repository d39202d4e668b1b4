/** Reads the settings from the environment; throws one error that names everything that is wrong with them. */
export function readSettings(environment) {
  const problems = []
  const text = (name) => {
    const value = environment[name] ?? ''
    if (value === '') problems.push(`${name} is not set`)
    return value
  }
  const number = (name, fallback) => {
    const value = Number(environment[name] ?? fallback)
    if (!Number.isInteger(value) || value < 0) problems.push(`${name} is no whole number`)
    return value
  }
  const settings = {
    port: number('PORT', 8080),
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    maxLines: number('CART_MAX_LINES'),
    idleSeconds: number('CART_IDLE_HOURS') * 3600,
    db: {
      host: text('DB_HOST'),
      port: number('DB_PORT', 6379),
      tls: environment['DB_TLS'] !== 'off',
      timeoutMs: number('DB_TIMEOUT_MS', 1000),
      username: text('DB_USERNAME'),
      password: text('DB_PASSWORD'),
    },
  }
  if (problems.length > 0) throw new Error(`cart cannot start: ${problems.join('; ')}`)
  return settings
}
