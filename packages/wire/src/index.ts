export { systemClock, type Clock } from './clock.ts'
export { TransportError, loadHttp, openHttp, type Http, type HttpOptions, type HttpRequest, type HttpResponse } from './http.ts'
export { lanes, mapLimit } from './parallel.ts'
export { retryAfterMs, withRetries, type RetryPolicy } from './retry.ts'
