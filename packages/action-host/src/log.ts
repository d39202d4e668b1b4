import * as core from '@actions/core'
import { failureText, inert, type Failure, type Place } from '@slipway/report'

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
    core.info(inert(text))
  },
  notice(text, place) {
    core.notice(inert(text), properties(place))
  },
  warning(text, place) {
    core.warning(inert(text), properties(place))
  },
  failure(failure) {
    core.error(inert(failureText(failure)), { title: failure.code, ...properties(failure.at) })
  },
}

function properties(place: Place | undefined): core.AnnotationProperties {
  if (place === undefined) return {}
  return {
    file: inert(place.file),
    ...(place.line === undefined ? {} : { startLine: place.line }),
    ...(place.column === undefined ? {} : { startColumn: place.column }),
  }
}
