import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 3299:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _slipway_access__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7959);
/* harmony import */ var _slipway_action_host__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7144);


// GitHub takes its time for a token: it is asked for before the rest of the program is loaded.
const ahead = await (0,_slipway_action_host__WEBPACK_IMPORTED_MODULE_0__/* .tokenAhead */ .h)(_slipway_access__WEBPACK_IMPORTED_MODULE_1__/* .tokenAudience */ .k);
const { start } = await Promise.all(/* import() */[__nccwpck_require__.e(949), __nccwpck_require__.e(83)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4083));
await start(ahead);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 8961:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  f: () => (/* binding */ idToken)
});

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __nccwpck_require__(9950);
// EXTERNAL MODULE: ./packages/report/src/inert.ts
var inert = __nccwpck_require__(8636);
// EXTERNAL MODULE: ./packages/wire/src/retry.ts
var retry = __nccwpck_require__(8497);
// EXTERNAL MODULE: ./packages/wire/src/clock.ts
var clock = __nccwpck_require__(3309);
// EXTERNAL MODULE: ./packages/wire/src/headers.ts
var src_headers = __nccwpck_require__(5753);
;// CONCATENATED MODULE: ./packages/wire/src/light-get.ts

const patienceMs = 30_000;
/**
 * A GET by Node's own client: it is on the wire before a pool's client would be loaded. Rejects where the whole answer
 * did not come within 30 s; every status is an answer. Redirects are not followed.
 */
async function lightGet({ url, headers, environment, signal, onSent = () => undefined }) {
    const { get, Agent } = url.startsWith('http:') ? await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 7067, 23)) : await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 4708, 23));
    const within = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const agent = new Agent({ proxyEnv: { ...environment } });
    return new Promise((resolve, reject) => {
        const request = get(url, { agent, signal: within, headers }, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('error', reject).on('end', () => {
                const bytes = new Uint8Array(Buffer.concat(chunks));
                resolve({ status: response.statusCode ?? 0, headers: (0,src_headers/* joinedHeaders */.A)(response.headers), text: () => Promise.resolve(new TextDecoder().decode(bytes)), bytes: () => Promise.resolve(bytes) });
            });
        });
        request.on('error', reject).on('finish', onSent);
    });
}

;// CONCATENATED MODULE: ./packages/action-host/src/id-token.ts


/**
 * Asks GitHub for a token that proves to `audience` which job this is. Who gives it on has it masked before.
 * @param meanwhile Called once the request is on its way: the time to load what its answer is needed for.
 * @throws Failed `id-token-unavailable` where the job has not the permission, `unreachable` where GitHub gives none.
 */
async function idToken(audience, meanwhile, signal) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = process.env;
    if (address === '' || bearer === '') {
        throw new failure/* Failed */.cV({
            code: 'id-token-unavailable',
            what: 'this job may not ask for an OIDC token, which the input "role" needs',
            why: 'the workflow does not grant it',
            next: 'add `permissions: { id-token: write }` to the job, and to the job that calls it where this is a called workflow',
        });
    }
    try {
        const url = new URL(address);
        url.searchParams.set('audience', audience);
        return await (0,retry/* withRetries */.L)(() => ask(url, bearer, meanwhile, signal), { clock: clock/* systemClock */.m, signal, budgetMs: 10_000, random: Math.random, retry: (error) => error instanceof Busy && {} });
    }
    catch (error) {
        signal.throwIfAborted();
        throw new failure/* Failed */.cV({
            code: 'unreachable',
            what: `GitHub gave this job no OIDC token for ${audience}`,
            why: (0,inert/* inertLine */.Fq)(error instanceof Error ? error.message : String(error)),
            next: 'run it again; if it stays so, look at githubstatus.com, and on a self-hosted runner at what its network and proxy let through',
        });
    }
}
/** An answer that another attempt may mend. */
class Busy extends Error {
}
async function ask(url, bearer, meanwhile, signal) {
    const { status, text } = await lightGet({ url: url.href, headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' }, environment: process.env, signal, onSent: meanwhile });
    if ([429, 502, 503, 504].includes(status))
        throw new Busy(`its endpoint of tokens answered with the status ${status}`);
    if (status !== 200)
        throw new Error(`its endpoint of tokens answered with the status ${status}`);
    const answer = JSON.parse(await text());
    if (typeof answer !== 'object' || answer === null || !('value' in answer) || typeof answer.value !== 'string')
        throw new Error('its endpoint of tokens answered without a token');
    return answer.value;
}


/***/ }),

/***/ 4964:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ runContext)
/* harmony export */ });
/* harmony import */ var _slipway_report__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9950);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);


/**
 * Reads the run from the runner's variables.
 * @throws Failed `event-refused` where a stranger's code could reach credentials: a fork's pull request, or
 * `pull_request_target`, which runs with this repository's rights at a stranger's wish.
 */
function runContext(environment) {
    const text = (name) => environment[`GITHUB_${name}`] ?? '';
    const repository = text('REPOSITORY');
    const runId = text('RUN_ID');
    const event = eventAt(text('EVENT_PATH'));
    const defaultBranch = textAt(event, ['repository', 'default_branch']);
    const context = {
        repository,
        sha: text('SHA'),
        ref: text('REF'),
        refName: text('REF_NAME'),
        runId,
        runAttempt: text('RUN_ATTEMPT'),
        runUrl: `${text('SERVER_URL')}/${repository}/actions/runs/${runId}`,
        actor: text('ACTOR'),
        workspace: text('WORKSPACE') === '' ? process.cwd() : text('WORKSPACE'),
        eventName: text('EVENT_NAME'),
        job: text('JOB'),
        ...(defaultBranch === undefined || defaultBranch === '' ? {} : { defaultBranch }),
    };
    refuseStrangers(context, event);
    return context;
}
/** Events that carry a stranger's wish, each with where its payload names the repository that the code is from. */
const headPaths = {
    pull_request: ['pull_request', 'head', 'repo', 'full_name'],
    pull_request_review: ['pull_request', 'head', 'repo', 'full_name'],
    pull_request_review_comment: ['pull_request', 'head', 'repo', 'full_name'],
    workflow_run: ['workflow_run', 'head_repository', 'full_name'],
};
function refuseStrangers({ eventName, repository }, event) {
    if (eventName === 'pull_request_target')
        throw refused('the event pull_request_target', 'it runs with this repository\'s rights while anybody may start it');
    const path = Object.hasOwn(headPaths, eventName) ? headPaths[eventName] : undefined;
    if (path === undefined)
        return;
    const head = textAt(event, path);
    if (head === repository)
        return;
    const what = eventName === 'workflow_run' ? 'a workflow that ran for a fork' : 'a pull request from a fork';
    throw refused(what, `its code is that of ${head ?? 'a repository that is not named, or is gone'}, not of ${repository}`);
}
function refused(what, why) {
    return new _slipway_report__WEBPACK_IMPORTED_MODULE_1__/* .Failed */ .cV({
        code: 'event-refused',
        what: `this run was started by ${what}`,
        why,
        next: 'start builds and deploys by push, tag or "Run workflow" in this repository',
    });
}
function textAt(event, path) {
    const found = path.reduce((value, key) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined), event);
    return typeof found === 'string' ? found : undefined;
}
function eventAt(path) {
    try {
        return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 8645:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ postMark),
/* harmony export */   l: () => (/* binding */ runner)
/* harmony export */ });
/** The state by which a step's end knows that it is the end. */
const postMark = 'isPost';
/** What a step says to the runner, and hears of it, before the toolkit is there. */
const runner = {
    print(line) {
        process.stdout.write(`${line}\n`);
    },
    /** A line that the runner takes for a command; properties that are undefined are left out. */
    command(name, message, properties = {}) {
        const given = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escapedProperty(String(value))}`]));
        runner.print(`::${name}${given.length === 0 ? '' : ` ${given.join(',')}`}::${escaped(message)}`);
    },
    /** What the step saved for its end; empty where it saved nothing. */
    state(name) {
        return process.env[`STATE_${name}`] ?? '';
    },
};
function escaped(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapedProperty(text) {
    return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 7144:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  h: () => (/* binding */ tokenAhead)
});

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
;// CONCATENATED MODULE: ./packages/wire/src/on-its-way.ts

const patienceMs = 250;
/**
 * Asks, and ends once the request is on its way, or failed: to look a server up and to shake hands with it takes several
 * turns, for which what is loaded next would leave no room. A server that takes longer than 250 ms for that is waited
 * for no more.
 * @param ask Is to call `onSent` once its request is sent.
 */
async function onItsWay(ask) {
    const sent = Promise.withResolvers();
    const answer = ask(() => {
        sent.resolve(undefined);
    });
    const ended = answer.then(() => undefined, () => undefined);
    await Promise.race([sent.promise, ended, (0,promises_.setTimeout)(patienceMs, undefined, { ref: false })]);
    return { answer };
}

// EXTERNAL MODULE: ./packages/action-host/src/id-token.ts + 1 modules
var id_token = __nccwpck_require__(8961);
// EXTERNAL MODULE: ./packages/action-host/src/run-context.ts
var run_context = __nccwpck_require__(4964);
// EXTERNAL MODULE: ./packages/action-host/src/runner.ts
var runner = __nccwpck_require__(8645);
;// CONCATENATED MODULE: ./packages/action-host/src/token-ahead.ts




/**
 * Asks for the OIDC token of a job that may have one, but not for a step's end, which needs none, nor for a run that a
 * stranger may have started, which the action refuses. To ask changes nothing anywhere: where no role is assumed in the
 * end, or an input is wrong, the token is dropped. Ends once the request is on its way.
 */
async function tokenAhead(audience) {
    if ((process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') === '' || runner/* runner */.l.state(runner/* postMark */.c) !== '' || isStrangers())
        return undefined;
    const work = new AbortController();
    const { answer: token } = await onItsWay((onSent) => (0,id_token/* idToken */.f)(audience, onSent, work.signal));
    token.catch(() => undefined);
    return {
        audience,
        token,
        abandon: () => {
            work.abort();
        },
    };
}
function isStrangers() {
    try {
        (0,run_context/* runContext */.p)(process.env);
        return false;
    }
    catch {
        return true;
    }
}


/***/ }),

/***/ 7959:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ tokenAudience)
/* harmony export */ });
/** For whom a job's OIDC token is made out: AWS takes no other. */
const tokenAudience = 'sts.amazonaws.com';


/***/ }),

/***/ 9950:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ Problems),
/* harmony export */   cV: () => (/* binding */ Failed),
/* harmony export */   kY: () => (/* binding */ failureText)
/* harmony export */ });
/* unused harmony export placeText */
/** Ends what is being done because of one or more expected failures; anything else that is thrown is a bug. */
class Failed extends Error {
    failures;
    constructor(first, ...more) {
        super([first, ...more].map(failureText).join('\n'));
        this.name = 'Failed';
        this.failures = [first, ...more];
    }
}
/** One failure in one line: `place: what; why. Next: …`. */
function failureText(failure) {
    const place = failure.at ? `${placeText(failure.at)}: ` : failure.where !== undefined ? `${failure.where}: ` : '';
    return `${place}${withoutStop(failure.what)}: ${withoutStop(failure.why)}. ${upperFirst(withoutStop(failure.next))}. [${failure.code}]`;
}
/** `file:line:column`, as far as known. */
function placeText(place) {
    return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}
/** Collects every problem before anything is said, so that a user mends all of them at once. */
class Problems {
    #failures = [];
    add(failure) {
        this.#failures.push(failure);
    }
    /** Runs `attempt`; the failures that it throws are collected, and undefined is returned. */
    try(attempt) {
        try {
            return attempt();
        }
        catch (error) {
            this.#collect(error);
            return undefined;
        }
    }
    /** As `try`, for what takes its time. */
    async tryAsync(attempt) {
        try {
            return await attempt();
        }
        catch (error) {
            this.#collect(error);
            return undefined;
        }
    }
    get all() {
        return this.#failures;
    }
    /** @throws Failed with everything collected, if anything was. */
    throwIfAny() {
        const [first, ...more] = this.#failures;
        if (first)
            throw new Failed(first, ...more);
    }
    #collect(error) {
        if (!(error instanceof Failed))
            throw error;
        this.#failures.push(...error.failures);
    }
}
function withoutStop(text) {
    return text.replace(/[.\s]+$/, '');
}
function upperFirst(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ }),

/***/ 8636:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fq: () => (/* binding */ inertLine),
/* harmony export */   Hi: () => (/* binding */ inMarkdown),
/* harmony export */   RK: () => (/* binding */ visible),
/* harmony export */   dI: () => (/* binding */ markdownBlock),
/* harmony export */   tJ: () => (/* binding */ inert)
/* harmony export */ });
/**
 * Text from outside made harmless for the runner's log, line by line.
 *
 * The runner executes `##[command …]` anywhere in a line and `::command …::` at its start (after any white space),
 * and it ends a line at CR as well as at LF. Control characters other than tab would let a log rewrite the screen.
 * What is changed stays readable: a blank is put into the marker.
 * Source: actions/runner, ActionCommand.cs (TryParse, TryParseV2).
 */
function inert(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => inertLine(line))
        .join('\n');
}
/** One line made harmless; line ends inside it become blanks. */
function inertLine(line) {
    return visible(line.replace(/[\r\n]+/g, ' '))
        .replaceAll('##[', '## [')
        .replace(leadingCommand, '$1: :');
}
/** Text as a screen shows it, without what rules the screen: control characters and their sequences; tabs and line feeds stay. */
function visible(text) {
    return text.replace(ansiSequences, '').replace(controlCharacters, '');
}
const ansiSequences = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const leadingCommand = /^([\s\u0085\u180e\u200b-\u200d\u2060\ufeff]*)::/;
/** Text from outside for a Markdown summary: no HTML, no table break, no code fence, one line. */
function inMarkdown(text) {
    return inertLine(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*_{}[\]()#+!|~]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
/** Several lines from outside as a block of a Markdown summary that nothing inside can end. */
function markdownBlock(text) {
    const lines = inert(text);
    const longest = [...lines.matchAll(/`{3,}/g)].reduce((most, [run]) => Math.max(most, run.length), 2);
    const fence = '`'.repeat(longest + 1);
    return `${fence}text\n${lines}\n${fence}`;
}


/***/ }),

/***/ 3309:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);

const systemClock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async wait(ms, signal) {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, signal ? { signal } : {});
        }
        catch (error) {
            throw signal?.aborted === true ? signal.reason : error;
        }
    },
};


/***/ }),

/***/ 5753:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ joinedHeaders)
/* harmony export */ });
/** Headers by lower-case names; one that came twice is joined by ", ". */
function joinedHeaders(headers) {
    return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]])));
}


/***/ }),

/***/ 8497:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries),
/* harmony export */   V: () => (/* binding */ retryAfterMs)
/* harmony export */ });
const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** The one retry policy: exponential back-off with full jitter, a server's Retry-After first, within a budget. */
async function withRetries(attempt, policy) {
    const startedMs = policy.clock.monotonic();
    for (let number = 1;; number += 1) {
        try {
            return await attempt(number);
        }
        catch (error) {
            const again = policy.signal?.aborted === true ? false : policy.retry(error);
            if (again === false)
                throw error;
            const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** (number - 1));
            const waitMs = again.afterMs ?? ceiling * (0.5 + policy.random() / 2);
            if (policy.clock.monotonic() - startedMs + waitMs > policy.budgetMs)
                throw error;
            policy.onWait?.(waitMs, error);
            await policy.clock.wait(waitMs, policy.signal);
        }
    }
}
/** The wait that a Retry-After header asks for, in milliseconds: seconds or an HTTP date (RFC 9110, section 10.2.3). */
function retryAfterMs(header, nowMs) {
    if (header === undefined)
        return undefined;
    if (/^\s*\d{1,9}\s*$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(3299);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
