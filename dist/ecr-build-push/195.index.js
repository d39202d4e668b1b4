export const id = 195;
export const ids = [195];
export const modules = {

/***/ 3195:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGitHub: () => (/* reexport */ openGitHub)
});

// UNUSED EXPORTS: commitAhead

// EXTERNAL MODULE: ./packages/wire/src/http.ts
var http = __webpack_require__(8451);
// EXTERNAL MODULE: ./packages/wire/src/retry.ts
var retry = __webpack_require__(8497);
// EXTERNAL MODULE: ./packages/report/src/inert.ts
var inert = __webpack_require__(8636);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __webpack_require__(9950);
;// CONCATENATED MODULE: ./packages/github/src/refusal.ts


/** What was refused, where an answer came; octokit's error is known by its shape, since a bundle may hold its class twice. */
function refused(error) {
    const status = memberOf(error, 'status');
    const response = memberOf(error, 'response');
    if (typeof status !== 'number' || response === undefined)
        return undefined;
    const data = memberOf(response, 'data');
    const fields = memberOf(data, 'errors');
    const parts = [memberOf(data, 'message'), ...(Array.isArray(fields) ? fields.map((field) => memberOf(field, 'message') ?? memberOf(field, 'code')) : [])];
    const message = parts.filter((part) => typeof part === 'string').join(': ');
    const headers = memberOf(response, 'headers');
    return { status, message: (0,inert/* inertLine */.Fq)(message === '' ? `status ${status}` : message), headers: textsOf(headers) };
}
/** How long GitHub asks to wait; undefined where it does not ask for that. Its secondary limits name no time at worst. */
function askedToWaitMs(error, nowMs) {
    const answer = refused(error);
    if (answer === undefined || (answer.status !== 403 && answer.status !== 429))
        return undefined;
    const { headers, message, status } = answer;
    const after = (0,retry/* retryAfterMs */.V)(headers['retry-after'], nowMs);
    if (after !== undefined)
        return after;
    const reset = Number(headers['x-ratelimit-reset']);
    if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
        return Math.max(1000, reset * 1000 - nowMs);
    return status === 429 || /secondary rate limit|abuse detection/i.test(message) ? 60_000 : undefined;
}
/** Whether no answer came, or one that says nothing of the request: it may or may not have been carried out. */
function isUnanswered(error) {
    const answer = refused(error);
    return answer === undefined ? isOctokits(error) : answer.status >= 500;
}
/** The failure in words; the error itself where it is none that a request can meet. */
function refusal(error, { purpose, right }, nowMs) {
    if (error instanceof failure/* Failed */.cV)
        return error;
    const what = `GitHub did not ${purpose}`;
    const answer = refused(error);
    const waitMs = askedToWaitMs(error, nowMs);
    if (waitMs !== undefined) {
        return new failure/* Failed */.cV({
            code: 'throttled',
            what,
            why: `its rate limit asks to wait ${Math.ceil(waitMs / 1000)} s, longer than this run waits: ${answer?.message ?? ''}`,
            next: 'run it again after that time; what was done already is found and not done again',
        });
    }
    if (isUnanswered(error)) {
        return new failure/* Failed */.cV({ code: 'unreachable', what, why: answer?.message ?? (0,inert/* inertLine */.Fq)(causeOf(error)), next: 'run it again; if it stays so, look at githubstatus.com, and at the proxy variables (HTTPS_PROXY, NO_PROXY) of the runner' });
    }
    if (answer === undefined)
        return error instanceof Error ? error : new Error(String(error));
    if (answer.status === 401)
        return new failure/* Failed */.cV({ code: 'access-denied', what, why: `it does not take the token: ${answer.message}`, next: 'give a token that is valid and has not expired by the input "github-token"; a token of an App lives for an hour' });
    if (answer.status === 403 || answer.status === 404) {
        return new failure/* Failed */.cV({
            code: 'access-denied',
            what,
            why: `${answer.message} (${answer.status}; GitHub hides what a token may not see)`,
            next: `grant \`permissions: { ${right} }\` to the job, and to the job that calls it where this is a called workflow; where "github-token" is given, grant it to that App or token`,
        });
    }
    return new failure/* Failed */.cV({ code: 'github-refused', what, why: `${answer.message} (${answer.status})`, next: 'mend what GitHub names, and run it again' });
}
/** Octokit gives an error of the network the status 500, and no response. */
function isOctokits(error) {
    return memberOf(error, 'status') === 500 && memberOf(error, 'response') === undefined;
}
/** The innermost error tells what happened; "fetch failed" does not. */
function causeOf(error) {
    const cause = memberOf(error, 'cause');
    if (cause !== undefined)
        return causeOf(cause);
    const [message, code] = [memberOf(error, 'message'), memberOf(error, 'code')];
    const parts = [message, code].filter((part) => typeof part === 'string' && part !== '');
    return parts.length === 0 ? String(error) : parts.filter((part, index) => index === 0 || !parts[0]?.includes(part)).join(', ');
}
function textsOf(value) {
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)])) : {};
}
function memberOf(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

;// CONCATENATED MODULE: ./packages/github/src/ask.ts


/** How many entries a page of a list has at most. */
const pageSize = 100;
const threeMinutesMs = 180_000;
/** Leads a conversation: limits are waited for as GitHub asks, and what was not answered is asked again where it may be. */
function conversation(request, repository, patience) {
    const [owner = '', repo = ''] = repository.split('/');
    const attempt = async (call, asked, isRepeatable = true) => {
        try {
            return { data: await persistent(async () => whole((await call()).data), asked, patience, isRepeatable) };
        }
        catch (error) {
            if (patience.signal.aborted)
                throw patience.signal.reason;
            const [answer, failure] = [refused(error), refusal(error, asked, patience.clock.now())];
            if (answer === undefined || isUnanswered(error) || askedToWaitMs(error, patience.clock.now()) !== undefined)
                throw failure;
            return { refused: answer, failure };
        }
    };
    return {
        request,
        here: { owner, repo },
        repository,
        attempt,
        pause: (ms) => patience.clock.wait(ms, patience.signal),
        async say(call, purpose, right) {
            const answer = await attempt(call, { purpose, right });
            if ('failure' in answer)
                throw answer.failure;
            return answer.data;
        },
    };
}
/** All pages of a list; the last is the one that is not full. */
async function pages(page, from = 1) {
    const all = [];
    for (let number = from;; number += 1) {
        const one = await page(number);
        all.push(...one);
        if (one.length < pageSize)
            return all;
    }
}
function persistent(call, { purpose }, { clock, signal, onWait, budgetMs = threeMinutesMs }, isRepeatable) {
    return (0,retry/* withRetries */.L)(call, {
        clock,
        signal,
        budgetMs,
        random: Math.random,
        retry(error) {
            const afterMs = askedToWaitMs(error, clock.now());
            if (afterMs !== undefined)
                return { afterMs };
            return isRepeatable && isUnanswered(error) ? {} : false;
        },
        onWait(waitMs, error) {
            const status = refused(error)?.status;
            onWait(`GitHub ${status === undefined ? 'did not answer' : `answered with status ${status}`} when asked to ${purpose}; trying again in ${(waitMs / 1000).toFixed(1)} s`);
        },
    });
}
/** Octokit gives an answer that broke off as text. */
function whole(data) {
    if (typeof data === 'string' && data !== '')
        throw Object.assign(new Error('the answer is no JSON'), { status: 500 });
    return data;
}

;// CONCATENATED MODULE: ./packages/github/src/commits.ts

const right = 'contents: read';
/** The number of files at which GitHub's comparison is cut. */
const mostFiles = 300;
/** Asks for commits. */
function commitsOf({ request, here, repository, say, attempt }) {
    return {
        async commit(ref) {
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/commits/{ref}', { ...here, ref }), { purpose: `show the commit ${ref} of ${repository}`, right });
            if (!('failure' in answer))
                return { sha: answer.data.sha, files: filesOf(answer.data.files ?? []) };
            if (answer.refused.status === 404 || answer.refused.status === 422)
                return undefined;
            throw answer.failure;
        },
        async newest() {
            const [newest] = await say(() => request('GET /repos/{owner}/{repo}/commits', { ...here, per_page: 1 }), `show the newest commit of ${repository}`, right);
            return newest?.sha;
        },
        async between(base, head) {
            const asked = { purpose: `compare ${base} with ${head} in ${repository}`, right };
            const compare = (page) => request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...here, basehead: `${base}...${head}`, per_page: pageSize, page });
            const first = await attempt(() => compare(1), asked);
            // Histories that have nothing in common are not there to be compared.
            if ('failure' in first && first.refused.status !== 404)
                throw first.failure;
            if ('failure' in first || first.data.behind_by > 0)
                return { isAhead: false, commits: [], files: [] };
            const { commits, files = [] } = first.data;
            const more = commits.length < pageSize ? [] : await pages(async (page) => (await say(() => compare(page), asked.purpose, right)).commits, 2);
            return { isAhead: true, commits: [...commits, ...more].map(changedCommit), files: files.length < mostFiles ? filesOf(files) : 'all' };
        },
        async isAncestor(commit, of) {
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/compare/{basehead}', { ...here, basehead: `${commit}...${of}`, per_page: 1 }), { purpose: `compare ${commit} with ${of} in ${repository}`, right });
            if (!('failure' in answer))
                return answer.data.behind_by === 0;
            if (answer.refused.status === 404)
                return false;
            throw answer.failure;
        },
        touching: (head, path, since) => pages(async (page) => {
            const listed = await say(() => request('GET /repos/{owner}/{repo}/commits', { ...here, sha: head, path, since, per_page: pageSize, page }), `list the commits of ${repository} that touched ${path}`, right);
            return listed.map(({ sha }) => sha);
        }),
    };
}
function changedCommit({ sha, commit }) {
    return { sha, message: commit.message, committedAt: commit.committer?.date ?? '' };
}
function filesOf(files) {
    return files.flatMap(({ filename, previous_filename }) => (previous_filename === undefined ? [filename] : [filename, previous_filename]));
}

;// CONCATENATED MODULE: ./packages/github/src/commit-ahead.ts

/**
 * Asks for the commit that `openGitHub` will be asked for first: its client takes longer to load than GitHub to answer.
 * The answer, whatever it says, stands for that of the client's first attempt. Ends once the request is on its way.
 */
async function commitAhead({ repository, token, environment, sha, signal }) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[0-9a-f]{40}$/.test(sha))
        return undefined;
    const url = `${serverIn(environment)}/repos/${repository}/commits/${sha}`;
    const { answer } = await onItsWay((onSent) => lightGet({ url, headers: asClient(token), environment, signal, onSent }));
    return { url, answer: answer.catch(() => undefined) };
}
/** The server of GitHub's API. */
function serverIn(environment) {
    const { GITHUB_API_URL: given = '' } = environment;
    return given === '' ? 'https://api.github.com' : given;
}
/** What decides the answer is as the client sends it, a JSON web token's own scheme included. */
function asClient(token) {
    return { accept: 'application/vnd.github.v3+json', authorization: `${token.split('.').length === 3 ? 'bearer' : 'token'} ${token}`, 'user-agent': 'slipway' };
}

;// CONCATENATED MODULE: ./packages/github/src/fetch.ts
const mostHops = 5;
/**
 * The wire in the shape of `fetch`, as octokit uses it: Node's own would bring a second HTTP client along.
 * A repository that was renamed is found where the server says; the token goes to no other server.
 * @param ahead Stands once for the request that it was asked for; where it did not come, that is made.
 */
function fetchBy(http, ahead) {
    let unused = ahead;
    const taken = async (method, url) => {
        if (method !== 'GET' || url !== unused?.url)
            return undefined;
        const { answer } = unused;
        unused = undefined;
        return answer;
    };
    return async (url, { method = 'GET', headers = {}, body, signal }) => {
        const ask = (at) => http.request({ method, url: at, headers, ...(body === undefined ? {} : { body }), ...(signal === undefined ? {} : { signal }) });
        let at = url;
        let answer = (await taken(method, url)) ?? (await ask(at));
        for (let hop = 0; hop < mostHops; hop += 1) {
            const next = redirection(answer, method, at);
            if (next === undefined)
                break;
            await answer.bytes();
            at = next;
            answer = await ask(at);
        }
        const { status } = answer;
        return { status, url: at, statusText: `status ${status}`, headers: new Map(Object.entries(answer.headers)), text: () => answer.text(), arrayBuffer: async () => (await answer.bytes()).buffer };
    };
}
function redirection({ status, headers }, method, at) {
    const { location = '' } = headers;
    if (location === '' || !(status === 307 || status === 308 || ((status === 301 || status === 302) && method === 'GET')))
        return undefined;
    const next = new URL(location, at);
    return next.origin === new URL(at).origin ? next.href : undefined;
}

;// CONCATENATED MODULE: ./packages/github/src/files.ts

/** Asks for files. */
function files_filesOf({ request, here, repository, attempt }) {
    return {
        async file(path, ref) {
            const place = `${path} ${ref === undefined ? 'on the default branch' : `at ${ref}`} of ${repository}`;
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/contents/{path}', { ...here, path, ...(ref === undefined ? {} : { ref }) }), { purpose: `show ${place}`, right: 'contents: read' });
            if ('failure' in answer) {
                if (answer.refused.status === 404)
                    return undefined;
                throw answer.failure;
            }
            const { data } = answer;
            if (Array.isArray(data) || data.type !== 'file' || !('content' in data))
                throw invalid(place, `GitHub shows ${Array.isArray(data) ? 'a folder' : `a ${data.type}`} there`, 'name a file');
            if (data.encoding !== 'base64')
                throw invalid(place, `GitHub gives files up to 1 MiB, and this one has ${data.size} bytes`, 'make it smaller');
            return Buffer.from(data.content, 'base64').toString();
        },
    };
}
function invalid(place, why, next) {
    return new failure/* Failed */.cV({ code: 'file-invalid', what: `${place} cannot be read`, why, next });
}

// EXTERNAL MODULE: ./packages/wire/src/parallel.ts
var parallel = __webpack_require__(5988);
;// CONCATENATED MODULE: ./packages/github/src/refs.ts


const reading = 'contents: read';
const writing = 'contents: write';
const mostLooks = 5;
/** Asks for refs, and makes them. */
function refsOf({ request, here, repository, say, attempt, pause }) {
    const tagObject = (sha) => say(() => request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', { ...here, tag_sha: sha }), `show the tag object ${sha} of ${repository}`, reading);
    async function refs(prefix) {
        const found = await say(() => request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', { ...here, ref: prefix }), `list the refs ${prefix}* of ${repository}`, reading);
        return found.map(refOf);
    }
    /** A tag's object may name another one. */
    async function peeled(object) {
        if (object.type === 'tag')
            return peeled((await tagObject(object.sha)).object);
        return object.type === 'commit' ? object.sha : undefined;
    }
    return {
        refs,
        async tags(prefix) {
            const found = await (0,parallel/* mapLimit */.s)(await refs(prefix), 8, async ({ name, sha, type }) => {
                const commit = await peeled({ sha, type });
                return commit === undefined ? [] : [{ tag: name.replace(/^refs\/tags\//, ''), commit }];
            });
            return found.flat();
        },
        async commitOf(ref) {
            const standing = await attempt(() => request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref }), { purpose: `show refs/${ref} of ${repository}`, right: reading });
            if (!('failure' in standing))
                return peeled(standing.data.object);
            if (standing.refused.status === 404)
                return undefined;
            throw standing.failure;
        },
        nameOfTagObject: async (sha) => (await tagObject(sha)).tag,
        async createTagObject(tag, commit, message) {
            return (await say(() => request('POST /repos/{owner}/{repo}/git/tags', { ...here, tag, message, object: commit, type: 'commit' }), `make an object for the tag ${tag} of ${repository}`, writing)).sha;
        },
        async createRef(name, sha) {
            const asked = { purpose: `create ${name} in ${repository}`, right: writing };
            const made = await attempt(() => request('POST /repos/{owner}/{repo}/git/refs', { ...here, ref: name, sha }), asked);
            if (!('failure' in made))
                return 'created';
            if (made.refused.status !== 422)
                throw made.failure;
            for (let look = 1;; look += 1) {
                const standing = await attempt(() => request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...here, ref: name.replace(/^refs\//, '') }), { purpose: `show ${name} of ${repository}`, right: reading });
                if (!('failure' in standing))
                    return refOf(standing.data);
                if (standing.refused.status !== 404)
                    throw standing.failure;
                // What exists may be shown a moment later.
                if (look === mostLooks || !/already exists/i.test(made.refused.message))
                    throw forbidden(asked.purpose, made.refused.message);
                await pause(500 * look);
            }
        },
    };
}
function refOf({ ref, object: { sha, type } }) {
    return { name: ref, sha, type };
}
/** GitHub has the same words for a rule of the repository and for a name that an immutable release used up. */
function forbidden(purpose, message) {
    const isRule = /rule violations|restricted/i.test(message);
    return new failure/* Failed */.cV({
        code: 'tag-refused',
        what: `GitHub did not ${purpose}`,
        why: isRule ? `${message} Either a ruleset of the repository forbids it to this token, or an immutable release, deleted since, has used the name up for good` : message,
        next: isRule
            ? 'look at Settings → Rules → Rulesets, and let the App of the token bypass those for tags; if there is none, the name is used up: give a higher one by the input "version"'
            : 'mend what GitHub names (a tag or branch whose name is a part of this one stands in its way), and run it again',
    });
}

;// CONCATENATED MODULE: ./packages/github/src/releases.ts


/** Asks for releases, and makes them. */
function releasesOf({ request, here, repository, say, attempt }) {
    return {
        async releaseOf(tag) {
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...here, tag }), { purpose: `show the release of ${tag} in ${repository}`, right: 'contents: read' });
            if (!('failure' in answer))
                return releasePage(answer.data);
            if (answer.refused.status === 404)
                return undefined;
            throw answer.failure;
        },
        async draftsOf(tag) {
            const listed = await say(() => request('GET /repos/{owner}/{repo}/releases', { ...here, per_page: pageSize }), `list the releases of ${repository}`, 'contents: write');
            return listed.filter(({ draft, tag_name }) => draft && tag_name === tag).map(releasePage).sort((a, b) => a.id - b.id);
        },
        async createRelease({ tag, title, notes, isDraft, isPrerelease, mayBeLatest }) {
            const asked = { purpose: `make the release of ${tag} in ${repository}`, right: 'contents: write' };
            const body = { ...here, tag_name: tag, name: title, body: notes, draft: isDraft, prerelease: isPrerelease, make_latest: mayBeLatest ? 'legacy' : 'false' };
            // A second draft would be no mistake to GitHub: what was not answered is looked for by the caller's next run.
            const answer = await attempt(() => request('POST /repos/{owner}/{repo}/releases', body), asked, !isDraft);
            if (!('failure' in answer))
                return releasePage(answer.data);
            if (answer.refused.status !== 422)
                throw answer.failure;
            if (/already_exists/.test(answer.refused.message))
                return 'exists';
            throw refusedRelease(asked.purpose, answer.refused.message);
        },
        async deleteRelease(id) {
            await say(() => request('DELETE /repos/{owner}/{repo}/releases/{release_id}', { ...here, release_id: id }), `delete the draft ${id} of ${repository}`, 'contents: write');
        },
    };
}
function releasePage({ id, html_url, draft }) {
    return { id, url: html_url, isDraft: draft };
}
function refusedRelease(purpose, message) {
    const isUsedUp = message.includes('immutable release');
    return new failure/* Failed */.cV({
        code: 'release-refused',
        what: `GitHub did not ${purpose}`,
        why: isUsedUp ? `${message}: an immutable release had this tag and was deleted, which uses the name up for good` : message,
        next: isUsedUp ? 'the tag stands and can be deployed; it stays without a release, so leave "release" off for it, or release a later commit' : 'mend what GitHub names, and run it again: the tag is found and not made twice',
    });
}

;// CONCATENATED MODULE: ./packages/github/src/runs.ts


/** Asks for runs, and starts them. */
function runsOf({ request, here, repository, say, attempt }) {
    return {
        async workflowState(file) {
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}', { ...here, workflow_id: file }), { purpose: `show the workflow ${file} of ${repository}`, right: 'actions: write' });
            if (!('failure' in answer))
                return answer.data.state;
            if (answer.refused.status === 404)
                return undefined;
            throw answer.failure;
        },
        async runsOf(ref, commit) {
            const { workflow_runs: found } = await say(() => request('GET /repos/{owner}/{repo}/actions/runs', { ...here, head_sha: commit, branch: ref, per_page: pageSize }), `list the runs on ${ref} of ${repository}`, 'actions: read');
            return found.map(runPage).filter((run) => run.ref === ref && run.commit === commit);
        },
        async run(id) {
            const answer = await attempt(() => request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...here, run_id: id }), { purpose: `show the run ${id} of ${repository}`, right: 'actions: read' });
            if (!('failure' in answer))
                return runPage(answer.data);
            if (answer.refused.status === 404)
                return undefined;
            throw answer.failure;
        },
        async dispatch(file, ref) {
            const asked = { purpose: `start ${file} on ${ref} in ${repository}`, right: 'actions: write' };
            try {
                const answer = await attempt(() => request('POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches', { ...here, workflow_id: file, ref, return_run_details: true }), asked, false);
                if (!('failure' in answer))
                    return startedRun(answer.data);
                if (answer.refused.status !== 422)
                    throw answer.failure;
                throw new failure/* Failed */.cV({ code: 'run-missing', what: `GitHub did not ${asked.purpose}`, why: answer.refused.message, next: `give ${file} the trigger \`workflow_dispatch\`, in the tagged commit as well, and run this again: the tag is found and not made twice` });
            }
            catch (error) {
                if (error instanceof failure/* Failed */.cV && error.failures[0].code === 'unreachable')
                    return 'unanswered';
                throw error;
            }
        },
    };
}
/** Older servers answer without a body. */
function startedRun(data) {
    const id = typeof data === 'object' && data !== null ? Reflect.get(data, 'workflow_run_id') : undefined;
    return typeof id === 'number' ? id : 'started';
}
function runPage({ id, html_url, path, event, head_branch, head_sha, status, conclusion }) {
    return { id: Number(id), url: html_url, file: path.replace(/@.*$/, ''), event, ref: head_branch ?? '', commit: head_sha, state: conclusion ?? status ?? 'unknown' };
}

;// CONCATENATED MODULE: ./packages/github/src/github.ts









/** Opens the conversation with one repository; nothing is asked yet. */
async function openGitHub({ repository, token, environment, ahead, ...patience }) {
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(413), __webpack_require__.e(756)]).then(__webpack_require__.bind(__webpack_require__, 2413));
    const quiet = () => undefined;
    const { request } = getOctokit(token, {
        baseUrl: serverIn(environment),
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        request: { signal: patience.signal, fetch: fetchBy((0,http/* openHttp */.fb)({ environment }), ahead) },
    });
    const about = conversation(request, repository, patience);
    return { ...commitsOf(about), ...files_filesOf(about), ...refsOf(about), ...releasesOf(about), ...runsOf(about) };
}

;// CONCATENATED MODULE: ./packages/github/src/index.ts




/***/ })

};
