export const id = 683;
export const ids = [683];
export const modules = {

/***/ 1683:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  tagRelease: () => (/* binding */ tagRelease)
});

// EXTERNAL MODULE: ./packages/github/src/github.ts + 8 modules
var src_github = __webpack_require__(5098);
;// CONCATENATED MODULE: ./actions/tag-release/src/outcome.ts
/** The action's outcome. */
function outcomeOf({ tagged, released, started, failures }, { isWritten }) {
    if (failures.length > 0)
        return 'partial';
    if (!isWritten && tagged.kind === 'new')
        return 'planned';
    return tagged.isOurs || released?.isOurs === true || started?.isOurs === true ? 'changed' : 'unchanged';
}

// EXTERNAL MODULE: ./packages/report/src/inert.ts
var inert = __webpack_require__(8636);
;// CONCATENATED MODULE: ./actions/tag-release/src/outputs.ts

/** The outputs, apart from `outcome`. A later step may print them: what a commit says must not become a command there. */
function outputsOf({ tagged, notes, released, started }) {
    const { version, tag, commit, previous, isOurs } = tagged;
    return {
        version,
        'previous-version': previous?.version ?? '',
        tag,
        sha: commit,
        created: String(isOurs),
        'release-url': (0,inert/* inertLine */.Fq)(released?.page.url ?? ''),
        'run-url': (0,inert/* inertLine */.Fq)(started?.run.url ?? ''),
        notes: (0,inert/* inert */.tJ)(notes),
    };
}

;// CONCATENATED MODULE: ./packages/report/src/codes.ts
/** Every failure code with what it means. Codes are stable: scripts of users match on them. */
const failureCodes = {
    // What the user gave
    'input-missing': 'A required input is absent or blank.',
    'input-invalid': 'An input has a value that its rule forbids.',
    'input-unknown': 'An input has a name that the action does not know.',
    'input-conflict': 'Two inputs, or an input and the project file, contradict each other.',
    'handover-invalid': 'The output of an earlier action was given, but is empty or cannot be read.',
    'project-file-missing': 'The project file does not exist.',
    'project-file-invalid': 'The project file breaks its schema.',
    'name-unknown': 'A service, environment or target is not declared.',
    'variable-undefined': 'A ${NAME} in a template has no value.',
    'file-missing': 'A file that is named does not exist.',
    'file-outside': 'A path leaves the folder that it must stay in.',
    'file-invalid': 'A file cannot be read as what it should be.',
    'manifest-invalid': 'A manifest cannot be read, or breaks a rule of manifests.',
    'manifest-refused': 'A manifest asks for something that policy does not allow.',
    'event-refused': 'The run was started by an event that must not reach credentials.',
    // Signing in
    'sign-in-failed': 'No credentials could be had for a role.',
    'id-token-unavailable': 'The job may not ask for an OIDC token.',
    'wrong-account': 'The credentials belong to another account than the one expected.',
    'access-denied': 'A request was refused for lack of rights.',
    // Images
    'dockerfile-missing': 'The Dockerfile or its context does not exist.',
    'dockerfile-invalid': 'The Dockerfile cannot be read, or names a stage that is absent.',
    'base-unresolved': 'The digest of a base image cannot be found out.',
    'builder-missing': 'There is no docker with buildx on this machine.',
    'build-failed': 'The build of an image failed.',
    'build-argument-secret': 'A build argument looks like a secret.',
    'build-secret-unset': 'A build secret has no value.',
    'repository-missing': 'The ECR repository does not exist.',
    'tag-invalid': 'A tag breaks the rules of ECR, or is reserved.',
    'tag-immutable': 'An immutable tag names another digest already.',
    'image-missing': 'A digest is not in the registry that the target pulls from.',
    'push-failed': 'An image could not be pushed or tagged.',
    'copy-failed': 'An image could not be copied to the registry of another region.',
    // Configuration
    'config-invalid': 'A configuration object breaks a rule of Kubernetes.',
    'config-too-large': 'A configuration object is larger than Kubernetes takes.',
    'secret-missing': 'A secret, its stage or its key does not exist.',
    // The cluster
    'cluster-missing': 'The EKS cluster does not exist.',
    'cluster-unreachable': 'The API server of the cluster cannot be reached.',
    'cluster-refused': 'The API server refused a request.',
    'namespace-missing': 'A namespace does not exist.',
    'record-namespace-missing': 'The namespace for the records does not exist.',
    'record-unreadable': 'A release record cannot be read.',
    'record-too-large': 'A release record would be larger than allowed.',
    'ownership-conflict': 'Another manager owns the object or a field of it.',
    'lock-held': 'Another run holds the lock and did not let go in time.',
    'lock-lost': 'The lock could not be renewed in time, so nothing more was written.',
    'superseded': 'A newer run took over.',
    'not-proven': 'The environment that must prove a release first has not.',
    'downgrade': 'What runs is newer than what is deployed.',
    'blocked': 'A rollback has barred this content or its commit.',
    'release-unknown': 'There is no release of this name, or none at all.',
    'nothing-to-restore': 'There is no revision to go back to.',
    // The rollout
    'rollout-deadline': 'The rollout passed the progress deadline of its manifest.',
    'rollout-timeout': 'The rollout was not healthy within the time given.',
    'image-name-invalid': 'The image of a container has a name that no registry can have.',
    'image-not-found': 'A node found no image of that name.',
    'image-wrong-platform': 'An image has nothing for the platform of the node.',
    'image-pull-refused': 'A registry refused a node the image.',
    'start-failed': 'A container cannot be started on its node.',
    'container-crashed': 'A container ended again and again.',
    'out-of-memory': 'A container was killed again and again for its use of memory.',
    'probe-failed': 'A container was killed again and again by its own probe.',
    'config-missing': 'A ConfigMap, a Secret or a key that a pod needs does not exist.',
    'volume-failed': 'A volume of a pod cannot be mounted.',
    'pods-refused': 'The API server lets no pod of the workload in.',
    'quota-exceeded': 'A quota leaves no room for the pods.',
    'unschedulable': 'No node had room for a pod in time.',
    'cancelled': 'The run was cancelled.',
    // Versions and tags
    'ref-unknown': 'A commit, branch or tag is not in the repository.',
    'version-refused': 'A commit cannot have a version: one of the two is taken, or a higher one comes before it.',
    'tag-refused': 'GitHub did not let a tag be made.',
    'release-refused': 'GitHub did not let a release be made for a tag.',
    'tag-moved': 'A tag no longer leads to the commit that is deployed.',
    'not-released': 'The commit of a tag is not on the release branch.',
    'run-missing': 'No run of a workflow appeared for a tag.',
    'github-refused': 'GitHub refused a request.',
    // Ours
    'bug': 'The action itself has a mistake.',
    // The network
    'unreachable': 'A server cannot be reached.',
    'throttled': 'A server asked to wait for longer than the run may.',
};

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
;// CONCATENATED MODULE: ./packages/release/src/outcome.ts
/** How an action can end. Only the first three end a job green (and `rolled-back`, for the action rollback). */
const outcomes = ['changed', 'unchanged', 'planned', 'rolled-back', 'partial', 'refused', 'superseded', 'broken'];

;// CONCATENATED MODULE: ./packages/release/src/result.ts



const failure = dist/* strictObject */.rej({
    code: dist/* picklist */.KIO(Object.keys(failureCodes)),
    /** What happened, in one sentence. */
    what: dist/* string */.YjP(),
    /** An object and its target, an input, a service. */
    where: dist/* exactOptional */.yqP(dist/* string */.YjP()),
    /** The place in a file of the user's. */
    at: dist/* exactOptional */.yqP(dist/* strictObject */.rej({ file: dist/* string */.YjP(), line: dist/* exactOptional */.yqP(dist/* number */.aig()), column: dist/* exactOptional */.yqP(dist/* number */.aig()) })),
    why: dist/* string */.YjP(),
    /** What to do now. */
    next: dist/* string */.YjP(),
});
/** The members of the output `result` that every action writes; its own are absent where it was refused before it knew them. */
const resultEntries = {
    version: dist/* literal */.euz(1),
    action: dist/* string */.YjP(),
    outcome: dist/* picklist */.KIO(outcomes),
    failures: dist/* array */.YOg(failure),
};

;// CONCATENATED MODULE: ./actions/tag-release/src/result-schema.ts



/** The output `result`. */
const resultSchema = dist/* strictObject */.rej({
    ...resultEntries,
    /** The version that the commit has; where nothing changed, the last one. */
    release: dist/* exactOptional */.yqP(dist/* strictObject */.rej({ version: dist/* string */.YjP(), previousVersion: dist/* exactOptional */.yqP(dist/* string */.YjP()), tag: dist/* string */.YjP(), sha: dist/* string */.YjP(), created: dist/* boolean */.zMY() })),
    /** The release's page at GitHub. */
    page: dist/* exactOptional */.yqP(dist/* strictObject */.rej({ url: dist/* string */.YjP(), draft: dist/* boolean */.zMY() })),
    /** The run that takes the tag to production. */
    run: dist/* exactOptional */.yqP(dist/* strictObject */.rej({ url: dist/* string */.YjP(), state: dist/* string */.YjP() })),
});
/** What `result` says besides outcome and failures. */
function resultOf({ tagged: { version, previous, tag, commit, isOurs }, released, started }) {
    return {
        release: { version, ...(previous === undefined ? {} : { previousVersion: previous.version }), tag, sha: commit, created: isOurs },
        ...(released === undefined ? {} : { page: { url: (0,inert/* inertLine */.Fq)(released.page.url), draft: released.page.isDraft } }),
        ...(started === undefined ? {} : { run: { url: (0,inert/* inertLine */.Fq)(started.run.url), state: (0,inert/* inertLine */.Fq)(started.run.state) } }),
    };
}

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __webpack_require__(9950);
// EXTERNAL MODULE: ./actions/tag-release/src/decide.ts + 1 modules
var decide = __webpack_require__(6241);
// EXTERNAL MODULE: ./packages/release/src/version.ts
var src_version = __webpack_require__(2989);
;// CONCATENATED MODULE: ./actions/tag-release/src/claim.ts

/**
 * Claims a version for a commit, or gives the claim that stands. Two runs that found different versions for one commit
 * would both be let in by their tags' names: so the commit is taken first, in a ref that starts nothing and is never
 * moved, `refs/slipway/<prefix><commit>/<n>`. It names a tag object that holds the version; a ref that names the commit
 * itself says that the claim before it came to nothing, and so does its version's tag on another commit. Only what can
 * never come true any more is passed over, so every run at every time finds the same claim.
 */
async function claimed(version, commit, all, { service }, origin, { github }) {
    const prefix = (0,src_version/* versionPrefix */.J9)(service);
    const object = await github.createTagObject(`${prefix}${version}`, commit, `claimed by ${origin.url}`);
    const nameOf = (number) => `refs/slipway/${prefix}${commit}/${number}`;
    const claim = (of, number) => ({
        version: of,
        ref: nameOf(number),
        void: async () => {
            await github.createRef(nameOf(number + 1), commit);
        },
    });
    for (let number = 1;;) {
        const answer = await github.createRef(nameOf(number), object);
        // A lost answer shows as a ref that is there already, with our own object.
        if (answer === 'created' || answer.sha === object)
            return claim(version, number);
        const last = await newest({ number, ref: answer });
        const other = await versionIn(last.ref);
        if (other !== undefined && !all.some((one) => one.version === other && one.commit !== commit))
            return claim(other, last.number);
        number = last.number + 1;
    }
    /** The last claim; the one at hand counts also where a list does not show it yet. */
    async function newest(known) {
        const found = (await github.refs(`slipway/${prefix}${commit}/`)).map((ref) => ({ number: Number(ref.name.split('/').at(-1)), ref }));
        return found.reduce((last, one) => (Number.isSafeInteger(one.number) && one.number > last.number ? one : last), known);
    }
    async function versionIn({ sha, type }) {
        return type === 'tag' ? (0,src_version/* versionOfTag */.mx)(await github.nameOfTagObject(sha), service) : undefined;
    }
}

;// CONCATENATED MODULE: ./actions/tag-release/src/make-tag.ts




/** Every round that does not end this was lost to a tag that another run made meanwhile. */
const mostRounds = 10;
/**
 * Gives the commit its version: decides, claims, and creates the tag where there is none, which is a compare-and-set.
 * Where another run was faster it begins again with what that one made.
 */
async function makeTag(settings, commit, origin, ports) {
    const { github, say, clock, work } = ports;
    for (let round = 1; round <= mostRounds; round += 1) {
        const decision = await (0,decide/* decide */.LD)(settings, commit, github);
        if (decision.kind !== 'new')
            return { ...decision, isOurs: false };
        await refuseBranch(decision.tag, ports);
        const claim = await claimed(decision.version, commit, decision.all, settings, origin, ports);
        const { version } = claim;
        const tag = `${(0,src_version/* versionPrefix */.J9)(settings.service)}${version}`;
        if (version !== decision.version) {
            if ('version' in settings.wish)
                throw (0,decide/* refused */.J5)(decision.tag, `another run has claimed ${tag} for ${(0,decide/* short */.h0)(commit)} and has not made it yet`, `leave "version" out to finish ${tag}; or, if that run has ended and nobody wants ${tag}, take the claim away with \`gh api --method DELETE repos/${origin.repository}/git/${claim.ref}\``);
            say(`another run has claimed ${tag} for ${(0,decide/* short */.h0)(commit)}: it gets this version, and not ${decision.tag}`);
        }
        const answer = await created(tag, commit, claim.void, ports);
        if (answer === 'created' || answer.sha === commit)
            return { ...decision, version, tag, isOurs: answer === 'created' };
        say(`${tag} was made for another commit meanwhile; deciding again`);
        // GitHub's lists may show a ref a moment later than it is there.
        await clock.wait(500 * round, work);
    }
    throw (0,decide/* refused */.J5)('the tag', `other runs made ${mostRounds} tags in the time of this one`, 'run it again');
}
async function created(tag, commit, abandon, { github, say, wrote }) {
    try {
        const answer = await github.createRef(`refs/tags/${tag}`, commit);
        if (answer !== 'created')
            return answer;
        wrote();
        say(`${tag} is made, at ${commit}`);
        return answer;
    }
    catch (error) {
        // The name may be used up for good: another version must be free to come.
        if (error instanceof src_failure/* Failed */.cV && error.failures[0].code === 'tag-refused')
            await abandon();
        else
            wrote();
        throw error;
    }
}
/** A branch of the tag's name would be taken for it by whoever checks it out or starts a workflow on it. */
async function refuseBranch(tag, { github }) {
    const branches = await github.refs(`heads/${tag}`);
    if (branches.some(({ name }) => name === `refs/heads/${tag}`))
        throw (0,decide/* refused */.J5)(tag, 'a branch has this name, and a workflow that is started on it would run on the branch', 'rename or delete the branch');
}

// EXTERNAL MODULE: ./packages/release/src/version-commit.ts
var version_commit = __webpack_require__(3251);
// EXTERNAL MODULE: ./packages/report/src/words.ts
var words = __webpack_require__(1249);
;// CONCATENATED MODULE: ./actions/tag-release/src/notes.ts


/** GitHub takes 125,000 characters; half of them are the user's. */
const mostCharacters = 60_000;
const merge = /^Merge (?:branch|pull request|remote-tracking branch|tag) /;
const groups = [
    ['Breaking changes', ({ isBreaking }) => isBreaking],
    ['Features', ({ type }) => type === 'feat'],
    ['Fixes', ({ type }) => type === 'fix' || type === 'perf' || type === 'revert'],
    ['Other changes', () => true],
];
/** The notes of a version, in Markdown: what changed since the previous one, each commit once, the newest first. Messages are text, whatever they hold. */
function notesOf({ above, service, previousTag, changes }) {
    const own = above.trim() === '' ? [] : [above.trim(), ''];
    if (previousTag === undefined)
        return [...own, service === undefined ? 'The first version.' : `The first version of ${service}.`].join('\n');
    const commits = changes.map(({ sha, message }) => ({ sha, commit: (0,version_commit/* conventionalCommit */.K)(message) })).filter(({ commit }) => !merge.test(commit.subject)).reverse();
    const listed = new Set();
    const lines = groups.flatMap(([title, belongs]) => {
        const members = commits.filter(({ sha, commit }) => !listed.has(sha) && belongs(commit));
        for (const { sha } of members)
            listed.add(sha);
        return members.length === 0 ? [] : [`### ${title}`, '', ...members.map(({ sha, commit }) => line(sha, commit)), ''];
    });
    const since = `Since ${(0,inert/* inMarkdown */.Hi)(previousTag)}${service === undefined ? '' : `, only what touched ${service}`}.`;
    return [...own, ...(lines.length === 0 ? ['Nothing changed.', ''] : cut(lines)), since].join('\n');
}
function line(sha, { scope, subject }) {
    return `- ${scope === undefined ? '' : `**${quiet(scope)}:** `}${quiet(subject.slice(0, 500))} (${sha.slice(0, 7)})`;
}
/** A name behind "@" would call a person on each release: a joiner keeps the two apart. */
function quiet(text) {
    return (0,inert/* inMarkdown */.Hi)(text).replaceAll('@', '@\u2060');
}
function cut(lines) {
    let left = mostCharacters;
    const kept = lines.filter((one) => (left -= one.length + 1) >= 0);
    return kept.length === lines.length ? kept : [...kept, '', `and ${(0,words/* count */.U9)(lines.length - kept.length, 'more line')}`, ''];
}

;// CONCATENATED MODULE: ./actions/tag-release/src/release.ts

/** Makes the release of the tag where there is none; undefined where none is wanted. */
async function release({ release: wish, service }, { version, tag, isOurs }, notes, { github, wrote, say }) {
    if (wish === 'none')
        return undefined;
    const standing = isOurs ? undefined : ((await github.releaseOf(tag)) ?? (await github.draftsOf(tag))[0]);
    if (standing !== undefined)
        return { page: standing, isOurs: false };
    const wanted = { tag, title: tag, notes, isDraft: wish === 'draft', isPrerelease: (0,src_version/* isPrerelease */.V1)(version), mayBeLatest: service === undefined && !(0,src_version/* isPrerelease */.V1)(version) };
    wrote();
    const made = await github.createRelease(wanted);
    if (made === 'exists') {
        const other = await github.releaseOf(tag);
        return other === undefined ? undefined : { page: other, isOurs: false };
    }
    const kept = made.isDraft ? await oneDraft(made, tag) : made;
    if (kept.id === made.id)
        say(`the ${made.isDraft ? 'draft of the ' : ''}release is made: ${made.url}`);
    return { page: kept, isOurs: kept.id === made.id };
    /** GitHub takes any number of drafts for a tag: of two runs at once the older one's stays. */
    async function oneDraft(ours, of) {
        const oldest = (await github.draftsOf(of))[0];
        if (oldest === undefined || oldest.id >= ours.id)
            return ours;
        await github.deleteRelease(ours.id);
        return oldest;
    }
}

// EXTERNAL MODULE: ./packages/project/src/fields.ts
var fields = __webpack_require__(6644);
;// CONCATENATED MODULE: ./actions/tag-release/src/released-commit.ts


/**
 * The commit that gets the version: that of the run, or of `ref`.
 * @throws Failed `ref-unknown` where there is none, or where a name is both a branch and a tag of different commits.
 */
async function releasedCommit(ref, runCommit, repository, github) {
    const commit = ref === undefined || isSha(ref) ? await github.commit(ref ?? runCommit) : await named(ref, github);
    if (commit !== undefined)
        return commit;
    throw new src_failure/* Failed */.cV({
        code: 'ref-unknown',
        what: `there is no commit ${(0,fields/* shown */.SP)(ref ?? runCommit)} in ${repository}`,
        why: 'no branch or tag has this name, and no commit this SHA',
        next: 'push it first, or mend the input "ref"',
    });
}
async function named(ref, github) {
    const short = ref.replace(/^refs\//, '');
    if (/^(?:heads|tags)\//.test(short))
        return github.commit(short);
    const [branch, tag] = [await exists(`heads/${short}`, github), await exists(`tags/${short}`, github)];
    if (!branch && !tag)
        return /^[0-9a-f]{7,39}$/.test(short) ? github.commit(short) : undefined;
    const commit = await github.commit(branch ? `heads/${short}` : `tags/${short}`);
    if (!branch || !tag)
        return commit;
    const other = await github.commit(`tags/${short}`);
    if (other?.sha === commit?.sha)
        return commit;
    throw new src_failure/* Failed */.cV({ code: 'ref-unknown', what: `${(0,fields/* shown */.SP)(ref)} is a branch and a tag`, why: 'they lead to different commits', next: `write heads/${short} or tags/${short}` });
}
async function exists(name, github) {
    return (await github.refs(name)).some((ref) => ref.name === `refs/${name}`);
}
function isSha(text) {
    return /^[0-9a-f]{40}$/.test(text);
}

;// CONCATENATED MODULE: ./actions/tag-release/src/start.ts

/** How long a run may take to show. */
const patienceMs = 60_000;
/** How long a run is waited for that somebody else may have started: the tag's own event, or the run that made the tag. */
const graceMs = 20_000;
/**
 * Checks what can be checked before anything is written, and says how production will start.
 * @throws Failed `run-missing` where the workflow is not there or is switched off.
 */
async function checkStart({ start, token }, { github, say }) {
    if (start.kind !== 'dispatch')
        return;
    const state = await github.workflowState(start.workflow);
    if (state === undefined)
        throw missing(`${start.workflow} cannot be started`, 'the default branch has no workflow file of this name, or the token may not see it (`actions: write`)', 'mend the input "start", or bring the file to the default branch first');
    if (state !== 'active')
        throw missing(`${start.workflow} cannot be started`, `its state is ${state}`, 'enable it on the page Actions of the repository');
    if (token.isJobs)
        say(`the tag is made with the job's own token, and starts no run by itself: ${start.workflow} is dispatched on it`);
}
/** Makes sure that a run is there for the tag; undefined where none is wanted. */
async function ensureStarted({ start, token }, tagged, ports) {
    switch (start.kind) {
        case 'none':
            return undefined;
        case 'event': {
            const run = await shownRun(() => true, tagged, patienceMs, ports);
            if (run !== undefined)
                return { run, isOurs: false };
            throw missing(`no run appeared for ${tagged.tag} within ${patienceMs / 1000} s`, 'no workflow of the tagged commit starts for a tag of this name: in `on: push: tags` a `*` does not match "/", so `cart/v1.0.0` needs \'*/v*\'; nor does any start where more than three tags are pushed at once, or the tag came by a job\'s own token', 'mend the trigger for the next version; for this one, run this again with `start:` and the workflow file, which is then dispatched on the tag');
        }
        case 'dispatch':
            return dispatched(start, tagged, tagged.isOurs && token.isJobs ? 0 : graceMs, ports);
    }
}
async function dispatched({ workflow }, tagged, waitMs, ports) {
    const { github, wrote, say } = ports;
    const isIt = (run) => run.file === `.github/workflows/${workflow}`;
    const standing = await shownRun(isIt, tagged, waitMs, ports);
    if (standing !== undefined)
        return { run: standing, isOurs: false };
    wrote();
    const id = await github.dispatch(workflow, tagged.tag);
    const run = typeof id === 'number' ? await polled(() => github.run(id), patienceMs, ports) : await shownRun(isIt, tagged, patienceMs, ports);
    if (run === undefined)
        throw missing(`no run of ${workflow} appeared for ${tagged.tag} within ${patienceMs / 1000} s`, id === 'unanswered' ? 'GitHub did not answer when it was asked to start it' : 'GitHub took the order, and shows no run', 'run this again: the tag is found, and a run that shows by then is not started twice');
    if (run.commit !== tagged.commit)
        throw missing(`${workflow} was not started on ${tagged.tag}`, `its run ${run.url} is of the commit ${run.commit}`, 'cancel that run; look for a branch of the tag\'s name');
    say(`${workflow} is started: ${run.url}`);
    return { run, isOurs: true };
}
function shownRun(isIt, { tag, commit }, waitMs, ports) {
    return polled(async () => (await ports.github.runsOf(tag, commit)).find(isIt), waitMs, ports);
}
/** Looks at once, and then again and again until the time is over. */
async function polled(look, forMs, { clock, work }) {
    const startedMs = clock.monotonic();
    for (let pauseMs = 1000;; pauseMs = Math.min(5000, pauseMs * 2)) {
        const found = await look();
        const leftMs = forMs - (clock.monotonic() - startedMs);
        if (found !== undefined || leftMs <= 0)
            return found;
        await clock.wait(Math.min(pauseMs, leftMs), work);
    }
}
function missing(what, why, next) {
    return new src_failure/* Failed */.cV({ code: 'run-missing', what, why, next });
}

;// CONCATENATED MODULE: ./actions/tag-release/src/run.ts







/**
 * Gives a commit its next version: a tag, a release, and a run that takes it to production. What is there already is
 * found, and not made again.
 * @throws Failed where no tag was made.
 */
async function run(settings, origin, ports) {
    const { github, say } = ports;
    const { sha } = await releasedCommit(settings.ref, origin.commit, origin.repository, github);
    await checkStart(settings, ports);
    if (settings.requires !== undefined) {
        const { confirmProven } = await __webpack_require__.e(/* import() */ 561).then(__webpack_require__.bind(__webpack_require__, 8561));
        await confirmProven(settings.requires, settings, sha, { ...(await ports.proof()), say });
    }
    const tagged = settings.isWritten ? await makeTag(settings, sha, origin, ports) : { ...(await (0,decide/* decide */.LD)(settings, sha, github)), isOurs: false };
    const { kind, tag, previous, changes } = tagged;
    const notes = notesOf({ above: settings.notes, ...(settings.service === undefined ? {} : { service: settings.service }), ...(previous === undefined ? {} : { previousTag: previous.tag }), changes });
    if (kind === 'nothing')
        say(`nothing changed since ${tag}: no version is made`);
    if (kind === 'tagged')
        say(`${(0,decide/* short */.h0)(sha)} is ${tag} already: what is missing of it is made`);
    if (kind === 'nothing' || !settings.isWritten)
        return { tagged, notes, failures: [] };
    const failures = [];
    const released = await collected(failures, () => release(settings, tagged, notes, ports));
    const started = await collected(failures, () => ensureStarted(settings, tagged, ports));
    return { tagged, notes, ...(released === undefined ? {} : { released }), ...(started === undefined ? {} : { started }), failures };
}
/** A release that fails does not keep production from starting. */
async function collected(failures, step) {
    try {
        return await step();
    }
    catch (error) {
        if (!(error instanceof src_failure/* Failed */.cV))
            throw error;
        failures.push(...error.failures);
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/report/src/table.ts
/** A Markdown table. Cells are Markdown already: text from outside goes through `inMarkdown` first. */
function markdownTable(header, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
/** Columns aligned for a terminal or a log; numbers of columns may differ a row. */
function textTable(rows) {
    const widths = [];
    for (const row of rows)
        row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
    return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd()).join('\n');
}

;// CONCATENATED MODULE: ./actions/tag-release/src/summary.ts



/** The summary: which version of what, result, seconds, next step; then tag, release, run and notes. */
function summaryOf({ result, settings, repository, milliseconds }) {
    const { tagged, notes, failures } = result;
    const { tag, commit, previous } = tagged;
    return [
        `### Tag release: ${outcomeOf(result, settings)}, ${(0,inert/* inMarkdown */.Hi)(tag)} at ${(0,decide/* short */.h0)(commit)} of ${(0,inert/* inMarkdown */.Hi)(repository)}, ${(0,words/* duration */.p0)(milliseconds)}; next: ${nextStep(result, settings)}`,
        '',
        ...failures.flatMap(({ what, why, next, code }) => [`**${(0,inert/* inMarkdown */.Hi)(what)}:** ${(0,inert/* inMarkdown */.Hi)(why)}. **Next:** ${(0,inert/* inMarkdown */.Hi)(next)}. <code>${code}</code>`, '']),
        markdownTable(['Tag', 'Commit', 'Before it', 'Release', 'Run'], [[`${(0,inert/* inMarkdown */.Hi)(tag)}${tagWords(result, settings)}`, (0,decide/* short */.h0)(commit), previous === undefined ? 'none' : (0,inert/* inMarkdown */.Hi)(previous.tag), releaseWords(result), runWords(result)]]),
        '',
        ...(tagged.kind === 'nothing' ? [] : [(0,inert/* inert */.tJ)(notes), '']),
    ].join('\n');
}
function nextStep({ tagged, started, failures }, { isWritten, start }) {
    if (failures.length > 0)
        return 'as told below; the tag stands, and a second run makes only what is missing';
    if (tagged.kind === 'nothing')
        return 'nothing; to make a version all the same, give `bump` or `version`';
    if (!isWritten)
        return 'run it again without `dry-run`';
    if (started !== undefined)
        return `follow ${(0,inert/* inMarkdown */.Hi)(started.run.url)}`;
    return start.kind === 'none' ? 'deploy the tag' : 'nothing';
}
function tagWords({ tagged }, { isWritten }) {
    if (tagged.isOurs)
        return ', made';
    return tagged.kind === 'new' && !isWritten ? ', would be made' : ', was there';
}
function releaseWords({ released }) {
    if (released === undefined)
        return '';
    return `${(0,inert/* inMarkdown */.Hi)(released.page.url)}${released.page.isDraft ? ', a draft' : ''}${released.isOurs ? '' : ', was there'}`;
}
function runWords({ started }) {
    if (started === undefined)
        return '';
    return `${(0,inert/* inMarkdown */.Hi)(started.run.url)}, ${(0,inert/* inMarkdown */.Hi)(started.run.state)}${started.isOurs ? '' : ', was there'}`;
}

;// CONCATENATED MODULE: ./actions/tag-release/src/action.ts






/** The story once its inputs are right, with what GitHub was asked for ahead of it. */
async function tagRelease(host, settings, startedMs, ahead) {
    const { clock, work, environment, log } = host;
    const { repository, sha, runUrl } = host.run;
    const say = (text) => {
        log.info(text);
    };
    const github = await (0,src_github/* openGitHub */.o)({ repository, token: settings.token.text, environment, clock, signal: work, onWait: say, ...(ahead === undefined ? {} : { ahead }) });
    const result = await run(settings, { repository, commit: sha, url: runUrl }, { proof: async () => (await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(489), __webpack_require__.e(520)]).then(__webpack_require__.bind(__webpack_require__, 8520))).proofPorts(host, settings), github, clock, work, say, wrote: () => { host.wrote(); } });
    const milliseconds = clock.monotonic() - startedMs;
    return { outcome: outcomeOf(result, settings), outputs: outputsOf(result), result: resultOf(result), summary: summaryOf({ result, settings, repository, milliseconds }), failures: result.failures };
}


/***/ }),

/***/ 6241:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LD: () => (/* binding */ decide),
  J5: () => (/* binding */ refused),
  h0: () => (/* binding */ decide_short)
});

// EXTERNAL MODULE: ./packages/release/src/version.ts
var src_version = __webpack_require__(2989);
// EXTERNAL MODULE: ./packages/release/src/version-next.ts
var version_next = __webpack_require__(371);
// EXTERNAL MODULE: ./packages/release/src/version-commit.ts
var version_commit = __webpack_require__(3251);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __webpack_require__(9950);
// EXTERNAL MODULE: ./packages/wire/src/parallel.ts
var parallel = __webpack_require__(5988);
// EXTERNAL MODULE: ./actions/tag-release/src/service-paths.ts + 1 modules
var service_paths = __webpack_require__(5259);
;// CONCATENATED MODULE: ./actions/tag-release/src/changes.ts

/** Those commits of a range that touched any of the paths, the oldest first; all of them where no path is named. */
async function touched({ commits, files }, head, paths, github) {
    if (commits.length === 0 || paths.length === 0 || paths.includes('.'))
        return commits;
    const oldest = commits.map(({ committedAt }) => committedAt).reduce((a, b) => (a < b ? a : b));
    const found = new Set();
    for (const path of askedPaths(paths, files))
        for (const sha of await github.touching(head, path, oldest))
            found.add(sha);
    return commits.filter(({ sha }) => found.has(sha));
}
/** Paths in which nothing differs need not be asked for. */
function askedPaths(paths, files) {
    return files === 'all' ? paths : paths.filter((path) => files.some((file) => (0,service_paths/* isInside */.FK)(file, path)));
}

;// CONCATENATED MODULE: ./actions/tag-release/src/decide.ts




/**
 * Reads the tags of the service, and decides.
 * @throws Failed `version-refused` where the commit cannot have the version.
 */
async function decide({ service, paths, wish }, commit, github) {
    const prefix = (0,src_version/* versionPrefix */.J9)(service);
    const all = (await github.tags(`tags/${prefix}`)).flatMap(({ tag, commit: of }) => {
        const version = (0,src_version/* versionOfTag */.mx)(tag, service);
        return version === undefined ? [] : [{ version, tag, commit: of }];
    });
    const own = (0,version_next/* highest */.BR)(all.filter((one) => one.commit === commit).map(({ version }) => version));
    if (own !== undefined && 'version' in wish && wish.version !== own)
        throw refused(`${prefix}${wish.version}`, `the commit ${decide_short(commit)} is ${prefix}${own} already, and a commit has one version`, `leave "version" out to finish ${prefix}${own}, or release a later commit`);
    const base = await lastBefore(commit, all.filter(({ version }) => !(0,src_version/* isPrerelease */.V1)(version) && (own === undefined || (0,src_version/* compareVersions */.Zy)(version, own) < 0)), github);
    const changes = base === undefined ? [] : await touched(base.range, commit, paths, github);
    const common = { commit, changes, all, ...(base === undefined ? {} : { previous: base.at }) };
    if (own !== undefined)
        return { kind: 'tagged', version: own, tag: `${prefix}${own}`, ...common };
    const version = 'version' in wish ? wish.version : await found(wish.bump, commit, base, changes, all, github);
    if (version === undefined && base !== undefined)
        return { kind: 'nothing', ...common, ...base.at };
    if (version === undefined)
        throw new Error('a first version was found to be none');
    refuse(version, prefix, commit, base, all);
    return { kind: 'new', version, tag: `${prefix}${version}`, ...common };
}
async function found(bump, commit, base, changes, all, github) {
    const last = base?.at.version;
    const candidates = bump === 'prerelease' ? all.filter(({ version }) => (0,src_version/* isPrerelease */.V1)(version) && (last === undefined || (0,src_version/* compareVersions */.Zy)(version, last) > 0)) : [];
    const candidate = await lastBefore(commit, candidates, github);
    const reachable = [last, candidate?.at.version].filter((one) => one !== undefined);
    return (0,version_next/* nextVersion */.yU)(bump, reachable, changes.map(({ message }) => (0,version_commit/* conventionalCommit */.K)(message)));
}
/** The highest of the versions that the commit comes after: a release branch goes on from its own, not from the newest. */
async function lastBefore(commit, versions, github) {
    const sorted = versions.toSorted((a, b) => (0,src_version/* compareVersions */.Zy)(b.version, a.version));
    // Mostly it is the first; where it is far down, several are asked about at once.
    for (let [from, size] = [0, 1]; from < sorted.length; [from, size] = [from + size, 8]) {
        const bases = await (0,parallel/* mapLimit */.s)(sorted.slice(from, from + size), size, async (at) => ({ at, range: await github.between(at.commit, commit) }));
        const base = bases.find(({ range }) => range.isAhead);
        if (base !== undefined)
            return base;
    }
    return undefined;
}
function refuse(version, prefix, commit, base, all) {
    const tag = `${prefix}${version}`;
    const holder = all.find((one) => one.version === version);
    if (holder !== undefined)
        throw refused(tag, `${decide_short(holder.commit)} is ${tag}, and ${decide_short(commit)} does not come after it`, 'release a commit that comes after that one, or give another version by "version"');
    if (base !== undefined && (0,src_version/* compareVersions */.Zy)(version, base.at.version) <= 0)
        throw refused(tag, `${decide_short(commit)} comes after ${base.at.tag}, which is higher`, `give a version above ${base.at.version}, or leave "version" out`);
}
/** The failure of a version that a commit cannot have. */
function refused(tag, why, next) {
    return new failure/* Failed */.cV({ code: 'version-refused', what: `${tag} cannot be made`, why, next });
}
/** A commit as people name it. */
function decide_short(commit) {
    return commit.slice(0, 7);
}


/***/ }),

/***/ 5098:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ openGitHub)
});

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

// EXTERNAL MODULE: ./packages/github/src/commit-ahead.ts + 1 modules
var commit_ahead = __webpack_require__(6191);
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
    const { getOctokit } = await Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(413), __webpack_require__.e(375)]).then(__webpack_require__.bind(__webpack_require__, 2413));
    const quiet = () => undefined;
    const { request } = getOctokit(token, {
        baseUrl: (0,commit_ahead/* serverIn */.L)(environment),
        log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        request: { signal: patience.signal, fetch: fetchBy((0,http/* openHttp */.fb)({ environment }), ahead) },
    });
    const about = conversation(request, repository, patience);
    return { ...commitsOf(about), ...files_filesOf(about), ...refsOf(about), ...releasesOf(about), ...runsOf(about) };
}


/***/ }),

/***/ 3251:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ conventionalCommit)
/* harmony export */ });
const header = /^([A-Za-z]{1,30})(?:\(([^()\r\n]{1,100})\))?(!)?: +(\S.*)$/;
const breakingFooter = /^(?:BREAKING CHANGE|BREAKING-CHANGE): +\S/m;
/** Reads a commit's message; any text is one, since not every commit keeps the convention. */
function conventionalCommit(message) {
    const lines = message.split(/\r\n|\r|\n/);
    const first = lines[0]?.trim() ?? '';
    const isBreaking = breakingFooter.test(lines.slice(1).join('\n'));
    const [, type, scope, mark, subject] = header.exec(first) ?? [];
    if (type === undefined || subject === undefined)
        return { isBreaking, subject: first };
    return { type: type.toLowerCase(), ...(scope === undefined ? {} : { scope }), isBreaking: isBreaking || mark === '!', subject };
}


/***/ }),

/***/ 1249:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ size),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   p0: () => (/* binding */ duration),
/* harmony export */   p_: () => (/* binding */ list)
/* harmony export */ });
/* unused harmony export ago */
/** A span of time for a person: `420 ms`, `3.2 s`, `2 min 5 s`, `1 h 10 min`. */
function duration(milliseconds) {
    if (milliseconds < 1000)
        return `${Math.round(milliseconds)} ms`;
    const seconds = milliseconds / 1000;
    if (seconds < 60)
        return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
    const whole = Math.floor(seconds);
    if (whole < 3600)
        return `${Math.floor(whole / 60)} min ${whole % 60} s`;
    return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
/** How long ago, roughly: `12 s ago`, `3 min ago`, `2 h ago`, `5 days ago`. */
function ago(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    if (seconds < 60)
        return `${seconds} s ago`;
    if (seconds < 3600)
        return `${Math.floor(seconds / 60)} min ago`;
    if (seconds < 48 * 3600)
        return `${Math.floor(seconds / 3600)} h ago`;
    return `${Math.floor(seconds / 86_400)} days ago`;
}
/** A size for a person: `512 B`, `1.4 MiB`. */
function size(bytes) {
    const units = ['B', 'KiB', 'MiB', 'GiB'];
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? 'GiB'}`;
}
/** `1 service`, `3 services`. */
function count(number, singular, plural = `${singular}s`) {
    return `${number} ${number === 1 ? singular : plural}`;
}
/** `a`, `a and b`, `a, b and c`. */
function list(words, last = 'and') {
    if (words.length < 2)
        return words.join('');
    return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}


/***/ }),

/***/ 7454:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ loadAhead)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);

let turn = Promise.resolve();
/**
 * Loads a module ahead of its use, after all that were asked for before it, and lets what arrived meanwhile be seen to
 * in between: what waits for the first is not held up by the others. What is wrong with one is told where it is used.
 */
function loadAhead(load) {
    turn = turn.then(load).then(() => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setImmediate)()).catch(() => undefined);
}


/***/ }),

/***/ 8451:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fb: () => (/* binding */ openHttp),
/* harmony export */   wX: () => (/* binding */ TransportError),
/* harmony export */   xM: () => (/* binding */ loadHttp)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7075);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_stream__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _ahead_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7454);
/* harmony import */ var _headers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5753);



/** No answer came: the request may or may not have been carried out. */
class TransportError extends Error {
    /** The code of the system or of undici, such as ECONNREFUSED, ENOTFOUND, UND_ERR_HEADERS_TIMEOUT. */
    code;
    /** Whether the request cannot have reached the server. */
    unsent;
    constructor(url, cause) {
        const code = codeOf(cause);
        super(`${new URL(url).host}: ${messageOf(cause)}`, { cause });
        this.name = 'TransportError';
        this.code = code;
        this.unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code);
    }
}
const defaultTimeoutMs = 30_000;
/** Loads the client, which takes a pool's first request some 30 ms: begun while something else is waited for, it costs nothing. What is wrong with it is told by that request. */
function loadHttp() {
    (0,_ahead_js__WEBPACK_IMPORTED_MODULE_1__/* .loadAhead */ .k)(() => Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(756)]).then(__webpack_require__.bind(__webpack_require__, 2375)));
}
/** A pool of HTTP/1.1 connections. HTTP/2 on undici 6 ends the process by an assertion, so it stays off. */
function openHttp(options) {
    let opened;
    return {
        async request({ method, url, headers, body, signal, timeoutMs = defaultTimeoutMs }) {
            opened ??= open(options);
            const dispatcher = await opened;
            signal?.throwIfAborted();
            let response;
            const broken = [];
            try {
                const { origin, pathname, search } = new URL(url);
                response = await dispatcher.request({
                    origin,
                    path: `${pathname}${search}`,
                    method: methodOf(method),
                    headers: { ...headers },
                    body: typeof body === 'object' && Symbol.asyncIterator in body ? node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from(noting(body, broken), { objectMode: false }) : (body ?? null),
                    signal: signal ?? null,
                    headersTimeout: timeoutMs,
                    bodyTimeout: timeoutMs,
                });
            }
            catch (error) {
                throw signal?.aborted === true ? signal.reason : broken.includes(error) ? error : new TransportError(url, error);
            }
            const received = response.body;
            const reading = async (read) => {
                try {
                    return await read();
                }
                catch (error) {
                    if (error instanceof SyntaxError)
                        throw error;
                    throw signal?.aborted === true ? signal.reason : new TransportError(url, error);
                }
            };
            return {
                status: response.statusCode,
                headers: (0,_headers_js__WEBPACK_IMPORTED_MODULE_2__/* .joinedHeaders */ .A)(response.headers),
                body: chunks(received, url, signal),
                text: () => reading(() => received.text()),
                json: () => reading(() => received.json()),
                bytes: () => reading(async () => new Uint8Array(await received.arrayBuffer())),
            };
        },
        async close() {
            await (await opened)?.destroy();
        },
    };
}
async function open(options) {
    return dispatcherFor(await Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(756)]).then(__webpack_require__.bind(__webpack_require__, 2375)), options);
}
function dispatcherFor({ Agent, EnvHttpProxyAgent }, { ca, environment, connections = 32 }) {
    const tls = ca === undefined ? {} : { ca };
    const value = (name) => environment[name.toLowerCase()] ?? environment[name];
    const httpProxy = value('HTTP_PROXY');
    const httpsProxy = value('HTTPS_PROXY');
    if (httpProxy === undefined && httpsProxy === undefined)
        return new Agent({ connections, allowH2: false, connect: tls });
    // Through a proxy's tunnel the certificate is checked with `requestTls`, which undici's types of this agent leave out.
    const settings = {
        connections,
        connect: tls,
        requestTls: tls,
        httpProxy: httpProxy ?? '',
        httpsProxy: httpsProxy ?? '',
        noProxy: value('NO_PROXY') ?? '',
    };
    return new EnvHttpProxyAgent(settings);
}
/** The body as it is, and what it threw: the fault is then not the connection's. */
async function* noting(body, thrown) {
    try {
        yield* body;
    }
    catch (error) {
        thrown.push(error);
        throw error;
    }
}
async function* chunks(body, url, signal) {
    try {
        for await (const chunk of body)
            if (chunk instanceof Uint8Array)
                yield chunk;
    }
    catch (error) {
        throw signal?.aborted === true ? signal.reason : new TransportError(url, error);
    }
}
function methodOf(method) {
    const known = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].find((name) => name === method);
    if (known === undefined)
        throw new Error(`no HTTP method: ${method}`);
    return known;
}
function codeOf(error) {
    if (error instanceof AggregateError && error.errors.length > 0)
        return codeOf(error.errors[0]);
    return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
function messageOf(error) {
    if (error instanceof AggregateError && error.errors.length > 0)
        return messageOf(error.errors[0]);
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 5988:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ mapLimit)
/* harmony export */ });
/* unused harmony export lanes */
/**
 * Does the work for every item, `limit` at a time, and keeps the order of the items.
 * All work that was begun has ended when it resolves or rejects; the first error wins, and nothing new begins after it.
 */
async function mapLimit(items, limit, work) {
    const results = [];
    const errors = [];
    const queue = items.entries();
    const worker = async () => {
        for (const [index, item] of queue) {
            if (errors.length > 0)
                return;
            try {
                results[index] = await work(item);
            }
            catch (error) {
                errors.push(error);
            }
        }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker));
    if (errors.length > 0)
        throw errors[0];
    return results;
}
/** Lets work in, in the order in which it comes, `limit` at a time. Unlike `mapLimit` it holds for work from several places. */
function lanes(limit) {
    let free = limit;
    const waiting = [];
    return async (work) => {
        if (free > 0)
            free -= 1;
        else
            await new Promise((begin) => waiting.push(begin));
        try {
            return await work();
        }
        finally {
            const next = waiting.shift();
            if (next)
                next();
            else
                free += 1;
        }
    };
}


/***/ })

};
