import { failureText, inert, type Failure, type Place } from '@slipway/report'
import { runner } from './runner.ts'

/** The runner's log. Everything that passes through is made inert: no text from outside can become a command. */
export interface Log {
  info(text: string): void
  notice(text: string, place?: Place): void
  warning(text: string, place?: Place): void
  /** One annotation, at the place in the file where the failure names one. */
  failure(failure: Failure): void
}

export const log: Log = {
  info(text) {
    runner.print(inert(text))
  },
  notice(text, place) {
    runner.command('notice', inert(text), properties(place))
  },
  warning(text, place) {
    runner.command('warning', inert(text), properties(place))
  },
  failure(failure) {
    runner.command('error', inert(failureText(failure)), { title: failure.code, ...properties(failure.at) })
  },
}

function properties(place: Place | undefined): { file?: string; line?: number | undefined; col?: number | undefined } {
  return place === undefined ? {} : { file: inert(place.file), line: place.line, col: place.column }
}
