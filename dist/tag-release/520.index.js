export const id = 520;
export const ids = [520];
export const modules = {

/***/ 8520:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  proofPorts: () => (/* binding */ proofPorts)
});

;// CONCATENATED MODULE: ./packages/access/src/policy-source.ts
/** Policy as the run of an action reads it, with the token of the input `github-token`. */
function policySource({ run, inputs, environment, clock, work, log }) {
    return {
        run,
        token: inputs.values['github-token'] ?? '',
        environment,
        clock,
        signal: work,
        onWait: (text) => {
            log.info(text);
        },
        notice: (text) => {
            log.notice(text);
        },
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./packages/action-host/src/project-file.ts
var project_file = __webpack_require__(2565);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./packages/action-host/src/checked-out-commit.ts


/**
 * The repository whose work tree begins at a folder, read as gitrepository-layout(5) has it; git is not run, since a
 * repository's own settings could make it run anything. Undefined where the folder has none of its own inside the root.
 */
async function checkedOutAt(folder, root) {
    const git = await gitFolder(folder, await (0,promises_.realpath)(root));
    return git === undefined ? undefined : { commit: await commitAt(git) };
}
/** `.git`, or where the file of this name leads, as that of a submodule does. */
async function gitFolder(place, root) {
    const git = (0,external_node_path_.join)(place, '.git');
    if ((await textOf((0,external_node_path_.join)(git, 'HEAD'))) !== undefined)
        return git;
    const [, linked] = /^gitdir: (.+)$/m.exec((await textOf(git)) ?? '') ?? [];
    const leads = linked === undefined ? undefined : (0,external_node_path_.resolve)(place, linked);
    return leads?.startsWith(root + external_node_path_.sep) === true ? leads : undefined;
}
async function commitAt(git) {
    const text = (await textOf((0,external_node_path_.join)(git, 'HEAD'))) ?? '';
    const [, ref] = /^ref: (refs\/[\w./-]+)$/.exec(text) ?? [];
    if (ref === undefined)
        return commit.test(text) ? text : undefined;
    if (ref.split('/').includes('..'))
        return undefined;
    const loose = (await textOf((0,external_node_path_.join)(git, ref))) ?? '';
    if (commit.test(loose))
        return loose;
    const packed = ((await textOf((0,external_node_path_.join)(git, 'packed-refs'))) ?? '').split('\n').map((line) => line.split(' '));
    return packed.find(([hash = '', packedName]) => packedName === ref && commit.test(hash))?.[0];
}
const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
async function textOf(file) {
    return (0,promises_.readFile)(file, 'utf8').then((text) => text.trim(), () => undefined);
}

// EXTERNAL MODULE: ./packages/project/src/parse-project.ts + 7 modules
var parse_project = __webpack_require__(4285);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __webpack_require__(9950);
;// CONCATENATED MODULE: ./packages/project/src/policy.ts

/**
 * A file's policy with the one that it extends. Each environment, and the registry, is said by one of the two.
 * @throws Failed `project-file-invalid` for what both say, and for a required environment that neither has.
 */
function joinedPolicy(own, shared) {
    const problems = new src_failure/* Problems */.Zw();
    const twice = (what) => {
        problems.add({ code: 'project-file-invalid', what: `${what} is declared twice`, at: { file: own.file }, why: `${shared.file}, which it extends, declares it, too; policy is said in one place`, next: 'remove it from one of the two' });
    };
    for (const name of own.policy.environments.keys())
        if (shared.policy.environments.has(name))
            twice(`the environment ${name}`);
    if (own.policy.registry !== undefined && shared.policy.registry !== undefined)
        twice('the registry');
    const environments = new Map([...shared.policy.environments, ...own.policy.environments]);
    for (const { name, requires } of environments.values()) {
        if (requires === undefined || environments.has(requires.environment))
            continue;
        problems.add({ code: 'project-file-invalid', what: `the environment ${name} requires "${requires.environment}", which there is not`, at: { file: own.file }, why: `the environments are ${[...environments.keys()].join(', ')}`, next: 'correct the name where it is required' });
    }
    problems.throwIfAny();
    const registry = own.policy.registry ?? shared.policy.registry;
    return { environments, ...(registry === undefined ? {} : { registry }) };
}
/** The project with the policy in place of its own: a commit says what is deployed, and not where it may go. */
function underPolicy({ configuration, services }, { environments, registry }) {
    return { configuration, services, environments, ...(registry === undefined ? {} : { registry }) };
}

// EXTERNAL MODULE: ./packages/project/src/rules.ts
var rules = __webpack_require__(4206);
// EXTERNAL MODULE: ./packages/report/src/words.ts
var words = __webpack_require__(1249);
;// CONCATENATED MODULE: ./packages/access/src/policy-files.ts

/** Reads policy from GitHub. Nothing is asked, and the client not loaded, before it is needed. */
function policyFiles({ run, token, environment, clock, signal, onWait, budgetMs, withoutGitHub }) {
    const open = async (repository, why) => {
        if (token === '')
            throw new src_failure/* Failed */.cV({ code: 'input-missing', what: 'the input "github-token" is empty', why, next: 'leave it out, which gives the job\'s own token, or give one that can read the contents of the repository' });
        const { openGitHub } = await __webpack_require__.e(/* import() */ 305).then(__webpack_require__.bind(__webpack_require__, 7305));
        return openGitHub({ repository, token, environment, clock, signal, onWait, ...(budgetMs === undefined ? {} : { budgetMs }) });
    };
    return {
        async ofDefaultBranch(path) {
            const github = await open(run.repository, `${run.ref} is not known to be the default branch, and policy is read from there`);
            return github.file(path);
        },
        async ofRepository({ repository, path, ref }, by) {
            const next = `give by the input "github-token" a token that can read the contents of ${repository}${withoutGitHub === undefined ? '' : `; ${withoutGitHub}`}`;
            try {
                const text = await (await open(repository, `${by} extends a file of ${repository}`)).file(path, ref);
                if (text !== undefined)
                    return text;
            }
            catch (error) {
                throw error instanceof src_failure/* Failed */.cV ? elsewhere(error, next, withoutGitHub) : error;
            }
            throw new src_failure/* Failed */.cV({ code: 'project-file-missing', what: `GitHub shows no file ${path} at ${ref} of ${repository}, which ${by} extends`, why: 'there is none, or the token may not see it: the one that a job has sees no other private repository', next: `correct \`extends\`, or ${next}` });
        },
    };
}
/** Rights are no matter of this job's permissions there. */
function elsewhere(error, next, withoutGitHub) {
    const [first, ...rest] = error.failures;
    if (first.code === 'access-denied')
        return new src_failure/* Failed */.cV({ ...first, next }, ...rest);
    return withoutGitHub === undefined ? error : new src_failure/* Failed */.cV({ ...first, next: `${first.next}; ${withoutGitHub}` }, ...rest);
}

;// CONCATENATED MODULE: ./packages/access/src/governed-project.ts






/**
 * The project of a run: services as the checked out commit has them, environments and registry as the default branch
 * has them, or a file that it extends. GitHub is asked, and the token needed, only for what the checkout cannot say: on
 * another ref than the default branch, and for a file of another repository.
 * @param file The project file, relative to the workspace, and so to the repository.
 * @throws Failed where one of the files is absent or wrong, or GitHub does not show it.
 */
async function governedProject(file, source) {
    const stop = new AbortController();
    const files = policyFiles({ ...source, signal: AbortSignal.any([source.signal, stop.signal]) });
    const isHere = source.isDefaultCheckedOut === true || (isOnDefault(source.run) && (await isCheckedOut(source.run)));
    const asked = isHere ? undefined : Promise.allSettled([ofDefaultBranch(file, source.run, files)]);
    try {
        const project = (0,parse_project/* parseProject */.X)(await (0,project_file/* readProjectFile */.S)(source.run.workspace, file, named(file, source)), file);
        const found = (await asked)?.[0];
        if (found?.status === 'rejected')
            throw found.reason;
        const own = found?.value ?? { file, policy: project };
        if (found !== undefined)
            tellDifferences(file, project, own.policy, source);
        return underPolicy(project, own.policy.extends === undefined ? own.policy : joinedPolicy(own, await extended(own, own.policy.extends, isHere, source, files)));
    }
    finally {
        stop.abort();
    }
}
function named(file, { withoutFile }) {
    return withoutFile === undefined ? undefined : { what: `the project file ${file}`, next: `correct the input "project-file", or ${withoutFile}` };
}
function isOnDefault({ ref, defaultBranch }) {
    return defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
}
/** A step before may have checked another commit out. A folder that is no repository was made by the run itself. */
async function isCheckedOut({ workspace, sha }) {
    const checkout = await checkedOutAt(workspace, workspace);
    return checkout === undefined || checkout.commit === sha;
}
async function ofDefaultBranch(file, run, files) {
    const text = await files.ofDefaultBranch(external_node_path_.posix.normalize(file));
    if (text !== undefined)
        return { file: onDefault(file, run), policy: (0,parse_project/* parsePolicy */.O)(text, onDefault(file, run)) };
    throw new src_failure/* Failed */.cV({
        code: 'project-file-missing',
        what: `the default branch of ${run.repository} has no project file ${file}`,
        why: `what ${run.ref} may be deployed to is said there: policy is never taken from the commit that is deployed`,
        next: `merge ${file} into the default branch first; where the repository is checked out into a folder, check it out into the workspace itself, so that the path is the same in both`,
    });
}
/** The file that a policy extends. A path of the repository counts as it is on the default branch, like the policy itself. */
async function extended(own, named, isHere, source, files) {
    const shared = (0,rules/* sharedPolicy */.CT)(named);
    const file = shared === undefined && !isHere ? onDefault(named, source.run) : named;
    const text = shared !== undefined ? await files.ofRepository(shared, own.file) : isHere ? await checkedOut(named, own.file, source.run) : await files.ofDefaultBranch(external_node_path_.posix.normalize(named));
    if (text === undefined) {
        throw new src_failure/* Failed */.cV({ code: 'project-file-missing', what: `the default branch of ${source.run.repository} has no file ${named}, which ${own.file} extends`, why: 'a path there is one of the default branch, too', next: `add ${named} to the default branch, or correct \`extends\` there` });
    }
    const policy = (0,parse_project/* parsePolicy */.O)(text, file, 'extended');
    if (policy.extends === undefined)
        return { file, policy };
    throw new src_failure/* Failed */.cV({ code: 'project-file-invalid', what: `${file}, which ${own.file} extends, extends another file itself`, why: 'policy is said in two places at most, so that it can be read', next: `name ${policy.extends} by \`extends\` of ${own.file}, or write what it says into ${file}` });
}
function checkedOut(named, by, { workspace }) {
    return (0,project_file/* readProjectFile */.S)(workspace, named, { what: `the file ${named}, which ${by} extends,`, next: `or correct \`extends\` in ${by}` });
}
function onDefault(file, { defaultBranch }) {
    return `${file}@${defaultBranch ?? 'default branch'}`;
}
/** Somebody who changes policy on a branch must not wonder why it has no effect. */
function tellDifferences(file, own, counts, { run, notice }) {
    const names = [...new Set([...own.environments.keys(), ...counts.environments.keys()])].filter((name) => !(0,external_node_util_.isDeepStrictEqual)(own.environments.get(name), counts.environments.get(name)));
    const parts = [
        ...names.map((name) => `the environment ${name}`),
        ...((0,external_node_util_.isDeepStrictEqual)(own.registry, counts.registry) ? [] : ['the registry']),
        ...(own.extends === counts.extends ? [] : ['`extends`']),
    ];
    if (parts.length === 0)
        return;
    notice(`${file} of ${run.ref} says something else of ${(0,words/* list */.p_)(parts)} than the default branch${run.defaultBranch === undefined ? '' : ` ${run.defaultBranch}`} does; what counts is the default branch`);
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./packages/release/src/canonical.ts
var canonical = __webpack_require__(2299);
// EXTERNAL MODULE: ./packages/release/src/names.ts
var names = __webpack_require__(9281);
;// CONCATENATED MODULE: ./packages/release/src/record.ts




const record_text = dist/* string */.YjP();
const source = dist/* object */.Ikc({
    repository: record_text,
    commit: record_text,
    ref: record_text,
    run: record_text,
    actor: record_text,
    configurationCommit: dist/* exactOptional */.yqP(record_text),
    unproven: dist/* exactOptional */.yqP(record_text),
});
const sequence = dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf(), dist/* minValue */.Wwf(0));
const record = dist/* object */.Ikc({
    schema: dist/* literal */.euz(1),
    sequence,
    service: record_text,
    release: record_text,
    participants: dist/* array */.YOg(dist/* object */.Ikc({ target: record_text, namespace: record_text, service: record_text })),
    revision: dist/* object */.Ikc({
        images: dist/* record */.g1P(record_text, record_text),
        configuration: dist/* record */.g1P(record_text, dist/* object */.Ikc({ kind: dist/* picklist */.KIO(['ConfigMap', 'Secret']), name: record_text, checksum: record_text, kept: dist/* exactOptional */.yqP(record_text), source: dist/* exactOptional */.yqP(record_text) })),
        manifests: dist/* array */.YOg(dist/* custom */.IeY((value) => (0,canonical/* isJson */.Fh)(value) && (0,canonical/* isJsonObject */.OW)(value))),
    }),
    source,
    startedAt: record_text,
    restores: dist/* exactOptional */.yqP(sequence),
    undoes: dist/* exactOptional */.yqP(record_text),
});
/** The record as JSON, as it is kept in the cluster. */
function encodeRecord(value) {
    return {
        schema: 1,
        sequence: value.sequence,
        service: value.service,
        release: value.release,
        participants: value.participants.map((participant) => ({ ...participant })),
        revision: {
            images: { ...value.revision.images },
            configuration: Object.fromEntries(Object.entries(value.revision.configuration).map(([name, { kind, name: object, checksum, kept, source }]) => [
                name,
                { kind, name: object, checksum, ...(kept === undefined ? {} : { kept }), ...(source === undefined ? {} : { source }) },
            ])),
            manifests: [...value.revision.manifests],
        },
        source: encodeSource(value.source),
        startedAt: value.startedAt,
        ...(value.restores === undefined ? {} : { restores: value.restores }),
        ...(value.undoes === undefined ? {} : { undoes: value.undoes }),
    };
}
/**
 * Reads a record's content.
 * @throws Failed `record-unreadable` where it is not what `encodeRecord` writes.
 */
function decodeRecord(content, name) {
    const result = dist/* safeParse */.xLC(record, content);
    if (!result.success)
        throw unreadable(name, `${dist/* getDotPath */.BuJ(result.issues[0]) ?? 'its content'}: ${result.issues[0].message}`);
    const { sequence, service, release, participants, revision, startedAt, restores, undoes } = result.output;
    const images = Object.fromEntries(Object.entries(revision.images).map(([repository, digest]) => {
        if (!names/* repositoryRule */.jG.is(repository) || !names/* digestRule */.ZT.is(digest))
            throw unreadable(name, `image ${repository}@${digest} is none`);
        return [repository, digest];
    }));
    return {
        sequence,
        service,
        release,
        participants,
        revision: { ...revision, images },
        source: result.output.source,
        startedAt,
        ...(restores === undefined ? {} : { restores }),
        ...(undoes === undefined ? {} : { undoes }),
    };
}
/** A source as JSON, for a record or an annotation. */
function encodeSource(value) {
    return { ...value };
}
/** Reads a source from an annotation; what cannot be read becomes empty texts, since nothing is decided by it. */
function decodeSource(content) {
    const result = dist/* safeParse */.xLC(source, content);
    return result.success ? result.output : { repository: '', commit: '', ref: '', run: '', actor: '' };
}
function unreadable(name, why) {
    return new src_failure/* Failed */.cV({
        code: 'record-unreadable',
        what: `the release record ${name} cannot be read`,
        why,
        next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
    });
}

;// CONCATENATED MODULE: ./packages/release/src/block.ts

/** The part of a bad revision by which it is known again: what none of the good ones has. */
function changedContent(bad, good) {
    const checksums = (content) => Object.fromEntries(Object.entries(content.configuration ?? {}).map(([name, { checksum }]) => [name, checksum]));
    const images = without(bad.images ?? {}, good.map((one) => one.images ?? {}));
    return {
        images,
        configuration: Object.keys(images).length > 0 ? {} : without(checksums(bad), good.map(checksums)),
        ...(bad.commit === '' || good.some(({ commit }) => commit === bad.commit) ? {} : { commit: bad.commit }),
    };
}
/** The block that bars this content, if one does. */
function block_blockOf(content, blocks) {
    return blocks.find(({ fingerprint, images, configuration, commit }) => content.fingerprint === fingerprint ||
        (commit !== undefined && commit === content.commit) ||
        Object.entries(images).some(([repository, digest]) => content.images?.[repository] === digest) ||
        Object.entries(configuration).some(([name, checksum]) => content.configuration?.[name]?.checksum === checksum));
}
const block_text = dist/* string */.YjP();
const block = dist/* object */.Ikc({
    release: block_text,
    fingerprint: block_text,
    images: dist/* record */.g1P(block_text, block_text),
    configuration: dist/* record */.g1P(block_text, block_text),
    commit: dist/* exactOptional */.yqP(block_text),
    reason: block_text,
    actor: block_text,
    run: block_text,
    at: block_text,
});
/** Blocks as JSON, for an annotation. */
function encodeBlocks(blocks) {
    return blocks.map((one) => ({ ...one, images: { ...one.images }, configuration: { ...one.configuration } }));
}
/** Reads blocks; undefined where somebody has changed them into something else. */
function decodeBlocks(content) {
    const result = dist/* safeParse */.xLC(dist/* array */.YOg(block), content);
    return result.success ? result.output : undefined;
}
function without(all, known) {
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => known.every((one) => one[name] !== value)));
}

;// CONCATENATED MODULE: ./packages/rollout/src/objects.ts

// Looked up once: a verdict reads a million members, and inside jest each look at a global is dear.
const { hasOwn } = Object;
/** `Deployment cart`. */
function objectText(object) {
    return `${object.kind} ${object.name}`;
}
/** The member at a path of keys, or undefined where any step is absent. */
function at(value, ...path) {
    return along(value, path);
}
function textAt(value, ...path) {
    const found = along(value, path);
    return typeof found === 'string' ? found : undefined;
}
function numberAt(value, ...path) {
    const found = along(value, path);
    return typeof found === 'number' ? found : undefined;
}
function listAt(value, ...path) {
    const found = along(value, path);
    return isArray(found) ? found : [];
}
function objectAt(value, ...path) {
    const found = along(value, path);
    return isJsonObject(found) ? found : undefined;
}
function along(value, path) {
    let current = value;
    for (const step of path) {
        if (current === undefined)
            return undefined;
        if (typeof step === 'number')
            current = isArray(current) ? current[step] : undefined;
        else
            current = (0,canonical/* isJsonObject */.OW)(current) && hasOwn(current, step) ? current[step] : undefined;
    }
    return current;
}
/** A copy in which the member at `path` is what `change` makes of it; undefined removes it. */
function withAt(value, path, change) {
    const [key, next, ...rest] = path;
    const member = value[key];
    const changed = next === undefined ? change(member) : withAt(isJsonObject(member) ? member : {}, [next, ...rest], change);
    if (changed === undefined)
        return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: changed };
}
function isArray(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/wire/src/shared-read.ts
/** What is read anew for everyone who asks, and once for all who ask while an earlier read is under way. */
function sharedRead(read) {
    let underWay;
    let next;
    const begin = () => {
        const begun = read().finally(() => {
            if (underWay === begun)
                underWay = undefined;
        });
        underWay = begun;
        return begun;
    };
    const begunNext = () => {
        next = undefined;
        return begin();
    };
    return () => {
        if (underWay === undefined)
            return begin();
        next ??= underWay.then(begunNext, begunNext);
        return next;
    };
}

// EXTERNAL MODULE: ./packages/wire/src/http.ts
var src_http = __webpack_require__(8451);
;// CONCATENATED MODULE: ./packages/kubernetes/src/json.ts

/** The JSON in a text; undefined where it is none. */
function parsedJson(text) {
    try {
        const parsed = JSON.parse(text);
        return (0,canonical/* isJson */.Fh)(parsed) ? parsed : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/api-error.ts



/** An API server's refusal, as its Status object tells it. */
class ApiError extends Error {
    status;
    reason;
    /** Owners of the fields in conflict; empty for every other refusal, and for a conflict of versions. */
    owners;
    retryAfter;
    constructor(status, body, retryAfter) {
        const answer = parsedJson(body);
        super(textAt(answer, 'message') ?? `HTTP status ${status}: ${body.slice(0, 500)}`);
        this.name = 'ApiError';
        this.status = status;
        this.reason = textAt(answer, 'reason') ?? '';
        this.owners = listAt(answer, 'details', 'causes').flatMap(owner);
        this.retryAfter = retryAfter ?? seconds(numberAt(answer, 'details', 'retryAfterSeconds'));
    }
    /** The object has changed since it was read: 409 without owners. */
    get isStale() {
        return this.status === 409 && this.reason === 'Conflict' && this.owners.length === 0;
    }
    /** Other managers own fields that an apply would change. */
    get isOwned() {
        return this.status === 409 && this.owners.length > 0;
    }
    /** The API server itself says that the object is not there: a proxy's 404 says nothing of the kind. */
    get isNotFound() {
        return this.status === 404 && this.reason === 'NotFound';
    }
    /** An object of this name is there. */
    get alreadyExists() {
        return this.status === 409 && this.reason === 'AlreadyExists';
    }
    /** The server does not know a field or a type in the object: a 500 that no retry mends. */
    get isUntypable() {
        return this.status === 500 && this.message.includes('failed to create typed patch object');
    }
    /** Whether the same request may be answered later. */
    get isPassing() {
        return this.status === 429 || (this.status >= 500 && !this.isUntypable);
    }
}
/** `conflict with "kubectl" using apps/v1: .spec.replicas`, the field in a member of its own. */
function owner(cause) {
    if (!(0,canonical/* isJsonObject */.OW)(cause) || cause['reason'] !== 'FieldManagerConflict')
        return [];
    const message = textAt(cause, 'message') ?? '';
    return [{ manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message, field: textAt(cause, 'field') ?? '?' }];
}
function seconds(value) {
    return value === undefined ? undefined : String(value);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./packages/kubernetes/src/record-codec.ts



const mostEncodedBytes = 900 * 1024;
const mostUnpackedBytes = 8 * 1024 * 1024;
/**
 * A record as it is kept in a ConfigMap's binaryData: canonical JSON, gzip, base64.
 * @throws Failed `record-too-large` over 900 KiB.
 */
function packRecord(record) {
    const packed = (0,external_node_zlib_.gzipSync)((0,canonical/* canonicalJson */.dj)(encodeRecord(record)), { level: 9 }).toString('base64');
    if (packed.length <= mostEncodedBytes)
        return packed;
    throw new src_failure/* Failed */.cV({
        code: 'record-too-large',
        what: `the release record of ${record.service} would have ${(0,words/* size */.Ej)(packed.length)}`,
        why: `a record holds the manifests and may have ${(0,words/* size */.Ej)(mostEncodedBytes)} at most, compressed, since a ConfigMap takes no more than 1 MiB`,
        next: 'make the manifests smaller: large texts belong into `config`, which a record only names',
    });
}
/**
 * Reads what `packRecord` wrote.
 * @throws Failed `record-unreadable`; unpacking stops at 8 MiB.
 */
function unpackRecord(packed, name) {
    let parsed;
    try {
        parsed = JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpackedBytes }).toString('utf8'));
    }
    catch (error) {
        throw new src_failure/* Failed */.cV({
            code: 'record-unreadable',
            what: `the release record ${name} cannot be unpacked`,
            why: error instanceof Error ? error.message : 'it is damaged',
            next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
        });
    }
    return decodeRecord((0,canonical/* isJson */.Fh)(parsed) ? parsed : null, name);
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/record-store.ts







const label = { record: 'slipway.dev/record', namespace: 'slipway.dev/namespace', service: 'slipway.dev/service', verdict: 'slipway.dev/verdict' };
const isRecord = '1';
const isBlocks = 'blocks';
const note = {
    sequence: 'slipway.dev/sequence',
    fingerprint: 'slipway.dev/fingerprint',
    release: 'slipway.dev/release',
    versions: 'slipway.dev/versions',
    sourceKeys: 'slipway.dev/source-keys',
    source: 'slipway.dev/source',
    configurationCommit: 'slipway.dev/configuration-commit',
    unproven: 'slipway.dev/unproven',
    restores: 'slipway.dev/restores',
    undoes: 'slipway.dev/undoes',
    nonce: 'slipway.dev/nonce',
    blocks: 'slipway.dev/blocks',
};
/** Opens the records of `namespace`, kept in `recordNamespace`. The nonce is unique to this run. */
function openRecords(cluster, recordNamespace, namespace, nonce) {
    const refTo = (name) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, name });
    const nameOf = (service, sequence) => `${namespace}.${service}.v${sequence}`;
    const blocksName = (service) => `${namespace}.${service}.blocks`;
    /** The state in which this run made the records that wait for a verdict. */
    const made = new Map();
    /** The blocks of services as they were last listed; undefined where there were none. */
    const listed = new Map();
    const allBlocks = sharedRead(async () => {
        const labelSelector = `${label.record}=${isBlocks},${label.namespace}=${namespace}`;
        return (await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, labelSelector }, { metadataOnly: true })).items;
    });
    /** Not where the object has changed since that state, or is gone. */
    const isMerged = async (name, metadata) => {
        try {
            await cluster.mergeMetadata(refTo(name), metadata);
            return true;
        }
        catch (error) {
            if (error instanceof ApiError && (error.isStale || error.isNotFound))
                return false;
            throw error;
        }
    };
    /** Compare-and-set of labels or annotations: decided anew for every state that is met, until nothing is to be changed. */
    const amend = async (name, change) => {
        for (;;) {
            const live = await cluster.get(refTo(name));
            if (live === undefined)
                throw gone(name, recordNamespace);
            const metadata = change(live);
            if (metadata === undefined)
                return;
            if (await isMerged(name, { resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '', ...metadata }))
                return;
        }
    };
    return {
        async history(services) {
            if (services?.length === 0)
                return { heads: [], blocks: new Map() };
            const some = services === undefined ? '' : `,${label.service} in (${services.join(',')})`;
            const labelSelector = `${label.record},${label.namespace}=${namespace}${some}`;
            const { items } = await cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: recordNamespace, labelSelector }, { metadataOnly: true });
            const barring = items.filter((item) => textAt(item, 'metadata', 'labels', label.record) === isBlocks).map((item) => [textAt(item, 'metadata', 'labels', label.service) ?? '', item]);
            // Where all were listed, who has no blocks is in no list.
            if (services === undefined)
                listed.clear();
            for (const service of services ?? [])
                listed.set(service, undefined);
            for (const [service, item] of barring)
                listed.set(service, item);
            return { heads: items.flatMap(headFrom), blocks: new Map(barring.map(([service, item]) => [service, blocksFrom(item)])) };
        },
        check(record) {
            packRecord(record);
        },
        async create(record, fingerprint, { version, sourceKeys = [] }, verdict = 'pending') {
            const name = nameOf(record.service, record.sequence);
            const object = {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                metadata: {
                    name,
                    namespace: recordNamespace,
                    labels: { [label.record]: isRecord, [label.namespace]: namespace, [label.service]: record.service, [label.verdict]: verdict },
                    annotations: {
                        [note.sequence]: String(record.sequence),
                        [note.fingerprint]: fingerprint,
                        [note.release]: record.release,
                        [note.versions]: JSON.stringify(version === undefined ? [] : [version]),
                        ...(sourceKeys.length === 0 ? {} : { [note.sourceKeys]: JSON.stringify(sourceKeys) }),
                        [note.source]: JSON.stringify(encodeSource(record.source)),
                        ...(record.restores === undefined ? {} : { [note.restores]: String(record.restores) }),
                        ...(record.undoes === undefined ? {} : { [note.undoes]: record.undoes }),
                        [note.nonce]: nonce,
                    },
                },
                immutable: true,
                binaryData: { record: packRecord(record) },
            };
            try {
                const created = await cluster.create(object);
                if (verdict === 'pending')
                    made.set(name, textAt(created, 'metadata', 'resourceVersion') ?? '');
                return 'created';
            }
            catch (error) {
                const inDoubt = error instanceof src_http/* TransportError */.wX || (error instanceof ApiError && (error.alreadyExists || error.isPassing));
                if (!inDoubt)
                    throw error;
                // A reply may have been lost: our own is known by its nonce.
                const live = await cluster.get(refTo(name));
                if (live === undefined)
                    throw error;
                return textAt(live, 'metadata', 'annotations', note.nonce) === nonce ? 'created' : 'taken';
            }
        },
        async blocks(service) {
            const live = (await allBlocks()).find((item) => textAt(item, 'metadata', 'name') === blocksName(service));
            return live === undefined ? [] : blocksFrom(live);
        },
        async read(name) {
            const live = await cluster.get(refTo(name));
            if (live === undefined)
                return undefined;
            const record = unpackRecord(textAt(live, 'binaryData', 'record') ?? '', name);
            if (nameOf(record.service, record.sequence) === name)
                return record;
            throw new src_failure/* Failed */.cV({
                code: 'record-unreadable',
                what: `the release record ${name} cannot be read`,
                why: `it holds revision ${record.sequence} of ${record.service}`,
                next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
            });
        },
        async conclude(service, sequence, verdict) {
            const name = nameOf(service, sequence);
            const resourceVersion = made.get(name) ?? '';
            made.delete(name);
            if (resourceVersion !== '' && (await isMerged(name, { resourceVersion, labels: { [label.verdict]: verdict } })))
                return;
            await amend(name, (live) => textAt(live, 'metadata', 'labels', label.verdict) === 'pending' ? { labels: { [label.verdict]: verdict } } : undefined);
        },
        async addNames(head, { version, sourceKeys = [], configurationCommit, unproven }) {
            await amend(head.name, (live) => {
                const versions = withMore(textAt(live, 'metadata', 'annotations', note.versions), version === undefined ? [] : [version]);
                const keys = withMore(textAt(live, 'metadata', 'annotations', note.sourceKeys), sourceKeys);
                const source = sourceFrom(live);
                const annotations = {
                    ...(versions === undefined ? {} : { [note.versions]: versions }),
                    ...(keys === undefined ? {} : { [note.sourceKeys]: keys }),
                    ...(configurationCommit === undefined || configurationCommit === source.configurationCommit ? {} : { [note.configurationCommit]: configurationCommit }),
                    ...(unproven === undefined || unproven === source.unproven ? {} : { [note.unproven]: unproven }),
                };
                return Object.keys(annotations).length === 0 ? undefined : { annotations };
            });
        },
        async changeBlocks(service, change) {
            const name = blocksName(service);
            const noted = (blocks) => ({ annotations: { [note.blocks]: JSON.stringify(encodeBlocks(blocks)) } });
            const changed = (now) => {
                const before = blocksFrom(now);
                const after = change(before);
                return (0,canonical/* sameJson */.Vk)(encodeBlocks(before), encodeBlocks(after)) ? undefined : noted(after);
            };
            const seen = listed.has(service) ? listed.get(service) : await cluster.get(refTo(name));
            // Only once: what this run has changed is another state.
            listed.delete(service);
            if (seen === undefined) {
                const blocks = change([]);
                if (blocks.length === 0)
                    return;
                const labels = { [label.record]: isBlocks, [label.namespace]: namespace, [label.service]: service };
                try {
                    await cluster.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: recordNamespace, labels, ...noted(blocks) } });
                    return;
                }
                catch (error) {
                    // Another was faster, or the reply was lost: what is there is changed below, as far as that is still needed.
                    if (!(error instanceof ApiError && error.alreadyExists))
                        throw error;
                }
            }
            const metadata = seen && changed(seen);
            if (metadata !== undefined && (await isMerged(name, { resourceVersion: textAt(seen, 'metadata', 'resourceVersion') ?? '', ...metadata })))
                return;
            // What seems to need no change is looked at once more: somebody may have lifted a block since.
            await amend(name, changed);
        },
    };
}
/** Reads a record's metadata; what was not written by a record store is passed over. */
function headFrom(item) {
    const text = (...path) => textAt(item, 'metadata', ...path) ?? '';
    const sequence = numberFrom(text('annotations', note.sequence));
    const restores = numberFrom(text('annotations', note.restores));
    const undoes = text('annotations', note.undoes);
    const verdict = verdictFrom(text('labels', label.verdict));
    if (text('labels', label.record) !== isRecord || sequence === undefined || verdict === undefined)
        return [];
    return [
        {
            name: text('name'),
            service: text('labels', label.service),
            sequence,
            verdict,
            fingerprint: text('annotations', note.fingerprint),
            release: text('annotations', note.release),
            versions: texts(text('annotations', note.versions)),
            sourceKeys: texts(text('annotations', note.sourceKeys)),
            source: sourceFrom(item),
            ...(restores === undefined ? {} : { restores }),
            ...(undoes === '' ? {} : { undoes }),
            createdAt: text('creationTimestamp'),
            uid: text('uid'),
            resourceVersion: text('resourceVersion'),
        },
    ];
}
function numberFrom(text) {
    return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
/** What the record was made of, with what later deploys of the same content noted in its place. */
function sourceFrom(item) {
    const noted = (name) => textAt(item, 'metadata', 'annotations', name);
    const configurationCommit = noted(note.configurationCommit);
    const unproven = noted(note.unproven);
    return {
        ...decodeSource(parsedJson(noted(note.source) ?? '')),
        ...(configurationCommit === undefined ? {} : { configurationCommit }),
        ...(unproven === undefined ? {} : { unproven }),
    };
}
function blocksFrom(item) {
    const blocks = decodeBlocks(parsedJson(textAt(item, 'metadata', 'annotations', note.blocks) ?? '[]'));
    if (blocks !== undefined)
        return blocks;
    throw new src_failure/* Failed */.cV({
        code: 'record-unreadable',
        what: `the blocks in the ConfigMap ${textAt(item, 'metadata', 'name') ?? ''} cannot be read`,
        why: `its annotation ${note.blocks} is not what a rollback writes, so that nobody knows what must not be deployed`,
        next: `find out who changed it; without the annotation nothing is blocked`,
    });
}
function verdictFrom(text) {
    return ['pending', 'healthy', 'failed', 'interrupted'].find((verdict) => verdict === text);
}
/** The list of an annotation with what is new to it; undefined where nothing is. */
function withMore(json, more) {
    const known = texts(json ?? '');
    const added = more.filter((one) => !known.includes(one));
    return added.length === 0 ? undefined : JSON.stringify([...known, ...added]);
}
function texts(json) {
    return listAt(parsedJson(json)).filter((entry) => typeof entry === 'string');
}
function gone(name, namespace) {
    return new src_failure/* Failed */.cV({
        code: 'record-unreadable',
        what: `the release record ${name} is gone`,
        where: `namespace ${namespace}`,
        why: 'somebody has deleted the ConfigMap while the run was under way',
        next: 'find out who may delete there; then deploy again, which makes a new record',
    });
}

;// CONCATENATED MODULE: ./packages/access/src/guarded.ts



/** A port whose refusals and lost replies, where nobody expected them, are failures that say what to do. */
function guarded(port, cluster, role = 'the deploy role') {
    const rethrow = (error) => {
        throw failed(error, cluster, role);
    };
    return new Proxy(port, {
        get(target, key) {
            const member = Reflect.get(target, key);
            if (typeof member !== 'function')
                return member;
            return (...given) => {
                try {
                    const answer = Reflect.apply(member, target, given);
                    return answer instanceof Promise ? answer.catch(rethrow) : answer;
                }
                catch (error) {
                    return rethrow(error);
                }
            };
        },
    });
}
function failed(error, cluster, role) {
    if (error instanceof ApiError) {
        return new src_failure/* Failed */.cV({
            code: error.status === 403 ? 'access-denied' : 'cluster-refused',
            what: `the API server of ${cluster} refused a request`,
            why: error.message,
            next: error.status === 403 ? `grant it to the group or user that ${role} is mapped to (docs/rights.md of Slipway has the files), and start the run again` : 'start the run again; if it is refused again, ask the owner of the cluster',
        });
    }
    if (!(error instanceof src_http/* TransportError */.wX))
        return error;
    return new src_failure/* Failed */.cV({
        code: 'cluster-unreachable',
        what: `the API server of ${cluster} did not answer`,
        why: error.message,
        next: 'start the run again once it answers: what this one left is settled first',
    });
}

;// CONCATENATED MODULE: ./packages/aws/src/connection.ts
const attempts = { ECR: 10, EKS: 4, SECRETS_MANAGER: 6, STS: 4 };
/** Nothing is loaded and nothing connected before the first `settings`. */
function openConnection(environment) {
    let handler;
    return {
        environment,
        async settings(service, region) {
            handler ??= openHandler(environment);
            const endpoint = endpointOf(service, environment);
            return {
                region,
                requestHandler: await handler,
                maxAttempts: Number(environment['AWS_MAX_ATTEMPTS']) || attempts[service],
                retryMode: 'standard',
                defaultsMode: 'standard',
                ...(endpoint === undefined ? {} : { endpoint }),
            };
        },
    };
}
/** The SDK itself knows no proxy; Node's agents do. */
async function openHandler(environment) {
    const [http, https] = await Promise.all([Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7067, 23)), Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 23))]);
    // Taken by name where it is imported, so that the bundle leaves out the one for HTTP/2.
    const { NodeHttpHandler } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(259)]).then(__webpack_require__.bind(__webpack_require__, 8259));
    const agent = { keepAlive: true, proxyEnv: { ...environment } };
    return new NodeHttpHandler({
        httpAgent: new http.Agent(agent),
        httpsAgent: new https.Agent(agent),
        connectionTimeout: 5000,
        requestTimeout: 30_000,
        throwOnRequestTimeout: true,
    });
}
/** The endpoint that the variables name instead of the region's own. */
function endpointOf(service, environment) {
    if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true')
        return undefined;
    return nonEmpty(environment[`AWS_ENDPOINT_URL_${service}`]) ?? nonEmpty(environment['AWS_ENDPOINT_URL']);
}
function nonEmpty(text) {
    return text === '' ? undefined : text;
}

;// CONCATENATED MODULE: ./packages/aws/src/credentials.ts
const earlyMs = 5 * 60_000;
/** Gives the same credentials to everyone, and asks for new ones five minutes before they end: once, however many wait. */
function kept(fresh, now = Date.now) {
    let current;
    const renew = () => {
        const asked = fresh().catch((error) => {
            // The next one who asks tries again.
            if (current === asked)
                current = undefined;
            throw error;
        });
        current = asked;
        return asked;
    };
    return async () => {
        const asked = current;
        if (!asked)
            return renew();
        const { expiration } = await asked;
        if (expiration === undefined || expiration.getTime() - now() > earlyMs)
            return asked;
        return current === asked || current === undefined ? renew() : current;
    };
}

;// CONCATENATED MODULE: ./packages/aws/src/refusal.ts

const denied = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];
const throttled = ['ThrottlingException', 'Throttling', 'ThrottledException', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException'];
const expired = ['ExpiredToken', 'ExpiredTokenException'];
const unknownKey = ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'];
const unreached = /^(?:E[A-Z]+|EAI_AGAIN|UND_ERR_\w+|ERR_PROXY\w*|ERR_TLS\w*|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;
/**
 * What is thrown for a request that AWS refused, or that did not reach it: a failure in words where it is one of
 * those that any request can meet, else the error itself.
 */
function refusal(error, asked) {
    if (error instanceof src_failure/* Failed */.cV)
        return error;
    const { service, right, region, object } = asked;
    const name = errorName(error);
    const what = `${service} in ${region} refused ${right} for ${object}`;
    if (denied.includes(name))
        return new src_failure/* Failed */.cV({ code: 'access-denied', what, why: errorMessage(error), next: `allow ${right} on ${object} to the identity that signed in` });
    if (throttled.includes(name) || statusOf(error) === 429) {
        return new src_failure/* Failed */.cV({ code: 'throttled', what: `${service} in ${region} still throttles ${right} for ${object} after ${attemptsOf(error)} attempts`, why: errorMessage(error), next: 'run it again later, or ask AWS for a higher quota of this call' });
    }
    if (expired.includes(name)) {
        return new src_failure/* Failed */.cV({ code: 'sign-in-failed', what, why: 'the credentials of this job have expired', next: 'give the input "role", with which they are renewed, or make them live longer' });
    }
    // The text of AWS about a signature quotes the request with its session token.
    if (unknownKey.includes(name)) {
        return new src_failure/* Failed */.cV({ code: 'sign-in-failed', what, why: `AWS does not take the access key or its signature (${name})`, next: 'check the AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN that the job was given, and the clock of this machine' });
    }
    const code = codeOf(error);
    if (unreached.test(code) || name === 'TimeoutError') {
        return new src_failure/* Failed */.cV({
            code: 'unreachable',
            what: `${service} in ${region} cannot be reached for ${right}`,
            why: `${errorMessage(error)}${code === '' || errorMessage(error).includes(code) ? '' : ` (${code})`}`,
            next: 'check the region, the proxy variables (HTTPS_PROXY, NO_PROXY), AWS_ENDPOINT_URL if it is set, and what the runner\'s network lets through',
        });
    }
    const status = statusOf(error);
    if (status !== undefined && status >= 500) {
        return new src_failure/* Failed */.cV({ code: 'unreachable', what: `${service} in ${region} failed to answer ${right} for ${object} in ${attemptsOf(error)} attempts`, why: `it answers with status ${status}: ${errorMessage(error)}`, next: 'look at the AWS Health Dashboard, and run it again' });
    }
    return error instanceof Error ? error : new Error(errorMessage(error), { cause: error });
}
/** An error's name, whatever realm its class is of. */
function errorName(error) {
    return refusal_textOf(error, 'name');
}
function errorMessage(error) {
    const errors = memberOf(error, 'errors');
    const first = Array.isArray(errors) ? errors[0] : undefined;
    return refusal_textOf(error, 'message') || (first === undefined ? String(error) : errorMessage(first));
}
function codeOf(error) {
    const errors = memberOf(error, 'errors');
    const first = Array.isArray(errors) ? errors[0] : undefined;
    // An error of another realm is wrapped by the SDK into one that only quotes it.
    return refusal_textOf(error, 'code') || (first === undefined ? (/\b(?:ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)\b/.exec(errorMessage(error))?.[0] ?? '') : refusal_textOf(first, 'code'));
}
/** How often the SDK asked. */
function attemptsOf(answer) {
    const attempts = memberOf(memberOf(answer, '$metadata'), 'attempts');
    return typeof attempts === 'number' ? attempts : 1;
}
function statusOf(error) {
    const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
    return typeof status === 'number' ? status : undefined;
}
function refusal_textOf(value, name) {
    const member = memberOf(value, name);
    return typeof member === 'string' ? member : '';
}
function memberOf(value, name) {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./packages/wire/src/ahead.ts
var ahead = __webpack_require__(7454);
;// CONCATENATED MODULE: ./packages/aws/src/web-identity.ts



/**
 * Assumes a role with a web identity.
 * @throws Failed `sign-in-failed` where the trust policy, the provider or the token stands in the way.
 */
async function assumeWithWebIdentity(connection, region, { role, sessionName, token }, signal) {
    const { AssumeRoleWithWebIdentityCommand, STSClient } = await loadClient();
    const sts = new STSClient(await connection.settings('STS', region));
    try {
        const answer = await sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: role, RoleSessionName: sessionNameOf(sessionName), WebIdentityToken: token }), { abortSignal: signal });
        const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
        if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
            throw new Error('STS answered AssumeRoleWithWebIdentity without credentials');
        return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, ...(Expiration === undefined ? {} : { expiration: Expiration }) };
    }
    catch (error) {
        signal.throwIfAborted();
        const failure = refused(error, role, region, token);
        throw failure ? new src_failure/* Failed */.cV(failure) : refusal(error, { service: 'STS', right: 'sts:AssumeRoleWithWebIdentity', region, object: `the role ${role}` });
    }
}
/** Loads the client ahead. */
function loadSts() {
    (0,ahead/* loadAhead */.k)(loadClient);
}
/** What is taken of the client by name is all that the bundle holds of it. */
async function loadClient() {
    const { AssumeRoleWithWebIdentityCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(709), __webpack_require__.e(638)]).then(__webpack_require__.bind(__webpack_require__, 7455));
    return { AssumeRoleWithWebIdentityCommand, STSClient };
}
/** A name of 2 to 64 of the signs that STS takes. */
function sessionNameOf(wanted) {
    return wanted.replace(/[^\w+=,.@-]+/g, '-').slice(0, 64).padEnd(2, '-');
}
function refused(error, role, region, token) {
    const { sub, aud, iss } = claimsOf(token);
    const failure = (why, next) => ({ code: 'sign-in-failed', what: `the role ${role} could not be assumed`, why, next });
    const names = errorName(error);
    switch (names) {
        case 'AccessDenied':
        case 'AccessDeniedException':
            return failure(`its trust policy does not take this job's token (sub "${sub}", aud "${aud}"), or there is no such role: STS does not tell which`, `check the role's ARN, and that its trust policy allows sts:AssumeRoleWithWebIdentity for exactly this sub and aud`);
        case 'InvalidIdentityToken':
        case 'InvalidIdentityTokenException':
            return failure(`the role's account takes no token of ${iss} for the audience ${aud}: ${errorMessage(error)}`, `create an IAM identity provider for ${iss} with the audience ${aud} in that account, or correct the role's ARN`);
        case 'ExpiredToken':
        case 'ExpiredTokenException':
            return failure('the job\'s OIDC token had expired when it was used', 'run the job again; if it stays, set the clock of the runner');
        case 'IDPCommunicationError':
        case 'IDPCommunicationErrorException':
            return failure(`STS could not fetch the keys of ${iss}`, 'run the job again; if it stays, see whether the issuer can be reached from the internet');
        case 'RegionDisabledException':
            return failure(`STS is not activated in ${region} for that account`, 'activate the region in the account, or use another');
        case 'ValidationError':
        case 'ValidationException':
            return failure(errorMessage(error), 'correct the role\'s ARN');
        default:
            return undefined;
    }
}
/** Who the token says the job is; it is not verified here. */
function claimsOf(token) {
    let claims;
    try {
        claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    }
    catch {
        claims = undefined;
    }
    const claim = (name) => {
        const value = typeof claims === 'object' && claims !== null ? Reflect.get(claims, name) : undefined;
        return typeof value === 'string' ? value : 'unreadable';
    };
    return { sub: claim('sub'), aud: claim('aud'), iss: claim('iss') };
}

;// CONCATENATED MODULE: ./packages/aws/src/standard-chain.ts






/**
 * The credentials that the machine gives: variables, shared files (SSO, processes and roles of a profile too), a web
 * identity's token file, the container's endpoint. The metadata service of EC2 is never asked: off EC2 it costs
 * seconds, and on a self-hosted runner it gives every job the rights of the machine.
 * @throws Failed `sign-in-failed` naming the places, or what is wrong in the one that is given.
 */
async function standardCredentials(connection, region, sessionName, signal) {
    const places = [keysInVariables(connection.environment), sharedFiles(connection, region, signal), tokenFile(connection, region, sessionName, signal), container(connection.environment)];
    for (const place of places) {
        if (!(await place.isGiven()))
            continue;
        try {
            return await place.load();
        }
        catch (error) {
            signal.throwIfAborted();
            if (error instanceof src_failure/* Failed */.cV)
                throw error;
            throw new src_failure/* Failed */.cV({ code: 'sign-in-failed', what: `the credentials in ${place.name} cannot be used`, why: errorMessage(error), next: 'mend or remove what stands there, or give the input "role"' });
        }
    }
    throw new src_failure/* Failed */.cV({
        code: 'sign-in-failed',
        what: 'no AWS credentials were found',
        why: `nothing stands in ${places.map(({ name }) => name).join('; ')}; the metadata service of EC2 is not asked`,
        next: 'give the input "role", the ARN of a role that trusts this job\'s OIDC token, or put credentials where they are looked for',
    });
}
function keysInVariables(environment) {
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '' } = environment;
    return {
        name: 'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        // A profile that is named goes before keys, as in the SDK's own chain.
        isGiven: () => accessKeyId !== '' && secretAccessKey !== '' && (environment['AWS_PROFILE'] ?? '') === '',
        load: () => Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) }),
    };
}
function sharedFiles(connection, region, signal) {
    const { environment } = connection;
    const folder = (0,external_node_path_.join)(environment['HOME'] ?? (0,external_node_os_.homedir)(), '.aws');
    const named = environment['AWS_PROFILE'] ?? '';
    const profile = named === '' ? 'default' : named;
    const files = { profile, filepath: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? (0,external_node_path_.join)(folder, 'credentials'), configFilepath: environment['AWS_CONFIG_FILE'] ?? (0,external_node_path_.join)(folder, 'config'), ignoreCache: true };
    return {
        name: `the profile ${profile} of ${files.filepath} and ${files.configFilepath}`,
        async isGiven() {
            if (named !== '')
                return true;
            const { parseKnownFiles } = await __webpack_require__.e(/* import() */ 257).then(__webpack_require__.bind(__webpack_require__, 257));
            return Object.keys((await parseKnownFiles(files))[profile] ?? {}).some((key) => /^aws_access_key_id$|^role_arn$|^credential_process$|^sso_|^login_session$/.test(key));
        },
        async load() {
            const { fromIni } = await __webpack_require__.e(/* import() */ 236).then(__webpack_require__.bind(__webpack_require__, 6236));
            const { parseKnownFiles } = await __webpack_require__.e(/* import() */ 257).then(__webpack_require__.bind(__webpack_require__, 257));
            refuseMetadata(await parseKnownFiles(files), profile);
            const settings = await connection.settings('STS', region);
            const provider = fromIni({
                ...files,
                clientConfig: { region, requestHandler: settings.requestHandler },
                roleAssumerWithWebIdentity: ({ RoleArn, RoleSessionName, WebIdentityToken }) => assumeWithWebIdentity(connection, region, { role: RoleArn, sessionName: RoleSessionName, token: WebIdentityToken }, signal),
                async roleAssumer(credentials, params) {
                    const { AssumeRoleCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(709), __webpack_require__.e(638)]).then(__webpack_require__.bind(__webpack_require__, 7455));
                    const answer = await new STSClient({ ...settings, credentials }).send(new AssumeRoleCommand(params), { abortSignal: signal });
                    const { AccessKeyId = '', SecretAccessKey = '', SessionToken, Expiration } = answer.Credentials ?? {};
                    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }), ...(Expiration === undefined ? {} : { expiration: Expiration }) };
                },
            });
            return provider();
        },
    };
}
/** A profile can lead to the metadata service as well. */
function refuseMetadata(profiles, first) {
    const seen = new Set();
    for (let name = first; name !== undefined && !seen.has(name); name = profiles[name]?.['source_profile']) {
        seen.add(name);
        if (profiles[name]?.['credential_source'] === 'Ec2InstanceMetadata')
            throw new Error(`the profile ${name} takes its credentials from the metadata service of EC2 (credential_source), which is never asked`);
    }
}
function tokenFile(connection, region, sessionName, signal) {
    const { AWS_WEB_IDENTITY_TOKEN_FILE: file = '', AWS_ROLE_ARN: role = '', AWS_ROLE_SESSION_NAME: named = '' } = connection.environment;
    return {
        name: 'the variables AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN',
        isGiven: () => file !== '' && role !== '',
        load: async () => assumeWithWebIdentity(connection, region, { role, sessionName: named === '' ? sessionName : named, token: (0,external_node_fs_.readFileSync)(file, 'utf8').trim() }, signal),
    };
}
function container({ AWS_CONTAINER_CREDENTIALS_FULL_URI: full = '', AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative = '', AWS_CONTAINER_AUTHORIZATION_TOKEN: token = '', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file = '' }) {
    return {
        name: 'the variables AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
        isGiven: () => full !== '' || relative !== '',
        async load() {
            const { fromHttp } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(459)]).then(__webpack_require__.bind(__webpack_require__, 7459));
            const provider = fromHttp({
                ...(relative === '' ? { awsContainerCredentialsFullUri: full } : { awsContainerCredentialsRelativeUri: relative }),
                ...(file === '' ? (token === '' ? {} : { awsContainerAuthorizationToken: token }) : { awsContainerAuthorizationTokenFile: file }),
            });
            return provider();
        },
    };
}

;// CONCATENATED MODULE: ./packages/aws/src/token-audience.ts
/** For whom a job's OIDC token is made out: AWS takes no other. */
const tokenAudience = 'sts.amazonaws.com';

;// CONCATENATED MODULE: ./packages/aws/src/session.ts








/**
 * Signs in: with a role by the job's OIDC token, without one by the standard chain less the metadata service.
 * @throws Failed `wrong-account` before anything else is asked, `sign-in-failed`, `unreachable`.
 */
async function signIn(options) {
    const { region, role, expectedAccount, environment, signal, sessionName } = options;
    signal.throwIfAborted();
    const known = role === undefined ? undefined : accountOfRole(role);
    if (known !== undefined)
        compare(expectedAccount, known, `the role ${role ?? ''}`);
    const connection = openConnection(environment);
    const credentials = kept(role === undefined
        ? () => standardCredentials(connection, region, sessionName, signal)
        : async () => assumeWithWebIdentity(connection, region, { role, sessionName, token: await options.idToken(tokenAudience, loadSts) }, signal));
    await credentials();
    let asked;
    const account = () => {
        asked ??= known === undefined ? callerAccount(connection, region, credentials, signal) : Promise.resolve(known);
        return asked;
    };
    if (expectedAccount !== undefined)
        compare(expectedAccount, await account(), 'the credentials of this job');
    return sessionIn(region, { connection, credentials, account });
}
function sessionIn(region, identity) {
    const { connection, credentials, account } = identity;
    return {
        region,
        account,
        credentials,
        in: (other) => sessionIn(other, identity),
        settings: async (service) => ({ ...(await connection.settings(service, region)), credentials }),
    };
}
function accountOfRole(role) {
    const account = /^arn:aws[a-z-]*:iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(role)?.[1];
    if (account !== undefined && names/* accountRule */.GX.is(account))
        return account;
    throw new src_failure/* Failed */.cV({ code: 'input-invalid', what: `the role "${role}" is no ARN of a role`, why: 'a role\'s ARN has the form arn:aws:iam::<account>:role/<name>', next: 'copy the ARN from the role\'s page in IAM' });
}
function compare(expected, actual, whose) {
    if (expected === undefined || expected === actual)
        return;
    throw new src_failure/* Failed */.cV({
        code: 'wrong-account',
        what: `${whose} belong${whose.startsWith('the role') ? 's' : ''} to account ${actual}, and ${expected} is expected`,
        why: 'the expected account guards against working in the wrong one, so nothing was done',
        next: 'correct the role or the credentials, or the expected account',
    });
}
async function callerAccount(connection, region, credentials, signal) {
    const { GetCallerIdentityCommand, STSClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(709), __webpack_require__.e(638)]).then(__webpack_require__.bind(__webpack_require__, 7455));
    const sts = new STSClient({ ...(await connection.settings('STS', region)), credentials });
    try {
        const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
        if (names/* accountRule */.GX.is(Account))
            return Account;
        throw new Error(`STS answered GetCallerIdentity with the account "${Account}"`);
    }
    catch (error) {
        signal.throwIfAborted();
        throw refusal(error, { service: 'STS', right: 'sts:GetCallerIdentity', region, object: 'the credentials of this job' });
    }
}

;// CONCATENATED MODULE: ./packages/aws/src/eks.ts



/** Opens EKS; nothing is loaded or asked before the first call. */
function openEks(session, { signal }) {
    const { region } = session;
    return {
        async describe(name) {
            const { DescribeClusterCommand, EKSClient } = await eks_loadClient();
            const client = new EKSClient(await session.settings('EKS'));
            try {
                const { cluster = {} } = await client.send(new DescribeClusterCommand({ name }), { abortSignal: signal });
                const { endpoint, arn = '', status = 'UNKNOWN', certificateAuthority } = cluster;
                // While a cluster is updated its API server goes on serving.
                if (endpoint === undefined || !['ACTIVE', 'UPDATING'].includes(status))
                    throw notServing(name, region, status);
                const authority = certificateAuthority?.data ?? '';
                return { endpoint, arn, ...(authority === '' ? {} : { ca: Buffer.from(authority, 'base64').toString() }) };
            }
            catch (error) {
                signal.throwIfAborted();
                if (errorName(error) === 'ResourceNotFoundException')
                    throw await missing(name, session);
                throw refusal(error, { service: 'EKS', right: 'eks:DescribeCluster', region, object: `the cluster ${name}` });
            }
        },
    };
}
/** Loads the client ahead. */
function loadEks() {
    (0,ahead/* loadAhead */.k)(eks_loadClient);
}
/** What is taken of the client by name is all that the bundle holds of it. */
async function eks_loadClient() {
    const { DescribeClusterCommand, EKSClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(143), __webpack_require__.e(770), __webpack_require__.e(365)]).then(__webpack_require__.bind(__webpack_require__, 5592));
    return { DescribeClusterCommand, EKSClient };
}
function notServing(name, region, status) {
    return new src_failure/* Failed */.cV({
        code: 'cluster-unreachable',
        what: `the cluster ${name} in ${region} has the status ${status}`,
        why: 'a cluster can be worked with only while it is ACTIVE or UPDATING',
        next: status === 'CREATING' || status === 'PENDING' ? 'wait until it is made, and run this again' : 'look at the cluster in the EKS console',
    });
}
async function missing(name, session) {
    return new src_failure/* Failed */.cV({
        code: 'cluster-missing',
        what: `there is no EKS cluster ${name} in ${session.region} of account ${await session.account()}`,
        why: 'EKS knows none of this name there',
        next: 'check the cluster\'s name, the region, and the account that the role belongs to',
    });
}

;// CONCATENATED MODULE: ./packages/aws/src/eks-token.ts
// An EKS token is taken for fifteen minutes after it was signed.
const livesMs = 14 * 60_000;
/** Signs a token for a cluster: a presigned GetCallerIdentity that names it. No request is sent. */
async function eksToken(session, cluster) {
    const { STSClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(709), __webpack_require__.e(638)]).then(__webpack_require__.bind(__webpack_require__, 7455));
    const { SignatureV4 } = await Promise.all(/* import() */[__webpack_require__.e(476), __webpack_require__.e(522)]).then(__webpack_require__.bind(__webpack_require__, 8736));
    const settings = await session.settings('STS');
    const { config } = new STSClient(settings);
    const endpoint = settings.endpoint === undefined ? config.endpointProvider({ Region: session.region, UseGlobalEndpoint: false }).url : new URL(settings.endpoint);
    const credentials = await session.credentials();
    const signer = new SignatureV4({ service: 'sts', region: session.region, credentials, sha256: config.sha256 });
    const signedAtMs = Date.now();
    const { query = {} } = await signer.presign({
        method: 'GET',
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        headers: { host: endpoint.host, 'x-k8s-aws-id': cluster },
    }, { expiresIn: 60, signingDate: new Date(signedAtMs) });
    const url = `${endpoint.protocol}//${endpoint.host}/?${Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(String(value))}`).join('&')}`;
    return {
        token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
        expiresAtMs: Math.min(signedAtMs + livesMs, credentials.expiration?.getTime() ?? Infinity),
    };
}
function encoded(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

// EXTERNAL MODULE: ./packages/wire/src/parallel.ts
var parallel = __webpack_require__(5988);
;// CONCATENATED MODULE: ./packages/aws/src/secrets.ts



const current = 'AWSCURRENT';
const inBatch = 20;
/** Opens Secrets Manager; nothing is loaded or asked before the first read. */
function openSecrets(session, { signal }) {
    let opened;
    return {
        async read(wanted) {
            if (wanted.length === 0)
                return [];
            opened ??= secrets_open(session, signal);
            const manager = await opened;
            const ids = [...new Set(wanted.filter(isCurrent).map(({ secretId }) => secretId))];
            const others = [...new Map(wanted.filter((one) => !isCurrent(one)).map((one) => [keyOf(one), one])).values()];
            const chunks = Array.from({ length: Math.ceil(ids.length / inBatch) }, (_, index) => ids.slice(index * inBatch, index * inBatch + inBatch));
            const answers = new Map();
            await Promise.all([
                (0,parallel/* mapLimit */.s)(chunks, 8, async (chunk) => {
                    for (const [secretId, answer] of await manager.batch(chunk))
                        answers.set(keyOf({ secretId }), answer);
                }),
                (0,parallel/* mapLimit */.s)(others, 16, async (one) => {
                    answers.set(keyOf(one), await manager.single(one));
                }),
            ]);
            return wanted.map((one) => {
                const answer = answers.get(keyOf(one));
                if (!answer)
                    throw new Error(`no answer for the secret ${one.secretId}`);
                return answer;
            });
        },
    };
}
function isCurrent({ stage }) {
    return stage === undefined || stage === current;
}
function keyOf({ secretId, stage }) {
    return JSON.stringify([secretId, stage ?? current]);
}
async function secrets_open(session, signal) {
    const { BatchGetSecretValueCommand, GetSecretValueCommand, SecretsManagerClient } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(143), __webpack_require__.e(837), __webpack_require__.e(537)]).then(__webpack_require__.bind(__webpack_require__, 8537));
    const client = new SecretsManagerClient(await session.settings('SECRETS_MANAGER'));
    const { region } = session;
    const single = async (wanted) => {
        try {
            const entry = await client.send(new GetSecretValueCommand({ SecretId: wanted.secretId, ...(wanted.stage === undefined ? {} : { VersionStage: wanted.stage }) }), { abortSignal: signal });
            return versionOf(entry, wanted);
        }
        catch (error) {
            signal.throwIfAborted();
            const failure = failureOf(errorName(error), errorMessage(error), wanted, region);
            if (failure)
                return failure;
            throw refusal(error, askedFor('GetSecretValue', wanted.secretId, region));
        }
    };
    return {
        single,
        async batch(ids) {
            let values = [];
            const failures = new Map();
            try {
                const answer = await client.send(new BatchGetSecretValueCommand({ SecretIdList: [...ids] }), { abortSignal: signal });
                values = answer.SecretValues ?? [];
                for (const { SecretId = '', ErrorCode = '', Message = '' } of answer.Errors ?? []) {
                    const failure = failureOf(ErrorCode, Message, { secretId: SecretId }, region);
                    if (failure)
                        failures.set(SecretId, failure);
                }
            }
            catch (error) {
                signal.throwIfAborted();
                // Many policies grant GetSecretValue alone, and one malformed id refuses its whole batch: each is then asked for by itself.
                if (!isDenied(errorName(error)) && !isMalformed(errorName(error)))
                    throw refusal(error, askedFor('BatchGetSecretValue', (0,words/* count */.U9)(ids.length, 'secret'), region));
            }
            // What the answer says nothing of is asked for alone: an answer is cut where its values are many bytes.
            return new Map(await (0,parallel/* mapLimit */.s)(ids, 16, async (secretId) => {
                const value = values.find((entry) => isOf(entry, secretId));
                return [secretId, value ? versionOf(value, { secretId }) : (failures.get(secretId) ?? (await single({ secretId })))];
            }));
        },
    };
}
/** An id is a name, an ARN, or an ARN without the six signs at its end. */
function isOf({ ARN = '', Name = '' }, secretId) {
    return Name === secretId || ARN === secretId || (secretId.startsWith('arn:') && ARN.startsWith(`${secretId}-`) && ARN.length === secretId.length + 7);
}
function versionOf({ ARN, VersionId, SecretString, SecretBinary }, { secretId }) {
    const value = SecretString ?? SecretBinary;
    if (ARN === undefined || VersionId === undefined || value === undefined)
        throw new Error(`Secrets Manager answered without a value for ${secretId}`);
    return { arn: ARN, versionId: VersionId, value };
}
function isDenied(name) {
    return name === 'AccessDeniedException' || name === 'AccessDenied';
}
function isMalformed(name) {
    return name === 'ValidationException' || name === 'InvalidParameterException';
}
function askedFor(operation, object, region) {
    return { service: 'Secrets Manager', right: `secretsmanager:${operation}`, region, object };
}
function failureOf(name, message, { secretId, stage }, region) {
    const where = `Secrets Manager in ${region}`;
    if (name === 'ResourceNotFoundException') {
        // A secret without a value of this stage is told by the same error as a secret that does not exist.
        if (/staging label|VersionId/.test(message)) {
            return { code: 'secret-missing', what: `the secret ${secretId} has no version with the stage ${stage ?? current}`, where, why: 'the secret is there, but no value of it carries this label', next: 'correct the stage, or put a value with this label' };
        }
        return { code: 'secret-missing', what: `the secret ${secretId} does not exist`, where, why: 'Secrets Manager finds none of this name in this region and account', next: 'correct its name or the region, create it, or replicate it to this region' };
    }
    if (name === 'InvalidRequestException') {
        if (!/deleted|deletion/.test(message))
            return { code: 'secret-missing', what: `the secret ${secretId} cannot be read`, where, why: message, next: 'look at the secret in the console' };
        return { code: 'secret-missing', what: `the secret ${secretId} is marked for deletion`, where, why: 'its values cannot be read any more', next: 'restore it (RestoreSecret) if it is still wanted, or name another' };
    }
    if (name === 'DecryptionFailure' || name === 'DecryptionFailureException') {
        return { code: 'access-denied', what: `the secret ${secretId} cannot be decrypted`, where, why: message, next: 'enable its KMS key, and allow kms:Decrypt on it to the role' };
    }
    if (isDenied(name)) {
        return { code: 'access-denied', what: `the secret ${secretId} may not be read`, where, why: message, next: 'allow secretsmanager:GetSecretValue on it to the role, and kms:Decrypt where it has a key of its own' };
    }
    if (isMalformed(name))
        return { code: 'secret-missing', what: `"${secretId}" cannot be the id of a secret`, where, why: message, next: 'correct the name or the ARN' };
    return undefined;
}

;// CONCATENATED MODULE: ./packages/aws/src/ecr.ts




const acceptedMediaTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/** Opens ECR; nothing is loaded or asked before the first call. */
function openEcr(session, options) {
    const { signal, onRetry, account } = options;
    const here = options.region === undefined ? session : session.in(options.region);
    const registry = account === undefined ? {} : { registryId: account };
    let opened;
    const ask = async (call) => {
        signal.throwIfAborted();
        opened ??= ecr_open(here, onRetry);
        try {
            return await call(await opened);
        }
        catch (error) {
            signal.throwIfAborted();
            throw error;
        }
    };
    const asked = (operation, object) => ({ service: 'ECR', right: `ecr:${operation}`, region: here.region, object });
    const hundred = async (repository, imageIds) => {
        try {
            const { images = [], failures = [] } = await ask(({ ecr, client }) => client.send(new ecr.BatchGetImageCommand({ ...registry, repositoryName: repository, imageIds, acceptedMediaTypes }), { abortSignal: signal }));
            refuseFailures(failures, repository, here.region);
            return images.map((image) => imageOf(image, repository));
        }
        catch (error) {
            if (errorName(error) === 'RepositoryNotFoundException')
                return undefined;
            throw refusal(error, asked('BatchGetImage', `the repository ${repository}`));
        }
    };
    return {
        async batchGetImage(repository, ids) {
            const imageIds = ids.map((id) => ('tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest }));
            const chunks = Array.from({ length: Math.ceil(imageIds.length / 100) }, (_, index) => imageIds.slice(index * 100, index * 100 + 100));
            const found = [];
            for (const images of await (0,parallel/* mapLimit */.s)(chunks, 4, (chunk) => hundred(repository, chunk))) {
                if (images === undefined)
                    return 'repository-missing';
                found.push(...images);
            }
            return { found };
        },
        async putImage(repository, { manifest, mediaType, tag, digest }) {
            const input = { ...registry, repositoryName: repository, imageManifest: manifest, imageManifestMediaType: mediaType, imageTag: tag, imageDigest: digest };
            try {
                await ask(({ ecr, tagger }) => tagger().send(new ecr.PutImageCommand(input), { abortSignal: signal }));
                return 'tagged';
            }
            catch (error) {
                switch (errorName(error)) {
                    case 'ImageAlreadyExistsException':
                        return 'same';
                    case 'ImageTagAlreadyExistsException':
                        return { immutable: true };
                    case 'LayersNotFoundException':
                        return { incomplete: `a layer${digestsIn(errorMessage(error))}` };
                    case 'ReferencedImagesNotFoundException':
                        return { incomplete: `an image of the index${digestsIn(errorMessage(error))}` };
                    case 'RepositoryNotFoundException':
                        return 'repository-missing';
                    case QuotaReached.name:
                        throw new src_failure/* Failed */.cV({ code: 'push-failed', what: `the tag ${tag} could not be put: ${repository} takes no more images or tags`, where: `ECR in ${here.region}`, why: errorMessage(error), next: 'add a lifecycle policy that removes old images, or ask AWS for a higher quota' });
                    case 'KmsException':
                        throw keyRefused(repository, here.region, errorMessage(error));
                    default:
                        throw refusal(error, asked('PutImage', `the repository ${repository}`));
                }
            }
        },
        async createRepository(repository) {
            try {
                await ask(({ ecr, client }) => client.send(new ecr.CreateRepositoryCommand({ ...registry, repositoryName: repository }), { abortSignal: signal }));
                return 'created';
            }
            catch (error) {
                if (errorName(error) === 'RepositoryAlreadyExistsException')
                    return 'exists';
                if (errorName(error) === QuotaReached.name) {
                    throw new src_failure/* Failed */.cV({ code: 'repository-missing', what: `the repository ${repository} could not be created`, where: `ECR in ${here.region}`, why: errorMessage(error), next: 'remove repositories that are not used, or ask AWS for a higher quota' });
                }
                throw refusal(error, asked('CreateRepository', `the repository ${repository}`));
            }
        },
        async authorization() {
            try {
                const { authorizationData = [] } = await ask(({ ecr, client }) => client.send(new ecr.GetAuthorizationTokenCommand({}), { abortSignal: signal }));
                const { authorizationToken = '', proxyEndpoint = '' } = authorizationData[0] ?? {};
                const [, username, password] = /^([^:]+):(.+)$/s.exec(Buffer.from(authorizationToken, 'base64').toString()) ?? [];
                if (username === undefined || password === undefined)
                    throw new Error('ECR answered GetAuthorizationToken without a name and a password');
                return { username, password, endpoint: proxyEndpoint };
            }
            catch (error) {
                throw refusal(error, asked('GetAuthorizationToken', 'the registry'));
            }
        },
    };
}
/** Loads the client ahead. */
function loadEcr() {
    loadAhead(ecr_loadClient);
}
/** What is taken of the client by name is all that the bundle holds of it. */
async function ecr_loadClient() {
    const { BatchGetImageCommand, CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand, PutImageCommand } = await Promise.all(/* import() */[__webpack_require__.e(668), __webpack_require__.e(20), __webpack_require__.e(476), __webpack_require__.e(491), __webpack_require__.e(143), __webpack_require__.e(837), __webpack_require__.e(464)]).then(__webpack_require__.bind(__webpack_require__, 7464));
    return { BatchGetImageCommand, CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand, PutImageCommand };
}
async function ecr_open(session, onRetry) {
    const ecr = await ecr_loadClient();
    const settings = await session.settings('ECR');
    const watched = (client) => {
        watchAttempts(client, session.region, onRetry);
        return client;
    };
    let tagger;
    return {
        ecr,
        client: watched(new ecr.ECRClient(settings)),
        // Standard retries have a budget that a burst of tags spends before it is through. Adaptive ones slow down to what
        // the registry takes; for a single refused read they would be slower.
        tagger: () => (tagger ??= watched(new ecr.ECRClient({ ...settings, retryMode: 'adaptive' }))),
    };
}
/** A quota of AWS that stays reached, however often one asks. */
class QuotaReached extends Error {
    name = 'QuotaReached';
}
/** Tells each further attempt as it begins, and ends the attempts at a quota, which the SDK takes for throttling. */
function watchAttempts(client, region, onRetry) {
    client.middlewareStack.add((next, { commandName = '' }) => {
        const operation = commandName.replace(/Command$/, '');
        let attempt = 0;
        let refused = '';
        return async (args) => {
            attempt += 1;
            if (attempt > 1)
                onRetry(`ECR in ${region} is asked again (attempt ${attempt}) for ${operation} of ${objectOf(args.input)}, after ${refused}`);
            try {
                return await next(args);
            }
            catch (error) {
                if (errorName(error) === 'LimitExceededException' && limited.includes(operation))
                    throw new QuotaReached(errorMessage(error), { cause: error });
                refused = errorName(error);
                throw error;
            }
        };
    }, 
    // Inside the retries, outside of what reads the answer.
    { step: 'deserialize', priority: 'high', name: 'slipwayAttempts' });
}
/** Operations whose LimitExceededException is a quota of things, not of calls. */
const limited = ['PutImage', 'CreateRepository'];
function objectOf(input) {
    if (!('repositoryName' in input) || typeof input.repositoryName !== 'string')
        return 'the registry';
    return 'imageTag' in input && typeof input.imageTag === 'string' ? `${input.repositoryName}:${input.imageTag}` : input.repositoryName;
}
function imageOf({ imageId, imageManifest, imageManifestMediaType }, repository) {
    const { imageDigest = '', imageTag } = imageId ?? {};
    if (!names/* digestRule */.ZT.is(imageDigest) || imageManifest === undefined || imageManifestMediaType === undefined)
        throw new Error(`ECR answered BatchGetImage of ${repository} with an image without digest or manifest`);
    return { digest: imageDigest, manifest: imageManifest, mediaType: imageManifestMediaType, ...(imageTag !== undefined && names/* tagRule */.D$.is(imageTag) ? { tag: imageTag } : {}) };
}
/** An image that is not there, or archived, is simply not found; anything else stands in the way. */
function refuseFailures(failures, repository, region) {
    const other = failures.find(({ failureCode }) => failureCode !== 'ImageNotFound' && failureCode !== 'ImageInaccessible');
    if (!other)
        return;
    const { failureCode = 'no code', failureReason = 'ECR gives no reason', imageId } = other;
    if (failureCode === 'KmsError')
        throw keyRefused(repository, region, failureReason);
    throw new src_failure/* Failed */.cV({
        code: 'image-missing',
        what: `ECR in ${region} could not say what ${repository}:${imageId?.imageTag ?? imageId?.imageDigest ?? ''} is`,
        why: `${failureCode}: ${failureReason}`,
        next: failureCode.startsWith('Upstream') ? 'check the pull-through cache rule of the repository and its upstream registry' : 'look at the image in the registry, and run it again',
    });
}
function keyRefused(repository, region, reason) {
    return new src_failure/* Failed */.cV({ code: 'access-denied', what: `ECR in ${region} may not use the encryption key of ${repository}`, why: reason, next: 'enable the KMS key of the repository, and let its key policy allow ECR' });
}
function digestsIn(message) {
    const digests = message.match(/sha256:[0-9a-f]{64}/g) ?? [];
    return digests.length === 0 ? '' : ` (${[...new Set(digests)].join(', ')})`;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/discovery.ts


/** What every supported server has under these names, which Kubernetes never changes: to ask would cost each run a round trip. */
const everywhere = [
    ['v1', 'ConfigMap', 'configmaps'],
    ['v1', 'Event', 'events'],
    ['v1', 'Namespace', 'namespaces'],
    ['v1', 'Pod', 'pods'],
    ['v1', 'Secret', 'secrets'],
    ['v1', 'Service', 'services'],
    ['apps/v1', 'Deployment', 'deployments'],
    ['apps/v1', 'ReplicaSet', 'replicasets'],
    ['coordination.k8s.io/v1', 'Lease', 'leases'],
];
function openDiscovery(server) {
    const asking = new Map();
    const resourcesAt = async (base) => {
        const asked = asking.get(base) ?? resourcesOf(server, base);
        asking.set(base, asked);
        try {
            return await asked;
        }
        catch (error) {
            if (asking.get(base) === asked)
                asking.delete(base);
            throw error;
        }
    };
    return {
        async resource(apiVersion, kind) {
            const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
            const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
            const known = everywhere.find(([version, name]) => version === apiVersion && name === kind);
            if (known !== undefined)
                return { base, group, plural: known[2], namespaced: kind !== 'Namespace' };
            const found = (await resourcesAt(base)).find((entry) => textAt(entry, 'kind') === kind && textAt(entry, 'name')?.includes('/') === false);
            const plural = textAt(found, 'name');
            if (plural === undefined)
                return undefined;
            return { base, group, plural, namespaced: at(found, 'namespaced') === true };
        },
    };
}
async function resourcesOf(server, base) {
    try {
        return listAt(await server.object({ method: 'GET', path: base }), 'resources');
    }
    catch (error) {
        if (error instanceof ApiError && error.status === 404)
            return [];
        throw error;
    }
}

// EXTERNAL MODULE: ./packages/wire/src/retry.ts
var retry = __webpack_require__(8497);
;// CONCATENATED MODULE: ./packages/kubernetes/src/tokens.ts
const tokens_earlyMs = 60_000;
/** Asks for a token when one is needed, once for all that wait; a failure is told to them and then forgotten. */
function openTokens(ask, clock) {
    let coming;
    let last;
    const next = async () => {
        try {
            last = await ask();
            return last;
        }
        finally {
            coming = undefined;
        }
    };
    return {
        async current() {
            if (last !== undefined && last.expiresAtMs - clock.now() > tokens_earlyMs)
                return last.token;
            coming ??= next();
            return (await coming).token;
        },
        refused(token) {
            if (last?.token === token)
                last = undefined;
        },
    };
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/requests.ts






const budgetMs = 60_000;
/**
 * Opens the way to an API server. Lost replies and passing refusals (429, 5xx) are tried again within a minute, as
 * Retry-After says; a 401 once, with a fresh token.
 * @throws Failed `cluster-refused` for plain http off loopback.
 */
function openServer(options) {
    const { http, clock } = options;
    refusePlainHttp(options);
    const tokens = openTokens(options.token, clock);
    const attempt = async (request, token, timeoutMs) => {
        const response = await http.request({
            method: request.method,
            url: new URL(request.path, options.endpoint).href,
            headers: {
                authorization: `Bearer ${token}`,
                accept: request.accept ?? 'application/json',
                ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
            },
            ...(request.body === undefined ? {} : { body: request.body }),
            ...(request.signal === undefined ? {} : { signal: request.signal }),
            ...(timeoutMs === undefined ? {} : { timeoutMs }),
        });
        if (response.status < 400)
            return response;
        throw new ApiError(response.status, await response.text(), response.headers['retry-after']);
    };
    const persist = async (request, endsMs, once) => {
        try {
            return await (0,retry/* withRetries */.L)(once, {
                clock,
                budgetMs: Math.min(budgetMs, endsMs - clock.monotonic()),
                random: options.random,
                ...(request.signal === undefined ? {} : { signal: request.signal }),
                retry: (error) => again(error, clock),
                onWait: (waitMs, error) => {
                    if (waitMs >= 1000)
                        options.onWait?.(`${options.name}: the next attempt is in ${Math.ceil(waitMs / 1000)} s (${error instanceof Error ? error.message : 'no reason'})`);
                },
            });
        }
        catch (error) {
            throw error instanceof src_http/* TransportError */.wX && error.unsent ? unreachable(options, error) : error;
        }
    };
    const signedIn = async (request, endsMs, once) => {
        for (let isFresh = false;; isFresh = true) {
            const token = await tokens.current();
            try {
                return await persist(request, endsMs, () => once(token));
            }
            catch (error) {
                if (!(error instanceof ApiError && error.status === 401))
                    throw error;
                tokens.refused(token);
                if (isFresh)
                    throw unknownToken(options, error);
            }
        }
    };
    const text = (asked) => {
        const request = asked.signal !== undefined || options.signal === undefined ? asked : { ...asked, signal: options.signal };
        const endsMs = clock.monotonic() + (request.timeoutMs ?? Infinity);
        return signedIn(request, endsMs, async (token) => {
            const leftMs = request.timeoutMs === undefined ? undefined : Math.max(1, endsMs - clock.monotonic());
            return (await attempt(request, token, leftMs)).text();
        });
    };
    return {
        text,
        async object(request) {
            const answer = await text(request);
            const object = parsedJson(answer);
            if ((0,canonical/* isJsonObject */.OW)(object))
                return object;
            throw noObject(options, answer);
        },
        stream(path, { silenceMs, signal }) {
            const request = { method: 'GET', path, signal };
            return signedIn(request, Infinity, async (token) => (await attempt(request, token, silenceMs)).body);
        },
    };
}
/** Whether a request is worth sending again after this error, and when. */
function again(error, clock) {
    if (error instanceof src_http/* TransportError */.wX)
        return {};
    if (!(error instanceof ApiError) || !error.isPassing)
        return false;
    const afterMs = (0,retry/* retryAfterMs */.V)(error.retryAfter, clock.now());
    return afterMs === undefined ? {} : { afterMs };
}
function refusePlainHttp({ endpoint, name }) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
        return;
    throw new src_failure/* Failed */.cV({
        code: 'cluster-refused',
        what: `the API server of ${name} has an address without TLS`,
        where: endpoint,
        why: 'a token sent there could be read by anyone on the way',
        next: 'use the https endpoint that DescribeCluster gives',
    });
}
function unreachable({ endpoint, name }, error) {
    return new src_failure/* Failed */.cV({
        code: 'cluster-unreachable',
        what: `the API server of ${name} cannot be reached`,
        where: endpoint,
        why: error.message,
        next: 'where the cluster has a private endpoint only, run the job on a runner inside its VPC; otherwise check the endpoint\'s allowed addresses and the proxy variables',
    });
}
function unknownToken({ endpoint, name }, error) {
    return new src_failure/* Failed */.cV({
        code: 'access-denied',
        what: `the API server of ${name} does not know who this run is`,
        where: endpoint,
        why: `it refused a token, and a fresh one as well: ${error.message}`,
        next: 'have an access entry made for the role that the run assumes (or a mapping in aws-auth), and check that the token is made for this cluster',
    });
}
function noObject({ endpoint, name }, answer) {
    return new src_failure/* Failed */.cV({
        code: 'cluster-refused',
        what: `the API server of ${name} gave an answer that is no JSON object`,
        where: endpoint,
        why: answer.trim() === '' ? 'it is empty' : `it begins with: ${answer.slice(0, 200)}`,
        next: 'check that the endpoint is the one that DescribeCluster gives, and that no proxy answers in its place',
    });
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/cluster.ts







const metadataOnlyList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
const pageSize = '500';
/**
 * Opens a cluster by its API server; nothing is sent yet.
 * @throws Failed `cluster-refused` for plain http off loopback.
 */
function openCluster(options) {
    const server = openServer(options);
    const discovery = openDiscovery(server);
    const resourceOf = async (apiVersion, kind) => {
        const resource = await discovery.resource(apiVersion, kind);
        if (resource)
            return resource;
        throw new src_failure/* Failed */.cV({
            code: 'cluster-refused',
            what: `the API server of ${options.name} does not know the kind ${kind} of ${apiVersion}`,
            why: 'neither a built-in kind nor an installed custom resource has this name and version',
            next: 'mend apiVersion and kind in the manifest, or have the custom resource installed',
        });
    };
    const collectionPath = ({ base, plural, namespaced }, namespace) => namespaced && namespace !== undefined ? `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}` : `${base}/${plural}`;
    const path = async (ref) => `${collectionPath(await resourceOf(ref.apiVersion, ref.kind), ref.namespace)}/${encodeURIComponent(ref.name)}`;
    const cluster = {
        server,
        async get(ref, limits) {
            try {
                return await server.object({ method: 'GET', path: await path(ref), ...limits });
            }
            catch (error) {
                if (error instanceof ApiError && error.isNotFound)
                    return undefined;
                throw error;
            }
        },
        async list(selection, { metadataOnly = false } = {}) {
            const collection = await cluster.collection(selection);
            const page = (part) => server.object({
                method: 'GET',
                path: `${collection}${query({ ...selectors(selection), ...part })}`,
                ...(metadataOnly ? { accept: metadataOnlyList } : {}),
            });
            const items = [];
            let answer = await page({ limit: pageSize });
            for (;;) {
                items.push(...listAt(answer, 'items').filter(canonical/* isJsonObject */.OW));
                const next = textAt(answer, 'metadata', 'continue') ?? '';
                if (next === '')
                    return { items, resourceVersion: textAt(answer, 'metadata', 'resourceVersion') ?? '0' };
                try {
                    answer = await page({ limit: pageSize, continue: next });
                }
                catch (error) {
                    if (!(error instanceof ApiError && error.status === 410))
                        throw error;
                    // The state that the pages are cut from is forgotten: the present one is read, in one piece.
                    items.length = 0;
                    answer = await page({});
                }
            }
        },
        async apply(object, options) {
            const { manager, dryRun = false, ...limits } = options;
            const isOver = 'overOwners' in options && options.dryRun;
            const ref = refOf(object);
            return server.object({
                method: 'PATCH',
                path: `${await path(ref)}${query({ fieldManager: manager, force: String(isOver), dryRun: dryRun ? 'All' : undefined })}`,
                body: JSON.stringify(object),
                contentType: 'application/apply-patch+yaml',
                ...limits,
            });
        },
        async create(object, { dryRun = false } = {}) {
            return server.object({
                method: 'POST',
                path: `${await cluster.collection(refOf(object))}${query({ dryRun: dryRun ? 'All' : undefined })}`,
                body: JSON.stringify(object),
                contentType: 'application/json',
            });
        },
        async replace(object, limits) {
            const body = JSON.stringify(object);
            return server.object({ method: 'PUT', path: await path(refOf(object)), body, contentType: 'application/json', ...limits });
        },
        async mergeMetadata(ref, metadata, { manager, ...limits } = {}) {
            return server.object({
                method: 'PATCH',
                path: `${await path(ref)}${query({ fieldManager: manager })}`,
                body: JSON.stringify({ metadata }),
                contentType: 'application/merge-patch+json',
                ...limits,
            });
        },
        async remove(ref, preconditions, limits) {
            const body = JSON.stringify({ apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', preconditions });
            try {
                await server.object({ method: 'DELETE', path: await path(ref), body, contentType: 'application/json', ...limits });
            }
            catch (error) {
                if (!(error instanceof ApiError && error.isNotFound))
                    throw error;
            }
        },
        async logs(namespace, pod, { container, previous = false, tailLines, ...limits }) {
            const asked = query({ container, previous: previous ? 'true' : undefined, tailLines: String(tailLines) });
            const where = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log${asked}`;
            return server.text({ method: 'GET', path: where, accept: '*/*', ...limits });
        },
        async canI(rights) {
            return (0,parallel/* mapLimit */.s)(rights, 16, async (resourceAttributes) => {
                const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { ...resourceAttributes } } };
                const body = JSON.stringify(review);
                const asked = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
                const answer = await server.object({ method: 'POST', path: asked, body, contentType: 'application/json' });
                return at(answer, 'status', 'allowed') === true;
            });
        },
        async resource({ apiVersion, kind }) {
            const { group, plural } = await resourceOf(apiVersion, kind);
            return { group, resource: plural };
        },
        async collection({ apiVersion, kind, namespace }) {
            return collectionPath(await resourceOf(apiVersion, kind), namespace);
        },
    };
    return cluster;
}
/** The selectors of a selection as query parameters. */
function selectors({ labelSelector, fieldSelector }) {
    return { labelSelector, fieldSelector };
}
/** `?a=b`, without what is undefined; empty where nothing is left. */
function query(parameters) {
    const given = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters))
        if (value !== undefined)
            given.append(name, value);
    return given.size === 0 ? '' : `?${given.toString()}`;
}
function refOf(object) {
    const apiVersion = textAt(object, 'apiVersion');
    const kind = textAt(object, 'kind');
    const name = textAt(object, 'metadata', 'name');
    const namespace = textAt(object, 'metadata', 'namespace');
    if (apiVersion === undefined || kind === undefined || name === undefined)
        throw new Error('an object without apiVersion, kind or name was to be written');
    return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

;// CONCATENATED MODULE: ./packages/access/src/target.ts




/**
 * Signs in and finds the cluster's API server. ECR and Secrets Manager are loaded and asked only once they are used.
 * @throws Failed where the role, the account or the cluster is not to be had.
 */
async function openTarget(target, edges) {
    const { environment, signal, clock, random = Math.random } = edges;
    const session = await signIn({
        region: target.region,
        sessionName: edges.sessionName,
        idToken: (audience, meanwhile) => edges.idToken(audience, () => {
            meanwhile();
            loadEks();
            (0,src_http/* loadHttp */.xM)();
        }),
        environment,
        signal,
        ...(target.role === undefined ? {} : { role: target.role }),
        ...(target.expectedAccount === undefined ? {} : { expectedAccount: target.expectedAccount }),
    });
    const onWait = (text) => {
        edges.onWait(text);
    };
    const { endpoint, ca } = await openEks(session, { signal }).describe(target.cluster);
    const http = (0,src_http/* openHttp */.fb)({ environment, ...(ca === undefined ? {} : { ca }) });
    const cluster = openCluster({ name: `${target.cluster} in ${target.region}`, endpoint, http, clock, random, signal, token: () => eksToken(session, target.cluster), onWait });
    const registries = new Map();
    return {
        cluster,
        secrets: openSecrets(session, { signal }),
        registry(options) {
            const key = `${options.account ?? ''}/${options.region}`;
            const registry = registries.get(key) ?? registryOf(session, { ...options, signal, onRetry: onWait });
            registries.set(key, registry);
            return registry;
        },
        close: () => http.close(),
    };
}
function registryOf(session, options) {
    const ecr = openEcr(session, options);
    return {
        async has(repository, digest) {
            if (!names/* repositoryRule */.jG.is(repository) || !names/* digestRule */.ZT.is(digest))
                return false;
            const answer = await ecr.batchGetImage(repository, [{ digest }]);
            return answer !== 'repository-missing' && answer.found.some((image) => image.digest === digest);
        },
    };
}

;// CONCATENATED MODULE: ./packages/access/src/proof-places.ts




/**
 * Signs in to every target of the required environment side by side, with the role that may only read its records.
 * @throws Failed with the problems of all targets.
 */
async function openProofPlaces({ name, targets }, edges) {
    const ends = await Promise.allSettled(targets.map((target) => openTarget(target, edges)));
    const opened = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const close = async () => {
        await Promise.all(opened.map((access) => access.close()));
    };
    if (opened.length < ends.length)
        await close();
    const refused = ends.flatMap((end, index) => {
        if (end.status === 'fulfilled')
            return [];
        if (!(end.reason instanceof src_failure/* Failed */.cV))
            throw end.reason;
        return end.reason.failures.map((failure) => ({ ...failure, where: failure.where ?? `target ${targets[index]?.name ?? ''} of ${name}, whose records are the proof` }));
    });
    const [first, ...more] = refused;
    if (first !== undefined)
        throw new src_failure/* Failed */.cV(first, ...more);
    return {
        places: targets.flatMap((target, index) => {
            const access = opened[index];
            if (access === undefined)
                return [];
            // What is only read needs no nonce, by which a run knows what it has written.
            const records = openRecords(access.cluster, target.recordNamespace, target.namespace, '');
            return [{ target: target.name, records: guarded(records, `${target.cluster} in ${target.region}`, 'the read-only role') }];
        }),
        close,
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./packages/action-host/src/run-identity.ts

/** The identity of a run. */
function runIdentity({ repository, sha, ref, runId, runAttempt, runUrl, actor }) {
    return {
        release: `${repository}#${runId}.${runAttempt}`,
        source: { repository, commit: sha, ref, run: runUrl, actor },
        // Two jobs of one run share all but this.
        holder: { identity: `${runUrl}/${runAttempt}/${(0,external_node_crypto_.randomUUID)()}`, url: runUrl },
        sessionName: `slipway-${runId}`,
    };
}

;// CONCATENATED MODULE: ./packages/release/src/proof.ts

/**
 * Whether an environment has proven an image: the newest healthy record of this source there, that is blocked in none of
 * its targets, names the digest. One target is enough: a record is made only of what was rolled out and followed.
 * @param records What was read so far; a text says why a record cannot be read.
 */
function prove(wish, environment, testimonies, records) {
    const all = testimonies.flatMap(({ target, heads }) => heads.map((head) => ({ target, head }))).toSorted(newestFirst);
    const blocks = testimonies.flatMap((testimony) => testimony.blocks);
    const named = all.filter(({ head }) => head.sourceKeys.includes(wish.sourceKey));
    const obstacles = [];
    for (const { target, head } of named.filter(isHealthy)) {
        const block = barringHead(head, blocks);
        const record = records.get(head);
        if (block === undefined && record === undefined)
            return { kind: 'read', target, head };
        const seen = block === undefined ? judged(wish, environment, { target, head }, record ?? '', blocks) : barred({ target, head }, block, environment);
        if ('digest' in seen)
            return { kind: 'proven', proven: { ...seen, target, head } };
        obstacles.push(seen);
    }
    const [obstacle = named[0] === undefined ? proof_elsewhere(wish, environment, all.filter(({ head }) => barringHead(head, blocks) === undefined), all[0]) : notHealthy(named[0], environment)] = obstacles;
    return { kind: 'unproven', failure: { code: 'not-proven', what: `${wish.service} is not proven in ${environment}`, ...obstacle } };
}
/** The configuration that was proven with the images: that of the newest of their records, as it was noted last. */
function provenConfiguration(proven) {
    const commits = proven.toSorted(newestFirst).flatMap(({ head }) => head.source.configurationCommit ?? []);
    const [commit] = commits;
    return { ...(commit === undefined ? {} : { commit }), isMixed: new Set(commits).size > 1 };
}
function newestFirst(a, b) {
    return a.head.createdAt === b.head.createdAt ? b.head.sequence - a.head.sequence : a.head.createdAt < b.head.createdAt ? 1 : -1;
}
function isHealthy({ head }) {
    return head.verdict === 'healthy';
}
/** What the record's metadata says of a block already: then it need not be read. */
function barringHead({ source, fingerprint }, blocks) {
    return block_blockOf({ commit: source.commit, fingerprint }, blocks);
}
function judged({ repository, digest: wanted }, environment, { target, head }, record, blocks) {
    if (typeof record === 'string')
        return { why: `${revision({ target, head })} is of this source, but ${record}`, next: `deploy this commit to ${environment} again` };
    const { images, configuration } = record.revision;
    const block = block_blockOf({ commit: record.source.commit, fingerprint: head.fingerprint, images, configuration }, blocks);
    if (block !== undefined)
        return barred({ target, head }, block, environment);
    const digest = images[repository];
    if (digest === undefined)
        return { why: `${revision({ target, head })} is of this source, but runs no image of the repository ${repository}`, next: `deploy this commit to ${environment} again: the image has another repository now` };
    if (wanted === undefined || wanted === digest)
        return { digest };
    return { why: `what is to be deployed is ${wanted}, and ${revision({ target, head })} has proven ${digest} of this source`, next: `hand over the images that ecr-build-push takes from ${environment}, or deploy ${wanted} to ${environment} first` };
}
function barred(found, { actor, release, at, reason, run }, environment) {
    return {
        why: `${revision(found)} is of this source and was healthy, but is blocked: ${actor} undid the release ${release} at ${at}: ${reason} (${run})`,
        next: `deploy a commit that mends it to ${environment} first; to let this one in again, run rollback there with the input \`unblock\``,
    };
}
function notHealthy(found, environment) {
    const { verdict, createdAt, source } = found.head;
    const told = `${revision(found)} of ${createdAt} by ${source.actor} is of this source, and`;
    if (verdict === 'pending')
        return { why: `${told} has no verdict yet (${source.run})`, next: `wait until it is healthy; where its run has died, deploy this commit to ${environment} again, which settles it` };
    return { why: `${told} ${verdict === 'failed' ? 'failed' : 'was interrupted'} (${source.run})`, next: `look at that run; deploy this commit to ${environment} again once the cause is mended, or one that mends it` };
}
/** Nothing of this source was ever deployed there: what was, so that it is seen which commit could be released. */
function proof_elsewhere({ service }, environment, standing, newest) {
    const next = `deploy this commit to ${environment} first`;
    if (newest === undefined)
        return { why: `${service} was never deployed to ${environment} by this repository`, next };
    const good = standing.find(isHealthy);
    if (good === undefined)
        return { why: `nothing of ${service} stands for healthy there: the newest is ${revision(newest)}, ${newest.head.verdict}, ${commitOf(newest)}`, next };
    return { why: `what is proven there is ${commitOf(good)} (${revision(good)}), and ${service} has another source at this commit`, next };
}
function revision({ target, head }) {
    return `revision ${head.sequence} in ${target}`;
}
function commitOf({ head: { source } }) {
    return `commit ${source.commit.slice(0, 12)} of ${source.ref.replace(/^refs\/(?:heads|tags)\//, '')}`;
}

;// CONCATENATED MODULE: ./packages/delivery/src/own-history.ts
/**
 * What is known of a repository's services in a target: these, or all that have records. Services of other repositories
 * may share the namespace; their releases are not ours to show, undo or let in again.
 */
async function ownHistory({ records }, services, repository) {
    const { heads, blocks } = await records.history(services);
    const foreign = new Set(heads.filter(({ source }) => source.repository !== repository && source.repository !== '').map(({ service }) => service));
    return {
        heads: heads.filter(({ service }) => !foreign.has(service)),
        blocks: new Map([...blocks].filter(([service]) => !foreign.has(service))),
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/read-record.ts



/** A record, or why it cannot be read: one that somebody has damaged or deleted hides no other. */
async function readRecord({ name }, { records }) {
    try {
        return (await records.read(name)) ?? `the release record ${name} is gone: somebody has deleted the ConfigMap just now`;
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV && error.failures[0].code === 'record-unreadable')
            return `${error.failures[0].what}: ${error.failures[0].why}`;
        throw error;
    }
}
/** The record of a revision that can run again, or why it cannot: unreadable, blocked, or with parts that are gone. */
async function usableRecord(head, { blocks }, around) {
    const record = await readRecord(head, around.ports);
    if (typeof record === 'string')
        return record;
    const { images, configuration } = record.revision;
    const block = blockOf({ commit: record.source.commit, fingerprint: head.fingerprint, images, configuration }, blocks.get(head.service) ?? []);
    if (block !== undefined)
        return `${block.actor} has blocked it (${block.reason})`;
    return (await isAvailable(record, around)) ?? record;
}

;// CONCATENATED MODULE: ./packages/delivery/src/proof.ts



/** Looks for the proof of each service's image: one LIST a target, side by side, and mostly one record a service. Only reads. */
async function findProof(wishes, { environment, repository }, places) {
    const services = wishes.map(({ service }) => service);
    const histories = await Promise.all(places.map(async (place) => ({ place, history: await ownHistory(place, services, repository) })));
    const ends = await Promise.all(wishes.map(async (wish) => {
        const testimonies = histories.map(({ place, history }) => ({ target: place.target, heads: history.heads.filter(({ service }) => service === wish.service), blocks: history.blocks.get(wish.service) ?? [] }));
        const records = new Map();
        for (;;) {
            const step = prove(wish, environment, testimonies, records);
            if (step.kind !== 'read')
                return { wish, step };
            const place = places.find(({ target }) => target === step.target);
            if (place === undefined)
                throw new Error(`the target ${step.target} was not asked`);
            records.set(step.head, await readRecord(step.head, place));
        }
    }));
    return {
        proven: new Map(ends.flatMap(({ wish, step }) => (step.kind === 'proven' ? [[wish.service, step.proven]] : []))),
        unproven: new Map(ends.flatMap(({ wish, step }) => (step.kind === 'unproven' ? [[wish.service, step.failure]] : []))),
    };
}

;// CONCATENATED MODULE: ./actions/tag-release/src/proof-ports.ts



/** What a proof reaches: the checkout, the policy, and the records of the required environment. */
function proofPorts(host, { requires, token }) {
    const { workspace, repository } = host.run;
    const source = { ...policySource(host), token: token.text };
    return {
        checkout: { workspace, platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`, umask: umaskOfProcess() },
        checkedOut: async () => (await checkedOutAt(workspace, workspace))?.commit,
        project: () => governedProject(requires?.projectFile ?? '', source),
        async findProof(wishes, required) {
            const { environment, clock, work } = host;
            const open = await openProofPlaces(required, { sessionName: runIdentity(host.run).sessionName, idToken: (audience, meanwhile) => host.idToken(audience, meanwhile), environment, clock, signal: work, onWait: source.onWait });
            try {
                return await findProof(wishes, { environment: required.name, repository }, open.places);
            }
            finally {
                await open.close();
            }
        },
    };
}
/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess() {
    const umask = process.umask(0o022);
    process.umask(umask);
    return umask;
}


/***/ })

};
