/** The state by which a step's end knows that it is the end. */
export const postMark = 'isPost'

/** What a step says to the runner, and hears of it, before the toolkit is there. */
export const runner = {
  print(line: string): void {
    process.stdout.write(`${line}\n`)
  },
  /** A line that the runner takes for a command; properties that are undefined are left out. */
  command(name: string, message: string, properties: Readonly<Record<string, string | number | undefined>> = {}): void {
    const given = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`]))
    runner.print(`::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escaped(message)}`)
  },
  /** What the step saved for its end; empty where it saved nothing. */
  state(name: string): string {
    return process.env[`STATE_${name}`] ?? ''
  },
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
