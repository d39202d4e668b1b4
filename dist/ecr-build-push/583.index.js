export const id = 583;
export const ids = [583];
export const modules = {

/***/ 5583:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  start: () => (/* binding */ start)
});

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __webpack_require__(9950);
;// CONCATENATED MODULE: ./packages/access/src/release-history.ts

/** The history of a run's repository on GitHub; nothing is asked before it is needed, and nothing twice. */
function releaseHistory({ run, token, environment, clock, signal, onWait }, commit) {
    const answers = new Map();
    let github;
    const opened = () => (github ??= open());
    const open = async () => {
        if (token === '')
            throw new src_failure/* Failed */.cV({ code: 'input-missing', what: 'the input "github-token" is empty', why: `GitHub is asked where ${commit.slice(0, 12)} stands in the history of ${run.repository}`, next: 'leave it out, which gives the job\'s own token, or give one that can read the contents of the repository' });
        const { openGitHub } = await __webpack_require__.e(/* import() */ 195).then(__webpack_require__.bind(__webpack_require__, 3195));
        return openGitHub({ repository: run.repository, token, environment, clock, signal, onWait });
    };
    return {
        async confirm({ name: tag, branch }) {
            const asked = await opened();
            const [tagged, head] = await Promise.all([asked.commitOf(`tags/${tag}`), branch === undefined ? asked.newest() : asked.commitOf(`heads/${branch}`)]);
            if (tagged !== commit)
                throw moved(tag, commit, tagged);
            if (head !== undefined && (await asked.isAncestor(commit, head)))
                return;
            throw notReleased(tag, commit, branch, head !== undefined);
        },
        isBefore(other) {
            if (other === commit)
                return Promise.resolve(true);
            const known = answers.get(other) ?? opened().then((asked) => asked.isAncestor(other, commit));
            answers.set(other, known);
            return known;
        },
    };
}
function moved(tag, commit, tagged) {
    return new src_failure/* Failed */.cV({
        code: 'tag-moved',
        what: `the tag ${tag} is not at the commit that this run deploys, ${commit.slice(0, 12)}`,
        why: tagged === undefined ? 'it is gone' : `it leads to ${tagged.slice(0, 12)} now`,
        next: 'find out who moved it; start the workflow on the tag anew where the move was meant, and keep tags in place by a ruleset of the repository',
    });
}
function notReleased(tag, commit, branch, exists) {
    const name = branch === undefined ? 'the default branch' : `the branch ${branch}`;
    return new src_failure/* Failed */.cV({
        code: 'not-released',
        what: `the commit ${commit.slice(0, 12)} of the tag ${tag} is not released`,
        why: exists ? `it is not reachable from ${name}` : `there is no commit on ${name}`,
        next: `merge it into ${name} and tag the merged commit, or mend \`release-branch\` of the environment on the default branch`,
    });
}

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
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./packages/action-host/src/project-file.ts



/**
 * The text of the project file, or of another file of the workspace.
 * @throws Failed `project-file-missing`, or `file-outside` where a symbolic link leads out of the workspace.
 */
async function readProjectFile(workspace, file, named = projectFile(file)) {
    let real;
    try {
        real = await (0,promises_.realpath)((0,external_node_path_.join)(workspace, file));
        if (real.startsWith((await (0,promises_.realpath)(workspace)) + external_node_path_.sep))
            return await (0,promises_.readFile)(real, 'utf8');
    }
    catch (error) {
        const isAbsent = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
        throw new src_failure/* Failed */.cV({
            code: 'project-file-missing',
            what: `${named.what} cannot be read`,
            why: isAbsent ? 'the workspace has no such file' : String(error),
            next: `check the repository out in an earlier step, ${named.next}`,
        });
    }
    throw new src_failure/* Failed */.cV({
        code: 'file-outside',
        what: `${named.what} leaves the workspace`,
        why: 'it is, or lies behind, a symbolic link to another place',
        next: 'replace the link by the file itself',
    });
}
function projectFile(file) {
    return { what: `the project file ${file}`, next: 'correct the input "project-file", or give the input "cluster" to work without a project file' };
}

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

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./packages/release/src/canonical.ts

/** The one text of a JSON value, whatever the order in which its keys were written. */
function canonicalJson(value) {
    if (isList(value))
        return `[${value.map(canonicalJson).join(',')}]`;
    if (canonical_isJsonObject(value)) {
        const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
    }
    return JSON.stringify(value);
}
/** The SHA-256 of a JSON value's canonical text, in hexadecimal digits. */
function canonicalHash(value) {
    return (0,external_node_crypto_.createHash)('sha256').update(canonicalJson(value)).digest('hex');
}
/** Whether two JSON values say the same, whatever the order of their keys. */
function sameJson(a, b) {
    if (isList(a))
        return isList(b) && a.length === b.length && a.every((part, index) => sameJson(part, b[index] ?? null));
    if (!canonical_isJsonObject(a))
        return a === b;
    if (!canonical_isJsonObject(b))
        return false;
    const members = Object.entries(a);
    return members.length === Object.keys(b).length && members.every(([key, member]) => Object.hasOwn(b, key) && sameJson(member, b[key] ?? null));
}
function canonical_isJsonObject(value) {
    return typeof value === 'object' && value !== null && !isList(value);
}
/** How deep a value may be: what goes through it part by part would else run out of stack on a hostile one, or never end on one that holds itself. */
const mostDepth = 500;
/** Whether something from outside (`JSON.parse`, a YAML document) is a JSON value all the way down, 500 parts deep at most. */
function isJson(value) {
    return isJsonWithin(value, mostDepth);
}
/** Every answer of a cluster goes through here: most parts are texts, and lists of members are dear. */
function isJsonWithin(value, depth) {
    if (typeof value === 'number')
        return Number.isFinite(value);
    if (typeof value !== 'object' || value === null)
        return value === null || typeof value === 'string' || typeof value === 'boolean';
    if (depth === 0)
        return false;
    if (Array.isArray(value))
        return value.every((part) => isJsonWithin(part, depth - 1));
    if (!isKeyed(value))
        return false;
    for (const key in value) {
        const part = value[key];
        if (typeof part !== 'string' && !isJsonWithin(part, depth - 1))
            return false;
    }
    return true;
}
function isKeyed(value) {
    return !Array.isArray(value);
}
function isList(value) {
    return Array.isArray(value);
}

// EXTERNAL MODULE: ./node_modules/fastest-levenshtein/mod.js
var mod = __webpack_require__(1916);
;// CONCATENATED MODULE: ./packages/project/src/suggestion.ts

/** The known name that was probably meant, or undefined where none is near: a short name bears one slip, a long one more. */
function suggestion(given, known) {
    const near = known
        .map((name) => ({ name, slips: slips(given.toLowerCase(), name.toLowerCase()) }))
        .filter(({ name, slips }) => slips <= (name.length <= 5 ? 1 : name.length <= 9 ? 2 : 3));
    return near.sort((a, b) => a.slips - b.slips)[0]?.name;
}
/** What to do about an unknown name: the name that was meant, or all that there are. */
function insteadOf(given, known) {
    const meant = suggestion(given, known);
    if (meant !== undefined)
        return `write "${meant}", if that is what you meant`;
    return known.length === 0 ? 'leave it out' : `use one of: ${known.join(', ')}`;
}
/** The distance of Levenshtein, in which one pair of letters that changed places counts as one slip, not as two. */
function slips(given, name) {
    const plain = (0,mod/* distance */.Io)(given, name);
    if (plain < 2)
        return plain;
    const swapped = Array.from({ length: Math.max(0, given.length - 1) }, (_, at) => `${given.slice(0, at)}${given.slice(at + 1, at + 2)}${given.slice(at, at + 1)}${given.slice(at + 2)}`);
    return Math.min(plain, ...swapped.map((other) => 1 + (0,mod/* distance */.Io)(other, name)));
}

;// CONCATENATED MODULE: ./packages/project/src/check-policy.ts


/** Rules between the environments of a file, each broken one told at its place. What `extends` brings is checked where the two are joined. */
function checkPolicy(policy, text, document, problems) {
    const complain = (path, what, why, next) => {
        problems.add({ code: 'project-file-invalid', what, at: document.place(path), why, next });
    };
    const known = [...policy.environments.keys()];
    const isWhole = text.extends === undefined && text.isPart !== true;
    if (!isNamed(document) && isWhole)
        complain([], 'the file names no environment', 'without one there is nowhere to deploy to', 'write `environments:`, or name by `extends:` the file that has them');
    for (const environment of policy.environments.values()) {
        const { name, requires } = environment;
        checkTargets(environment, complain);
        checkWaves(environment, text.environments[name]?.rollout.order, complain);
        if (requires === undefined)
            continue;
        const path = ['environments', name, 'requires', 'environment'];
        if (requires.environment === name)
            complain(path, `the environment ${name} requires itself`, 'a release is proven somewhere else before', 'name the environment that comes before it');
        else if (!policy.environments.has(requires.environment) && isWhole) {
            complain(path, `the environment ${name} requires "${requires.environment}", which there is not`, `the environments are ${known.join(', ')}`, insteadOf(requires.environment, known));
        }
    }
}
/** An empty map is a choice, a file without one an oversight. */
function isNamed({ value }) {
    return canonical_isJsonObject(value) && 'environments' in value;
}
function checkTargets({ name, targets }, complain) {
    const seen = new Set();
    targets.forEach((target, index) => {
        const path = ['environments', name, 'targets', index];
        if (seen.has(target.name))
            complain([...path, 'name'], `the environment ${name} has two targets "${target.name}"`, 'a target is chosen by its name', 'rename one of the two');
        seen.add(target.name);
        const account = target.role?.split(':')[4];
        if (account !== undefined && target.expectedAccount !== undefined && account !== target.expectedAccount) {
            complain([...path, 'expected-account'], `the target ${target.name} expects another account than its role's`, `the role belongs to ${account}`, 'correct one of the two');
        }
    });
}
/** A target that no wave names would never be deployed to. */
function checkWaves({ name, targets }, order, complain) {
    if (order === undefined || typeof order === 'string')
        return;
    const path = ['environments', name, 'rollout', 'order'];
    const known = targets.map((target) => target.name);
    const named = order.flat();
    for (const [index, one] of named.entries()) {
        if (!known.some((target) => target === one))
            complain(path, `the order of ${name} names the target "${one}", which there is not`, `its targets are ${known.join(', ')}`, insteadOf(one, known));
        else if (named.indexOf(one) !== index)
            complain(path, `the order of ${name} names the target ${one} twice`, 'each target is deployed to once', 'keep one of the two');
    }
    for (const target of known)
        if (!named.includes(target))
            complain(path, `the order of ${name} leaves the target ${target} out`, 'it would never be deployed to', 'add it to a wave');
}

;// CONCATENATED MODULE: ./packages/project/src/check-services.ts
/** Rules between the services of a project file, each broken one told at its place. */
function checkServices(project, document, problems) {
    const complain = (path, what, why, next) => {
        problems.add({ code: 'project-file-invalid', what, at: document.place(path), why, next });
    };
    const owners = new Map();
    for (const service of project.services.values()) {
        checkDeclarations(service, complain);
        for (const [section, names] of [['config', service.config.keys()], ['secrets', service.secrets.keys()]]) {
            for (const name of names) {
                const path = ['services', service.name, section, name];
                const owner = owners.get(name);
                if (owner !== undefined)
                    complain(path, `the name "${name}" is declared twice`, `${owner} declares it, too, and an output names objects by it`, 'rename one of the two');
                else
                    owners.set(name, `services.${service.name}.${section}`);
            }
        }
    }
}
function checkDeclarations(service, complain) {
    for (const { name, files, envFiles, literals } of service.config.values()) {
        if (files.length + envFiles.length + Object.keys(literals).length > 0)
            continue;
        complain(['services', service.name, 'config', name], `the configuration "${name}" holds nothing`, 'it names no files, env-files or literals', 'add one of these, or remove it');
    }
    for (const { name, from, keys } of service.secrets.values()) {
        const path = ['services', service.name, 'secrets', name];
        const count = Object.keys(keys).length;
        if (from === undefined && count === 0)
            complain(path, `the secret "${name}" holds nothing`, 'it has neither "from" nor "keys"', 'say where it comes from');
        if (from !== undefined && count > 0)
            complain(path, `the secret "${name}" has both "from" and "keys"`, '"from" takes a whole secret, "keys" name each key', 'keep one of the two');
    }
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var yaml_dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./packages/project/src/document.ts



const mostCharacters = 1024 * 1024;
const mostAliases = 50;
/** After some mistakes a parser finds one at every sign. */
const mostErrors = 20;
/** What `yaml` says where it catches V8's error itself. */
const noStack = 'Maximum call stack size exceeded';
const controlCharacter = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/**
 * Reads one YAML document strictly: no duplicate keys, no keys that are not text, few aliases, 1 MiB at most.
 * @throws Failed `project-file-invalid` with every problem that the file's text has.
 */
function readDocument(text, file) {
    const problems = new src_failure/* Problems */.Zw();
    const complain = (at, what, why, next) => {
        problems.add({ code: 'project-file-invalid', what, at, why, next });
    };
    if (text.length > mostCharacters) {
        complain({ file }, 'the project file is too large', 'it may have 1 MiB at most', 'look whether this is the right file');
        problems.throwIfAny();
    }
    const counter = new yaml_dist/* LineCounter */.HN();
    const document = parsed(text, counter);
    if (document === undefined) {
        complain({ file }, 'the project file is nested too deeply', 'its parts stand in one another thousands of times', 'look whether this is the right file');
        problems.throwIfAny();
        throw new Error('a document without an end is a problem');
    }
    const placeAt = (offset) => {
        const { line, col } = counter.linePos(offset);
        return { file, line, column: col };
    };
    const control = text.search(controlCharacter);
    if (control >= 0)
        complain(placeAt(control), 'the project file holds a control character', 'YAML allows tabs and line ends alone', 'remove it; where it is meant, write it as an escape such as "\\0" in double quotes');
    for (const error of [...document.errors, ...document.warnings].slice(0, mostErrors)) {
        if (error.code === 'MULTIPLE_DOCS')
            complain(placeAt(error.pos[0]), 'the project file holds several documents', 'a line "---" begins another one', 'keep one of them');
        else
            complain(placeAt(error.pos[0]), 'the project file is no valid YAML', firstLine(error.message), yamlRemedy(error.code, error.message));
    }
    refuseOddNodes(document, (offset, what, why, next) => {
        complain(placeAt(offset), what, why, next);
    });
    problems.throwIfAny();
    const value = problems.try(() => toJson(document, placeAt(document.contents?.range[0] ?? 0)));
    problems.throwIfAny();
    return {
        value: value ?? null,
        place: (path) => placeAt(offsetOf(document, path)),
        written: (path) => {
            const node = document.getIn(path, true);
            return (0,yaml_dist/* isScalar */.jn)(node) ? node.source : undefined;
        },
    };
}
/** Undefined where the parser runs out of stack. */
function parsed(text, lineCounter) {
    try {
        const document = (0,yaml_dist/* parseDocument */.Tp)(text, { lineCounter, uniqueKeys: true, version: '1.2', prettyErrors: false });
        (0,yaml_dist/* visit */.YR)(document, {});
        return document.errors.some(({ message }) => message === noStack) ? undefined : document;
    }
    catch (error) {
        if (error instanceof RangeError)
            return undefined;
        throw error;
    }
}
function toJson(document, at) {
    const problems = new src_failure/* Problems */.Zw();
    const next = 'write plain maps, lists, texts, numbers, true and false';
    try {
        const value = document.toJS({ maxAliasCount: mostAliases });
        if (isJson(value))
            return value;
        problems.add({ code: 'project-file-invalid', what: 'the project file holds a value that is no JSON', at, why: 'a part holds itself by an alias, or stands very deep', next });
    }
    catch (error) {
        // What `yaml` throws here is about aliases alone: too many of them.
        if (!(error instanceof ReferenceError))
            throw error;
        problems.add({ code: 'project-file-invalid', what: 'the project file uses too many aliases', at, why: firstLine(error.message), next: 'write the parts out' });
    }
    problems.throwIfAny();
    return null;
}
function refuseOddNodes(document, complain) {
    let aliases = 0;
    (0,yaml_dist/* visit */.YR)(document, {
        Alias: (_, alias) => {
            aliases += 1;
            if (aliases <= mostAliases && alias.resolve(document) === undefined) {
                complain(alias.range?.[0] ?? 0, `the alias *${alias.source} stands for nothing`, 'no anchor of that name stands before it', 'write the part out');
            }
            if (aliases === mostAliases + 1) {
                complain(alias.range?.[0] ?? 0, 'the project file uses too many aliases', `${mostAliases} may stand in a file`, 'write the parts out');
            }
        },
        Scalar: (_, scalar) => {
            if (typeof scalar.value === 'number' && !Number.isFinite(scalar.value))
                complain(scalar.range?.[0] ?? 0, `${scalar.source ?? 'a number'} is no JSON`, 'such numbers have no meaning here', 'write a number, or quote it');
        },
        Pair: (_, pair) => {
            const offset = hasRange(pair.key) ? pair.key.range[0] : document.range[0];
            const key = (0,yaml_dist/* isScalar */.jn)(pair.key) ? pair.key.value : (0,yaml_dist/* isAlias */.Vj)(pair.key) ? undefined : pair.key;
            if (key === '__proto__')
                complain(offset, 'the key __proto__ has no place here', 'it would change what every object is made of', 'remove it');
            else if (key === '<<')
                complain(offset, 'the merge key << has no effect', 'YAML 1.2 does not know it', 'write the members out');
            else if (typeof key !== 'string')
                complain(offset, 'a key is not text', 'YAML reads keys such as 1, true and null as other values', 'quote it');
        },
    });
}
function yamlRemedy(code, message) {
    if (code === 'DUPLICATE_KEY')
        return 'keep one of the two';
    if (/tab/i.test(message) || code === 'TAB_AS_INDENT')
        return 'indent with blanks';
    return 'mend the file at this place';
}
function firstLine(message) {
    return message.split('\n')[0] ?? message;
}
/** The offset of the key or item at the path; of the deepest node above it where it is absent. */
function offsetOf(document, path) {
    for (let length = path.length; length > 0; length -= 1) {
        const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
        const key = path[length - 1];
        const offset = (0,yaml_dist/* isMap */.jh)(parent) && typeof key === 'string' ? keyOffset(parent, key) : undefined;
        if (offset !== undefined)
            return offset;
        const node = document.getIn(path.slice(0, length), true);
        if (hasRange(node))
            return node.range[0];
    }
    return document.contents?.range[0] ?? 0;
}
function keyOffset(map, key) {
    const pair = map.items.find((item) => (0,yaml_dist/* isScalar */.jn)(item.key) && item.key.value === key);
    return hasRange(pair?.key) ? pair.key.range[0] : undefined;
}
function hasRange(node) {
    return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

// EXTERNAL MODULE: ./packages/report/src/inert.ts
var inert = __webpack_require__(8636);
;// CONCATENATED MODULE: ./packages/project/src/texts.ts
/** A span of time in milliseconds, or undefined where the text is none: `10s`, `5m`, `1h`, `90` (seconds). */
function texts_parseDuration(text) {
    const [, digits, unit] = /^(\d{1,7})(s|m|h)?$/.exec(text) ?? [];
    if (digits === undefined)
        return undefined;
    return Number(digits) * (unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1000);
}
/** Why a path may leave the folder that it is looked up in, or pass for an option; undefined where it is safe. */
function unsafePath(path) {
    if (path === '')
        return 'it must not be empty';
    if (/[\0-\x1f\x7f]/.test(path))
        return 'it must not hold line breaks or control characters';
    if (path.startsWith('-'))
        return 'no path begins with "-", so that none can pass for an option';
    if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path))
        return 'it must be relative';
    if (path.includes('\\'))
        return 'the parts of a path are joined by "/"';
    if (path.split('/').includes('..'))
        return 'it must not hold ".."';
    return undefined;
}
/** Whether a branch's name fits a pattern: `*` stands for anything but "/", `**` for anything, `?` for one character. */
function matchesPattern(name, pattern) {
    const source = pattern.replace(/\*\*|[*?]|[^*?]+/g, (part) => part === '**' ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&'));
    return new RegExp(`^${source}$`).test(name);
}

;// CONCATENATED MODULE: ./packages/project/src/fields.ts



/** One line of text, or undefined where the input is blank. A line break or a leading "-" is a problem. */
function fields_text(values, name, problems) {
    const value = given(values, name);
    if (value === undefined)
        return undefined;
    if (/[\r\n\0]/.test(value))
        invalid(name, value, 'it must be one line', 'write it without line breaks', problems);
    else if (value.startsWith('-'))
        invalid(name, value, notAnOption, 'remove the "-"', problems);
    else
        return value;
    return undefined;
}
/** As `text`; a blank input is a problem. */
function required(values, name, problems) {
    if (given(values, name) !== undefined)
        return fields_text(values, name, problems);
    problems.add({
        code: 'input-missing',
        what: `the input "${name}" is missing`,
        why: 'the action cannot work without it',
        next: `give it under "with:"; where it comes from an expression, look whether that is empty`,
    });
    return undefined;
}
/** One of the words of `options`, or `otherwise` where the input is blank or wrong. */
function choice(values, name, problems, options, otherwise) {
    const value = given(values, name);
    if (value === undefined)
        return otherwise;
    const word = options.find((option) => option === value);
    if (word === undefined)
        invalid(name, value, `it must be one of: ${options.join(', ')}`, insteadOf(value, options), problems);
    return word ?? otherwise;
}
function names(values, name, problems, rule) {
    const words = new Set((given(values, name) ?? '').split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ''));
    return [...words].filter((word) => {
        if (word.startsWith('-')) {
            invalid(name, word, notAnOption, 'remove the "-"', problems);
            return false;
        }
        if (rule === undefined || rule.is(word))
            return true;
        invalid(name, word, `each name must be ${rule.rule}`, 'correct this name', problems);
        return false;
    });
}
/** `true` or `false`, nothing else; `otherwise` where the input is blank or wrong. */
function flag(values, name, problems, otherwise) {
    const value = given(values, name);
    if (value === undefined)
        return otherwise;
    if (value === 'true')
        return true;
    if (value !== 'false')
        invalid(name, value, 'it must be true or false', 'write true or false', problems);
    return value === 'false' ? false : otherwise;
}
/** A span of time in milliseconds: `10s`, `5m`, `1h`; a number alone is seconds. */
function durationMs(values, name, problems, bounds) {
    const value = given(values, name);
    if (value === undefined)
        return undefined;
    const span = parseDuration(value);
    if (span === undefined) {
        invalid(name, value, durationRule, 'write for example 90s or 5m', problems);
        return undefined;
    }
    return within(name, value, span, bounds, (bound) => `${bound / 1000}s`, problems);
}
/** The lines that are not blank, trimmed. */
function lines(values, name) {
    return (given(values, name) ?? '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
}
/** Lines of `KEY=VALUE`, the value verbatim. Values are never told in a problem: they may be secret. */
function keyValues(values, name, problems) {
    const found = new Map();
    for (const [index, line] of (given(values, name) ?? '').split(/\r?\n/).map((one) => one.trim()).entries()) {
        if (line === '')
            continue;
        const equals = line.indexOf('=');
        const key = line.slice(0, equals).trim();
        if (equals < 1 || !/^[^\s:]+$/.test(key)) {
            invalid(name, withoutValue(line), `its line ${index + 1} is no KEY=VALUE`, 'write one KEY=VALUE a line; what stands behind the key is not shown here, since it may be secret', problems);
        }
        else if (found.has(key)) {
            invalid(name, `${key}=…`, `the key ${key} stands twice`, 'keep one of the two lines', problems);
        }
        else {
            found.set(key, line.slice(equals + 1));
        }
    }
    return found;
}
/**
 * What may be told of a line that should name something and its value: the name, and never what follows it.
 * @example withoutValue('PASSWORD: hunter2') // PASSWORD…
 */
function withoutValue(line) {
    // A line without any sign that parts may be a value altogether, such as the second line of a key.
    return `${/^\s*([^\s=:]{1,60})\s*[\s=:]/.exec(line)?.[1] ?? ''}…`;
}
/** A name that keeps a rule, or undefined where the input is blank or wrong. */
function named(values, name, problems, rule) {
    const value = given(values, name);
    if (value === undefined)
        return undefined;
    if (rule.is(value))
        return value;
    invalid(name, value, `it must be ${rule.rule}`, 'correct it', problems);
    return undefined;
}
/** A path inside the workspace: relative, without "..". */
function safePath(values, name, problems) {
    const value = given(values, name);
    if (value === undefined)
        return undefined;
    const reason = unsafePath(value);
    if (reason === undefined)
        return value;
    invalid(name, value, reason, 'write a path relative to the workspace, that stays inside it', problems);
    return undefined;
}
/** Tells a value that breaks its rule, cut to a readable length. */
function invalid(name, value, why, next, problems) {
    problems.add({ code: 'input-invalid', what: `the input "${name}" is ${shown(value)}`, why, next });
}
/** A value from outside in quotes, in one line, cut to a readable length. */
function shown(value) {
    const line = (0,inert/* inertLine */.Fq)(value);
    return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
}
const notAnOption = 'no value begins with "-", so that none can pass for an option';
const durationRule = 'it must be a number with one of the units s, m, h (10s, 5m, 1h), or a number of seconds alone';
function given(values, name) {
    const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined;
    return value === '' ? undefined : value;
}
function within(name, value, number, bounds, word, problems) {
    const { least, most } = bounds ?? {};
    if (least !== undefined && number < least)
        invalid(name, value, `it must be ${word(least)} at least`, `raise it to ${word(least)} or more`, problems);
    else if (most !== undefined && number > most)
        invalid(name, value, `it must be ${word(most)} at most`, `lower it to ${word(most)} or less`, problems);
    else
        return number;
    return undefined;
}
/** A token as it was given, never shown; empty where none is, undefined where it is none. */
function givenToken(values, name, problems) {
    const token = (values[name] ?? '').trim();
    if (/^(?:[\x21-\x2c\x2e-\x7e][\x21-\x7e]*)?$/.test(token))
        return token;
    problems.add({ code: 'input-invalid', what: `the input "${name}" is no token`, why: 'a token is one word of letters, digits and signs; what was given is not shown, since it may be secret', next: 'pass the token alone, such as `${{ steps.app.outputs.token }}`' });
    return undefined;
}

;// CONCATENATED MODULE: ./packages/release/src/names.ts
const dnsLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const repository = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const digestRule = {
    is: (text) => /^sha256:[0-9a-f]{64}$/.test(text),
    rule: '"sha256:" and 64 hexadecimal digits in lower case',
};
const tagRule = {
    is: (text) => /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text),
    rule: '1 to 128 letters, digits, "_", "." or "-", not beginning with "." or "-"',
};
const regionRule = {
    is: (text) => /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/.test(text),
    rule: 'the name of an AWS region, such as eu-west-1',
};
const accountRule = {
    is: (text) => /^\d{12}$/.test(text),
    rule: 'the twelve digits of an AWS account',
};
const repositoryRule = {
    is: (text) => text.length >= 2 && text.length <= 256 && repository.test(text),
    rule: '2 to 256 characters: words of lower-case letters and digits, joined by ".", "_", "-" or "/"',
};
const names_serviceRule = {
    is: (text) => text.length <= 53 && dnsLabel.test(text),
    rule: 'at most 53 lower-case letters, digits or "-", with a letter or digit at both ends',
};
const names_targetRule = { is: (text) => isLabel(text), rule: labelRule() };
const environmentRule = {
    is: (text) => isLabel(text),
    rule: labelRule(),
};
const namespaceRule = { is: (text) => isLabel(text), rule: labelRule() };
function isLabel(text) {
    return text.length <= 63 && dnsLabel.test(text);
}
function labelRule() {
    return 'at most 63 lower-case letters, digits or "-", with a letter or digit at both ends';
}

;// CONCATENATED MODULE: ./packages/project/src/waves.ts
/** Targets by wave. Of a written list only what names targets counts: `checkProject` tells of the rest. */
function wavesOf(order, targets) {
    const [first, ...rest] = targets;
    if (order === 'all-at-once' || first === undefined || targets.length === 1)
        return [[...targets]];
    if (order === 'one-then-rest')
        return [[first], rest];
    return order.map((wave) => targets.filter((name) => wave.includes(name)));
}

;// CONCATENATED MODULE: ./packages/project/src/project-of.ts


/** The project that a file means: names as types, defaults filled in. */
function projectOf(text) {
    return {
        ...policyOf(text),
        ...(text.extends === undefined ? {} : { extends: text.extends }),
        configuration: { path: text.configuration.path },
        services: new Map(entries(text.services, names_serviceRule).map(([name, service]) => [name, { ...serviceOf(service), name }])),
    };
}
/** The policy that a file means. */
function policyOf({ registry, environments }) {
    return {
        ...(registry === undefined ? {} : { registry: registryOf(registry) }),
        environments: new Map(entries(environments, environmentRule).map(([name, environment]) => [name, { ...environmentOf(environment), name }])),
    };
}
function registryOf({ account, region, regions, role }) {
    return { account, region, regions: [...new Set(regions)].filter((one) => one !== region), ...(role === undefined ? {} : { role }) };
}
function serviceOf({ image, manifests, config, secrets }) {
    return {
        ...(image === undefined
            ? {}
            : {
                image: {
                    repository: image.repository,
                    context: image.context,
                    dockerfile: image.dockerfile,
                    ...(image.target === undefined ? {} : { target: image.target }),
                    platforms: image.platforms,
                    buildArgs: image['build-args'],
                    secrets: image.secrets,
                },
            }),
        ...(manifests === undefined ? {} : { manifests: { paths: manifests.paths, template: manifests.template } }),
        config: new Map(Object.entries(config).map(([name, { files, literals, template, mode, 'env-files': envFiles }]) => [name, { name, files, envFiles, literals, template, mode }])),
        secrets: new Map(Object.entries(secrets).map(([name, declaration]) => [name, secretOf(name, declaration)])),
    };
}
function secretOf(name, declaration) {
    const { type, mode, from, keys } = declaration;
    return {
        name,
        type,
        mode,
        ...(from === undefined ? {} : { from: referenceOf(from, declaration) }),
        keys: Object.fromEntries(Object.entries(keys ?? {}).map(([key, reference]) => [key, referenceOf(reference.from, reference)])),
    };
}
function referenceOf(secretId, { 'json-key': jsonKey, stage }) {
    return { secretId, ...(jsonKey === undefined ? {} : { jsonKey }), ...(stage === undefined ? {} : { stage }) };
}
function environmentOf({ branches, tags, requires, variables, rollout, registry, targets, ...text }) {
    const { 'pre-releases': allowsPrereleases, 'release-branch': releaseBranch } = text;
    return {
        branches,
        tags,
        allowsPrereleases,
        ...(releaseBranch === undefined ? {} : { releaseBranch }),
        ...(requires === undefined ? {} : { requires }),
        variables,
        rollout: {
            waves: wavesOf(rollout.order, targets.map(({ name }) => name)),
            ...(rollout.soak === undefined ? {} : { soakMs: rollout.soak }),
            ...(rollout.timeout === undefined ? {} : { timeoutMs: rollout.timeout }),
        },
        ...(registry === undefined ? {} : { registry: registryOf(registry) }),
        targets: targets.map(targetOf),
    };
}
function targetOf(target) {
    const { name, region, cluster, namespace, role, variables, 'record-namespace': recordNamespace, 'expected-account': expectedAccount } = target;
    return {
        name,
        region,
        cluster,
        namespace,
        recordNamespace: recordNamespace ?? defaultRecordNamespace(),
        ...(role === undefined ? {} : { role }),
        ...(expectedAccount === undefined ? {} : { expectedAccount }),
        variables,
    };
}
/** Where locks and records live unless a target says otherwise. */
function defaultRecordNamespace() {
    const name = 'slipway';
    if (!namespaceRule.is(name))
        throw new Error('the default record namespace breaks the rule of namespaces');
    return name;
}
function entries(record, rule) {
    return Object.entries(record).flatMap(([name, value]) => (rule.is(name) && value !== undefined ? [[name, value]] : []));
}

;// CONCATENATED MODULE: ./packages/project/src/config-modes.ts
/** How a ConfigMap or Secret gets to another content: by a new object of another name, by a change, or by deletion and creation. */
const configModes = ['versioned', 'in-place', 'recreate'];

;// CONCATENATED MODULE: ./packages/project/src/rules.ts

/** The ARN of an IAM role. */
const roleRule = {
    is: (text) => /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(text),
    rule: 'the ARN of an IAM role, such as arn:aws:iam::111122223333:role/deploy',
};
/** The name of an EKS cluster. */
const clusterRule = {
    is: (text) => /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(text),
    rule: 'the name of an EKS cluster: at most 100 letters, digits, "-" or "_"',
};
/** A declared name of a ConfigMap or Secret: it becomes a label, and with "-" and ten digits of a hash the object's name. */
const configNameRule = {
    is: (text) => text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text),
    rule: 'at most 63 lower-case letters, digits, "-" or ".", with a letter or digit at both ends of each part',
};
/** The name of a variable that a project file may set. */
const variableRule = {
    is: (text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !text.startsWith('SLIPWAY_'),
    rule: 'letters, digits and "_", not beginning with a digit, nor with SLIPWAY_, which is for the built-in ones',
};
/** A key of a ConfigMap or Secret. */
const configKeyRule = {
    is: (text) => text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && !text.startsWith('..'),
    rule: 'at most 253 letters, digits, "-", "_" or ".", not "." and not beginning with ".."',
};
/** The type of a Secret. */
const secretTypeRule = {
    is: (text) => /^[A-Za-z0-9](?:[-A-Za-z0-9_./]{0,251}[A-Za-z0-9])?$/.test(text),
    rule: 'a type of Secret, such as Opaque or kubernetes.io/tls',
};
/** Where a policy that several repositories share stands: in another repository at a branch, tag or commit, or in the workspace. */
const extendsRule = {
    is: (text) => sharedPolicy(text) !== undefined || (!text.includes('//') && !text.includes('@') && unsafePath(text) === undefined),
    rule: 'a file of another repository, such as acme/platform//environments.yml@main, or a path inside the workspace',
};
/** The parts of `owner/name//path@ref`; undefined where the text is none. */
function sharedPolicy(text) {
    const [, repository = '', path = '', ref = ''] = /^([A-Za-z0-9][\w.-]*\/[\w.-]+)\/\/([^@]+)@(.+)$/.exec(text) ?? [];
    return repository !== '' && unsafePath(path) === undefined && branchRule.is(ref) ? { repository, path, ref } : undefined;
}
/** The name of a branch, a tag or a commit, as far as it can do no harm in a request. */
const branchRule = {
    is: (text) => /^[A-Za-z0-9_][\w./+#-]{0,243}$/.test(text) && !text.includes('..') && !text.endsWith('/') && !text.endsWith('.lock'),
    rule: 'the name of a branch, a tag or a commit',
};

;// CONCATENATED MODULE: ./packages/project/src/schema.ts





/** Marks the issue of a key that a map does not know; the issue's message then lists the keys that it does. */
const unknownKey = 'never';
/** Begins the message of an issue about a word that is none of a few; the words follow. */
const oneOf = 'one of: ';
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const schema_isList = (value) => Array.isArray(value);
/** A map with the keys given and no other; all its problems are found, not only the first. */
const map = (entries) => dist/* pipe */.FsL(dist/* custom */.IeY(isMap, 'a map'), dist/* looseObject */._H3(entries), dist/* rawCheck */.H0v(({ dataset, addIssue }) => {
    const value = dataset.value;
    if (!isMap(value))
        return;
    for (const key of Object.keys(value).filter((one) => !Object.hasOwn(entries, one))) {
        addIssue({ message: Object.keys(entries).join(', '), expected: unknownKey, path: [{ type: 'object', origin: 'key', input: {}, key, value: undefined }] });
    }
}));
const schema_named = (rule) => dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* rawTransform */.NTK(({ dataset, addIssue, NEVER }) => {
    if (rule.is(dataset.value))
        return dataset.value;
    addIssue({ message: rule.rule });
    return NEVER;
}), dist/* description */.h_(rule.rule));
const mapOf = (rule, schema) => dist/* pipe */.FsL(dist/* custom */.IeY(isMap, 'a map'), dist/* record */.g1P(schema_named(rule), schema));
const list = (schema) => dist/* pipe */.FsL(dist/* custom */.IeY(schema_isList, 'a list'), dist/* array */.YOg(schema));
const some = (schema) => dist/* pipe */.FsL(list(schema), dist/* minLength */.BpQ(1, 'a list of one or more'));
const schema_text = dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* nonEmpty */.hq('text that is not empty'));
const schema_flag = dist/* boolean */.zMY('true or false');
const mode = dist/* exactOptional */.yqP(dist/* picklist */.KIO(configModes, `${oneOf}${configModes.join(', ')}`), 'versioned');
const path = dist/* pipe */.FsL(schema_text, dist/* rawCheck */.H0v(({ dataset, addIssue }) => {
    const reason = dataset.typed ? unsafePath(dataset.value) : undefined;
    if (reason !== undefined)
        addIssue({ message: `a path that stays inside its folder (${reason})` });
}));
const spanRule = 'a number with one of the units s, m, h, such as 90s or 5m';
const span = dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* rawTransform */.NTK(({ dataset, addIssue, NEVER }) => {
    const milliseconds = texts_parseDuration(dataset.value);
    if (milliseconds !== undefined)
        return milliseconds;
    addIssue({ message: spanRule });
    return NEVER;
}), dist/* description */.h_(spanRule));
const variables = dist/* exactOptional */.yqP(mapOf(variableRule, dist/* string */.YjP('text')), {});
const registry = map({
    account: schema_named(accountRule),
    region: schema_named(regionRule),
    regions: dist/* exactOptional */.yqP(list(schema_named(regionRule)), []),
    role: dist/* exactOptional */.yqP(schema_named(roleRule)),
});
const secretReference = { 'json-key': dist/* exactOptional */.yqP(schema_text), stage: dist/* exactOptional */.yqP(schema_text) };
const service = map({
    image: dist/* exactOptional */.yqP(map({
        repository: schema_named(repositoryRule),
        context: dist/* exactOptional */.yqP(path, '.'),
        dockerfile: dist/* exactOptional */.yqP(path, 'Dockerfile'),
        target: dist/* exactOptional */.yqP(schema_text),
        platforms: dist/* exactOptional */.yqP(some(schema_text), ['linux/amd64']),
        'build-args': dist/* exactOptional */.yqP(mapOf(variableOrArgument(), dist/* string */.YjP('text')), {}),
        secrets: dist/* exactOptional */.yqP(list(schema_text), []),
    })),
    manifests: dist/* exactOptional */.yqP(map({ paths: some(path), template: dist/* exactOptional */.yqP(schema_flag, false) })),
    config: dist/* exactOptional */.yqP(mapOf(configNameRule, map({
        files: dist/* exactOptional */.yqP(list(path), []),
        'env-files': dist/* exactOptional */.yqP(list(path), []),
        literals: dist/* exactOptional */.yqP(mapOf(configKeyRule, dist/* string */.YjP('text')), {}),
        template: dist/* exactOptional */.yqP(schema_flag, false),
        mode,
    })), {}),
    secrets: dist/* exactOptional */.yqP(mapOf(configNameRule, map({
        type: dist/* exactOptional */.yqP(schema_named(secretTypeRule), 'Opaque'),
        mode,
        from: dist/* exactOptional */.yqP(schema_text),
        ...secretReference,
        keys: dist/* exactOptional */.yqP(mapOf(configKeyRule, map({ from: schema_text, ...secretReference }))),
    })), {}),
});
const order = dist/* union */.KCZ([dist/* picklist */.KIO(['one-then-rest', 'all-at-once']), dist/* pipe */.FsL(dist/* array */.YOg(dist/* pipe */.FsL(dist/* array */.YOg(dist/* string */.YjP()), dist/* minLength */.BpQ(1))), dist/* minLength */.BpQ(1))], 'one-then-rest, all-at-once, or a list of waves such as [[eu], [us, ap]]');
const environment = map({
    branches: dist/* exactOptional */.yqP(list(schema_text), []),
    tags: dist/* exactOptional */.yqP(list(schema_text), []),
    'pre-releases': dist/* exactOptional */.yqP(schema_flag, false),
    'release-branch': dist/* exactOptional */.yqP(schema_named(branchRule)),
    requires: dist/* exactOptional */.yqP(map({ environment: schema_named(environmentRule), role: schema_named(roleRule) })),
    variables,
    rollout: dist/* exactOptional */.yqP(map({
        soak: dist/* exactOptional */.yqP(span),
        timeout: dist/* exactOptional */.yqP(span),
        regions: dist/* exactOptional */.yqP(dist/* picklist */.KIO(['independent'], `${oneOf}independent`), 'independent'),
        order: dist/* exactOptional */.yqP(order, 'one-then-rest'),
    }), { regions: 'independent', order: 'one-then-rest' }),
    registry: dist/* exactOptional */.yqP(registry),
    targets: some(map({
        name: schema_named(names_targetRule),
        region: schema_named(regionRule),
        cluster: schema_named(clusterRule),
        namespace: schema_named(namespaceRule),
        'record-namespace': dist/* exactOptional */.yqP(schema_named(namespaceRule)),
        role: dist/* exactOptional */.yqP(schema_named(roleRule)),
        'expected-account': dist/* exactOptional */.yqP(schema_named(accountRule)),
        variables,
    })),
});
const version = dist/* literal */.euz(1, 'the number 1');
const environments = mapOf(environmentRule, environment);
/** The whole project file, as it is written. */
const projectSchema = map({
    version,
    extends: dist/* exactOptional */.yqP(schema_named(extendsRule)),
    registry: dist/* exactOptional */.yqP(registry),
    configuration: dist/* exactOptional */.yqP(map({ path: dist/* exactOptional */.yqP(path, '.') }), { path: '.' }),
    services: mapOf(names_serviceRule, service),
    environments: dist/* exactOptional */.yqP(environments, {}),
});
/** What of a project file is policy: the services of the default branch are nobody's concern. */
const policySchema = map({
    version,
    extends: dist/* exactOptional */.yqP(schema_named(extendsRule)),
    registry: dist/* exactOptional */.yqP(registry),
    configuration: dist/* exactOptional */.yqP(dist/* unknown */.L5J()),
    services: dist/* exactOptional */.yqP(dist/* unknown */.L5J()),
    environments: dist/* exactOptional */.yqP(environments, {}),
});
function variableOrArgument() {
    return { is: (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name), rule: 'letters, digits and "_", not beginning with a digit' };
}

;// CONCATENATED MODULE: ./packages/project/src/parse-project.ts









/**
 * Reads a project file.
 * @throws Failed `project-file-invalid` with every problem at its line and column.
 */
function parseProject(text, file) {
    return parse(text, file, projectSchema, (written, document, problems) => {
        const project = projectOf(written);
        checkServices(project, document, problems);
        checkPolicy(project, written, document, problems);
        return project;
    });
}
/**
 * Reads what of a project file is policy: of the default branch's, or of one that `extends` names, which may be a part
 * of the whole. Its services may be anything.
 * @throws Failed `project-file-invalid` as `parseProject` does.
 */
function parsePolicy(text, file, role = 'whole') {
    return parse(text, file, policySchema, (written, document, problems) => {
        const policy = policyOf(written);
        checkPolicy(policy, { ...written, isPart: role === 'extended' }, document, problems);
        return { ...policy, ...(written.extends === undefined ? {} : { extends: written.extends }) };
    });
}
function parse(text, file, schema, read) {
    const document = readDocument(text, file);
    const problems = new src_failure/* Problems */.Zw();
    const result = dist/* safeParse */.xLC(schema, document.value);
    if (!result.success)
        for (const failure of inOrder(result.issues.map((issue) => failureOf(issue, document))))
            problems.add(failure);
    problems.throwIfAny();
    if (!result.success)
        throw new Error('a schema without issues has an output');
    const meant = read(result.output, document, problems);
    problems.throwIfAny();
    return meant;
}
function failureOf(issue, document) {
    const path = pathOf(issue);
    const above = nameOf(path.slice(0, -1));
    const key = String(path.at(-1) ?? '');
    const at = document.place(path);
    const code = 'project-file-invalid';
    if (issue.expected === unknownKey) {
        return { code, what: `${above} has no key ${shown(key)}`, at, why: `its keys are ${issue.message}`, next: insteadOf(key, issue.message.split(', ')) };
    }
    if (issue.path?.at(-1)?.origin === 'key') {
        return issue.kind === 'schema' && issue.input === undefined
            ? { code, what: `${above} lacks the key "${key}"`, at: document.place(path.slice(0, -1)), why: 'it has no default', next: 'add it' }
            : { code, what: `the name ${shown(key)} in ${above} is none`, at, why: `it must be ${issue.message}`, next: 'correct the name' };
    }
    const written = document.written(path);
    if (issue.message === 'text' && isPlain(issue.input)) {
        const read = written === String(issue.input) ? '' : ` and would make it ${String(issue.input)}`;
        const what = `${nameOf(path)} is ${shown(written ?? String(issue.input))} without quotes`;
        const sort = issue.input === null ? 'nothing' : `a ${typeof issue.input}`;
        return { code, what, at, why: `it must be text, but YAML reads it as ${sort}${read}`, next: `quote it: "${written ?? ''}"` };
    }
    const words = issue.message.startsWith(oneOf) ? issue.message.slice(oneOf.length).split(', ') : undefined;
    return {
        code,
        what: `${nameOf(path)} is ${written === undefined ? 'something else' : shown(written)}`,
        at,
        why: `it must be ${issue.message}`,
        next: words === undefined ? 'correct it' : insteadOf(written ?? '', words),
    };
}
function inOrder(failures) {
    return failures.toSorted(({ at: a }, { at: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0));
}
function pathOf(issue) {
    return (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));
}
function nameOf(path) {
    return path.length === 0 ? 'the project file' : path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').slice(1);
}
function isPlain(value) {
    return value === null || typeof value === 'number' || typeof value === 'boolean';
}

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

;// CONCATENATED MODULE: ./packages/report/src/words.ts
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
function words_list(words, last = 'and') {
    if (words.length < 2)
        return words.join('');
    return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

;// CONCATENATED MODULE: ./packages/access/src/policy-files.ts

/** Reads policy from GitHub. Nothing is asked, and the client not loaded, before it is needed. */
function policyFiles({ run, token, environment, clock, signal, onWait, budgetMs, withoutGitHub }) {
    const open = async (repository, why) => {
        if (token === '')
            throw new src_failure/* Failed */.cV({ code: 'input-missing', what: 'the input "github-token" is empty', why, next: 'leave it out, which gives the job\'s own token, or give one that can read the contents of the repository' });
        const { openGitHub } = await __webpack_require__.e(/* import() */ 195).then(__webpack_require__.bind(__webpack_require__, 3195));
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
        const project = parseProject(await readProjectFile(source.run.workspace, file, governed_project_named(file, source)), file);
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
function governed_project_named(file, { withoutFile }) {
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
        return { file: onDefault(file, run), policy: parsePolicy(text, onDefault(file, run)) };
    throw new src_failure/* Failed */.cV({
        code: 'project-file-missing',
        what: `the default branch of ${run.repository} has no project file ${file}`,
        why: `what ${run.ref} may be deployed to is said there: policy is never taken from the commit that is deployed`,
        next: `merge ${file} into the default branch first; where the repository is checked out into a folder, check it out into the workspace itself, so that the path is the same in both`,
    });
}
/** The file that a policy extends. A path of the repository counts as it is on the default branch, like the policy itself. */
async function extended(own, named, isHere, source, files) {
    const shared = sharedPolicy(named);
    const file = shared === undefined && !isHere ? onDefault(named, source.run) : named;
    const text = shared !== undefined ? await files.ofRepository(shared, own.file) : isHere ? await checkedOut(named, own.file, source.run) : await files.ofDefaultBranch(external_node_path_.posix.normalize(named));
    if (text === undefined) {
        throw new src_failure/* Failed */.cV({ code: 'project-file-missing', what: `the default branch of ${source.run.repository} has no file ${named}, which ${own.file} extends`, why: 'a path there is one of the default branch, too', next: `add ${named} to the default branch, or correct \`extends\` there` });
    }
    const policy = parsePolicy(text, file, 'extended');
    if (policy.extends === undefined)
        return { file, policy };
    throw new src_failure/* Failed */.cV({ code: 'project-file-invalid', what: `${file}, which ${own.file} extends, extends another file itself`, why: 'policy is said in two places at most, so that it can be read', next: `name ${policy.extends} by \`extends\` of ${own.file}, or write what it says into ${file}` });
}
function checkedOut(named, by, { workspace }) {
    return readProjectFile(workspace, named, { what: `the file ${named}, which ${by} extends,`, next: `or correct \`extends\` in ${by}` });
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
    notice(`${file} of ${run.ref} says something else of ${words_list(parts)} than the default branch${run.defaultBranch === undefined ? '' : ` ${run.defaultBranch}`} does; what counts is the default branch`);
}

;// CONCATENATED MODULE: ./packages/release/src/encode-result.ts

/** The output `result`: one JSON document, its texts inert, since a later step may print it. */
function encodeResult(action, outcome, failures, own) {
    return JSON.stringify({ version: 1, action, outcome, failures: failures.map(inertFailure), ...own });
}
function inertFailure({ code, what, where, at, why, next }) {
    return {
        code,
        what: (0,inert/* inertLine */.Fq)(what),
        ...(where === undefined ? {} : { where: (0,inert/* inertLine */.Fq)(where) }),
        ...(at === undefined ? {} : { at: { ...at, file: (0,inert/* inertLine */.Fq)(at.file) } }),
        why: (0,inert/* inertLine */.Fq)(why),
        next: (0,inert/* inertLine */.Fq)(next),
    };
}

// EXTERNAL MODULE: ./packages/wire/src/clock.ts
var clock = __webpack_require__(3309);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/file-command.js + 1 modules
var file_command = __webpack_require__(841);
;// CONCATENATED MODULE: ./packages/action-host/src/file-command.ts

/** Sets an output of the step, or saves what its end at the job's end gets to know, also where the step is killed. Without a runner it goes nowhere. */
function fileCommand(command, name, value) {
    if ((process.env[`GITHUB_${command}`] ?? '') !== '')
        (0,file_command/* issueFileCommand */.n)(command, (0,file_command/* prepareKeyValueMessage */.v)(name, value));
}

// EXTERNAL MODULE: ./packages/action-host/src/id-token.ts + 1 modules
var id_token = __webpack_require__(8961);
// EXTERNAL MODULE: ./packages/action-host/src/runner.ts
var runner = __webpack_require__(8645);
;// CONCATENATED MODULE: ./packages/action-host/src/log.ts


const log = {
    info(text) {
        runner/* runner */.l.print((0,inert/* inert */.tJ)(text));
    },
    notice(text, place) {
        runner/* runner */.l.command('notice', (0,inert/* inert */.tJ)(text), properties(place));
    },
    warning(text, place) {
        runner/* runner */.l.command('warning', (0,inert/* inert */.tJ)(text), properties(place));
    },
    failure(failure) {
        runner/* runner */.l.command('error', (0,inert/* inert */.tJ)((0,src_failure/* failureText */.kY)(failure)), { title: failure.code, ...properties(failure.at) });
    },
};
function properties(place) {
    return place === undefined ? {} : { file: (0,inert/* inert */.tJ)(place.file), line: place.line, col: place.column };
}

;// CONCATENATED MODULE: ./packages/report/src/base64-forms.ts
/**
 * What base64 text shows of these bytes: alone, with and without padding, as part of something longer at each of the
 * three offsets, in lines of 64 and 76 characters, in both alphabets.
 */
function base64Forms(bytes) {
    const whole = base64(bytes);
    const forms = [whole, whole.replace(/=+$/, ''), ...linesOf(whole, 64), ...linesOf(whole, 76), ...[0, 1, 2].map((offset) => sureMiddle(bytes, offset))];
    return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
/** The first and last characters depend on the neighbours of the value, so only what lies between them is sure. */
function sureMiddle(bytes, offset) {
    const shifted = new Uint8Array(offset + bytes.length);
    shifted.set(bytes, offset);
    const encoded = base64(shifted).replace(/=+$/, '');
    const start = offset === 0 ? 0 : offset + 1;
    return encoded.slice(start, shifted.length % 3 === 0 ? encoded.length : encoded.length - 1);
}
function linesOf(text, length) {
    if (text.length <= length)
        return [];
    return Array.from({ length: Math.ceil(text.length / length) }, (_, index) => text.slice(index * length, (index + 1) * length));
}
/** In pieces, since a call takes only so many arguments; 3 divides their length, so that they fit together. */
function base64(bytes) {
    const piece = 3 * 4096;
    let encoded = '';
    for (let start = 0; start < bytes.length; start += piece)
        encoded += btoa(String.fromCharCode(...bytes.subarray(start, start + piece)));
    return encoded;
}

;// CONCATENATED MODULE: ./packages/report/src/form-search.ts
/** The shortest form, and the shortest part of one, that is looked for. */
const shortest = 4;
const mark = '***';
/** Makes forms ready to be looked for; those under 4 characters are left out. */
function form_search_formsIndex(forms) {
    const texts = [...forms].filter((form) => form.length >= shortest);
    const asText = table(texts);
    return { asText, asBytes: texts.every(isAscii) ? asText : table(texts.map(bytesText)) };
}
/**
 * Text in which every form is `***`. Forms that overlap or hold each other vanish as one. `isCut`: the text may have
 * been cut at its ends, so what begins a form at the end, or ends one at the beginning, vanishes too.
 */
function form_search_withoutForms(text, forms, { isCut }) {
    let current = text;
    // What a mark makes with its neighbours may be a form itself. Each round makes the text shorter, so there is an end.
    for (;;) {
        const spans = readings(current, forms).flatMap((reading) => [...whole(reading), ...(isCut ? [...cutAtStart(reading), ...cutAtEnd(reading)] : [])]);
        if (spans.length === 0)
            return current;
        current = marked(current, spans);
    }
}
/** The text itself; where it may hold URL encoding, also decoded, with `+` as itself and as a blank. */
function readings(text, forms) {
    const found = [{ text, forms: forms.asText, original: (start, end) => [start, end] }];
    if (/%[0-9a-f]{2}/i.test(text))
        found.push(decoded(text, forms, '+'));
    if (text.includes('+'))
        found.push(decoded(text, forms, ' '));
    return found;
}
function decoded(text, forms, plus) {
    const pieces = [];
    const places = [];
    for (let start = 0; start < text.length;) {
        const code = /^%[0-9a-f]{2}/i.test(text.slice(start, start + 3)) ? Number.parseInt(text.slice(start + 1, start + 3), 16) : undefined;
        const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
        const end = start + (code === undefined ? character.length : 3);
        const bytes = code !== undefined ? String.fromCharCode(code) : character === '+' ? plus : bytesText(character);
        pieces.push(bytes);
        for (let index = 0; index < bytes.length; index += 1)
            places.push([start, end]);
        start = end;
    }
    return {
        text: pieces.join(''),
        forms: forms.asBytes,
        original: (start, end) => [places[start]?.[0] ?? 0, places[end - 1]?.[1] ?? text.length],
    };
}
function whole({ text, forms, original }) {
    const spans = [];
    for (let start = 0; start + shortest <= text.length; start += 1) {
        const form = formAt(text, start, forms);
        if (form !== undefined)
            spans.push(original(start, start + form.length));
    }
    return spans;
}
function formAt(text, start, forms) {
    for (const [length, byStart] of forms) {
        const form = byStart.get(text.slice(start, start + length))?.find((candidate) => text.startsWith(candidate, start));
        if (form !== undefined)
            return form;
    }
    return undefined;
}
/** The longest end of a form with which the text begins. */
function cutAtStart({ text, forms, original }) {
    const first = text.slice(0, shortest);
    if (first.length < shortest)
        return [];
    let longest = 0;
    for (const form of form_search_all(forms)) {
        for (let at = form.indexOf(first); at !== -1 && form.length - at > longest; at = form.indexOf(first, at + 1)) {
            if (text.startsWith(form.slice(at)))
                longest = form.length - at;
        }
    }
    return longest === 0 ? [] : [original(0, longest)];
}
/** The longest beginning of a form with which the text ends. */
function cutAtEnd({ text, forms, original }) {
    const last = text.slice(-shortest);
    if (last.length < shortest)
        return [];
    let longest = 0;
    for (const form of form_search_all(forms)) {
        for (let at = form.lastIndexOf(last); at !== -1 && at + shortest > longest; at = at === 0 ? -1 : form.lastIndexOf(last, at - 1)) {
            if (text.endsWith(form.slice(0, at + shortest)))
                longest = at + shortest;
        }
    }
    return longest === 0 ? [] : [original(text.length - longest, text.length)];
}
function marked(text, spans) {
    const sorted = [...spans].sort(([a], [b]) => a - b);
    const pieces = [];
    let done = 0;
    let hiddenTo = -1;
    for (const [start, end] of sorted) {
        if (start > hiddenTo)
            pieces.push(text.slice(done, start), mark);
        hiddenTo = Math.max(hiddenTo, end);
        done = hiddenTo;
    }
    return [...pieces, text.slice(done)].join('');
}
function table(forms) {
    const found = new Map();
    for (const form of [...new Set(forms)].sort((a, b) => b.length - a.length)) {
        const length = 2 ** Math.floor(Math.log2(form.length));
        const byStart = found.get(length) ?? new Map();
        found.set(length, byStart);
        const start = form.slice(0, length);
        const others = byStart.get(start);
        if (others)
            others.push(form);
        else
            byStart.set(start, [form]);
    }
    return [...found];
}
function form_search_all(forms) {
    return forms.flatMap(([, byStart]) => [...byStart.values()].flat());
}
/** The bytes of the text's UTF-8, one character for each. */
function bytesText(text) {
    if (isAscii(text))
        return text;
    let bytes = ''; // in a loop, since a call takes only so many arguments
    for (const byte of new TextEncoder().encode(text))
        bytes += String.fromCharCode(byte);
    return bytes;
}
function isAscii(text) {
    return /^[\u0000-\u007f]*$/.test(text);
}

;// CONCATENATED MODULE: ./packages/report/src/redact.ts


/**
 * The redaction of these secret values; bytes that are no UTF-8 are hidden as a log would show them.
 * After it no form of 4 characters or more is left in the text, whole or, at the two ends of the text, in part.
 * A value that is one of `names` is no secret: a database user is often called like its service.
 */
function redaction(values, names = new Set()) {
    const forms = form_search_formsIndex(new Set([...values].flatMap(secretForms).filter((form) => !names.has(form))));
    return (text) => form_search_withoutForms(text, forms, { isCut: true });
}
/** Text with each of the forms replaced by `***`, as they stand and as a URL would hold them. */
function redact(text, forms) {
    return withoutForms(text, formsIndex(forms), { isCut: false });
}
/**
 * The forms in which a secret value may show in text, longest first: itself, its lines, the leaves of its JSON, and of
 * each of these base64 (at its three offsets, in both alphabets), URL encoding and JSON's escapes.
 * Forms under 4 characters are left out: they would blank everything.
 */
function secretForms(value) {
    const text = typeof value === 'string' ? value : new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
    const forms = new Set(typeof value === 'string' ? [] : base64Forms(value));
    for (const plain of plainForms(text)) {
        const wellFormed = plain.toWellFormed();
        const encoded = [encodeURIComponent(wellFormed), ...jsonEscapes(plain), ...base64Forms(new TextEncoder().encode(wellFormed))];
        for (const form of [plain, wellFormed, ...encoded])
            forms.add(form);
    }
    return [...forms].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length);
}
/** Every string and number inside a JSON document, numbers also as they are written there; nothing where the text is no JSON. */
function jsonLeaves(text) {
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        return [];
    }
    const leaves = new Set();
    const left = [parsed];
    while (left.length > 0) {
        const node = left.pop();
        if (typeof node === 'string')
            leaves.add(node);
        else if (typeof node === 'number')
            leaves.add(String(node));
        else if (typeof node === 'object' && node !== null)
            for (const member of Object.values(node))
                left.push(member);
    }
    // 1.10 and long numbers are not what they were once they have been parsed.
    for (const [written] of text.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/-?\d[\d.eE+-]*/g))
        leaves.add(written);
    return [...leaves];
}
/** The value, its lines and its leaves, those of leaves too, each as messages tidy it: trimmed, on one line, without a last stop. */
function plainForms(value) {
    const found = new Set([value]);
    // A set is walked to its end with what is added on the way; leaves of leaves only get shorter.
    for (const text of found) {
        for (const part of [...text.split(/\r\n|\r|\n/), ...jsonLeaves(text)])
            if (part.length >= 4)
                found.add(part);
    }
    return new Set([...found].flatMap((text) => {
        const line = text.replace(/\s+/g, ' ').trim();
        return [text, text.trim(), line, line.replace(/[.:;,]+$/, '')];
    }));
}
/** As inside a JSON string, also in the manner of those who escape for HTML or escape slashes. */
function jsonEscapes(text) {
    const escaped = JSON.stringify(text).slice(1, -1);
    const forHtml = escaped.replace(/[&<>]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
    return [escaped, forHtml, escaped.replaceAll('/', '\\/')];
}

;// CONCATENATED MODULE: ./packages/action-host/src/masking.ts



/** A run's masks: hides values in the log, but leaves names alone, with one notice for each. */
function masking() {
    const spared = new Set();
    return (value, names = []) => {
        const known = [...names];
        for (const part of new Set([value, ...value.split(/\r?\n/), ...jsonLeaves(value)].map((one) => one.trim()))) {
            // A shorter mask would blank innocent text, and outputs with it.
            if (part.length < 8)
                continue;
            const name = known.find((one) => one.includes(part));
            if (name === undefined)
                runner/* runner */.l.command('add-mask', part);
            else if (!spared.has(name)) {
                spared.add(name);
                log.notice(`a secret holds a value that is, or is a part of, the name "${name}"; the runner does not hide that value, since it would blank the name in this run's text and outputs`);
            }
        }
    };
}

;// CONCATENATED MODULE: ./packages/action-host/src/raw-inputs.ts
/** Reads `INPUT_*`: the runner writes names in upper case, with blanks as underscores, and keeps hyphens. */
function rawInputs(declared, environment) {
    const known = new Map(declared.map((name) => [variable(name), name]));
    const values = Object.fromEntries(declared.map((name) => [name, trimmed(environment[variable(name)] ?? '')]));
    const unknown = Object.entries(environment)
        .filter(([name, value]) => name.startsWith('INPUT_') && value !== undefined && !known.has(name))
        .map(([name]) => name.slice('INPUT_'.length).toLowerCase());
    return { values, unknown };
}
function variable(input) {
    return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}
/** Byte-order marks, non-breaking and zero-width blanks are blank, too. */
function trimmed(text) {
    return text.replace(/^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g, '');
}

;// CONCATENATED MODULE: ./packages/action-host/src/shared-tokens.ts
const lastsAtLeastMs = 60_000;
/**
 * Asks once for all who want a token of the same audience, as long as it lasts: the roles of several targets take the
 * same. What was refused is asked for again.
 */
function sharedTokens({ ask, now, mask, ahead }) {
    const shared = new Map();
    if (ahead !== undefined)
        shared.set(ahead.audience, noted(ahead.token));
    const given = (one) => {
        one.given ??= one.token.then((token) => {
            mask(token);
            return token;
        });
        return one.given;
    };
    return (audience, meanwhile = () => undefined) => {
        const known = shared.get(audience);
        if (known !== undefined && known.untilMs > now()) {
            meanwhile();
            return given(known);
        }
        const asked = noted(ask(audience, meanwhile));
        shared.set(audience, asked);
        return given(asked);
    };
}
function noted(token) {
    const asked = { token, untilMs: Infinity };
    void token.then((text) => {
        asked.untilMs = expiresAtMs(text) - lastsAtLeastMs;
    }, () => {
        asked.untilMs = 0;
    });
    return asked;
}
/** When a JSON web token ends; one that does not say it is not kept. */
function expiresAtMs(token) {
    try {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
        return typeof claims === 'object' && claims !== null && 'exp' in claims && typeof claims.exp === 'number' ? claims.exp * 1000 : 0;
    }
    catch {
        return 0;
    }
}

// EXTERNAL MODULE: ./packages/action-host/src/run-context.ts
var run_context = __webpack_require__(4964);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/summary.js
var summary = __webpack_require__(1170);
;// CONCATENATED MODULE: ./packages/action-host/src/run-action.ts












const mostSummaryBytes = 1024 * 1024 - 1024;
const greenForAll = ['changed', 'unchanged', 'planned'];
/**
 * Runs an action as its entry: the story, or, at the end of the job, what it left to do. Sets the exit code.
 * @param ahead A token that was asked for already, for whoever asks for the same.
 */
async function runAction(action, ahead) {
    try {
        if (runner/* runner */.l.state(runner/* postMark */.c) === '')
            await mainOf(action, ahead);
        else
            await action.post?.((name) => runner/* runner */.l.state(name));
    }
    catch (error) {
        process.exitCode = 1;
        for (const failure of error instanceof src_failure/* Failed */.cV ? error.failures : [bug(action, error)])
            log.failure(failure);
    }
}
async function mainOf(action, ahead) {
    fileCommand('STATE', runner/* postMark */.c, 'true');
    const work = new AbortController();
    work.signal.addEventListener('abort', () => ahead?.abandon());
    const stop = (signal) => {
        work.abort(new src_failure/* Failed */.cV({ code: 'cancelled', what: `the run was told to stop (${signal})`, why: 'it was cancelled', next: 'start it again if it is still wanted' }));
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    try {
        const ending = await told(action, work.signal, ahead);
        // What the story left under way, such as the other one of two requests of which one failed, ends with it: it would else be tried again for minutes.
        work.abort();
        await toldInFull(action, ending);
    }
    finally {
        // Not before the outputs are written: a second signal must not end the process between two of them.
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
    }
}
async function toldInFull(action, ending) {
    for (const failure of ending.failures ?? [])
        log.failure(failure);
    for (const name of action.outputs)
        fileCommand('OUTPUT', name, ending.outputs[name] ?? '');
    fileCommand('OUTPUT', 'outcome', ending.outcome);
    fileCommand('OUTPUT', 'result', encodeResult(action.name, ending.outcome, ending.failures ?? [], ending.result ?? {}));
    if (process.env['GITHUB_STEP_SUMMARY'] !== undefined)
        await summary/* summary */.z.addRaw(cutSummary(ending.summary), true).write();
    if (![...greenForAll, ...(action.green ?? [])].includes(ending.outcome))
        process.exitCode = 1;
}
/** Failures and bugs end a story like any other: with outputs and a summary. */
async function told(action, work, ahead) {
    let outcome = 'refused';
    const wrote = () => {
        outcome = 'partial';
    };
    try {
        return await action.story(hostOf(action, work, wrote, ahead));
    }
    catch (error) {
        const failures = error instanceof src_failure/* Failed */.cV ? error.failures : [bug(action, error)];
        const rows = failures.map((failure) => `- ${(0,inert/* inMarkdown */.Hi)((0,src_failure/* failureText */.kY)(failure))}`);
        return { outcome, outputs: {}, summary: [`### ${action.name}: ${outcome}`, '', ...rows].join('\n'), failures };
    }
}
function hostOf(action, work, wrote, ahead) {
    const tokens = sharedTokens({
        ask: (audience, meanwhile) => (0,id_token/* idToken */.f)(audience, meanwhile, work),
        now: () => clock/* systemClock */.m.now(),
        mask: (token) => {
            runner/* runner */.l.command('add-mask', token);
        },
        ahead,
    });
    return {
        inputs: rawInputs(action.inputs, process.env),
        run: (0,run_context/* runContext */.p)(process.env),
        environment: process.env,
        log: log,
        clock: clock/* systemClock */.m,
        work,
        mask: masking(),
        wrote,
        saveState: (name, value) => { fileCommand('STATE', name, value); },
        idToken: (audience, meanwhile = () => undefined) => tokens(audience, meanwhile),
    };
}
/** The runner drops a summary over 1 MiB: it is cut at a line instead. */
function cutSummary(summary) {
    const bytes = Buffer.from(summary);
    return bytes.length <= mostSummaryBytes ? summary : `${bytes.subarray(0, bytes.lastIndexOf('\n', mostSummaryBytes)).toString()}\n\n(cut at 1 MiB)`;
}
function bug(action, error) {
    return {
        code: 'bug',
        what: `${action.name} stopped at a mistake of its own`,
        why: error instanceof Error ? (error.stack ?? error.message) : String(error),
        next: 'please report it with this text',
    };
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./actions/ecr-build-push/src/build-secrets.ts



/** Reads one line of the input `secrets`: `id=env:NAME` or `id=file:path`. */
function parseBuildSecret(line, where, problems) {
    const [, id, kind, from] = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(env|file):(.+)$/.exec(line) ?? [];
    if (id !== undefined && kind === 'env' && from !== undefined && /^[A-Za-z_]\w*$/.test(from))
        return { id, env: from };
    if (id !== undefined && kind === 'file' && from !== undefined && isInside(from))
        return { id, file: from };
    // The line is not shown in full: whoever writes the value itself here must not find it in the log.
    problems.add({
        code: 'input-invalid',
        what: `the build secret "${withoutValue(line)}" says not where its value is`,
        where,
        why: 'a build secret is id=env:NAME, or id=file:path with a path inside the workspace; never the value itself',
        next: 'put the value into env: of the step, and name the variable here',
    });
    return undefined;
}
/** The values of build secrets, to be masked before their first use; what has none is a problem. */
function buildSecretValues(secrets, service, from, problems) {
    return secrets.flatMap((secret) => {
        const file = 'env' in secret ? undefined : secretFile(from.workspace, secret.file);
        if (file?.isInside === false) {
            problems.add({
                code: 'file-outside',
                what: `the file of the build secret "${secret.id}" leads out of the workspace`,
                where: `service ${service}`,
                why: 'a link on its way leads to another place of the runner',
                next: 'write the file itself into the workspace in an earlier step',
            });
            return [];
        }
        const value = 'env' in secret ? from.environment[secret.env] : file && fileText(file.path);
        if (value !== undefined && value !== '')
            return value;
        const source = 'env' in secret ? `the environment variable ${secret.env}` : `the file ${secret.file}`;
        problems.add({
            code: 'build-secret-unset',
            what: `the build secret "${secret.id}" has no value`,
            where: `service ${service}`,
            why: `${source} is ${value === undefined ? 'not there' : 'empty'}`,
            next: 'env' in secret ? `set it in env: of the step: \`${secret.env}: \${{ secrets.${secret.env} }}\`` : 'write the file in an earlier step',
        });
        return [];
    });
}
/** The real path of a build secret's file; undefined where there is none. */
function secretFile(workspace, file) {
    try {
        const path = (0,external_node_fs_.realpathSync)((0,external_node_path_.join)(workspace, file));
        return { path, isInside: path.startsWith((0,external_node_fs_.realpathSync)(workspace) + external_node_path_.sep) };
    }
    catch {
        return undefined;
    }
}
/** Build arguments that look like secrets: they would stand in the image's history for everyone who may pull it. */
function secretBuildArguments(buildArgs, where) {
    return Object.entries(buildArgs).flatMap(([name, value]) => {
        const why = secretName.test(name) ? 'its name says that it is one' : secretValues.find(({ pattern }) => pattern.test(value))?.what;
        if (why === undefined)
            return [];
        return {
            code: 'build-argument-secret',
            what: `the build argument ${name} looks like a secret`,
            where,
            why: `${why}; build arguments stand in the image's history for everyone who may pull it`,
            next: `make it a build secret: \`${name.toLowerCase()}=env:${name}\` in the input "secrets", and RUN --mount=type=secret,id=${name.toLowerCase()} in the Dockerfile`,
        };
    });
}
const secretName = /(?:secret|token|password|passwd|passphrase|credentials?|private[_-]?key|api[_-]?key|access[_-]?key(?:[_-]?id)?|secret[_-]?key)$/i;
const secretValues = [
    { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, what: 'its value is a private key' },
    { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, what: 'its value is an AWS access key' },
    { pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/, what: 'its value is a GitHub token' },
    { pattern: /\bnpm_[A-Za-z0-9]{36}\b/, what: 'its value is an npm token' },
    { pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, what: 'its value is a signed token' },
    { pattern: /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i, what: 'its value is an address with a password' },
];
function isInside(path) {
    return !path.startsWith('/') && !path.startsWith('-') && !path.split('/').includes('..');
}
function fileText(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isFile() ? (0,external_node_fs_.readFileSync)(path, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/images/src/platforms.ts
/** The platforms that BuildKit can build for, as it lists them. */
const knownPlatforms = [
    'linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v4',
    'linux/arm64', 'linux/arm64/v8', 'linux/arm64/v9',
    'linux/arm', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7',
    'linux/386', 'linux/riscv64', 'linux/ppc64', 'linux/ppc64le', 'linux/s390x', 'linux/mips64', 'linux/mips64le', 'linux/loong64',
    'windows/amd64', 'windows/arm64',
    'freebsd/amd64', 'freebsd/arm64',
    'darwin/amd64', 'darwin/arm64',
    'wasi/wasm', 'wasip1/wasm',
];

;// CONCATENATED MODULE: ./packages/images/src/tags.ts



/**
 * The tags that the templates give, each once, in their order.
 *
 * Different environments and branches never give the same tag of `{environment}-{branch}`: where characters had to go,
 * or where two could be mistaken for each other, a short hash of both is put behind the branch.
 * @throws Failed `tag-invalid` for an unknown placeholder, a text that is no tag, or a reserved tag.
 * @example wantedTags(['{environment}-{branch}'], { environment: 'dev', branch: 'main' }) // dev-main
 */
function wantedTags(templates, values) {
    const wanted = new Map();
    for (const template of templates) {
        const names = placeholders(template);
        if (names.some((name) => values[name] === undefined))
            continue;
        const tag = checked(rendered(template, names, values), template);
        if (!wanted.has(tag))
            wanted.set(tag, { tag, kind: kindOf(names) });
    }
    return [...wanted.values()];
}
/** The templates that hold where the user names none. */
function defaultTemplates(values) {
    if (values.version !== undefined)
        return ['{version}'];
    return values.environment === undefined ? ['{branch}', '{branch}-{sha}'] : ['{environment}-{branch}', '{environment}-{branch}-{sha}'];
}
/** A branch as the end of a cache's tag: `cache-main`. */
function cacheTag(branch) {
    return `cache-${branchText(branch, undefined, 128 - 'cache-'.length)}`;
}
/** The version that a git tag names: `v1.4.0` and `cart/v1.4.0` name `v1.4.0`. */
function versionOfTag(refName) {
    return /^(?:[^/]+\/)?(v\d+\.\d+\.\d+(?:[.+-][0-9A-Za-z.+-]*)?)$/.exec(refName)?.[1]?.replaceAll('+', '_');
}
const known = ['environment', 'branch', 'sha', 'version', 'service'];
const hashLength = 10;
function placeholders(template) {
    return [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => {
        const found = known.find((candidate) => candidate === name);
        if (found)
            return found;
        throw new src_failure/* Failed */.cV({
            code: 'tag-invalid',
            what: `the tag "${template}" names {${name}}`,
            why: `a tag may hold ${known.map((placeholder) => `{${placeholder}}`).join(', ')}`,
            next: 'correct the name in the input "tags"',
        });
    });
}
function kindOf(names) {
    return names.includes('version') ? 'version' : names.includes('sha') ? 'fixed' : 'moving';
}
function rendered(template, names, values) {
    const fill = (branch) => template.replace(/\{([^{}]*)\}/g, (_, name) => (name === 'branch' ? branch : (values[known.find((candidate) => candidate === name) ?? 'branch'] ?? '')));
    if (values.branch === undefined || !names.includes('branch'))
        return fill('');
    const branches = names.filter((name) => name === 'branch').length;
    const room = Math.floor((128 - fill('').length) / branches);
    return fill(branchText(values.branch, names.includes('environment') ? values.environment : undefined, room));
}
function branchText(branch, environment, room) {
    const plain = branch.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
    // A branch that ends like a hash or a commit could be taken for another branch's tag; an environment with a dash
    // leaves open where the branch begins; a branch that is called like a version would move the version's tag.
    const mistakable = /(?:^|-)[0-9a-f]{7,64}$/.test(plain) || environment?.includes('-') === true || (environment === undefined && /^v\d+\.\d+\.\d+(?:[._-]|$)/.test(plain));
    if (plain === branch && plain.length <= room && !mistakable)
        return plain;
    const hash = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify([environment ?? null, branch])).digest('hex').slice(0, hashLength);
    const kept = plain.slice(0, Math.max(0, room - hashLength - 1)).replace(/[.-]+$/, '');
    return kept === '' ? hash : `${kept}-${hash}`;
}
function checked(text, template) {
    if (!tagRule.is(text)) {
        throw new src_failure/* Failed */.cV({ code: 'tag-invalid', what: `the tag "${template}" gives "${text}"`, why: `a tag must be ${tagRule.rule}`, next: 'change the template in the input "tags"' });
    }
    const reserved = ['content-', 'cache-'].find((prefix) => text.startsWith(prefix));
    if (reserved !== undefined) {
        throw new src_failure/* Failed */.cV({
            code: 'tag-invalid',
            what: `the tag "${template}" gives "${text}"`,
            why: `tags that begin with "${reserved}" are kept for what this action stores itself`,
            next: 'put another word in front of it in the input "tags"',
        });
    }
    return text;
}

;// CONCATENATED MODULE: ./packages/project/src/shared-inputs.ts



/** Reads the shared inputs; an action that does not declare one of them leaves it absent. */
function readShared(raw, problems) {
    const { values } = raw;
    const environment = named(values, 'environment', problems, environmentRule);
    const targets = names(values, 'targets', problems, names_targetRule);
    const region = named(values, 'region', problems, regionRule);
    const role = readRole(values, problems);
    const services = readServices(values, problems);
    const expectedAccount = named(values, 'expected-account', problems, accountRule);
    givenToken(values, 'github-token', problems);
    return {
        projectFile: safePath(values, 'project-file', problems) ?? 'slipway.yml',
        services,
        ...(environment === undefined ? {} : { environment }),
        ...(targets.length === 0 ? {} : { targets }),
        ...(region === undefined ? {} : { region }),
        ...(role === undefined ? {} : { role }),
        ...(expectedAccount === undefined ? {} : { expectedAccount }),
        phase: choice(values, 'phase', problems, ['preflight', 'deploy'], 'deploy'),
        dryRun: flag(values, 'dry-run', problems, false),
        refused: [
            ...(services.length === 0 && !isBlank(values, 'services') ? ['services'] : []),
            ...(environment === undefined && !isBlank(values, 'environment') ? ['environment'] : []),
        ],
    };
}
function readRole(values, problems) {
    const role = fields_text(values, 'role', problems);
    if (role === undefined || roleRule.is(role))
        return role;
    invalid('role', role, `it must be ${roleRule.rule}`, 'copy the ARN of the role', problems);
    return undefined;
}
function isBlank(values, input) {
    return (values[input] ?? '').trim() === '';
}
function readServices(values, problems) {
    const services = names(values, 'services', problems);
    if (!services.includes('all'))
        return services;
    if (services.length === 1)
        return 'all';
    invalid('services', services.join(', '), '"all" stands alone', 'name services, or write all', problems);
    return [];
}

;// CONCATENATED MODULE: ./packages/project/src/unknown-inputs.ts


/** Tells every input that was given but that the action does not declare. */
function unknownInputs(raw, declared, problems) {
    for (const name of raw.unknown) {
        problems.add({
            code: 'input-unknown',
            what: `there is no input ${shown(name)}`,
            why: 'the runner passes on what it does not know, and it would have no effect',
            next: insteadOf(name, declared),
        });
    }
}

;// CONCATENATED MODULE: ./packages/project/src/allow-unproven.ts

const most = 500;
/**
 * The input `allow-unproven`: why something may be deployed that nothing has proven. It is kept with the release, so it is
 * one line of bounded length. A problem where no proof is required: whoever gives it expects something of it.
 */
function readAllowUnproven(values, required, problems) {
    const reason = fields_text(values, 'allow-unproven', problems);
    if (reason === undefined)
        return undefined;
    if (required === undefined) {
        problems.add({ code: 'input-conflict', what: 'the input "allow-unproven" is given, but no proof is required', why: 'only an environment that `requires` another one in the project file asks for a proof', next: 'leave "allow-unproven" out' });
        return undefined;
    }
    if (reason.length <= most)
        return reason;
    invalid('allow-unproven', reason, `it may have ${most} characters, and has ${reason.length}`, 'shorten it, and link to what is longer', problems);
    return undefined;
}

// EXTERNAL MODULE: ./node_modules/semver/functions/compare.js
var functions_compare = __webpack_require__(8469);
// EXTERNAL MODULE: ./node_modules/semver/functions/parse.js
var functions_parse = __webpack_require__(6353);
var parse_default = /*#__PURE__*/__webpack_require__.n(functions_parse);
;// CONCATENATED MODULE: ./packages/release/src/version.ts



const versionRule = {
    // What cannot be an image's tag could not be deployed; build metadata would let two tags be one version.
    is: (text) => tagRule.is(text) && /^\d/.test(text) && parse_default()(text)?.version === text,
    rule: 'a semantic version such as 1.4.0 or 1.5.0-rc.1: three numbers without leading zeros, no "v", no "+", at most 128 characters',
};
/** Negative where `a` comes before `b`, by the precedence of semver.org, section 11. */
function compareVersions(a, b) {
    return compare(a, b);
}
/** Whether a version comes before the release of its three numbers: `1.5.0-rc.1`. */
function isPrerelease(version) {
    return version.includes('-');
}
/** How the tags of a service begin, or without one those of the whole repository: `cart/v`, `v`. */
function versionPrefix(service) {
    return service === undefined ? 'v' : `${service}/v`;
}
/** The version in the name of a tag; undefined where the tag is another service's, or none of a version. */
function version_versionOfTag(tag, service) {
    const prefix = versionPrefix(service);
    const text = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
    return versionRule.is(text) ? text : undefined;
}
/** Whether a release goes by this name: a version may be given as its tag, `v1.4.0` or `cart/v1.4.0`. */
function isCalled(versions, name) {
    return versions.includes(name) || versions.includes(name.replace(/^(?:[^/]+\/)?v(?=\d)/, ''));
}

;// CONCATENATED MODULE: ./packages/project/src/admitted-ref.ts




/**
 * Holds a ref to the branches and tags that its environment admits; the version tag that it is, where tags are admitted.
 * Where neither are named, any ref is.
 */
function admittedRef(environment, { ref, refName }, shared, problems) {
    const { branches, tags } = environment;
    if (branches.length + tags.length === 0)
        return undefined;
    if (ref.startsWith('refs/heads/') && branches.some((pattern) => matchesPattern(refName, pattern)))
        return undefined;
    const tag = /^refs\/tags\/(.+)$/s.exec(ref)?.[1];
    if (tag !== undefined && tags.some((pattern) => matchesPattern(tag, pattern)))
        return versionTag(tag, environment, shared, problems);
    const admitted = [...(branches.length === 0 ? [] : [`branches ${words_list(branches)}`]), ...(tags.length === 0 ? [] : [`tags ${words_list(tags)}`])];
    const what = ref.startsWith('refs/heads/') ? `branch ${shown(refName)}` : tag !== undefined && tags.length > 0 ? `tag ${shown(tag)}` : `ref ${shown(ref)}`;
    problems.add({
        code: 'input-conflict',
        what: `the ${what} may not be deployed to ${environment.name}`,
        why: `${shared.projectFile} admits there: ${admitted.join('; ')}`,
        next: `run the workflow on one of these ${branches.length === 0 ? 'tags' : tags.length === 0 ? 'branches' : 'branches or tags'}, or choose another environment`,
    });
    return undefined;
}
function versionTag(name, { name: environment, allowsPrereleases, releaseBranch }, { projectFile }, problems) {
    const before = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    const service = names_serviceRule.is(before) ? before : undefined;
    const version = version_versionOfTag(name, service);
    if (version === undefined) {
        problems.add({
            code: 'input-conflict',
            what: `the tag ${shown(name)} may not be deployed to ${environment}`,
            why: `it names no semantic version: a tag is ${versionPrefix(undefined)}1.4.0, or for one service its name and /${versionPrefix(undefined)}1.4.0`,
            next: 'tag the commit by tag-release, or choose another environment',
        });
        return undefined;
    }
    if (isPrerelease(version) && !allowsPrereleases) {
        problems.add({
            code: 'input-conflict',
            what: `the tag ${shown(name)} may not be deployed to ${environment}`,
            why: `${version} is a pre-release, and ${projectFile} does not say \`pre-releases: true\` there`,
            next: 'release the version without the suffix, or choose another environment',
        });
        return undefined;
    }
    return { name, version, ...(service === undefined ? {} : { service }), ...(releaseBranch === undefined ? {} : { branch: releaseBranch }) };
}
/** What of the chosen services a tag deploys: one that is a service's deploys that service, whose name `all` stands for. */
function servicesOfTag(chosen, tag, { services }, shared, problems) {
    if (tag?.service === undefined)
        return chosen;
    const own = services.get(tag.service);
    if (own === undefined) {
        problems.add({ code: 'name-unknown', what: `the tag ${tag.name} is for a service ${tag.service}, which there is not`, why: `${shared.projectFile} declares: ${[...services.keys()].join(', ')}`, next: 'tag the commit for one of these services, or for all of them' });
        return [];
    }
    const others = shared.services === 'all' ? [] : chosen.filter(({ name }) => name !== own.name);
    if (others.length > 0) {
        problems.add({ code: 'input-conflict', what: `the input "services" names ${words_list(others.map(({ name }) => name))}, but the tag ${tag.name} deploys ${own.name} alone`, why: 'the tag of one service is no version of another', next: `write all or ${own.name}, or run the workflow on a tag of the whole repository` });
    }
    return shared.services === 'all' || chosen.includes(own) ? [own] : [];
}

;// CONCATENATED MODULE: ./packages/project/src/plan.ts




/**
 * Picks services, environment and targets out of the project.
 *
 * `source` is what is deployed, held to the branches and tags that the environment admits; `recorded` where nothing of a branch
 * is: what is put back was allowed when it came.
 * `signsInTo` says whose region, role and account the inputs of these names are about: inputs may narrow what the
 * file says of them, never replace it.
 * Undefined where the environment that was given is no name: that is told already.
 * @throws Failed with every name that is unknown, and everything that contradicts the project file.
 */
function makePlan(project, shared, source, signsInTo = 'targets') {
    const problems = new src_failure/* Problems */.Zw();
    const named = chosenServices(project, shared, problems);
    const environment = chosenEnvironment(project, shared, problems);
    if (environment === undefined) {
        problems.throwIfAny();
        return undefined;
    }
    const tag = source === 'recorded' ? undefined : admittedRef(environment, source, shared, problems);
    const services = servicesOfTag(named, tag, project, shared, problems);
    const chosen = chosenTargets(environment, shared, problems);
    const registry = environment.registry ?? project.registry;
    if (signsInTo === 'targets')
        for (const target of chosen)
            plan_checkPolicy(`the target ${target.name}`, target, shared, problems);
    else if (registry)
        plan_checkPolicy('the registry', { ...registry, expectedAccount: registry.account }, shared, problems);
    problems.throwIfAny();
    const targets = chosen.map((target) => ({
        ...target,
        ...(signsInTo === 'targets' && shared.role !== undefined ? { role: shared.role } : {}),
        ...(signsInTo === 'targets' && shared.expectedAccount !== undefined ? { expectedAccount: shared.expectedAccount } : {}),
    }));
    return {
        environment,
        services,
        targets,
        ...(tag === undefined ? {} : { tag }),
        ...(registry === undefined ? {} : { registry }),
        variables: (service, target) => ({
            ...environment.variables,
            ...target.variables,
            SLIPWAY_ENVIRONMENT: environment.name,
            SLIPWAY_TARGET: target.name,
            SLIPWAY_REGION: target.region,
            SLIPWAY_SERVICE: service.name,
            ...(tag === undefined ? {} : { SLIPWAY_VERSION: tag.version }),
        }),
    };
}
function chosenServices(project, shared, problems) {
    const known = [...project.services.keys()];
    if (shared.services === 'all')
        return [...project.services.values()];
    if (shared.services.length === 0 && !shared.refused.includes('services')) {
        problems.add({ code: 'input-missing', what: 'the input "services" is missing', why: 'nothing is deployed unless it is named', next: `name services (${known.join(', ')}), or write all` });
    }
    return shared.services.flatMap((name) => {
        const service = [...project.services.values()].find((one) => one.name === name);
        if (service === undefined)
            problems.add(unknown('service', name, known, shared));
        return service ?? [];
    });
}
function chosenEnvironment(project, shared, problems) {
    const known = [...project.environments.keys()];
    if (shared.environment === undefined) {
        if (!shared.refused.includes('environment'))
            problems.add({ code: 'input-missing', what: 'the input "environment" is missing', why: 'it says where to deploy', next: `use one of: ${known.join(', ')}` });
        return undefined;
    }
    const environment = project.environments.get(shared.environment);
    if (environment === undefined)
        problems.add(unknown('environment', shared.environment, known, shared));
    return environment;
}
function chosenTargets(environment, shared, problems) {
    if (shared.targets === undefined)
        return [...environment.targets];
    const known = environment.targets.map(({ name }) => name);
    for (const name of shared.targets)
        if (!known.includes(name))
            problems.add(unknown('target', name, known, shared));
    return environment.targets.filter(({ name }) => shared.targets?.includes(name));
}
function plan_checkPolicy(whose, policy, shared, problems) {
    const facts = [
        ['region', shared.region, policy.region],
        ['role', shared.role, policy.role],
        ['expected-account', shared.expectedAccount, policy.expectedAccount],
    ];
    for (const [input, given, written] of facts) {
        if (given === undefined || written === undefined || given === written)
            continue;
        problems.add({
            code: 'input-conflict',
            what: `the input "${input}" is ${shown(given)}, but ${whose} has ${shown(written)}`,
            why: `what ${shared.projectFile} says of an environment is policy, which an input cannot replace`,
            next: `leave the input "${input}" out, or choose targets that it is right for`,
        });
    }
}
function unknown(kind, name, known, shared) {
    return {
        code: 'name-unknown',
        what: `there is no ${kind} ${shown(name)}`,
        why: known.length === 0 ? `${shared.projectFile} declares none` : `${shared.projectFile} declares: ${known.join(', ')}`,
        next: insteadOf(name, known),
    };
}

;// CONCATENATED MODULE: ./packages/project/src/required-environment.ts
/** What an environment requires; undefined where it requires nothing. */
function requiredEnvironment({ requires }, { environments }) {
    const environment = requires === undefined ? undefined : environments.get(requires.environment);
    if (requires === undefined || environment === undefined)
        return undefined;
    return { name: environment.name, targets: environment.targets.map((target) => ({ ...target, role: requires.role })) };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/inputs.ts





/** Every input of action.yml. */
const declaredInputs = [
    'services', 'environment', 'repository', 'context', 'dockerfile', 'target', 'platforms', 'build-args', 'secrets', 'tags', 'cache', 'reuse', 'create-repository', 'regions', 'push', 'allow-unproven',
    'project-file', 'region', 'role', 'expected-account', 'phase', 'dry-run', 'github-token',
];
/** The project file that is to be read; none where the inputs say everything themselves. */
function projectFileOf({ values }) {
    return (values['repository'] ?? '').trim() === '' ? readShared({ values }, new src_failure/* Problems */.Zw()).projectFile : undefined;
}
/**
 * What the inputs say, with the project where there is one; undefined where it cannot be worked out.
 * @param project Undefined without a project file, and where it cannot be read, which is told already.
 */
function readSettings(given, origin, project, problems) {
    const { values } = given;
    unknownInputs(given, declaredInputs, problems);
    const shared = readShared(given, problems);
    const own = readOwn(values, origin, problems);
    const common = {
        tags: tagTemplates(values, problems),
        cache: choice(values, 'cache', problems, ['auto', 'registry', 'none'], 'auto'),
        reuse: flag(values, 'reuse', problems, true),
        createRepository: flag(values, 'create-repository', problems, false),
        push: flag(values, 'push', problems, true),
        dryRun: shared.dryRun,
        isPreflight: shared.phase === 'preflight',
    };
    const place = own.repositoryGiven ? plainImages(shared, own, values, problems) : projectImages(values, shared, own, origin, project, problems);
    if (!place)
        return undefined;
    return { ...common, ...place };
}
function readOwn(values, origin, problems) {
    const buildArgs = keyValues(values, 'build-args', problems);
    for (const name of buildArgs.keys())
        if (!/^[A-Za-z_]\w*$/.test(name))
            invalid('build-args', `${name}=…`, 'the name of a build argument is made of letters, digits and "_"', 'correct the name', problems);
    for (const failure of secretBuildArguments(Object.fromEntries(buildArgs), 'input "build-args"'))
        problems.add(failure);
    return {
        repositoryGiven: (values['repository'] ?? '').trim() !== '',
        repository: named(values, 'repository', problems, repositoryRule),
        context: safePath(values, 'context', problems),
        dockerfile: safePath(values, 'dockerfile', problems),
        target: stageName(values, problems),
        platforms: platformList(words(values, 'platforms'), 'the input "platforms"', problems),
        buildArgs: Object.fromEntries(buildArgs),
        secrets: lines(values, 'secrets').flatMap((line) => parseBuildSecret(line, 'input "secrets"', problems) ?? []),
        regions: names(values, 'regions', problems, regionRule),
        defaultPlatform: origin.platform,
    };
}
/** One image, said by inputs alone. */
function plainImages(shared, own, values, problems) {
    if ((values['project-file'] ?? '').trim() !== '') {
        problems.add({ code: 'input-conflict', what: 'the inputs "repository" and "project-file" are both given', why: 'the repository of a service stands in the project file', next: 'leave one of them out' });
    }
    if ((values['region'] ?? '').trim() === '') {
        problems.add({ code: 'input-missing', what: 'the input "region" is missing', why: 'an ECR repository is in one region', next: 'give the region of the repository' });
    }
    readAllowUnproven(values, undefined, problems);
    const service = plainService(shared, own.repository, problems);
    if (!service || !own.repository || !shared.region)
        return undefined;
    const image = {
        service,
        repository: own.repository,
        context: own.context ?? '.',
        dockerfile: own.dockerfile ?? 'Dockerfile',
        platforms: own.platforms.length > 0 ? own.platforms : [own.defaultPlatform],
        buildArgs: own.buildArgs,
        secrets: own.secrets,
        ...(own.target === undefined ? {} : { target: own.target }),
    };
    return {
        images: [image],
        withoutImage: [],
        region: shared.region,
        regions: otherRegions(own.regions, shared.region),
        ...(shared.environment === undefined ? {} : { environment: shared.environment }),
        ...(shared.role === undefined ? {} : { role: shared.role }),
        ...(shared.expectedAccount === undefined ? {} : { account: shared.expectedAccount }),
    };
}
function plainService(shared, repository, problems) {
    const [given, ...more] = shared.services === 'all' ? [] : shared.services;
    if (more.length > 0) {
        problems.add({ code: 'input-conflict', what: 'the input "services" names several, but "repository" one', why: 'without a project file one image is built', next: 'name one service, or describe them in a project file' });
        return undefined;
    }
    const name = given ?? repository?.split('/').at(-1)?.replace(/[^a-z0-9]+/g, '-');
    if (name === undefined || names_serviceRule.is(name))
        return name;
    invalid('services', name, `the name of a service must be ${names_serviceRule.rule}`, 'name the service in the input "services"', problems);
    return undefined;
}
/** The images of the services that are asked for, as the project file declares them. */
function projectImages(values, shared, own, origin, project, problems) {
    if (project === undefined)
        return undefined;
    const ref = { ref: origin.ref, refName: origin.ref.replace(/^refs\/[^/]+\//, '') };
    const plan = problems.try(() => makePlan(project, shared, ref, 'registry'));
    if (!plan)
        return undefined;
    const required = requiredEnvironment(plan.environment, project);
    const allowUnproven = readAllowUnproven(values, required, problems);
    const declared = plan.services.flatMap(({ name, image }) => (image ? [{ service: name, image }] : []));
    const withoutImage = plan.services.filter(({ image }) => !image).map(({ name }) => name);
    const region = plan.registry?.region ?? shared.region;
    if (region === undefined) {
        problems.add({ code: 'project-file-invalid', what: 'it is not said where the images live', at: { file: shared.projectFile }, why: `neither the project nor the environment ${plan.environment.name} has a registry`, next: 'write registry: { account: "…", region: … }, or give the input "region"' });
        return undefined;
    }
    if (declared.length > 1)
        onlyForOne(own, problems);
    const images = declared.map(({ service, image }) => {
        const target = own.target ?? image.target;
        const platforms = own.platforms.length > 0 ? own.platforms : platformList(image.platforms, `the service ${service}`, problems);
        for (const failure of secretBuildArguments(image.buildArgs, `${shared.projectFile}, service ${service}`))
            problems.add(failure);
        const secrets = image.secrets.flatMap((line) => parseBuildSecret(line, `${shared.projectFile}, service ${service}`, problems) ?? []);
        return {
            service,
            repository: image.repository,
            context: own.context ?? inside(image.context, `services.${service}.image.context`, shared, problems),
            dockerfile: own.dockerfile ?? inside(image.dockerfile, `services.${service}.image.dockerfile`, shared, problems),
            platforms: platforms.length > 0 ? platforms : [own.defaultPlatform],
            buildArgs: { ...image.buildArgs, ...own.buildArgs },
            secrets: [...secrets.filter(({ id }) => !own.secrets.some((given) => given.id === id)), ...own.secrets],
            ...(target === undefined ? {} : { target }),
        };
    });
    const role = plan.registry?.role ?? shared.role;
    const account = plan.registry?.account ?? shared.expectedAccount;
    const regions = plan.registry === undefined ? otherRegions(own.regions, region) : narrowedRegions(own.regions, plan.registry, shared, problems);
    const proof = required === undefined ? undefined : { required, regions: [region, ...regions], ...(allowUnproven === undefined ? {} : { allowUnproven }) };
    return { images, withoutImage, environment: plan.environment.name, region, regions, ...(plan.tag === undefined ? {} : { tag: plan.tag }), ...(proof === undefined ? {} : { proof }), ...(role === undefined ? {} : { role }), ...(account === undefined ? {} : { account }) };
}
/** The home region may be named among them: it has every image anyway. */
function otherRegions(given, home) {
    return given.filter((region) => region !== home);
}
/** The regions of the project file's registry, or those of them that the input names. */
function narrowedRegions(given, { region: home, regions }, { projectFile }, problems) {
    for (const region of otherRegions(given, home)) {
        if (regions.includes(region))
            continue;
        problems.add({
            code: 'input-conflict',
            what: `the input "regions" names ${region}, which the registry does not have`,
            why: `${projectFile} says that its images are in ${words_list([home, ...regions])}; what it says of the registry is policy, which an input may only narrow`,
            next: insteadOf(region, [home, ...regions]),
        });
    }
    return given.length === 0 ? regions : regions.filter((region) => given.includes(region));
}
function onlyForOne(own, problems) {
    for (const name of ['context', 'dockerfile', 'target']) {
        if (own[name] !== undefined)
            problems.add({ code: 'input-conflict', what: `the input "${name}" is given, but several services are built`, why: 'it can hold for one of them at most', next: 'write it into the project file, or name one service' });
    }
}
function inside(path, key, { projectFile }, problems) {
    const why = unsafePath(path);
    if (why !== undefined)
        problems.add({ code: 'file-outside', what: `${key} in ${projectFile} may leave the workspace`, why, next: 'write a path inside the repository' });
    return path;
}
function stageName(values, problems) {
    const target = fields_text(values, 'target', problems);
    if (target === undefined || /^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(target))
        return target;
    invalid('target', target, 'the name of a stage is made of letters, digits, "_", "." and "-"', 'correct it', problems);
    return undefined;
}
function platformList(platforms, where, problems) {
    for (const platform of platforms) {
        if (knownPlatforms.some((known) => known === platform))
            continue;
        const meant = suggestion(platform, knownPlatforms) ?? suggestion(`linux/${platform}`, knownPlatforms);
        problems.add({
            code: 'input-invalid',
            what: `the platform ${shown(platform)} of ${where} is none`,
            why: 'a platform is os/architecture, or os/architecture/variant, and one that docker can build for',
            next: meant === undefined ? 'write for example linux/amd64 or linux/arm64' : `write ${meant}, if that is what you meant`,
        });
    }
    return platforms;
}
function tagTemplates(values, problems) {
    const templates = words(values, 'tags');
    // What needs no value of the run is judged here, so that it is told together with the other inputs.
    for (const template of templates)
        problems.try(() => wantedTags([template], {}));
    return templates;
}
function words(values, name) {
    return [...new Set((values[name] ?? '').split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ''))];
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
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
        manifests: dist/* array */.YOg(dist/* custom */.IeY((value) => isJson(value) && canonical_isJsonObject(value))),
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
        if (!repositoryRule.is(repository) || !digestRule.is(digest))
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
            current = canonical_isJsonObject(current) && hasOwn(current, step) ? current[step] : undefined;
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
        return isJson(parsed) ? parsed : undefined;
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
    if (!canonical_isJsonObject(cause) || cause['reason'] !== 'FieldManagerConflict')
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
    const packed = (0,external_node_zlib_.gzipSync)(canonicalJson(encodeRecord(record)), { level: 9 }).toString('base64');
    if (packed.length <= mostEncodedBytes)
        return packed;
    throw new src_failure/* Failed */.cV({
        code: 'record-too-large',
        what: `the release record of ${record.service} would have ${size(packed.length)}`,
        why: `a record holds the manifests and may have ${size(mostEncodedBytes)} at most, compressed, since a ConfigMap takes no more than 1 MiB`,
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
    return decodeRecord(isJson(parsed) ? parsed : null, name);
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
                return sameJson(encodeBlocks(before), encodeBlocks(after)) ? undefined : noted(after);
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
const refusal_unknownKey = ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'IncompleteSignature', 'MissingAuthenticationToken', 'MissingAuthenticationTokenException'];
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
    if (refusal_unknownKey.includes(name)) {
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

// EXTERNAL MODULE: ./packages/aws/src/token-audience.ts
var token_audience = __webpack_require__(7959);
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
        session_compare(expectedAccount, known, `the role ${role ?? ''}`);
    const connection = openConnection(environment);
    const credentials = kept(role === undefined
        ? () => standardCredentials(connection, region, sessionName, signal)
        : async () => assumeWithWebIdentity(connection, region, { role, sessionName, token: await options.idToken(token_audience/* tokenAudience */.k, loadSts) }, signal));
    await credentials();
    let asked;
    const account = () => {
        asked ??= known === undefined ? callerAccount(connection, region, credentials, signal) : Promise.resolve(known);
        return asked;
    };
    if (expectedAccount !== undefined)
        session_compare(expectedAccount, await account(), 'the credentials of this job');
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
    if (account !== undefined && accountRule.is(account))
        return account;
    throw new src_failure/* Failed */.cV({ code: 'input-invalid', what: `the role "${role}" is no ARN of a role`, why: 'a role\'s ARN has the form arn:aws:iam::<account>:role/<name>', next: 'copy the ARN from the role\'s page in IAM' });
}
function session_compare(expected, actual, whose) {
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
        if (accountRule.is(Account))
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
            const failure = secrets_failureOf(errorName(error), errorMessage(error), wanted, region);
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
                    const failure = secrets_failureOf(ErrorCode, Message, { secretId: SecretId }, region);
                    if (failure)
                        failures.set(SecretId, failure);
                }
            }
            catch (error) {
                signal.throwIfAborted();
                // Many policies grant GetSecretValue alone, and one malformed id refuses its whole batch: each is then asked for by itself.
                if (!isDenied(errorName(error)) && !isMalformed(errorName(error)))
                    throw refusal(error, askedFor('BatchGetSecretValue', count(ids.length, 'secret'), region));
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
function secrets_failureOf(name, message, { secretId, stage }, region) {
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
    (0,ahead/* loadAhead */.k)(ecr_loadClient);
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
    if (!digestRule.is(imageDigest) || imageManifest === undefined || imageManifestMediaType === undefined)
        throw new Error(`ECR answered BatchGetImage of ${repository} with an image without digest or manifest`);
    return { digest: imageDigest, manifest: imageManifest, mediaType: imageManifestMediaType, ...(imageTag !== undefined && tagRule.is(imageTag) ? { tag: imageTag } : {}) };
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
            if (canonical_isJsonObject(object))
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
                items.push(...listAt(answer, 'items').filter(canonical_isJsonObject));
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
            const registry = registries.get(key) ?? target_registryOf(session, { ...options, signal, onRetry: onWait });
            registries.set(key, registry);
            return registry;
        },
        close: () => http.close(),
    };
}
function target_registryOf(session, options) {
    const ecr = openEcr(session, options);
    return {
        async has(repository, digest) {
            if (!repositoryRule.is(repository) || !digestRule.is(digest))
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

;// CONCATENATED MODULE: ./packages/aws/src/registry-host.ts
/** The registry's host in image names. */
function registryHost(account, region) {
    return `${account}.dkr.ecr.${region}.${domainOf(region)}`;
}
function domainOf(region) {
    if (region.startsWith('cn-'))
        return 'amazonaws.com.cn';
    return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./packages/action-host/src/child.ts


const patienceMs = 2_000;
/**
 * Runs a program without a shell to its end, in a process group of its own, so that nothing stays behind.
 * Rejects where it cannot be started (ENOENT) and, with the signal's reason, when it was ended by the signal.
 */
async function runChild(command, args, options) {
    options.signal.throwIfAborted();
    const child = (0,external_node_child_process_.spawn)(command, args, {
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        env: { ...options.environment },
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
    });
    let killing;
    const end = () => {
        endGroup(child.pid, 'SIGTERM');
        killing = setTimeout(() => {
            endGroup(child.pid, 'SIGKILL');
        }, patienceMs);
    };
    options.signal.addEventListener('abort', end, { once: true });
    try {
        const ended = new Promise((resolve, reject) => {
            child.once('error', reject);
            child.once('close', (code, signal) => {
                resolve(code ?? (signal === null ? 1 : 128));
            });
        });
        // A child that never reads its input closes the pipe; that is its right.
        child.stdin.on('error', () => undefined);
        child.stdin.end(options.input ?? '');
        const [exitCode] = await Promise.all([ended, reading(child.stdout, 'out', options), reading(child.stderr, 'err', options)]);
        options.signal.throwIfAborted();
        return { exitCode };
    }
    finally {
        options.signal.removeEventListener('abort', end);
        clearTimeout(killing);
        // What the child left running in its group goes, too.
        endGroup(child.pid, 'SIGKILL');
    }
}
const allowed = /^(PATH|HOME|USER|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|DOCKER_[A-Z_]+|BUILDKIT_[A-Z_]+|BUILDX_[A-Z_]+|SOURCE_DATE_EPOCH|XDG_[A-Z_]+)$/;
/** The part of an environment that a child may see: no credential, no token, no input. */
function childEnvironment(environment, extra = {}) {
    const kept = Object.entries(environment).flatMap(([name, value]) => (value !== undefined && allowed.test(name) ? [[name, value]] : []));
    return { ...Object.fromEntries(kept), ...extra };
}
async function reading(stream, name, { onLine }) {
    for await (const line of (0,external_node_readline_.createInterface)({ input: stream, crlfDelay: Infinity }))
        onLine(line, name);
}
function endGroup(pid, signal) {
    if (pid === undefined)
        return;
    try {
        process.kill(-pid, signal);
    }
    catch {
        // The group has ended already.
    }
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

;// CONCATENATED MODULE: ./packages/images/src/answered.ts

/** A registry that answered, and has no time now. */
class Busy extends Error {
    status;
    afterMs;
    constructor(status, afterMs) {
        super(`it answered ${status}`);
        this.status = status;
        this.afterMs = afterMs;
    }
}
/**
 * The answer, where it is one.
 * @throws Busy, with the wait that the registry asks for, where it is to be asked again.
 */
async function answered(response, clock) {
    if (response.status !== 429 && response.status < 500)
        return response;
    await response.bytes();
    throw new Busy(response.status, (0,retry/* retryAfterMs */.V)(response.headers['retry-after'], clock.now()));
}
/** What is worth another attempt: a registry that has no address will have none in a second. */
function worthAnother(error) {
    if (error instanceof Busy)
        return error.afterMs === undefined ? {} : { afterMs: error.afterMs };
    return error instanceof src_http/* TransportError */.wX && error.code !== 'ENOTFOUND' ? {} : false;
}
/** Whether a host is this machine, where no TLS is needed. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

;// CONCATENATED MODULE: ./packages/images/src/registry-access.ts



/** A registry that did not do what it was asked for. */
class RegistryTrouble extends Error {
    kind;
    /** The registry's name. */
    registry;
    /** What it was asked about, such as `the layer sha256:…`. */
    about;
    constructor(kind, registry, about, why) {
        super((0,inert/* inertLine */.Fq)(why));
        this.kind = kind;
        this.registry = registry;
        this.about = about;
    }
}
const minuteMs = 60_000;
/** A transfer may be long; that it is tried again is limited by the number of attempts. */
const transferBudgetMs = 60 * minuteMs;
/** Opens a registry for requests; none is made. */
function openAccess(end, { http, clock, random, signal, onWait }) {
    const { name } = end;
    const { origin } = new URL(end.url);
    const authorization = `Basic ${Buffer.from(`${end.username}:${end.password}`).toString('base64')}`;
    const once = async ({ method, to, about, headers = {}, ...more }) => {
        const target = URL.parse(to, end.url);
        if (!target || (target.protocol !== 'https:' && !isLoopback(target.hostname)))
            throw new RegistryTrouble('refused', name, about, 'it sends its clients to an address that is not https');
        const proof = target.origin === origin ? { authorization } : {};
        return answered(await http.request({ method, url: target.href, headers: { ...headers, ...proof }, signal, timeoutMs: minuteMs, ...more }), clock);
    };
    const patiently = async (about, attempt, budgetMs, attempts) => {
        let made = 0;
        const counted = (number) => {
            made = number;
            return attempt(number);
        };
        const told = (waitMs, error) => {
            onWait(`${name} is asked again in ${(waitMs / 1000).toFixed(1)} s for ${about}: ${(0,inert/* inertLine */.Fq)(error instanceof Error ? error.message : String(error))}`);
        };
        try {
            return await (0,retry/* withRetries */.L)(counted, { clock, signal, random, budgetMs, retry: (error) => made < attempts && worthAnother(error), onWait: told });
        }
        catch (error) {
            if (error instanceof Busy)
                throw new RegistryTrouble(error.status === 429 ? 'throttled' : 'unreachable', name, about, error.message);
            throw error instanceof src_http/* TransportError */.wX ? new RegistryTrouble('unreachable', name, about, error.message) : error;
        }
    };
    return {
        name,
        origin,
        once,
        ask: (question) => patiently(question.about, () => once(question), minuteMs, Infinity),
        again: (about, attempt) => patiently(about, attempt, transferBudgetMs, 8),
        async trouble({ method, about }, response) {
            const { status } = response;
            const { code, message } = firstError(await response.text());
            const why = `it answers ${status} to ${method}${message === '' ? '' : `: ${message.slice(0, 500)}`}`;
            const kind = status === 401 || status === 403 ? 'denied' : code === 'NAME_UNKNOWN' ? 'repository-missing' : 'refused';
            return new RegistryTrouble(kind, name, about, why);
        },
    };
}
/** The first error of an answer as the distribution specification writes it, else its text. */
function firstError(text) {
    try {
        const answer = JSON.parse(text);
        const errors = typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : undefined;
        const first = Array.isArray(errors) ? errors[0] : undefined;
        const member = (name) => {
            const value = typeof first === 'object' && first !== null ? Reflect.get(first, name) : undefined;
            return typeof value === 'string' ? value : '';
        };
        return { code: member('code'), message: [member('code'), member('message')].filter((part) => part !== '').join(' ') };
    }
    catch {
        return { code: '', message: text.trim() };
    }
}

;// CONCATENATED MODULE: ./packages/images/src/copy-blob.ts


/** The longest silence of a registry that puts a large layer away. */
const storingMs = 5 * 60_000;
/**
 * Brings a blob to another repository: mounted from `mountable`, a repository of the same registry, else streamed.
 * What is there already is not sent again. It passes through in pieces, and is checked against its digest on the way.
 * @throws RegistryTrouble
 */
async function copyBlob(blob, from, to, mountable) {
    const { registry } = to;
    const about = `the layer ${blob.digest}`;
    if (await isThere(blob, to, about))
        return 'standing';
    return registry.again(about, async (number) => {
        // The answer to an earlier attempt may have been lost after the layer was taken.
        if (number > 1 && (await isThere(blob, to, about)))
            return 'sent';
        const pieces = copy_blob_checked(blob, from, about);
        // What cannot be mounted is read ahead, while its upload is begun.
        const body = mountable === undefined ? readAhead(pieces) : pieces;
        try {
            const upload = await beginUpload(blob, to, mountable, about);
            if (upload === 'mounted')
                return 'mounted';
            await finishUpload(upload.to, blob, registry, body, about);
            return 'sent';
        }
        finally {
            // An upload that fails leaves no half-read layer behind, which would hold its connection; nobody waits for a home that does not answer.
            pieces.return().catch(() => undefined);
        }
    });
}
async function beginUpload({ digest }, { registry, repository }, mountable, about) {
    const begin = { method: 'POST', to: `/v2/${repository}/blobs/uploads/`, about };
    let begun = mountable === undefined ? undefined : await registry.once({ ...begin, to: `${begin.to}?mount=${digest}&from=${encodeURIComponent(mountable)}` });
    if (begun?.status === 201) {
        await begun.bytes();
        return 'mounted';
    }
    // A registry that cannot mount it begins an upload instead; one that may not show the other repository refuses.
    if (begun?.status !== 202) {
        await begun?.bytes();
        begun = await registry.once(begin);
    }
    const to = begun.headers['location'] ?? '';
    if (begun.status !== 202 || to === '')
        throw await registry.trouble(begin, begun);
    await begun.bytes();
    return { to };
}
async function finishUpload(to, { digest, size }, registry, body, about) {
    // In one piece: of an upload in several ECR has kept only the first (aws/containers-roadmap#2831).
    const finish = {
        method: 'PUT',
        to: `${to}${to.includes('?') ? '&' : '?'}digest=${digest}`,
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
        body,
        timeoutMs: storingMs,
        about,
    };
    const stored = await registry.once(finish);
    if (stored.status !== 201)
        throw await registry.trouble(finish, stored);
    await stored.bytes();
}
async function isThere({ digest }, { registry, repository }, about) {
    const head = { method: 'HEAD', to: `/v2/${repository}/blobs/${digest}`, about };
    const response = await registry.ask(head);
    await response.bytes();
    // A redirect leads to where it is kept.
    if (response.status === 200 || response.status === 307)
        return true;
    if (response.status === 404)
        return false;
    throw await registry.trouble(head, response);
}
/**
 * The blob's bytes. The last piece is given away only when all of them are what the digest says, so that no registry
 * ever gets the whole of something else.
 */
async function* copy_blob_checked({ digest, size }, from, about) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let received = 0;
    let held;
    for await (const piece of (await read(digest, from, about)).body) {
        received += piece.length;
        if (received > size)
            break;
        hash.update(piece);
        if (held)
            yield held;
        held = piece;
    }
    if (received !== size)
        throw new RegistryTrouble('wrong-content', from.registry.name, about, `it gives ${received > size ? 'more' : 'fewer'} than the ${size} bytes that the image's manifest says`);
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== digest)
        throw new RegistryTrouble('wrong-content', from.registry.name, about, `what it gives under this digest is ${found}`);
    if (held)
        yield held;
}
/** Asks for the first piece at once; what is wrong with it is told to who takes it. */
function readAhead(pieces) {
    const first = pieces.next();
    first.catch(() => undefined);
    return (async function* () {
        const { done, value } = await first;
        if (done === true)
            return;
        yield value;
        yield* pieces;
    })();
}
/** Follows the redirects of a registry that keeps its layers elsewhere, as ECR does. */
async function read(digest, { registry, repository }, about) {
    let question = { method: 'GET', to: `/v2/${repository}/blobs/${digest}`, about };
    for (let hop = 0; hop < 5; hop += 1) {
        const response = await registry.ask(question);
        if (response.status === 200)
            return response;
        const location = response.headers['location'];
        if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined)
            throw await registry.trouble(question, response);
        await response.bytes();
        question = { ...question, to: location };
    }
    throw new RegistryTrouble('refused', registry.name, about, 'it redirects its clients in a circle');
}

;// CONCATENATED MODULE: ./packages/images/src/manifest.ts

/** The media types of manifests and indexes that are asked for. */
const manifestTypes = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/**
 * Each platform's own digest. An image that is no index has one platform, which its manifest does not tell: `platform`.
 * Attestations are no platform.
 */
function platformDigests(image, platform) {
    const children = field(manifest_parsed(image.manifest), 'manifests');
    if (!Array.isArray(children))
        return { [platform]: image.digest };
    const digests = {};
    for (const child of children) {
        const digest = field(child, 'digest');
        const [os, architecture, variant] = ['os', 'architecture', 'variant'].map((name) => field(field(child, 'platform'), name));
        if (typeof digest !== 'string' || !digestRule.is(digest) || typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown')
            continue;
        digests[typeof variant === 'string' ? `${os}/${architecture}/${variant}` : `${os}/${architecture}`] = digest;
    }
    return digests;
}
/** What a manifest refers to; undefined where it is none, or refers to something without digest or size. */
function referencesOf(manifest) {
    const content = manifest_parsed(manifest);
    const [listed, config, layers] = ['manifests', 'config', 'layers'].map((name) => field(content, name));
    if (Array.isArray(listed)) {
        const children = listed.flatMap((child) => reference(child)?.digest ?? []);
        return children.length === listed.length ? { children: [...new Set(children)], blobs: [] } : undefined;
    }
    if (!Array.isArray(layers))
        return undefined;
    // A layer that must not be distributed is fetched from its own address, and never in a registry.
    const all = layers;
    const inside = [config, ...all.filter((layer) => !/foreign|nondistributable/.test(String(field(layer, 'mediaType'))))];
    const blobs = inside.flatMap((blob) => reference(blob) ?? []);
    return blobs.length === inside.length ? { children: [], blobs: [...new Map(blobs.map((blob) => [blob.digest, blob])).values()] } : undefined;
}
/** The digest in the file that `--metadata-file` names; undefined where it holds none. */
function builtDigest(metadata) {
    const digest = field(manifest_parsed(metadata), 'containerimage.digest');
    return typeof digest === 'string' && digestRule.is(digest) ? digest : undefined;
}
function reference(descriptor) {
    const [digest, size] = ['digest', 'size'].map((name) => field(descriptor, name));
    return typeof digest === 'string' && digestRule.is(digest) && typeof size === 'number' ? { digest, size } : undefined;
}
function manifest_parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function field(value, name) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}

;// CONCATENATED MODULE: ./packages/images/src/copy.ts






/** Blobs that are under way side by side, of all images together. */
const blobsAtOnce = 6;
/** Opens a way from one registry to another; nothing is asked before the first copy. */
function openCopier(from, to, options) {
    const source = openAccess(from, options);
    const target = openAccess(to, options);
    const lane = (0,parallel/* lanes */.w)(blobsAtOnce);
    const underWay = new Map();
    /** Where else in the target a blob can be mounted from. ECR mounts one only when a manifest there refers to it. */
    const mountable = new Map();
    const bring = (blob, here, there) => {
        const key = `${there.repository}@${blob.digest}`;
        const same = underWay.get(key);
        if (same)
            return same.then((end) => (end === 'sent' || end === 'mounted' ? 'standing' : end));
        const twin = source.origin === target.origin ? here.repository : mountable.get(blob.digest);
        const work = lane(() => copyBlob(blob, here, there, twin));
        underWay.set(key, work);
        const ended = () => underWay.delete(key);
        work.then(ended, ended);
        return work;
    };
    const copyManifest = async (digest, here, there, tally, wrote) => {
        // Side by side: what is copied was not found by its tag, so that it hardly ever stands there.
        const reading = readManifest(digest, here);
        reading.catch(() => undefined);
        if (await standsThere(digest, there))
            return;
        const manifest = await reading;
        const { children, blobs } = manifest.references;
        await (0,parallel/* mapLimit */.s)(children, 4, (child) => copyManifest(child, here, there, tally, wrote));
        await (0,parallel/* mapLimit */.s)(blobs, blobsAtOnce, async (blob) => {
            const end = await bring(blob, here, there);
            if (end === 'standing')
                return;
            wrote();
            if (end === 'mounted')
                tally.mounted += 1;
            else {
                tally.sent += 1;
                tally.bytes += blob.size;
            }
        });
        await putManifest(manifest, there);
        wrote();
        for (const blob of blobs)
            mountable.set(blob.digest, there.repository);
    };
    return {
        async copy(digest, repository, into, wrote) {
            const tally = { sent: 0, bytes: 0, mounted: 0 };
            try {
                await copyManifest(digest, { registry: source, repository }, { registry: target, repository: into }, tally, wrote);
                return tally;
            }
            catch (error) {
                if (error instanceof RegistryTrouble)
                    throw copy_failed(error, `${repository}@${digest}`, from.name, to.name);
                throw error;
            }
        },
    };
}
const accept = manifestTypes.join(', ');
/** A registry takes a manifest only when all that it refers to is there: one that stands is whole. */
async function standsThere(digest, { registry, repository }) {
    const head = { method: 'HEAD', to: `/v2/${repository}/manifests/${digest}`, headers: { accept }, about: `the manifest ${digest}` };
    const response = await registry.ask(head);
    if (response.status !== 200 && response.status !== 404)
        throw await registry.trouble(head, response);
    await response.bytes();
    return response.status === 200;
}
async function readManifest(digest, { registry, repository }) {
    const about = `the manifest ${digest}`;
    const get = { method: 'GET', to: `/v2/${repository}/manifests/${digest}`, headers: { accept }, about };
    const response = await registry.ask(get);
    if (response.status !== 200)
        throw await registry.trouble(get, response);
    const bytes = await response.bytes();
    const found = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
    if (found !== digest)
        throw new RegistryTrouble('wrong-content', registry.name, about, `what it gives under this digest is ${found}`);
    const references = referencesOf(Buffer.from(bytes).toString());
    const mediaType = response.headers['content-type'];
    if (!references || mediaType === undefined)
        throw new RegistryTrouble('wrong-content', registry.name, about, `it is neither an image nor an index, but ${mediaType ?? 'of no type'}`);
    return { digest, bytes, mediaType, references };
}
async function putManifest({ digest, bytes, mediaType }, { registry, repository }) {
    const put = { method: 'PUT', to: `/v2/${repository}/manifests/${digest}`, headers: { 'content-type': mediaType }, body: bytes, about: `the manifest ${digest}` };
    const response = await registry.ask(put);
    if (response.status !== 201)
        throw await registry.trouble(put, response);
    await response.bytes();
}
function copy_failed({ kind, registry, about, message }, image, from, to) {
    const told = (code, next) => new src_failure/* Failed */.cV({ code, what: `${image} could not be copied from ${from} to ${to}`, where: `${registry}, ${about}`, why: message, next });
    switch (kind) {
        case 'denied':
            return told('access-denied', `allow the identity that signed in to read images in ${from} and to push them in ${to}`);
        case 'repository-missing':
            return told('repository-missing', 'create the repository with your infrastructure code, or set create-repository: true');
        case 'throttled':
            return told('throttled', 'run it again later: what was copied is not copied again');
        case 'unreachable':
            return told('unreachable', 'check what the runner\'s network lets through, then run it again: what was copied is not copied again');
        case 'wrong-content':
            return told('copy-failed', 'look at the image in the registry that it was read from, and build it again with reuse: false where it is damaged');
        case 'refused':
            return told('copy-failed', `run it again: what was copied is not copied again; if it stays so, look at the lifecycle rules and the settings of the repository in ${registry}`);
    }
}

;// CONCATENATED MODULE: ./packages/images/src/image-name.ts

/**
 * Reads an image name; undefined where it is none.
 * The rules for short names are those of distribution/reference: a first part without "." and ":" is no host.
 * @example parseImageName('node:22') // docker.io, library/node, 22
 */
function parseImageName(text) {
    const match = /^((?:[^\s/@]+\/)*[^\s/@:]+)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text);
    const [, path = '', tag = 'latest', digest] = match ?? [];
    if (!match)
        return undefined;
    const slash = path.indexOf('/');
    const first = path.slice(0, Math.max(0, slash));
    const hasHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
    const host = hasHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
    const rest = hasHost ? path.slice(slash + 1) : path;
    if (!/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(rest))
        return undefined;
    const repository = host === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest;
    return { text, host, repository, tag, ...(digest !== undefined && digestRule.is(digest) ? { digest } : {}) };
}
/** Whether a registry's host is one of ECR, which takes the password of any account's ECR. */
function isEcrHost(host) {
    return /^\d{12}\.dkr(?:\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)|-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws)$/.test(host);
}

;// CONCATENATED MODULE: ./packages/images/src/challenge.ts
/** Reads a `WWW-Authenticate` header (RFC 9110, section 11.6.1); Bearer is taken before Basic, others are left out. */
function challengeOf(header) {
    const found = [];
    for (const [, word = '', assigned, quoted, plain] of (header ?? '').matchAll(/([A-Za-z][\w-]*)(\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,"]+)))?/g)) {
        // A word that no "=" follows begins the next challenge.
        if (assigned === undefined)
            found.push({ scheme: word.toLowerCase(), parameters: {} });
        else
            Object.assign(found.at(-1)?.parameters ?? {}, { [word.toLowerCase()]: quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '' });
    }
    for (const scheme of ['bearer', 'basic']) {
        const challenge = found.find((one) => one.scheme === scheme);
        if (challenge)
            return { scheme, parameters: challenge.parameters };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./packages/images/src/registry.ts







/** A client of OCI registries that reads manifests' digests; a registry's token is asked for once. */
function openRegistries(options) {
    const authorizations = new Map();
    return {
        async digest(name) {
            if (name.digest !== undefined)
                return name.digest;
            const ask = async (method) => manifest(options, authorizations, name, method);
            const head = await ask('HEAD');
            const told = head.headers['docker-content-digest'];
            if (told !== undefined && digestRule.is(told))
                return told;
            const digest = `sha256:${(0,external_node_crypto_.createHash)('sha256').update(await (await ask('GET')).bytes()).digest('hex')}`;
            if (digestRule.is(digest))
                return digest;
            throw new Error(`no digest: ${digest}`);
        },
    };
}
async function manifest(options, authorizations, name, method) {
    const scope = `${name.host}/${name.repository}`;
    const attempt = async () => {
        const first = await request(options, name, method, authorizations.get(scope));
        if (first.status !== 401)
            return first;
        const challenge = challengeOf(first.headers['www-authenticate']);
        const authorization = challenge && (await authorized(options, name, challenge));
        if (authorization === undefined)
            return first;
        authorizations.set(scope, authorization);
        await first.bytes();
        return request(options, name, method, authorization);
    };
    let response;
    try {
        response = await (0,retry/* withRetries */.L)(attempt, {
            clock: options.clock,
            signal: options.signal,
            budgetMs: 10_000,
            random: options.random,
            retry: worthAnother,
        });
    }
    catch (error) {
        if (!(error instanceof Busy || error instanceof src_http/* TransportError */.wX))
            throw error;
        throw unresolved(name, `the registry ${name.host} does not answer: ${(0,inert/* inertLine */.Fq)(error.message)}`, 'run it again; if it stays so, see whether the runner may reach the registry');
    }
    if (response.status === 200)
        return response;
    if (response.status === 404)
        throw unresolved(name, `the registry ${name.host} has no ${name.repository}:${name.tag}`, 'correct the name in the Dockerfile');
    if (response.status === 401 || response.status === 403)
        throw unresolved(name, `the registry ${name.host} refuses to show it (${response.status})`, 'sign in to that registry before this step (docker login), or correct the name');
    throw unresolved(name, `the registry ${name.host} answers ${response.status}`, 'see what the registry says about itself, or pin the image by its digest');
}
async function request(options, name, method, authorization) {
    const headers = { accept: manifestTypes.join(', '), ...(authorization === undefined ? {} : { authorization }) };
    const response = await options.http.request({ method, url: `${origin(name.host)}/v2/${name.repository}/manifests/${name.tag}`, headers, signal: options.signal, timeoutMs: 15_000 });
    return answered(response, options.clock);
}
/** The value of the `Authorization` header that answers a challenge. */
async function authorized(options, name, challenge) {
    const login = await options.credentials(name.host);
    const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
    if (challenge.scheme === 'basic')
        return basic;
    const url = URL.parse(challenge.parameters['realm'] ?? '');
    if (!url || (url.protocol !== 'https:' && !isLoopback(url.hostname))) {
        throw unresolved(name, `the registry ${name.host} sends its clients for a token to an address that is not https`, 'pin the image by its digest');
    }
    const service = challenge.parameters['service'];
    if (service !== undefined)
        url.searchParams.set('service', service);
    url.searchParams.set('scope', challenge.parameters['scope'] ?? `repository:${name.repository}:pull`);
    const response = await answered(await options.http.request({ method: 'GET', url: url.href, headers: basic === undefined ? {} : { authorization: basic }, signal: options.signal, timeoutMs: 15_000 }), options.clock);
    if (response.status !== 200)
        return undefined;
    const token = tokenIn(await response.json());
    return token === undefined ? undefined : `Bearer ${token}`;
}
function tokenIn(answer) {
    if (typeof answer !== 'object' || answer === null)
        return undefined;
    const fields = new Map(Object.entries(answer));
    return [fields.get('token'), fields.get('access_token')].find((token) => typeof token === 'string' && token !== '')?.toString();
}
function origin(host) {
    // The one registry whose images are named by another host than the one that answers for them.
    if (host === 'docker.io')
        return 'https://registry-1.docker.io';
    return `${isLoopback(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}
function unresolved(name, why, next) {
    return new src_failure/* Failed */.cV({ code: 'base-unresolved', what: `which image ${name.text} is at the moment cannot be found out`, why, next });
}

;// CONCATENATED MODULE: ./packages/images/src/docker-config.ts

/**
 * The text of a private docker `config.json` that knows more registries than the one it replaces.
 * Logins and helpers of the old one stay good, and so do the plugins of its folder.
 */
function dockerConfig(logins, old) {
    const before = old === undefined ? {} : objectIn(old.text);
    const plugins = before['cliPluginsExtraDirs'];
    const auths = logins.map(({ host, username, password }) => [host, { auth: Buffer.from(`${username}:${password}`).toString('base64') }]);
    // A credential store would be asked instead of the file; an empty helper turns it off for these hosts alone.
    const helpers = logins.map(({ host }) => [host, '']);
    const config = {
        ...before,
        auths: { ...member(before, 'auths'), ...Object.fromEntries(auths) },
        ...('credsStore' in before || 'credHelpers' in before ? { credHelpers: { ...member(before, 'credHelpers'), ...Object.fromEntries(helpers) } } : {}),
        ...(old === undefined ? {} : { cliPluginsExtraDirs: [...(docker_config_isList(plugins) ? plugins : []), old.pluginFolder] }),
    };
    return JSON.stringify(config);
}
/** The login for a registry's host in the text of a docker `config.json`; undefined where the file holds none. */
function loginIn(text, host) {
    const auths = member(objectIn(text), 'auths');
    const keys = host === 'docker.io' ? ['https://index.docker.io/v1/', 'docker.io'] : [host, `https://${host}`, `https://${host}/`];
    for (const key of keys) {
        const auth = member(auths, key)['auth'];
        const [, username, password] = /^([^:]+):(.+)$/s.exec(typeof auth === 'string' ? Buffer.from(auth, 'base64').toString() : '') ?? [];
        if (username !== undefined && password !== undefined)
            return { username, password };
    }
    return undefined;
}
function objectIn(text) {
    try {
        const value = JSON.parse(text);
        return isJson(value) && canonical_isJsonObject(value) ? value : {};
    }
    catch {
        return {};
    }
}
function member(object, name) {
    const value = object[name];
    return canonical_isJsonObject(value) ? value : {};
}
function docker_config_isList(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/docker-folder.ts



/** Finds the docker folder that the user's other steps have signed in with. */
function ownDocker(environment) {
    const folder = environment['DOCKER_CONFIG'] ?? (0,external_node_path_.join)(environment['HOME'] ?? '/', '.docker');
    try {
        return { folder, text: (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, 'config.json'), 'utf8') };
    }
    catch {
        return { folder, text: undefined };
    }
}
/** What the user's other steps have signed in with at a registry. */
function ownLogin(own, host) {
    return own.text === undefined ? undefined : loginIn(own.text, host);
}
/**
 * Writes a docker folder of this step's own (mode 0700, its file 0600), so that a registry's password stands in no
 * argument and in no file that other steps read.
 * @returns The variables that lead docker to it, and buildx to the builders that it knows already.
 */
function makeDockerFolder(folder, logins, own, environment) {
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true, mode: 0o700 });
    (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(folder, 'config.json'), dockerConfig(logins, { text: own.text ?? '', pluginFolder: (0,external_node_path_.join)(own.folder, 'cli-plugins') }), { mode: 0o600 });
    const contexts = (0,external_node_path_.join)(own.folder, 'contexts');
    if ((0,external_node_fs_.existsSync)(contexts))
        (0,external_node_fs_.symlinkSync)(contexts, (0,external_node_path_.join)(folder, 'contexts'));
    return { DOCKER_CONFIG: folder, BUILDX_CONFIG: environment['BUILDX_CONFIG'] ?? (0,external_node_path_.join)(own.folder, 'buildx') };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/open-ports.ts










const folderState = 'private-folder';
/** The ports of a run on a runner. */
function openPorts(host, settings, buildSecrets) {
    const { environment, log, clock } = host;
    const own = ownDocker(environment);
    const http = (0,src_http/* openHttp */.fb)({ environment });
    let folder;
    const privateFolder = () => {
        folder ??= makePrivateFolder(host);
        return folder;
    };
    return {
        async findProof(wishes, required) {
            const open = await openProofPlaces(required, {
                sessionName: `slipway-${host.run.runId}`,
                idToken: (audience, meanwhile) => host.idToken(audience, meanwhile),
                environment,
                clock,
                signal: host.work,
                onWait: (text) => {
                    log.info(text);
                },
            });
            try {
                return await findProof(wishes, { environment: required.name, repository: host.run.repository }, open.places);
            }
            finally {
                await open.close();
            }
        },
        async signIn() {
            const session = await signIn({
                region: settings.region,
                sessionName: `slipway-${host.run.runId}`,
                idToken: (audience, meanwhile) => host.idToken(audience, () => {
                    meanwhile();
                    loadEcr();
                }),
                environment,
                signal: host.work,
                ...(settings.role === undefined ? {} : { role: settings.role }),
                ...(settings.account === undefined ? {} : { expectedAccount: settings.account }),
            });
            const account = await session.account();
            const say = (text) => {
                log.info(text);
            };
            const ecrIn = (region) => withOnePassword(openEcr(session, { region, signal: host.work, onRetry: say }), host);
            const registry = ecrIn(settings.region);
            const endOf = async (region, ecr) => {
                const { username, password, endpoint } = await ecr.authorization();
                return { name: `ECR in ${region}`, url: endpoint, username, password };
            };
            const others = settings.regions.map((region) => {
                const there = ecrIn(region);
                const copier = once(async () => openCopier(...(await Promise.all([endOf(settings.region, registry), endOf(region, there)])), { http, clock, random: Math.random, signal: host.work, onWait: say }));
                return { region, registry: there, copy: async (repository, digest, wrote) => (await copier()).copy(digest, repository, repository, wrote) };
            });
            const credentials = async (name) => ownLogin(own, name) ?? (isEcrHost(name) ? registry.authorization() : undefined);
            return { account, host: registryHost(account, settings.region), registry, others, bases: openRegistries({ http, clock, random: Math.random, signal: host.work, credentials }) };
        },
        docker: {
            async run(words, { environment: more, secretVariables, onLine }) {
                const secrets = Object.fromEntries(secretVariables.map((name) => [name, environment[name] ?? '']));
                try {
                    return await runChild('docker', words, { cwd: host.run.workspace, environment: childEnvironment(environment, { ...secrets, ...more }), signal: host.work, onLine });
                }
                catch (error) {
                    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
                        return 'missing';
                    throw error;
                }
            },
        },
        login(hosts, { username, password }) {
            return Promise.resolve(makeDockerFolder((0,external_node_path_.join)(privateFolder(), 'docker'), hosts.map((name) => ({ host: name, username, password })), own, environment));
        },
        scratchFile: (name) => (0,external_node_path_.join)(privateFolder(), name),
        log,
        wrote: () => {
            host.wrote();
        },
        redact: redaction(buildSecrets),
        monotonic: () => clock.monotonic(),
        close: () => http.close(),
    };
}
/** ECR whose password is masked, and asked for once, since it lives for twelve hours. */
function withOnePassword(ecr, host) {
    const authorization = once(async () => {
        const login = await ecr.authorization();
        host.mask(login.password);
        return login;
    });
    return { ...ecr, authorization };
}
/** Does the work when it is first asked for, and again only where it failed. */
function once(work) {
    let begun;
    const begin = async () => {
        try {
            return await work();
        }
        catch (error) {
            begun = undefined;
            throw error;
        }
    };
    return () => (begun ??= begin());
}
/** Removes what `openPorts` has kept on disk, in the post step: also where the main step was killed. */
function removePrivateFolder(state) {
    const folder = state(folderState);
    if (folder !== '')
        (0,external_node_fs_.rmSync)(folder, { recursive: true, force: true });
    return Promise.resolve();
}
/** The place is kept for the post step before anything is in it. */
function makePrivateFolder(host) {
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(host.environment['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)(), 'slipway-build-'));
    host.saveState(folderState, folder);
    return folder;
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/origin.ts
/** Works out which branch, tag or pull request is built. */
function originOf(run, runner) {
    const [, kind, name = ''] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(run.ref) ?? [];
    return {
        workspace: run.workspace,
        url: `${runner.serverUrl}/${run.repository}`,
        sha: run.sha,
        ref: run.ref,
        umask: runner.umask,
        defaultBranch: run.defaultBranch ?? 'main',
        run: `${run.runId}/${run.runAttempt}/${run.job}`,
        platform: `linux/${runner.architecture === 'x64' ? 'amd64' : runner.architecture}`,
        ...(kind === 'heads' ? { branch: name } : {}),
        ...(kind === 'tags' ? { tag: name } : {}),
        // git takes no colon in a branch's name.
        ...(kind === 'pull' ? { branch: `pull:${name.split('/')[0] ?? ''}` } : {}),
        ...(kind === 'pull' && runner.baseRef !== '' ? { baseBranch: runner.baseRef } : {}),
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

;// CONCATENATED MODULE: ./packages/release/src/handover.ts



const handover_named = (rule) => dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y((text) => rule.is(text), `must be ${rule.rule}`), dist/* rawTransform */.NTK(({ dataset, addIssue, NEVER }) => {
    if (rule.is(dataset.value))
        return dataset.value;
    addIssue({ message: `must be ${rule.rule}` });
    return NEVER;
}));
/** One service's image, as ecr-build-push hands it over. */
const builtImage = dist/* strictObject */.rej({
    repository: handover_named(repositoryRule),
    /** Where the digest can be pulled from, the home region first. */
    regions: dist/* pipe */.FsL(dist/* array */.YOg(handover_named(regionRule)), dist/* minLength */.BpQ(1)),
    digest: handover_named(digestRule),
    /** Platform (`linux/amd64`) → digest of that platform's image; one entry for an image that is no index. */
    platforms: dist/* record */.g1P(dist/* string */.YjP(), handover_named(digestRule)),
    tags: dist/* array */.YOg(handover_named(tagRule)),
    /** Hash of what determines the image as written in git. */
    sourceKey: dist/* string */.YjP(),
    reused: dist/* boolean */.zMY(),
    /** Why it was built, or what it was found by. */
    reason: dist/* string */.YjP(),
});
/** One declared ConfigMap or Secret in one target, as k8s-config-sync hands it over. */
const syncedObject = dist/* strictObject */.rej({
    kind: dist/* picklist */.KIO(['ConfigMap', 'Secret']),
    /** The object's name in the cluster. */
    name: dist/* string */.YjP(),
    /** Stands for the content; of a secret it tells nothing about the values. */
    checksum: dist/* string */.YjP(),
    changed: dist/* boolean */.zMY(),
    /** Where `name` is fixed: the immutable object beside it that holds exactly this content. */
    kept: dist/* exactOptional */.yqP(dist/* string */.YjP()),
    /** Of a Secret: stands for where its values come from, whichever versions they have. Equal sources are the same secret, maybe rotated. */
    source: dist/* exactOptional */.yqP(dist/* string */.YjP()),
});
/** What became of one service in one target, as k8s-rollout hands it over. */
const rolledService = dist/* strictObject */.rej({
    sequence: dist/* number */.aig(),
    version: dist/* optional */.lqM(dist/* string */.YjP()),
    status: dist/* picklist */.KIO(['healthy', 'unchanged', 'planned', 'rolled-back', 'failed', 'refused', 'superseded', 'cancelled', 'not-started']),
    seconds: dist/* number */.aig(),
});
const handover_images = dist/* strictObject */.rej({ version: dist/* literal */.euz(1), images: dist/* record */.g1P(dist/* string */.YjP(), builtImage) });
const configuration = dist/* strictObject */.rej({
    version: dist/* literal */.euz(1),
    /** Commit of the configuration repository, where it is one of its own. */
    commit: dist/* exactOptional */.yqP(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'must be the hash of a commit'))),
    config: dist/* record */.g1P(dist/* string */.YjP(), dist/* record */.g1P(dist/* string */.YjP(), syncedObject)),
});
const releases = dist/* strictObject */.rej({
    version: dist/* literal */.euz(1),
    releases: dist/* record */.g1P(dist/* string */.YjP(), dist/* record */.g1P(dist/* string */.YjP(), rolledService)),
});
/** The output `images`: names repository, digest and region, never an account or a host, so that no mask drops it. */
function encodeImages(value) {
    return JSON.stringify({ version: 1, images: Object.fromEntries(value) });
}
/** The output `config`, with the commit of the configuration repository where it is one of its own. */
function encodeConfiguration(value, commit) {
    return JSON.stringify({ version: 1, commit, config: nested(value) });
}
/** The output `releases`. */
function encodeReleases(value) {
    return JSON.stringify({ version: 1, releases: nested(value) });
}
/**
 * Reads the input `images`.
 * @throws Failed `handover-invalid` where it is blank or is not what ecr-build-push writes.
 */
function decodeImages(text) {
    return new Map(handover_entries(decode('images', 'ecr-build-push', text, handover_images).images, serviceRule));
}
/**
 * Reads the input `config`.
 * @throws Failed `handover-invalid` where it is blank or is not what k8s-config-sync writes.
 */
function decodeConfiguration(text) {
    const decoded = decode('config', 'k8s-config-sync', text, configuration).config;
    return new Map(handover_entries(decoded, targetRule).map(([target, objects]) => [target, new Map(Object.entries(objects))]));
}
/**
 * The commit of the configuration repository that the input `config` names, if any.
 * @throws Failed as `decodeConfiguration` does.
 */
function decodeConfigurationCommit(text) {
    return decode('config', 'k8s-config-sync', text, configuration).commit;
}
/**
 * Reads the output `releases`.
 * @throws Failed `handover-invalid` where it is blank or is not what k8s-rollout writes.
 */
function decodeReleases(text) {
    const decoded = decode('releases', 'k8s-rollout', text, releases).releases;
    return new Map(handover_entries(decoded, targetRule).map(([target, services]) => [target, new Map(handover_entries(services, serviceRule))]));
}
function decode(input, from, text, schema) {
    const next = `pass the whole output \`${input}\` of ${from}: \`\${{ steps.<id>.outputs.${input} }}\`, or \`\${{ needs.<job>.outputs.${input} }}\``;
    if (text.trim() === '') {
        throw new Failed({
            code: 'handover-invalid',
            what: `the input "${input}" is empty`,
            why: 'it was left out, or no step wrote that output, or the runner dropped it since it contains a masked string (an account id, a short secret)',
            next: `${next}; where it is passed, look for "Skip output" in the log of the job that made it`,
        });
    }
    const json = handover_parsed(text);
    if (json === undefined) {
        throw new Failed({
            code: 'handover-invalid',
            what: `the input "${input}" is not what ${from} writes`,
            why: `it is no JSON${text.includes('***') ? '; it holds ***, which stands where the runner has hidden a masked string (an account id, a short secret): text that was copied from a log is not the output itself' : ''}`,
            next,
        });
    }
    const result = v.safeParse(schema, json);
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    throw new Failed({
        code: 'handover-invalid',
        what: `the input "${input}" is not what ${from} writes`,
        why: `${v.getDotPath(issue) ?? 'the text'}: ${inertLine(issue.message)}`,
        next,
    });
}
function handover_parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function handover_entries(record, rule) {
    return Object.entries(record).flatMap(([name, value]) => (rule.is(name) ? [[name, value]] : []));
}
function nested(value) {
    return Object.fromEntries([...value].map(([outer, inner]) => [outer, Object.fromEntries(inner)]));
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/result.ts
/** What can become of an image. */
const deeds = ['reused', 'tagged', 'built', 'built-only', 'would-build', 'would-tag', 'proven', 'checked', 'failed'];
/** What can become of an image in another region than its home. */
const copyDeeds = ['standing', 'copied', 'would-copy', 'failed'];

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/result-schema.ts




/** The output `result`. */
const resultSchema = dist/* strictObject */.rej({
    ...resultEntries,
    /** The commit of the configuration that was proven with the images, where it has a repository of its own. */
    'configuration-commit': dist/* exactOptional */.yqP(dist/* string */.YjP()),
    /** By service. */
    services: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), dist/* strictObject */.rej({ did: dist/* picklist */.KIO(deeds), reason: dist/* string */.YjP(), image: dist/* exactOptional */.yqP(builtImage), copies: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), dist/* picklist */.KIO(copyDeeds))), seconds: dist/* exactOptional */.yqP(dist/* number */.aig()) }))),
});
/** What `result` says besides outcome and failures. */
function resultOf({ services, configurationCommit }) {
    return {
        ...(configurationCommit === undefined ? {} : { 'configuration-commit': configurationCommit }),
        services: Object.fromEntries(services.map(({ service, did, reason, image, copies, milliseconds }) => [
            service,
            { did, reason: (0,inert/* inertLine */.Fq)(reason), ...(image === undefined ? {} : { image }), ...(copies === undefined ? {} : { copies: Object.fromEntries(copies) }), ...(milliseconds === undefined ? {} : { seconds: Math.round(milliseconds / 100) / 10 }) },
        ])),
    };
}

;// CONCATENATED MODULE: ./packages/images/src/builder.ts
/** The words after `docker` that describe the builder. */
const inspectCommand = ['buildx', 'inspect'];
/** Reads what `docker buildx inspect` prints; undefined where it names no driver. */
function readBuilder(printed) {
    const field = (name) => new RegExp(`^${name}:[ \\t]*(\\S+)`, 'm').exec(printed)?.[1];
    const driver = field('Driver');
    if (driver === undefined)
        return undefined;
    return { name: field('Name') ?? 'default', driver, exportsCache: driver !== 'docker' };
}

;// CONCATENATED MODULE: ./packages/images/src/build-plan.ts
/** The words after `docker` that perform the build. */
function buildCommand(plan) {
    return [
        'buildx',
        'build',
        ...['--file', plan.dockerfile],
        ...(plan.target === undefined ? [] : ['--target', plan.target]),
        ...['--platform', plan.platforms.join(',')],
        ...pairs('--build-arg', plan.buildArgs),
        ...plan.secrets.flatMap((secret) => ['--secret', attributes('env' in secret ? { id: secret.id, env: secret.env } : { id: secret.id, src: secret.file })]),
        ...pairs('--label', plan.labels),
        ...['--tag', `${plan.image}:${plan.tag}`],
        ...(plan.push ? ['--push'] : ['--output', 'type=cacheonly']),
        ...['--metadata-file', plan.metadataFile],
        // An attestation would turn the image into an index that differs at every build.
        '--provenance=false',
        ...['--progress', 'plain'],
        ...plan.cache.from.flatMap((ref) => ['--cache-from', attributes({ type: 'registry', ref })]),
        ...(plan.cache.to === undefined ? [] : ['--cache-to', cacheTarget(plan.cache.to)]),
        plan.context,
    ];
}
/** ECR takes a cache only as an image manifest, and a cache that cannot be kept must not fail a good build. */
function cacheTarget(ref) {
    return attributes({ type: 'registry', ref, mode: 'max', 'image-manifest': 'true', 'oci-mediatypes': 'true', 'ignore-error': 'true' });
}
function pairs(flag, values) {
    return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}
/** Fields as buildx reads them: a line of CSV. */
function attributes(fields) {
    return Object.entries(fields).map(([name, value]) => `${name}=${value}`).map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}

;// CONCATENATED MODULE: ./packages/images/src/build-progress.ts
/**
 * Counts the steps of BuildKit's plain progress, and those that its cache answered.
 * A step is `#7 [build 2/5] COPY …`; `#7 CACHED` says that it was not run. FROM and the internal steps do not count.
 */
class BuildProgress {
    #steps = new Set();
    #cached = new Set();
    #lastError;
    /** Takes one line of output. */
    read(line) {
        const [, number = '', text = ''] = /^#(\d+) (.*)$/.exec(line.trimEnd()) ?? [];
        if (/^\[(?:[^\]]+ )?\d+\/\d+\] (?!FROM )/.test(text))
            this.#steps.add(number);
        else if (text === 'CACHED')
            this.#cached.add(number);
        const error = /^ERROR: (.+)$/.exec(number === '' ? line.trim() : text)?.[1];
        if (error !== undefined)
            this.#lastError = error;
    }
    get hits() {
        return { steps: this.#steps.size, cached: [...this.#cached].filter((number) => this.#steps.has(number)).length };
    }
    /** The last error that was told, from outside as it came. */
    get lastError() {
        return this.#lastError;
    }
}
/** The share of steps that came from the cache, over all builds: `0.75`; empty where nothing was built. */
function hitRatio(builds) {
    const steps = builds.reduce((sum, build) => sum + build.steps, 0);
    const cached = builds.reduce((sum, build) => sum + build.cached, 0);
    return steps === 0 ? '' : String(Math.round((cached / steps) * 100) / 100);
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/cache.ts

/**
 * A branch reads its own cache, then the default branch's, and writes its own.
 * A pull request reads the cache of the branch that it wants to change, and writes none.
 */
function decideCache(choice, builder, image, origin) {
    if (choice === 'none')
        return { plan: { from: [] } };
    const ref = (branch) => `${image}:${cacheTag(branch)}`;
    if (origin.baseBranch !== undefined)
        return { plan: { from: [ref(origin.baseBranch)] } };
    const own = origin.branch ?? origin.defaultBranch;
    const from = [...new Set([ref(own), ref(origin.defaultBranch)])];
    if (!builder.exportsCache) {
        return {
            plan: { from },
            notice: `the builder "${builder.name}" has the driver ${builder.driver}, which keeps no layer cache in a registry: builds start from what other builders kept; set up a docker-container builder (docker/setup-buildx-action) in an earlier step to keep one`,
        };
    }
    // A version's tag is built once: nobody would read what it kept.
    return { plan: origin.branch === undefined ? { from } : { from, to: ref(own) } };
}

// EXTERNAL MODULE: ./node_modules/@balena/dockerignore/ignore.js
var ignore = __webpack_require__(4158);
var ignore_default = /*#__PURE__*/__webpack_require__.n(ignore);
;// CONCATENATED MODULE: ./packages/images/src/ignored.ts



/**
 * The rules that BuildKit takes, as text: `<Dockerfile>.dockerignore` beside it, else the context's `.dockerignore`.
 * Before them stand the paths of `leftOut`.
 */
async function ignoreText(context, dockerfile, leftOut) {
    const text = (await ignored_textOf(`${dockerfile}.dockerignore`)) ?? (await ignored_textOf((0,external_node_path_.join)(context, '.dockerignore'))) ?? '';
    return [...leftOut, text.replace(/^\uFEFF/, '')].join('\n');
}
/** The rules of a `.dockerignore`'s text. */
function ignoreRules(text) {
    const patterns = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => !line.startsWith('#')).map(literal);
    // Without `ignorecase: false` the library takes README for readme, which docker on Linux does not.
    const rules = ignore_default()({ ignorecase: false }).add(patterns);
    return { ignores: (path) => rules.ignores(path), readmits: patterns.some((pattern) => pattern.trim().startsWith('!')) };
}
/** The library builds regular expressions from the patterns, but leaves some of their signs as they are. */
function literal(pattern) {
    return pattern.replace(/\\.|[+(){}|]/g, (part) => (part.startsWith('\\') ? part : `\\${part}`));
}
async function ignored_textOf(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/left-out.ts



/**
 * The Dockerfile to build with: where something must be left out, a copy with an ignore list of its own beside it,
 * which BuildKit takes before the context's. Nothing in the workspace is changed.
 */
async function dockerfileLeavingOut({ context, dockerfile, source, leftOut }, folder) {
    if (leftOut.length === 0)
        return dockerfile;
    await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    // The builder's own lines name the Dockerfile as it is called.
    const copy = (0,external_node_path_.join)(folder, (0,external_node_path_.basename)(dockerfile));
    await (0,promises_.writeFile)(copy, source.dockerfile);
    await (0,promises_.writeFile)(`${copy}.dockerignore`, await ignoreText(context, dockerfile, leftOut));
    return copy;
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/build.ts






/**
 * Asks docker for its builder.
 * @throws Failed `builder-missing`, with what docker says.
 */
async function findBuilder(ports, environment) {
    const lines = [];
    const ended = await ports.docker.run(inspectCommand, { environment, secretVariables: [], onLine: (line) => lines.push(line) });
    const builder = ended === 'missing' ? undefined : readBuilder(lines.join('\n'));
    if (builder && ended !== 'missing' && ended.exitCode === 0)
        return builder;
    throw new src_failure/* Failed */.cV({
        code: 'builder-missing',
        what: 'an image must be built, but there is no docker with buildx here',
        why: ended === 'missing' ? 'the command "docker" is not on the PATH' : `docker buildx inspect says: ${(0,inert/* inertLine */.Fq)(lines.filter((line) => line.trim() !== '').slice(-2).join(' '))}`,
        next: 'run this step where docker is (ubuntu-latest has it), or set up a builder with docker/setup-buildx-action first',
    });
}
/**
 * Builds one image and pushes it by its content tag; every line comes to the log as it is printed.
 * @throws Failed `build-failed`, `push-failed`.
 */
async function buildImage(image, site, settings, origin, ports) {
    const { service, repository } = image.wanted;
    const name = `${site.host}/${repository}`;
    const metadataFile = ports.scratchFile(`${service}.json`);
    const { plan } = decideCache(settings.cache, site.builder, name, origin);
    const words = buildCommand({
        context: image.context,
        dockerfile: await dockerfileLeavingOut(image, ports.scratchFile(`${service}-dockerfile`)),
        ...(image.wanted.target === undefined ? {} : { target: image.wanted.target }),
        platforms: image.wanted.platforms,
        buildArgs: image.wanted.buildArgs,
        secrets: image.wanted.secrets.map((secret) => ('file' in secret ? { id: secret.id, file: secretSource(origin.workspace, secret.file, image) } : secret)),
        labels: { 'org.opencontainers.image.source': origin.url, 'org.opencontainers.image.revision': origin.sha },
        image: name,
        tag: image.contentTag,
        push: settings.push,
        metadataFile,
        cache: settings.push ? plan : { from: plan.from },
    });
    const attempt = async () => {
        const progress = new BuildProgress();
        const ended = await ports.docker.run(words, {
            environment: site.environment,
            secretVariables: image.wanted.secrets.flatMap((secret) => ('env' in secret ? secret.env : [])),
            onLine: (line) => {
                progress.read(line);
                if (line.trim() !== '')
                    ports.log.info(`[${service}] ${ports.redact(line)}`);
            },
        });
        return { exitCode: ended === 'missing' ? 127 : ended.exitCode, progress };
    };
    let ended = await attempt();
    if (ended.exitCode !== 0 && registryFaltered.test(ended.progress.lastError ?? '')) {
        ports.log.warning(`${service}: the registry faltered while the image was pushed; the builder still has its layers, so it is pushed once more`);
        ended = await attempt();
    }
    if (ended.exitCode !== 0)
        throw buildFailure(image, ended.progress.lastError === undefined ? undefined : ports.redact(ended.progress.lastError), ended.exitCode);
    const metadata = await (0,promises_.readFile)(metadataFile, 'utf8').catch(() => '');
    await (0,promises_.rm)(metadataFile, { force: true });
    return { digest: builtDigest(metadata), hits: ended.progress.hits };
}
/** Looked up once more: the builds before this one may have put a link in its place. */
function secretSource(workspace, file, { wanted }) {
    const real = secretFile(workspace, file);
    if (real?.isInside)
        return real.path;
    throw new src_failure/* Failed */.cV({ code: 'file-outside', what: `the file ${file} of a build secret is no longer in the workspace`, where: `service ${wanted.service}`, why: 'it was there when the run began', next: 'find out which step moves it' });
}
// Of an answer that says why, BuildKit tells the code and not the status.
const registryFaltered = /failed to push.*(?:\b5\d\d\b|: unavailable: |: toomanyrequests: |connection reset|EOF|timeout)/i;
function buildFailure({ wanted }, lastError, exitCode) {
    const pushing = /failed to push/.test(lastError ?? '');
    return new src_failure/* Failed */.cV({
        code: pushing ? 'push-failed' : 'build-failed',
        what: pushing ? `the image of ${wanted.service} was built, but could not be pushed` : `the build of ${wanted.service} failed`,
        where: `service ${wanted.service}`,
        why: lastError === undefined ? `docker ended with exit code ${exitCode}` : (0,inert/* inertLine */.Fq)(lastError).slice(0, 500),
        next: pushing ? `see that the role may push to ${wanted.repository}, then run it again` : `read the lines marked [${wanted.service}] above, and mend the Dockerfile or the code`,
    });
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/decide.ts
/** Whether an image that the repository holds is taken. */
function decide(image, found) {
    // The reason is handed over to other jobs, so it names no base image: its host may hold a masked account.
    if (image.notReusable !== undefined)
        return { kind: 'build', image, reason: 'nothing may be reused' };
    const stored = found.find(({ tag }) => tag === image.contentTag);
    return stored ? { kind: 'reuse', image, stored } : { kind: 'build', image, reason: 'no image was made from this content yet' };
}
/** Which tags the image of this digest is given; `isNew` says that this run built it. */
function planTags(tags, found, digest, isNew) {
    const put = [];
    const standing = [];
    const left = [];
    for (const wanted of tags) {
        const other = found.find(({ tag }) => tag === wanted.tag);
        if (other?.digest === digest)
            standing.push(wanted.tag);
        else if (wanted.kind !== 'fixed')
            put.push(wanted);
        else if (other)
            left.push({ tag: wanted.tag, digest: other.digest });
        // A commit that changes nothing in an image makes no new name for it.
        else if (isNew)
            put.push(wanted);
    }
    return { put, standing, left };
}
/** A version's tag never moves: what would move one is told before anything is built or written. */
function versionConflicts(decision, found, region) {
    return decision.image.tags.flatMap(({ tag, kind }) => {
        const other = found.find((stored) => stored.tag === tag);
        if (kind !== 'version' || !other || (decision.kind === 'reuse' && decision.stored.digest === other.digest))
            return [];
        return versionTaken(decision.image, tag, other.digest, decision.kind === 'reuse' ? decision.stored.digest : undefined, region);
    });
}
/** The failure of a version's tag that names another image already. */
function versionTaken({ wanted }, tag, digest, ours, region) {
    return {
        code: 'tag-immutable',
        what: `the tag ${tag} of ${wanted.repository} names ${digest} already`,
        where: `service ${wanted.service}, ${region}`,
        why: `${ours === undefined ? 'this content would be built anew' : `this content is ${ours}`}, and a version names one image for ever`,
        next: 'deploy the version as it is, or make a new one',
    };
}

;// CONCATENATED MODULE: ./packages/images/src/content-key.ts

// Raised when the rules of the key change, so that no key of old rules is taken for one of new rules.
const rules = 'slipway-image-2';
/** Hash of what determines the image as written in git. */
function sourceKey(source) {
    return canonicalHash(description(source));
}
/** Hash of what determines the image: the source, and the images that it is made from and read by now (name → digest). */
function contentKey(source, bases) {
    return canonicalHash({ ...description(source), bases: { ...bases } });
}
/** The tag under which the image of a key is found again. */
function contentTag(key) {
    const tag = `content-${key.slice(0, 40)}`;
    if (!tagRule.is(tag))
        throw new Error(`a key makes no tag: ${key}`);
    return tag;
}
function description({ tree, dockerfile, target, platforms, buildArgs, secretIds }) {
    return {
        rules,
        tree,
        dockerfile,
        target: target ?? null,
        platforms: [...new Set(platforms)].sort(),
        buildArgs: { ...buildArgs },
        secretIds: [...new Set(secretIds)].sort(),
    };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/keys.ts



/** The tags of every image, all problems at once. Two services of one repository must not want the same tag. */
function wantTags(images, settings, origin, problems) {
    const version = origin.tag === undefined ? undefined : versionOfTag(origin.tag);
    const owners = new Map();
    const told = new Set(problems.all.map(({ what }) => what));
    const tags = new Map();
    for (const image of images) {
        const { service, repository } = image;
        const values = {
            service,
            sha: origin.sha,
            ...(settings.environment === undefined ? {} : { environment: settings.environment }),
            ...(origin.branch === undefined ? {} : { branch: origin.branch }),
            ...(version === undefined ? {} : { version }),
        };
        const own = new src_failure/* Problems */.Zw();
        const wanted = own.try(() => wantedTags(settings.tags.length > 0 ? settings.tags : defaultTemplates(values), values)) ?? [];
        // One wrong template is one problem, however many services it would have been for.
        for (const failure of own.all)
            if (!told.has(failure.what))
                problems.add(failure);
        for (const { what } of own.all)
            told.add(what);
        for (const { tag } of wanted) {
            const owner = owners.get(`${repository}:${tag}`);
            if (owner === undefined)
                owners.set(`${repository}:${tag}`, service);
            else
                problems.add({
                    code: 'input-conflict',
                    what: `the services ${owner} and ${service} would both have the tag ${tag} in the repository ${repository}`,
                    why: 'a tag names one image',
                    next: 'give each a repository of its own, or put {service} into the input "tags"',
                });
        }
        tags.set(image, wanted);
    }
    return tags;
}
/** Works out the content keys; base images that nothing pins are asked for once each. */
async function keyImages(images, wanted, settings, origin, bases) {
    const asked = new Map();
    const digestOf = (name) => {
        const pending = asked.get(name.text) ?? resolved(bases, name);
        asked.set(name.text, pending);
        return pending;
    };
    return Promise.all(images.map(async (image) => {
        const source = sourceKey(image.source);
        const keyed = { ...image, tags: wanted.get(image.wanted) ?? [], sourceKey: source };
        const without = (notReusable) => ({ ...keyed, notReusable, contentTag: contentTag(canonicalHash([source, image.wanted.service, origin.run])) });
        if (!settings.reuse)
            return without('the input "reuse" is false');
        if (image.unrepeatable.length > 0)
            return without(words_list(image.unrepeatable));
        const digests = await Promise.all(image.bases.map(async (name) => [name.text, await digestOf(name)]));
        const unknown = digests.flatMap(([, digest]) => (digest instanceof src_failure/* Failed */.cV ? digest.failures.map(src_failure/* failureText */.kY) : []));
        if (unknown.length > 0)
            return without(unknown.join(' '));
        return { ...keyed, contentTag: contentTag(contentKey(image.source, Object.fromEntries(digests.flatMap(([name, digest]) => (digest instanceof src_failure/* Failed */.cV ? [] : [[name, digest]]))))) };
    }));
}
/** Asks our own registry for bases that it holds itself, and the others where they are. */
function withOwnBases(host, registry, others) {
    return {
        async digest(name) {
            if (name.digest !== undefined || name.host !== host || !repositoryRule.is(name.repository) || !tagRule.is(name.tag))
                return others.digest(name);
            const answer = await registry.batchGetImage(name.repository, [{ tag: name.tag }]);
            const found = answer === 'repository-missing' ? undefined : answer.found[0];
            if (found)
                return found.digest;
            throw new src_failure/* Failed */.cV({
                code: 'base-unresolved',
                what: `which image ${name.text} is at the moment cannot be found out`,
                why: answer === 'repository-missing' ? `the registry has no repository ${name.repository}` : `the repository ${name.repository} has no tag ${name.tag}`,
                next: 'correct the name in the Dockerfile',
            });
        },
    };
}
/** The repositories of the images, each with the images in it. */
function byRepository(images) {
    return Map.groupBy(images, ({ wanted }) => wanted.repository);
}
async function resolved(bases, name) {
    try {
        return await bases.digest(name);
    }
    catch (error) {
        // The build goes on without reuse: it will find out for itself whether the base can be had.
        if (error instanceof src_failure/* Failed */.cV)
            return error;
        throw error;
    }
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/look-up.ts



/** Asks once a repository and region, side by side, for the content tags and every wanted tag together. */
async function lookUp(images, { registry, others }, settings, problems) {
    const places = [{ region: settings.region, registry }, ...others];
    const looks = new Map(await (0,parallel/* mapLimit */.s)(places, places.length, async ({ region, registry }) => [region, await lookInto(registry, region, images, settings, problems)]));
    const home = lookOf(looks, settings.region);
    const decisions = images.map((image) => decide(image, home.found.get(image.wanted.repository) ?? []));
    for (const [region, { found }] of looks) {
        for (const decision of decisions)
            for (const failure of versionConflicts(decision, found.get(decision.image.wanted.repository) ?? [], region))
                problems.add(failure);
    }
    return { ...home, decisions, others: new Map([...looks].filter(([region]) => region !== settings.region)) };
}
/** What was found in a region. */
function lookOf(looks, region) {
    return looks.get(region) ?? { found: new Map(), missing: [] };
}
async function lookInto(registry, region, images, settings, problems) {
    const missing = [];
    const found = new Map();
    await (0,parallel/* mapLimit */.s)([...byRepository(images)], 16, async ([repository, inside]) => {
        const answers = await (0,parallel/* mapLimit */.s)(inHundreds(asked(inside)), 4, (ids) => registry.batchGetImage(repository, ids));
        found.set(repository, answers.flatMap((answer) => (answer === 'repository-missing' ? [] : answer.found)));
        if (!answers.includes('repository-missing'))
            return;
        if (settings.createRepository)
            missing.push(repository);
        else
            problems.add(repositoryMissing(repository, inside.map(({ wanted }) => wanted.service), region));
    });
    return { found, missing: missing.sort() };
}
/** BatchGetImage takes a hundred images at a time. */
function inHundreds(ids) {
    return Array.from({ length: Math.ceil(ids.length / 100) }, (_, index) => ids.slice(index * 100, index * 100 + 100));
}
function asked(images) {
    const tags = images.flatMap(({ contentTag, notReusable, tags }) => [...(notReusable === undefined ? [contentTag] : []), ...tags.map(({ tag }) => tag)]);
    return [...new Set(tags)].map((tag) => ({ tag }));
}
function repositoryMissing(repository, services, region) {
    return {
        code: 'repository-missing',
        what: `the ECR repository ${repository} does not exist in ${region}`,
        where: `service ${services.join(', ')}`,
        why: 'an image can only be pushed to a repository that is there',
        next: 'correct its name, create it with your infrastructure code, or set create-repository: true',
    };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/builds.ts






/** Whether any of it was written to the registry. */
function haveWritten({ ends, created }) {
    return created.length > 0 || ends.some(({ pushed }) => pushed);
}
/**
 * Builds what no image exists of, two at a time, after creating the repositories that are missing, in every region.
 * A build that fails does not stop the others: what they push is found again by the next run.
 * @throws Failed `builder-missing`, or why a region lets nobody in, before anything is written.
 */
async function buildMisses(look, signedIn, settings, origin, ports) {
    const misses = look.decisions.filter((decision) => decision.kind === 'build');
    const site = misses.length === 0 ? undefined : await openSite(misses, signedIn, settings, origin, ports);
    const { created, failures } = settings.push ? await createRepositories(look, signedIn, settings, ports) : { created: [], failures: [] };
    if (failures.length > 0 || !site)
        return { ends: [], created, failures };
    // A build takes every core that it finds: more than two at once only slow each other down.
    const ends = await (0,parallel/* mapLimit */.s)(misses, 2, (decision) => buildOne(decision, site, signedIn, settings, origin, ports));
    return { ends, created, failures: [] };
}
/** Finds the builder and signs it in; a region that is to get copies and lets nobody in is found out as well. */
async function openSite(misses, signedIn, settings, origin, ports) {
    ports.log.info(`${count(misses.length, 'image')} to build:`);
    for (const { image, reason } of misses)
        ports.log.info(`  ${image.wanted.service}: ${reason}${image.notReusable === undefined ? '' : `: ${image.notReusable}`}`);
    const hosts = [...new Set([signedIn.host, ...misses.flatMap(({ image }) => image.bases.map(({ host }) => host).filter(isEcrHost))])];
    const refusals = new src_failure/* Problems */.Zw();
    const [builder, environment] = await Promise.all([
        refusals.tryAsync(() => findBuilder(ports, {})),
        refusals.tryAsync(async () => ports.login(hosts, await signedIn.registry.authorization())),
        ...(settings.push ? signedIn.others : []).map(({ registry }) => refusals.tryAsync(() => registry.authorization())),
    ]);
    refusals.throwIfAny();
    if (builder === undefined || environment === undefined)
        throw new Error('what is missing here is a problem');
    const { notice } = decideCache(settings.cache, builder, '', origin);
    if (notice !== undefined)
        ports.log.notice(notice);
    return { host: signedIn.host, builder, environment };
}
async function createRepositories(look, { registry, others }, settings, ports) {
    const created = [];
    const failures = [];
    const missingIn = (region, registry, missing) => missing.map((repository) => ({ region, registry, repository }));
    const work = [...missingIn(settings.region, registry, look.missing), ...others.flatMap(({ region, registry }) => missingIn(region, registry, lookOf(look.others, region).missing))];
    await (0,parallel/* mapLimit */.s)(work, 4, async ({ region, registry, repository }) => {
        try {
            if ((await registry.createRepository(repository)) === 'exists')
                return;
        }
        catch (error) {
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            failures.push(...error.failures);
            return;
        }
        ports.wrote();
        created.push(repository);
        ports.log.info(`created the repository ${repository} in ${region}`);
    });
    return { created, failures };
}
async function buildOne(decision, site, { registry }, settings, origin, ports) {
    const { image } = decision;
    const { service, repository } = image.wanted;
    const startedAt = ports.monotonic();
    let pushed = false;
    const ended = (more) => ({ decision, milliseconds: ports.monotonic() - startedAt, pushed, failures: [], ...more });
    const read = async (id) => {
        const answer = await registry.batchGetImage(repository, [id]);
        return answer === 'repository-missing' ? undefined : answer.found[0];
    };
    const byContent = { tag: image.contentTag };
    try {
        const { digest, hits } = await buildImage(image, site, settings, origin, ports);
        if (!settings.push)
            return ended({ hits });
        pushed = true;
        ports.wrote();
        const stored = await read(digest === undefined ? byContent : { digest });
        return stored ? ended({ stored, hits }) : ended({ hits, failures: [vanished(service, repository)] });
    }
    catch (error) {
        if (!(error instanceof src_failure/* Failed */.cV))
            throw error;
        // Another run may have pushed the very same content in the meantime, to a repository whose tags do not move.
        const stored = error.failures[0].code === 'push-failed' && image.notReusable === undefined ? await read(byContent) : undefined;
        return stored ? ended({ stored }) : ended({ failures: error.failures });
    }
}
function vanished(service, repository) {
    return {
        code: 'push-failed',
        what: `the image of ${service} is not in ${repository}`,
        where: `service ${service}`,
        why: 'docker said that it was pushed, but the registry does not have it',
        next: `run it again; if it stays so, look at the lifecycle rules of ${repository}`,
    };
}

;// CONCATENATED MODULE: ./packages/images/src/context-tree.ts






/**
 * Hashes the context folder after its `.dockerignore`, every file by its content.
 *
 * COPY keeps modes, but git keeps only the executable bit: the rest of a checkout's modes is the umask of whoever made
 * it. So a mode that a checkout under this umask gives counts as its executable bit alone, and the same commit has the
 * same hash on every runner; any other mode was set on purpose, by an earlier step, and counts whole.
 * @throws Failed `file-invalid` where something inside cannot be read.
 */
async function readContextTree(context, dockerfile, { leftOut, umask }) {
    const rules = ignoreRules(await ignoreText(context, dockerfile, leftOut));
    const found = [...walk(context, '', rules)];
    const lines = await (0,parallel/* mapLimit */.s)(found, 32, (entry) => readable(entry.path, () => line((0,external_node_path_.join)(context, entry.path), entry, umask)));
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const text of lines.sort())
        hash.update(`${text}\n`);
    return { hash: hash.digest('hex'), files: found.filter(({ kind }) => kind === 'file').length, holdsGit: found.some(({ path }) => path === '.git' || path.startsWith('.git/')) };
}
function* walk(context, folder, rules) {
    const entries = readFolder(context, folder);
    for (const entry of entries) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        const ignored = rules.ignores(path);
        if (entry.isDirectory()) {
            if (!ignored)
                yield { path, kind: 'folder' };
            if (!ignored || rules.readmits)
                yield* walk(context, path, rules);
        }
        else if (ignored)
            continue;
        else if (entry.isSymbolicLink())
            yield { path, kind: 'link' };
        else if (entry.isFile())
            yield { path, kind: 'file' };
    }
}
async function line(absolute, { path, kind }, umask) {
    switch (kind) {
        case 'folder':
            return JSON.stringify([path, kind, modeText((0,external_node_fs_.lstatSync)(absolute).mode, umask, [executable])]);
        case 'link':
            return JSON.stringify([path, kind, (0,external_node_fs_.readlinkSync)(absolute)]);
        case 'file': {
            const { mode, size } = (0,external_node_fs_.lstatSync)(absolute);
            return JSON.stringify([path, kind, modeText(mode, umask, [executable, plain]), size <= smallBytes ? (0,external_node_crypto_.hash)('sha256', (0,external_node_fs_.readFileSync)(absolute)) : await largeFileHash(absolute)]);
        }
    }
}
const executable = { mode: 0o777, text: 'executable' };
const plain = { mode: 0o666, text: 'plain' };
function modeText(mode, umask, usual) {
    return usual.find((one) => (one.mode & ~umask) === (mode & 0o777))?.text ?? (mode & 0o777).toString(8);
}
// A thousand small files are read at once in 15 ms, and side by side through the thread pool in 80 to 500 ms.
const smallBytes = 1 << 20;
async function largeFileHash(path) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1 << 20 }))
        if (chunk instanceof Uint8Array)
            hash.update(chunk);
    return hash.digest('hex');
}
function readFolder(context, folder) {
    try {
        return (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(context, folder), { withFileTypes: true });
    }
    catch (error) {
        throw context_tree_unreadable(folder === '' ? 'the folder' : folder, error);
    }
}
async function readable(path, read) {
    try {
        return await read();
    }
    catch (error) {
        throw context_tree_unreadable(path, error);
    }
}
function context_tree_unreadable(path, error) {
    return new src_failure/* Failed */.cV({
        code: 'file-invalid',
        what: `${path} in the build context cannot be read`,
        why: error instanceof Error ? error.message : String(error),
        next: 'mend it, or leave it out with .dockerignore',
    });
}

;// CONCATENATED MODULE: ./packages/images/src/substitution.ts
/**
 * A word of a Dockerfile with its quotes taken off and its variables put in.
 * Undefined where it uses an operator other than `-`, `+` and `?` (with or without a colon), whose value is the builder's to say.
 * Source: BuildKit, frontend/dockerfile/shell/lex.go.
 */
function substituted(word, scope, escape) {
    const reader = { text: word, at: 0, scope, escape };
    const value = readUntil(reader, '');
    return reader.at === word.length ? value : undefined;
}
function readUntil(reader, end) {
    let value = '';
    while (reader.at < reader.text.length) {
        const character = reader.text.charAt(reader.at);
        if (character === end)
            return value;
        const part = readPart(reader, character);
        if (part === undefined)
            return undefined;
        value += part;
    }
    return end === '' ? value : undefined;
}
function readPart(reader, character) {
    if (character === "'")
        return readSingleQuoted(reader);
    if (character === '"')
        return readDoubleQuoted(reader);
    if (character === '$')
        return readVariable(reader);
    reader.at += 1;
    if (character !== reader.escape)
        return character;
    return reader.text.charAt(reader.at++);
}
function readSingleQuoted(reader) {
    const end = reader.text.indexOf("'", reader.at + 1);
    if (end < 0)
        return undefined;
    const value = reader.text.slice(reader.at + 1, end);
    reader.at = end + 1;
    return value;
}
function readDoubleQuoted(reader) {
    let value = '';
    reader.at += 1;
    while (reader.at < reader.text.length) {
        const character = reader.text.charAt(reader.at);
        if (character === '"') {
            reader.at += 1;
            return value;
        }
        if (character === "'") {
            value += character;
            reader.at += 1;
            continue;
        }
        const part = readPart(reader, character);
        if (part === undefined)
            return undefined;
        value += part;
    }
    return undefined;
}
function readVariable(reader) {
    const [bare, name] = /^\$([A-Za-z_]\w*)/.exec(reader.text.slice(reader.at)) ?? [];
    if (bare !== undefined && name !== undefined) {
        reader.at += bare.length;
        return reader.scope.get(name) ?? '';
    }
    const [braced, variable, operator] = /^\$\{([A-Za-z_]\w*)(:?[-+?])?/.exec(reader.text.slice(reader.at)) ?? [];
    if (braced === undefined || variable === undefined)
        return undefined;
    reader.at += braced.length;
    const other = operator === undefined ? '' : readUntil(reader, '}');
    if (other === undefined || reader.text.charAt(reader.at) !== '}')
        return undefined;
    reader.at += 1;
    const value = reader.scope.get(variable);
    const present = value !== undefined && (operator?.startsWith(':') !== true || value !== '');
    switch (operator?.at(-1)) {
        case '-':
            return present ? value : other;
        case '+':
            return present ? other : '';
        case '?':
            return present ? value : undefined;
        default:
            return value ?? '';
    }
}

;// CONCATENATED MODULE: ./packages/images/src/syntax-image.ts
/**
 * The image that BuildKit takes to read the Dockerfile, by the build argument BUILDKIT_SYNTAX or a comment at the top
 * (`# syntax=docker/dockerfile:1`); undefined where the builder's own reader is taken.
 * Source: BuildKit, frontend/dockerfile/parser/directives.go.
 */
function syntaxImage(text, buildArgs) {
    const given = buildArgs['BUILDKIT_SYNTAX'] ?? '';
    if (given !== '')
        return firstWord(given);
    for (const line of text.replace(/^\uFEFF/, '').replace(/^#!.*\r?\n/, '').split(/\r?\n/)) {
        const [, name, value] = /^\s*(?:#|\/\/)\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(\S.*)$/.exec(line) ?? [];
        if (name === undefined || value === undefined)
            return undefined;
        if (name.toLowerCase() === 'syntax')
            return firstWord(value);
    }
    return undefined;
}
function firstWord(text) {
    return text.trim().split(/\s/)[0] ?? '';
}

;// CONCATENATED MODULE: ./packages/images/src/dockerfile.ts




/**
 * Reads what a Dockerfile takes from elsewhere, in the stages that the target needs.
 * @throws Failed `dockerfile-invalid` where it has no stage, or not the target.
 */
async function readDockerfile(text, use) {
    // The parser takes 35 ms to load, which a wrong input should not have to wait for.
    const { DockerfileParser } = await __webpack_require__.e(/* import() */ 839).then(__webpack_require__.bind(__webpack_require__, 8390));
    const dockerfile = DockerfileParser.parse(text.replace(/^\uFEFF/, ''));
    const escape = dockerfile.getEscapeCharacter();
    const { global, stages } = split(dockerfile.getInstructions());
    const target = targetStage(stages, use);
    const bases = new Map();
    const unrepeatable = new Set();
    const syntax = syntaxImage(text, use.buildArgs);
    const reader = syntax === undefined ? undefined : parseImageName(syntax);
    if (reader)
        bases.set(reader.text, reader);
    else if (syntax !== undefined)
        unrepeatable.add(`${use.file}:1: which image "${syntax}" reads the Dockerfile, is known to the builder alone`);
    for (const platform of use.platforms) {
        const scope = scopeOf(global, { ...use, escape }, platformScope(platform, use.buildPlatform));
        for (const source of sources(stages, target, { ...use, escape }, scope)) {
            if (source.kind === 'image')
                bases.set(source.name.text, source.name);
            else
                unrepeatable.add(source.reason);
        }
    }
    return { bases: [...bases.values()], unrepeatable: [...unrepeatable] };
}
function split(instructions) {
    const global = [];
    const stages = [];
    for (const instruction of instructions) {
        const stage = stages.at(-1);
        if (instruction.getKeyword() === 'FROM') {
            const [, as, name] = dockerfile_words(instruction);
            stages.push({ index: stages.length, name: as?.toLowerCase() === 'as' ? (name ?? '').toLowerCase() : '', from: instruction, instructions: [] });
        }
        else if (stage)
            stage.instructions.push(instruction);
        else
            global.push(instruction);
    }
    return { global, stages };
}
function targetStage(stages, use) {
    const last = stages.at(-1);
    if (!last) {
        throw new src_failure/* Failed */.cV({ code: 'dockerfile-invalid', what: 'the Dockerfile has no stage', at: { file: use.file }, why: 'it holds no FROM', next: 'begin it with FROM and an image' });
    }
    if (use.target === undefined)
        return last;
    const found = stageNamed(stages, use.target);
    if (found)
        return found;
    const names = stages.map(({ name }) => name).filter((name) => name !== '');
    throw new src_failure/* Failed */.cV({
        code: 'dockerfile-invalid',
        what: `the Dockerfile has no stage "${use.target}"`,
        at: { file: use.file },
        why: names.length > 0 ? `its named stages are ${words_list(names)}` : 'none of its stages has a name',
        next: 'correct the target, or name the stage with FROM … AS …',
    });
}
function stageNamed(stages, name) {
    return stages.findLast((stage) => stage.name !== '' && stage.name === name.toLowerCase()) ?? stages.find((stage) => String(stage.index) === name);
}
/** What the stage, and the stages that it is made from, take from elsewhere. */
function* sources(stages, target, use, global) {
    const waiting = [target];
    const seen = new Set();
    for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
        if (seen.has(stage))
            continue;
        seen.add(stage);
        const earlier = stages.slice(0, stage.index);
        const scope = stageScope(stage, use, global);
        const named = [{ word: dockerfile_words(stage.from)[0] ?? '', scope: global, line: stage.from }, ...stage.instructions.flatMap((instruction) => fromFlags(instruction).map((word) => ({ word, scope, line: instruction })))];
        for (const { word, scope: known, line } of named) {
            const name = substituted(word, known, use.escape);
            const other = name === undefined ? undefined : stageNamed(earlier, name);
            if (other)
                waiting.push(other);
            else if (name !== 'scratch')
                yield imageSource(name, word, use.file, line);
        }
        for (const instruction of stage.instructions)
            yield* remoteFiles(instruction, scope, use);
    }
}
function imageSource(name, word, file, instruction) {
    const image = name === undefined ? undefined : parseImageName(name);
    return image ? { kind: 'image', name: image } : { kind: 'unrepeatable', reason: `${place(file, instruction)}: which image "${word}" is, is known to the builder alone` };
}
/** The images and stages that COPY and RUN name with `from=`. */
function fromFlags(instruction) {
    return flags(instruction).flatMap(([name, value]) => {
        if (name === 'from')
            return value;
        return name === 'mount' ? (/(?:^|,)from=([^,]+)/.exec(value)?.[1] ?? []) : [];
    });
}
function* remoteFiles(instruction, scope, use) {
    if (instruction.getKeyword() !== 'ADD' || flags(instruction).some(([name]) => name === 'checksum'))
        return;
    for (const word of dockerfile_words(instruction).slice(0, -1)) {
        const address = substituted(word.replace(/^\[?"|",?\]?$/g, ''), scope, use.escape) ?? word;
        if (!/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(address) || /#[0-9a-f]{40}(?::|$)/.test(address))
            continue;
        yield { kind: 'unrepeatable', reason: `${place(use.file, instruction)}: ADD takes ${address} without a checksum or commit that pins it` };
    }
}
/** The variables that hold in a stage: its own ARG and ENV, the values of global ARGs that it declares again. */
function stageScope(stage, use, global) {
    const predefined = new Map([...global].filter(([name]) => /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name)));
    return scopeOf(stage.instructions, use, predefined, global);
}
function scopeOf(instructions, use, before, inherited = new Map()) {
    const scope = new Map(before);
    for (const instruction of instructions) {
        const keyword = instruction.getKeyword();
        if (keyword !== 'ARG' && keyword !== 'ENV')
            continue;
        for (const word of dockerfile_words(instruction)) {
            const [name = '', assigned] = word.split(/=(.*)/s);
            const written = assigned === undefined ? undefined : substituted(assigned, scope, use.escape);
            const value = keyword === 'ENV' ? written : (use.buildArgs[name] ?? written ?? inherited.get(name));
            if (value !== undefined)
                scope.set(name, value);
        }
    }
    return scope;
}
function platformScope(platform, buildPlatform) {
    return new Map([['TARGET', platform], ['BUILD', buildPlatform]].flatMap(([side, text]) => {
        const [os = '', architecture = '', variant = ''] = text.split('/');
        return [[`${side}PLATFORM`, text], [`${side}OS`, os], [`${side}ARCH`, architecture], [`${side}VARIANT`, variant]];
    }));
}
function flags(instruction) {
    // What ONBUILD holds is not parsed further; it runs in the stages that are made from this one.
    if (instruction.getKeyword() === 'ONBUILD')
        return dockerfile_words(instruction).flatMap((word) => [...word.matchAll(/^--([a-z-]+)=(.*)$/g)].map(([, name = '', value = '']) => [name, value]));
    return takesFlags(instruction) ? instruction.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? '']) : [];
}
function takesFlags(instruction) {
    return 'getFlags' in instruction;
}
function dockerfile_words(instruction) {
    return instruction.getArguments().map((argument) => argument.getValue());
}
function place(file, instruction) {
    return `${file}:${instruction.getRange().start.line + 1}`;
}

;// CONCATENATED MODULE: ./packages/images/src/examine.ts






/** Where the workflows check Slipway and the configuration out, beside the code that is built. */
const checkouts = ['.slipway', '.slipway-configuration'];
/**
 * Reads the context and the Dockerfile of an image.
 * @throws Failed where one is absent, leads out of the workspace, or cannot be read.
 */
async function examineImage(image, checkout) {
    const context = await examine_inside(image.context, 'folder', image, checkout);
    const shown = (0,external_node_path_.join)(image.context, image.dockerfile);
    const dockerfile = await examine_inside(shown, 'file', image, checkout);
    const text = await (0,promises_.readFile)(dockerfile, 'utf8');
    const leftOut = await leftOutOf(context, checkout);
    const { platforms, buildArgs, secretIds, target } = image;
    const [facts, tree] = await Promise.all([
        readDockerfile(text, { file: shown, platforms, buildPlatform: checkout.platform, buildArgs, ...(target === undefined ? {} : { target }) }),
        readContextTree(context, dockerfile, { leftOut, umask: checkout.umask }),
    ]);
    const source = { tree: tree.hash, dockerfile: text, platforms, buildArgs, secretIds, ...(target === undefined ? {} : { target }) };
    return { context, dockerfile, source, bases: facts.bases, unrepeatable: facts.unrepeatable, holdsGit: tree.holdsGit, leftOut };
}
/** The checkouts of the workflow that stand in the context: in that of the workspace's root alone. */
async function leftOutOf(context, { workspace }) {
    return context === (await (0,promises_.realpath)(workspace)) ? checkouts.filter((name) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(context, name))) : [];
}
/** The real path of what must be there, and inside the workspace even where links lead. */
async function examine_inside(path, kind, { service }, { workspace }) {
    const where = `service ${service}`;
    const what = kind === 'folder' ? `the build context "${path}"` : `the Dockerfile "${path}"`;
    let real;
    try {
        real = await (0,promises_.realpath)((0,external_node_path_.join)(workspace, path));
        const found = await (0,promises_.stat)(real);
        if (kind === 'folder' ? !found.isDirectory() : !found.isFile())
            throw examine_failed({ code: 'dockerfile-missing', what: `${what} is no ${kind}`, where, why: `it must be a ${kind}`, next: 'correct the path' });
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV)
            throw error;
        const why = (await exists(workspace, '.')) && (await exists(workspace, '.git')) ? 'the checkout has nothing of that name' : 'the workspace has nothing of that name, and no checkout';
        throw examine_failed({ code: 'dockerfile-missing', what: `${what} does not exist`, where, why, next: kind === 'folder' ? 'correct the context, or check the repository out in an earlier step' : 'correct the name of the Dockerfile, which is looked up in the context, or commit it' });
    }
    const root = await (0,promises_.realpath)(workspace);
    if (real === root || real.startsWith(root + external_node_path_.sep))
        return real;
    throw examine_failed({ code: 'file-outside', what: `${what} leads out of the workspace`, where, why: 'a link on its way leads to another place of the runner', next: 'keep everything that is built inside the repository' });
}
async function exists(folder, name) {
    try {
        await (0,promises_.stat)((0,external_node_path_.join)(folder, name));
        return true;
    }
    catch {
        return false;
    }
}
function examine_failed(failure) {
    return new src_failure/* Failed */.cV(failure);
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/examine.ts

/** Reads contexts and Dockerfiles, side by side; what is wrong with any of them goes to the problems. */
async function examine(images, origin, problems) {
    const examined = await Promise.all(images.map(async (wanted) => {
        const source = await problems.tryAsync(() => examineImage({ ...wanted, secretIds: wanted.secrets.map(({ id }) => id) }, origin));
        return source === undefined ? undefined : { wanted, ...source };
    }));
    return examined.filter((one) => one !== undefined);
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/proven.ts



/**
 * Takes the images of this commit from the records of the environment that must have proven them; all are left where none
 * must. The registry is not asked: whether the digest is there is for the rollout to check, in the very region that pulls.
 * @throws Failed `not-proven` for every service at once, unless a reason lets them in.
 */
async function takeProven(examined, { proof: wanted }, ports) {
    if (wanted === undefined)
        return { services: [], rest: examined };
    const { required, regions, allowUnproven } = wanted;
    const keyed = examined.map((image) => ({ image, key: sourceKey(image.source) }));
    const { proven, unproven } = await ports.findProof(keyed.map(({ image: { wanted: { service, repository } }, key }) => ({ service, repository, sourceKey: key })), required);
    const problems = new src_failure/* Problems */.Zw();
    for (const failure of unproven.values()) {
        if (allowUnproven === undefined)
            problems.add(failure);
        else
            ports.log.warning(`${failure.what}: ${failure.why}. It is let in all the same: ${allowUnproven}`);
    }
    problems.throwIfAny();
    const services = keyed.flatMap(({ image, key }) => {
        const { service } = image.wanted;
        const found = proven.get(service);
        if (found === undefined)
            return [];
        const handed = handedOver(image, key, found, required.name, regions);
        ports.log.info(`${service}: ${handed.digest} is taken, ${handed.reason}`);
        return [{ service, did: 'proven', reason: handed.reason, image: handed }];
    });
    const { commit, isMixed } = provenConfiguration([...proven.values()]);
    if (commit !== undefined && isMixed)
        ports.log.notice(`the images were proven with configuration of different commits; that of the newest release, ${commit}, is taken for all`);
    return { services, rest: examined.filter(({ wanted: { service } }) => unproven.has(service)), ...(commit === undefined ? {} : { configurationCommit: commit }) };
}
function handedOver({ wanted: { repository } }, key, { digest, target, head }, environment, regions) {
    // What the platforms of an index are is not recorded, and no registry is asked.
    return { repository, regions: [...regions], digest, platforms: {}, tags: [], sourceKey: key, reused: true, reason: `proven by revision ${head.sequence} in ${target} of ${environment}` };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/tagging.ts


/**
 * Gives an image that the repository holds one more tag. No layer moves.
 * @throws Failed `tag-immutable` for a version, `push-failed`, `repository-missing`.
 */
async function putTag({ registry, region }, image, stored, wanted) {
    const { repository, service } = image.wanted;
    const { tag } = wanted;
    const answer = await registry.putImage(repository, { ...stored, tag });
    if (answer === 'tagged')
        return { tag, as: 'put' };
    if (answer === 'same')
        return { tag, as: 'standing' };
    if (answer === 'repository-missing') {
        throw new src_failure/* Failed */.cV({ code: 'repository-missing', what: `the repository ${repository} in ${region} is gone`, where: `service ${service}`, why: 'it was there when the run began', next: 'find out who deleted it, then run this again' });
    }
    if ('incomplete' in answer) {
        throw new src_failure/* Failed */.cV({
            code: 'push-failed',
            what: `the image of ${service} in ${region} could not be given the tag ${tag}`,
            why: `${answer.incomplete} of ${stored.digest} is no longer in ${repository}: a lifecycle rule or a person deleted it`,
            next: 'run it with reuse: false, which builds and pushes the whole image again',
        });
    }
    // ECR has refused an immutable tag even for the very digest that it names.
    const now = await registry.batchGetImage(repository, [{ tag }]);
    const other = now === 'repository-missing' ? undefined : now.found[0];
    if (other?.digest === stored.digest)
        return { tag, as: 'standing' };
    if (wanted.kind === 'version' && other)
        throw new src_failure/* Failed */.cV(versionTaken(image, tag, other.digest, stored.digest, region));
    return { tag, as: 'left', notice: `${service}: the repository ${repository} is immutable in ${region}, so the tag ${tag} stays with ${other?.digest ?? 'the image that it names'}; the image is handed over by its digest` };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/copies.ts




/** Whether another region holds the image: the tag of its content says so, and costs no request of its own. */
function stands({ image, stored }, look) {
    return (look.found.get(image.wanted.repository) ?? []).some(({ tag, digest }) => tag === image.contentTag && digest === stored.digest);
}
/**
 * Copies to another region what it does not have, then puts the tags there that the images have at home.
 * The tag of the content follows each copy at once; the others only when every copy has succeeded.
 */
async function bringTo(other, images, look, ports) {
    const { region } = other;
    const deeds = new Map();
    const failures = [];
    let hasWritten = false;
    const wrote = () => {
        hasWritten = true;
        ports.wrote();
    };
    const tried = async (work) => {
        try {
            await work();
            return true;
        }
        catch (error) {
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            // A region that lets nobody in refuses every image with the same words.
            failures.push(...error.failures.filter(({ what }) => !failures.some((told) => told.what === what)));
            return false;
        }
    };
    const put = async ({ image, stored }, wanted) => {
        const tagged = await putTag(other, image, stored, wanted);
        if (tagged.as === 'put')
            wrote();
        if (tagged.as === 'left')
            ports.log.notice(tagged.notice);
    };
    await (0,parallel/* mapLimit */.s)(images, 4, async (one) => {
        const { image, stored } = one;
        const { service, repository } = image.wanted;
        if (stands(one, look)) {
            deeds.set(image, 'standing');
            return;
        }
        const isThere = await tried(async () => {
            const { sent, mounted, bytes } = await other.copy(repository, stored.digest, wrote);
            ports.log.info(`${service}: ${stored.digest} is now in ${region}: ${sent} layers sent (${inMegabytes(bytes)}), ${mounted} mounted there`);
        });
        deeds.set(image, isThere ? 'copied' : 'failed');
        if (isThere)
            await tried(() => put(one, { tag: image.contentTag, kind: 'moving' }));
    });
    if (failures.length === 0) {
        const work = images.flatMap((one) => planTags(one.tags, look.found.get(one.image.wanted.repository) ?? [], one.stored.digest, true).put.map((wanted) => ({ one, wanted })));
        // ECR takes ten PutImage a second in a region.
        await (0,parallel/* mapLimit */.s)(work, 8, ({ one, wanted }) => tried(() => put(one, wanted)));
    }
    return { other, deeds, wrote: hasWritten, failures };
}
function inMegabytes(bytes) {
    return `${(bytes / 1e6).toFixed(1)} MB`;
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/hand-over.ts

/** An image as the next job gets it; `regions` are those that have it, the home region first. */
function hand_over_handedOver(image, stored, tags, regions, reused, reason) {
    return {
        repository: image.wanted.repository,
        regions: [...regions],
        digest: stored.digest,
        platforms: platformDigests(stored, image.wanted.platforms[0] ?? ''),
        tags: [...tags],
        sourceKey: image.sourceKey,
        reused,
        reason,
    };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/tags.ts








/** Puts the tags that are missing at home, and brings the images to the other regions, all side by side. */
async function tagImages(look, builds, { registry, others }, settings, ports) {
    const all = finished(look, builds.ends);
    const images = all.map(({ decision: { image }, stored, plan }) => ({ image, stored, tags: image.tags.filter((wanted) => plan.put.includes(wanted) || plan.standing.includes(wanted.tag)) }));
    const [home, ends] = await Promise.all([
        tagAtHome(all, registry, settings, ports),
        (0,parallel/* mapLimit */.s)(others, others.length, (other) => bringTo(other, images, lookOf(look.others, other.region), ports)),
    ]);
    const services = all.map((one) => serviceResult(one, home.answers, ends, settings, ports));
    const failures = [...home.failures, ...ends.flatMap((end) => end.failures)];
    const wrote = haveWritten(builds) || home.answers.some(({ tagged }) => tagged?.as === 'put') || ends.some((end) => end.wrote);
    const outcome = failures.length > 0 ? (wrote ? 'partial' : 'refused') : wrote ? 'changed' : 'unchanged';
    return { outcome, services, failures };
}
async function tagAtHome(all, registry, { region }, ports) {
    const failures = [];
    const work = all.flatMap(({ decision, stored, plan }) => plan.put.map((wanted) => ({ image: decision.image, stored, wanted })));
    // ECR takes ten PutImage a second in a region.
    const answers = await (0,parallel/* mapLimit */.s)(work, 8, async ({ image, stored, wanted }) => {
        try {
            const tagged = await putTag({ registry, region }, image, stored, wanted);
            if (tagged.as === 'put')
                ports.wrote();
            return { image, tagged };
        }
        catch (error) {
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            failures.push(...error.failures);
            return { image, tagged: undefined };
        }
    });
    for (const { tagged } of answers)
        if (tagged?.as === 'left')
            ports.log.notice(tagged.notice);
    return { answers, failures };
}
function finished(look, builds) {
    return look.decisions.flatMap((decision) => {
        const { image } = decision;
        const build = builds.find((one) => one.decision === decision);
        const stored = decision.kind === 'reuse' ? decision.stored : build?.stored;
        if (!stored)
            return [];
        const plan = planTags(image.tags, look.found.get(image.wanted.repository) ?? [], stored.digest, decision.kind === 'build');
        return { decision, stored, plan, ...(build ? { build } : {}) };
    });
}
function serviceResult({ decision, stored, build, plan }, answers, ends, settings, ports) {
    const { image } = decision;
    const { service } = image.wanted;
    for (const { tag, digest } of plan.left)
        ports.log.notice(`${service}: the tag ${tag} stays with ${digest}, which this commit made before`);
    const mine = answers.filter((answer) => answer.image === image);
    const tagged = (as) => mine.flatMap(({ tagged: one }) => (one?.as === as ? one.tag : []));
    const put = tagged('put');
    const tags = [...plan.standing, ...tagged('standing'), ...put];
    const did = mine.some((answer) => !answer.tagged) ? 'failed' : build ? 'built' : put.length > 0 ? 'tagged' : 'reused';
    const copies = new Map(ends.map(({ other, deeds }) => [other.region, deeds.get(image) ?? 'failed']));
    const regions = [settings.region, ...[...copies].flatMap(([region, deed]) => (deed === 'failed' ? [] : region))];
    const reason = decision.kind === 'build' ? decision.reason : `found by ${image.contentTag}`;
    ports.log.info(`${service}: ${build ? 'built' : 'reused'} ${stored.digest}${put.length > 0 ? `, now also ${words_list(put)}` : ''}`);
    return {
        service,
        did,
        reason,
        image: hand_over_handedOver(image, stored, tags, regions, build === undefined, reason),
        ...(copies.size > 0 ? { copies } : {}),
        ...(build ? { milliseconds: build.milliseconds } : {}),
        ...(build?.hits ? { hits: build.hits } : {}),
    };
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/would.ts




/** Says what would be done, and does nothing. */
function wouldDo(look, settings, ports) {
    const all = new Map(settings.regions.map((region) => [region, 'would-copy']));
    const services = look.decisions.map((decision) => {
        const { image } = decision;
        const { service, repository } = image.wanted;
        if (decision.kind === 'build') {
            ports.log.info(`${service}: would be built: ${decision.reason}${copied(settings.regions)}`);
            return { service, did: 'would-build', reason: decision.reason, ...(all.size > 0 ? { copies: all } : {}) };
        }
        const { stored } = decision;
        const plan = planTags(image.tags, look.found.get(repository) ?? [], stored.digest, false);
        const atHome = image.tags.filter((wanted) => plan.put.includes(wanted) || plan.standing.includes(wanted.tag));
        const elsewhere = [...look.others].map(([region, there]) => ({ region, isThere: stands({ image, stored }, there), put: planTags(atHome, there.found.get(repository) ?? [], stored.digest, true).put }));
        const tags = [...new Set([plan, ...elsewhere].flatMap(({ put }) => put.map(({ tag }) => tag)))];
        const missing = elsewhere.flatMap(({ region, isThere }) => (isThere ? [] : region));
        const reason = `found by ${image.contentTag}`;
        ports.log.info(`${service}: ${stored.digest} is reused${tags.length > 0 ? `, and would be given ${words_list(tags)}` : ''}${copied(missing)}`);
        return {
            service,
            did: tags.length > 0 ? 'would-tag' : 'reused',
            reason,
            image: hand_over_handedOver(image, stored, plan.standing, [settings.region, ...settings.regions.filter((region) => !missing.includes(region))], true, reason),
            ...(all.size > 0 ? { copies: new Map(elsewhere.map(({ region, isThere }) => [region, isThere ? 'standing' : 'would-copy'])) } : {}),
        };
    });
    const isDone = services.every(({ did, copies }) => did === 'reused' && [...(copies ?? [])].every(([, deed]) => deed === 'standing'));
    return { outcome: isDone ? 'unchanged' : 'planned', services, failures: [] };
}
/** Says which repositories would be created. */
function wouldCreate(look, settings, ports) {
    for (const [region, { missing }] of [[settings.region, look], ...look.others])
        for (const repository of missing)
            ports.log.info(`the repository ${repository} would be created in ${region}`);
}
function copied(regions) {
    return regions.length > 0 ? `; it would be copied to ${words_list(regions)}` : '';
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/run.ts








/**
 * Builds what changed, tags what exists, and copies it to the other regions; what another environment must have proven
 * is taken from there instead.
 *
 * Everything that can be wrong is found out, in every region, before the first write. Tags are put and copies made when
 * every build has succeeded, so that a failed build moves none; what was pushed before it is found again by the next run.
 * @param problems What the inputs have brought up already.
 * @throws Failed with every problem at once, nothing having been written.
 */
async function run(settings, origin, ports, problems) {
    const tags = wantTags(settings.images, settings, origin, problems);
    const examined = await examine(settings.images, origin, problems);
    problems.throwIfAny();
    if (settings.withoutImage.length > 0)
        ports.log.info(`${words_list(settings.withoutImage)}: no image of its own, so nothing to build`);
    if (examined.length === 0)
        return { outcome: 'unchanged', services: [], failures: [] };
    const { services: taken, rest, configurationCommit } = await takeProven(examined, settings, ports);
    const result = settings.isPreflight || rest.length === 0 ? run_checked(rest) : await findOrBuild(rest, tags, settings, origin, ports, problems);
    return { ...result, services: [...taken, ...result.services], ...(configurationCommit === undefined ? {} : { configurationCommit }) };
}
/** What a preflight leaves to the job that may ask the registry; nothing, where all is taken from elsewhere. */
function run_checked(images) {
    return { outcome: images.length > 0 ? 'planned' : 'unchanged', services: images.map(({ wanted: { service } }) => ({ service, did: 'checked', reason: 'its Dockerfile, context and tags are right' })), failures: [] };
}
/** The images that are taken from nowhere else: what exists already is tagged, the rest is built. */
async function findOrBuild(examined, tags, settings, origin, ports, problems) {
    if (examined.every(({ wanted }) => tags.get(wanted)?.length === 0))
        ports.log.notice(`no tag applies${origin.tag === undefined ? '' : `: the git tag ${origin.tag} names no version`}; images are kept by their content alone, and handed over by digest`);
    const signedIn = await ports.signIn();
    const images = await keyImages(examined, tags, settings, origin, withOwnBases(signedIn.host, signedIn.registry, signedIn.bases));
    for (const image of images)
        warnOf(image, settings, ports.log);
    const look = await lookUp(images, signedIn, settings, problems);
    problems.throwIfAny();
    if (settings.dryRun) {
        wouldCreate(look, settings, ports);
        return wouldDo(look, settings, ports);
    }
    const builds = await buildMisses(look, signedIn, settings, origin, ports);
    if (builds.failures.length > 0)
        return { outcome: haveWritten(builds) ? 'partial' : 'refused', services: [], failures: builds.failures };
    if (!settings.push)
        return onlyBuilt(builds.ends, wouldDo({ ...look, decisions: look.decisions.filter(({ kind }) => kind === 'reuse') }, settings, ports));
    if (builds.ends.some(({ failures }) => failures.length > 0))
        return stopped(builds);
    return tagImages(look, builds, signedIn, settings, ports);
}
/** Without `push` the builds are a trial; what exists is named as in a dry run. */
function onlyBuilt(builds, would) {
    const failures = builds.flatMap((build) => build.failures);
    const services = [...builds.map((build) => buildResult(build, 'built-only', build.decision.reason)), ...would.services];
    return { outcome: failures.length > 0 ? 'refused' : builds.length > 0 ? 'planned' : would.outcome, services, failures };
}
/** Some builds failed: no tag is put, so that no environment's tag names a part of a commit. */
function stopped(builds) {
    const services = builds.ends.map((build) => buildResult(build, 'built', 'pushed by its content; it got no other tag, since another build failed'));
    return { outcome: haveWritten(builds) ? 'partial' : 'refused', services, failures: builds.ends.flatMap(({ failures }) => failures) };
}
function buildResult({ decision, milliseconds, hits, failures }, did, reason) {
    const { service } = decision.image.wanted;
    const built = { service, milliseconds, ...(hits ? { hits } : {}) };
    return failures.length > 0 ? { ...built, did: 'failed', reason: failures.map(({ why }) => why).join(' ') } : { ...built, did, reason };
}
function warnOf({ wanted, notReusable, holdsGit }, settings, log) {
    const { service, context } = wanted;
    if (notReusable !== undefined && settings.reuse)
        log.warning(`${service}: it is built at every run, since the same source may give another image: ${notReusable}`);
    if (holdsGit)
        log.notice(`${service}: the build context "${context}" holds git's own folder, which differs at every checkout, so that no image is found again: write .git into its .dockerignore`);
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/settings.ts
/** Whether a build may come of it, which needs the values of the build secrets. */
function mayBuild({ isPreflight, proof }) {
    return !isPreflight && (proof === undefined || proof.allowUnproven !== undefined);
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

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/summary.ts



/** The outputs, apart from `outcome`. A single service's image is also named by itself. */
function outputsOf(result) {
    const images = new Map(result.services.flatMap(({ service, image }) => (image ? [[service, image]] : [])));
    const [only] = images.values();
    const single = images.size === 1 && result.services.length === 1 ? only : undefined;
    return {
        // A part of them would be taken for the whole: what a preflight leaves to be built is handed over by the build.
        images: result.services.some(({ did }) => did === 'checked') ? '' : encodeImages(images),
        // Neither account nor host: the runner would drop an output that holds a masked account.
        image: single ? `${single.repository}@${single.digest}` : '',
        digest: single?.digest ?? '',
        reused: String(result.services.length > 0 && result.services.every(({ image }) => image?.reused === true)),
        'configuration-commit': result.configurationCommit ?? '',
        'cache-hit-ratio': hitRatio(result.services.flatMap(({ hits }) => hits ?? [])),
    };
}
/** The summary: what, result, seconds, next step, understood at a glance. */
function summaryOf(result) {
    const isSpread = result.services.some(({ copies }) => copies !== undefined);
    const rows = result.services.map((one) => [(0,inert/* inMarkdown */.Hi)(one.service), summary_words(one), ...(isSpread ? [regionsOf(one)] : []), one.image ? `<code>${(0,inert/* inMarkdown */.Hi)(one.image.digest.slice(0, 19))}</code>` : '', (one.image?.tags ?? []).map((tag) => `<code>${(0,inert/* inMarkdown */.Hi)(tag)}</code>`).join(' '), one.milliseconds === undefined ? '' : duration(one.milliseconds), (0,inert/* inMarkdown */.Hi)(one.reason)]);
    const ratio = hitRatio(result.services.flatMap(({ hits }) => hits ?? []));
    return [
        `### Images: ${headline(result.outcome, result.services)}`,
        ...(rows.length > 0 ? ['', markdownTable(['Service', 'Result', ...(isSpread ? ['Other regions'] : []), 'Digest', 'Tags', 'Time', 'Why'], rows)] : []),
        ...(ratio === '' ? [] : ['', `Layers taken from the cache: ${Math.round(Number(ratio) * 100)} %.`]),
        ...(result.failures.length > 0 ? ['', ...result.failures.map(({ what, why, next }) => `- **${(0,inert/* inMarkdown */.Hi)(what)}**: ${(0,inert/* inMarkdown */.Hi)(why)}. Next: ${(0,inert/* inMarkdown */.Hi)(next)}.`)] : []),
        '',
    ].join('\n');
}
function headline(outcome, services) {
    const number = (...kinds) => services.filter(({ did }) => kinds.includes(did)).length;
    const parts = [
        [number('built', 'built-only'), 'built'],
        [number('tagged', 'reused'), 'reused'],
        [number('proven'), 'proven'],
        [number('checked'), 'checked'],
        [number('would-build'), 'to be built'],
        [number('would-tag'), 'to be tagged'],
        [number('failed'), 'failed'],
        [services.filter(({ copies }) => [...(copies ?? [])].some(([, deed]) => deed === 'failed')).length, 'not in every region'],
    ];
    const told = parts.filter(([amount]) => amount > 0).map(([amount, what]) => `${amount} ${what}`);
    return `${outcome}${told.length > 0 ? `: ${told.join(', ')}` : `, ${count(services.length, 'service')}`}`;
}
function regionsOf({ copies }) {
    return [...(copies ?? [])].map(([region, deed]) => `${(0,inert/* inMarkdown */.Hi)(region)}: ${copyWords[deed]}`).join('<br>');
}
const copyWords = { standing: 'has it', copied: 'copied', 'would-copy': 'would be copied', failed: '**failed**' };
function summary_words({ did }) {
    switch (did) {
        case 'built':
            return 'built and pushed';
        case 'built-only':
            return 'built, not pushed';
        case 'tagged':
            return 'reused, newly tagged';
        case 'reused':
            return 'reused';
        case 'would-build':
            return 'would be built';
        case 'would-tag':
            return 'reused, would be tagged';
        case 'proven':
            return 'proven before, taken';
        case 'checked':
            return 'checked, to be looked up or built';
        case 'failed':
            return '**failed**';
    }
}

;// CONCATENATED MODULE: ./actions/ecr-build-push/src/action.ts











/** Runs the action, with the token that was asked for ahead of it. */
function start(ahead) {
    return runAction({
        name: 'ecr-build-push',
        inputs: declaredInputs,
        outputs: ['images', 'image', 'digest', 'reused', 'configuration-commit', 'cache-hit-ratio'],
        story,
        post: removePrivateFolder,
    }, ahead);
}
async function story(host) {
    const { environment } = host;
    const problems = new src_failure/* Problems */.Zw();
    const runner = { serverUrl: environment['GITHUB_SERVER_URL'] ?? '', baseRef: environment['GITHUB_BASE_REF'] ?? '', architecture: process.arch, umask: umaskOfProcess() };
    const origin = originOf(host.run, runner);
    const settings = readSettings(host.inputs, origin, await readProject(host, problems), problems);
    const built = settings !== undefined && !mayBuild(settings) ? [] : (settings?.images ?? []);
    const buildSecrets = built.flatMap(({ secrets, service }) => buildSecretValues(secrets, service, { workspace: origin.workspace, environment }, problems));
    const names = [settings?.environment, settings?.region, ...(settings?.images ?? []).flatMap(({ service, repository }) => [service, repository])].filter((name) => name !== undefined);
    for (const value of buildSecrets)
        host.mask(value, names);
    if (!settings) {
        problems.throwIfAny();
        throw new Error('settings that cannot be worked out are a problem');
    }
    // Now, and not when the run was started: an approval may have taken days.
    if (settings.tag !== undefined && problems.all.length === 0)
        await releaseHistory(policySource(host), host.run.sha).confirm(settings.tag);
    const ports = openPorts(host, settings, buildSecrets);
    try {
        const result = await run(settings, origin, ports, problems);
        return { outcome: result.outcome, outputs: outputsOf(result), result: resultOf(result), summary: summaryOf(result), failures: result.failures };
    }
    finally {
        await ports.close();
    }
}
function readProject(host, problems) {
    const file = projectFileOf(host.inputs);
    if (file === undefined)
        return Promise.resolve(undefined);
    return problems.tryAsync(() => governedProject(file, { ...policySource(host), withoutFile: 'give the inputs "repository" and "region"' }));
}
/** It can only be read by setting it, which nothing may do beside this. */
function umaskOfProcess() {
    const umask = process.umask(0o022);
    process.umask(umask);
    return umask;
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
    (0,_ahead_js__WEBPACK_IMPORTED_MODULE_1__/* .loadAhead */ .k)(() => Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(375)]).then(__webpack_require__.bind(__webpack_require__, 2375)));
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
    return dispatcherFor(await Promise.all(/* import() */[__webpack_require__.e(7), __webpack_require__.e(375)]).then(__webpack_require__.bind(__webpack_require__, 2375)), options);
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
/* harmony export */   s: () => (/* binding */ mapLimit),
/* harmony export */   w: () => (/* binding */ lanes)
/* harmony export */ });
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
