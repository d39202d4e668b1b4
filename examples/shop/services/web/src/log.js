const levels = ['debug', 'info', 'warn', 'error']

/** Writes one JSON document a line, those below the level left out. */
export function logTo(stream, level) {
  return (severity, message, details = {}) => {
    if (levels.indexOf(severity) < levels.indexOf(level)) return
    stream.write(`${JSON.stringify({ time: new Date().toISOString(), severity, message, ...details })}\n`)
  }
}
