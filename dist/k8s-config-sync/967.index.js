export const id = 967;
export const ids = [967];
export const modules = {

/***/ 4967:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  start: () => (/* binding */ start)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __webpack_require__(9950);
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
    if (isJsonObject(value)) {
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
    if (!isJsonObject(a))
        return a === b;
    if (!isJsonObject(b))
        return false;
    const members = Object.entries(a);
    return members.length === Object.keys(b).length && members.every(([key, member]) => Object.hasOwn(b, key) && sameJson(member, b[key] ?? null));
}
function isJsonObject(value) {
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
    return isJsonObject(value) && 'environments' in value;
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
function parseDuration(text) {
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
    const milliseconds = parseDuration(dataset.value);
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
            current = isJsonObject(current) && hasOwn(current, step) ? current[step] : undefined;
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
    if (!isJsonObject(cause) || cause['reason'] !== 'FieldManagerConflict')
        return [];
    const message = textAt(cause, 'message') ?? '';
    return [{ manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message, field: textAt(cause, 'field') ?? '?' }];
}
function seconds(value) {
    return value === undefined ? undefined : String(value);
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
// EXTERNAL MODULE: ./packages/wire/src/http.ts
var src_http = __webpack_require__(8451);
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
            if (isJsonObject(object))
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
                items.push(...listAt(answer, 'items').filter(isJsonObject));
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
    const forms = formsIndex(new Set([...values].flatMap(secretForms).filter((form) => !names.has(form))));
    return (text) => withoutForms(text, forms, { isCut: true });
}
/** Text with each of the forms replaced by `***`, as they stand and as a URL would hold them. */
function redact(text, forms) {
    return form_search_withoutForms(text, form_search_formsIndex(forms), { isCut: false });
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

;// CONCATENATED MODULE: ./packages/project/src/plain-target.ts




/** Whether the inputs name the cluster themselves, so that no project file is read. */
function plain_target_isPlain(values) {
    return !plain_target_isBlank(values, 'cluster');
}
/** The target `default` that the inputs `cluster`, `namespace` and `region` name. Undefined where problems leave none. */
function plainTarget(values, shared, environment, problems) {
    for (const input of ['environment', 'targets', 'project-file']) {
        if (plain_target_isBlank(values, input))
            continue;
        problems.add({ code: 'input-conflict', what: `the inputs "cluster" and "${input}" are both given`, why: 'with "cluster" the project file is not read', next: 'leave one of the two out' });
    }
    const cluster = named(values, 'cluster', problems, clusterRule);
    const namespace = required(values, 'namespace', problems) === undefined ? undefined : named(values, 'namespace', problems, namespaceRule);
    const region = shared.region ?? (plain_target_isBlank(values, 'region') ? regionOf(environment, problems) : undefined);
    const name = 'default';
    if (cluster === undefined || namespace === undefined || region === undefined || !names_targetRule.is(name))
        return undefined;
    return {
        name,
        region,
        cluster,
        namespace,
        recordNamespace: defaultRecordNamespace(),
        variables: {},
        ...(shared.role === undefined ? {} : { role: shared.role }),
        ...(shared.expectedAccount === undefined ? {} : { expectedAccount: shared.expectedAccount }),
    };
}
/** Tells of each input that only counts beside `cluster`. */
function refusePlainInputs(values, inputs, { projectFile }, problems) {
    for (const input of inputs) {
        if (plain_target_isBlank(values, input))
            continue;
        problems.add({ code: 'input-conflict', what: `the input "${input}" is given without "cluster"`, why: `without "cluster", ${projectFile} says what goes where`, next: `leave "${input}" out, or give "cluster", too` });
    }
}
function regionOf(environment, problems) {
    const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? '';
    if (regionRule.is(region))
        return region;
    problems.add({ code: 'input-missing', what: 'the input "region" is missing', why: 'it says where the cluster is, and AWS_REGION is not set either', next: 'give the region of the cluster' });
    return undefined;
}
function plain_target_isBlank(values, input) {
    return (values[input] ?? '').trim() === '';
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/error-code.ts
/** The code of a system error such as ENOENT; undefined for anything else. */
function errorCode(error) {
    return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-files.ts




/** More than Kubernetes takes in one object: such a file is not read. */
const mostBytes = 1024 * 1024;
/**
 * Opens the configuration folder of a workspace; every file is read once, however many objects use it.
 * @throws Failed where it does not exist, is no folder, or lies outside the workspace.
 */
async function openConfigFolder(workspace, folder) {
    const root = await rootOf(workspace, folder);
    const read = new Map();
    const fileAt = (layer, path) => {
        const inside = external_node_path_.posix.join(layer.folder, path);
        const pending = read.get(inside) ?? readInside(root, inside, external_node_path_.posix.join(folder, inside), path);
        read.set(inside, pending);
        return pending;
    };
    const kept = (files, pattern, layers, problems) => {
        const found = files.filter((file) => file !== undefined);
        for (const file of found)
            if ('code' in file)
                problems.add(file);
        if (found.length === 0)
            problems.add(config_files_missing(pattern, folder, layers));
        return found.flatMap((file) => ('code' in file ? [] : [file]));
    };
    return {
        async find(pattern, layers, problems) {
            const found = new Map();
            for (const layer of layers) {
                for (const path of await pathsOf(root, layer, pattern)) {
                    const file = found.has(path) ? undefined : await fileAt(layer, path);
                    if (file !== undefined)
                        found.set(path, file);
                }
            }
            const inOrder = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
            return kept(inOrder, pattern, layers, problems);
        },
        async each(path, layers, problems) {
            return kept(await Promise.all(layers.toReversed().map((layer) => fileAt(layer, path))), path, layers, problems);
        },
    };
}
async function rootOf(workspace, folder) {
    const found = await statOf((0,external_node_path_.join)(workspace, folder));
    if (found?.isDirectory() !== true) {
        throw new src_failure/* Failed */.cV({
            code: 'file-missing',
            what: found === undefined ? `the configuration folder "${folder}" does not exist` : `the configuration folder "${folder}" is no folder`,
            why: 'the workspace has no folder of this name',
            next: 'check the configuration out in an earlier step, or correct "config-path" or configuration.path of the project file',
        });
    }
    const [root, within] = await Promise.all([(0,promises_.realpath)((0,external_node_path_.join)(workspace, folder)), (0,promises_.realpath)(workspace)]);
    if (root === within || root.startsWith(within + external_node_path_.sep))
        return root;
    throw new src_failure/* Failed */.cV({
        code: 'file-outside',
        what: `the configuration folder "${folder}" leaves the workspace`,
        why: 'it is, or lies behind, a symbolic link to another place',
        next: 'check the configuration out inside the workspace',
    });
}
async function pathsOf(root, layer, pattern) {
    // A name such as [id].json is a file before it is a pattern.
    if (!/[*?[\]{}()!]/.test(pattern) || (await isThere((0,external_node_path_.join)(root, layer.folder, pattern))))
        return [external_node_path_.posix.normalize(pattern)];
    const beginsWild = /[*?[\]{}()!]/.test(pattern.split('/')[0] ?? '');
    const paths = [];
    for await (const path of (0,promises_.glob)(pattern, { cwd: (0,external_node_path_.join)(root, layer.folder) })) {
        const parts = path.split(external_node_path_.sep);
        if (parts.includes('.git') || (beginsWild && layer.inner.includes(parts[0] ?? '')))
            continue;
        const found = await statOf((0,external_node_path_.join)(root, layer.folder, path));
        if (found === undefined || !found.isDirectory())
            paths.push(parts.join('/'));
    }
    return paths;
}
async function readInside(root, inside, shown, path) {
    const absolute = (0,external_node_path_.join)(root, inside);
    const found = await statOf(absolute);
    if (found === undefined)
        return undefined;
    if (inside.split('/').includes('.git')) {
        return { code: 'file-outside', what: `the file ${shown} is inside git's own folder`, why: 'it holds credentials of the checkout', next: 'name files of the configuration itself' };
    }
    const fromRoot = (0,external_node_path_.relative)(root, await (0,promises_.realpath)(absolute));
    if (fromRoot === '..' || fromRoot.startsWith(`..${external_node_path_.sep}`) || fromRoot.split(external_node_path_.sep).includes('.git')) {
        return { code: 'file-outside', what: `the file ${shown} leaves the configuration folder`, why: 'it is, or lies behind, a symbolic link to another place', next: 'replace the link by the file itself' };
    }
    if (!found.isFile()) {
        const next = found.isDirectory() ? `write ${path}/* for the files in it` : 'name a regular file';
        return { code: 'file-invalid', what: `${shown} is no regular file`, why: found.isDirectory() ? 'it is a folder' : 'it is a device, a pipe or a socket', next };
    }
    if (found.size > mostBytes) {
        return { code: 'config-too-large', what: `the file ${shown} has ${found.size} bytes`, why: 'Kubernetes takes 1 MiB an object', next: 'make it smaller, or put it into the image or a bucket' };
    }
    return { path, shown, bytes: await (0,promises_.readFile)(absolute) };
}
function config_files_missing(pattern, folder, layers) {
    const tried = layers.map((layer) => external_node_path_.posix.join(folder, layer.folder, pattern));
    return {
        code: 'file-missing',
        what: `there is no file "${pattern}" in the configuration`,
        why: `looked for ${tried.join(', ')}`,
        next: 'correct the path, or check the configuration out in an earlier step',
    };
}
async function isThere(path) {
    return (await statOf(path)) !== undefined;
}
async function statOf(path) {
    try {
        return await (0,promises_.stat)(path);
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? ''))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./packages/project/src/variables.ts

/**
 * Puts variables into the strings inside a value, never into keys; the value's shape stays as it is.
 * `${NAME}` becomes the variable, `$${` a literal `${`. Problems: `variable-undefined`, at the place of its string.
 */
function substitute(value, variables, where, problems) {
    const inside = (node, path) => {
        if (typeof node === 'string')
            return substituteText(node, variables, () => where(path), problems);
        if (variables_isList(node))
            return node.map((item, index) => inside(item, [...path, index]));
        if (typeof node !== 'object' || node === null)
            return node;
        return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, inside(member, [...path, key])]));
    };
    return inside(value, []);
}
/** As `substitute`, for one text; `where` gets the offset of the variable in it. */
function substituteText(text, variables, where, problems) {
    return text.replace(/\$?\$\{([^}\n]*)(\}?)/g, (found, name, end, offset) => {
        if (found.startsWith('$$'))
            return found.slice(1);
        if (end === '' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
            problems.add({
                code: 'variable-undefined',
                what: 'a "${" begins no variable',
                at: where(offset),
                why: 'a variable is ${NAME}, its name made of letters, digits and "_"',
                next: 'correct the name, or write "$${" where "${" itself is meant',
            });
            return found;
        }
        if (Object.hasOwn(variables, name))
            return variables[name] ?? '';
        problems.add({
            code: 'variable-undefined',
            what: `the variable ${name} has no value`,
            at: where(offset),
            why: 'neither the environment nor the target sets it, and it is none of the built-in ones',
            next: `${insteadOf(name, Object.keys(variables))}; set it under "variables" of the environment, or write "$\${" where "\${" itself is meant`,
        });
        return found;
    });
}
function variables_isList(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/release/src/configuration-object.ts

/** The field manager under which configuration objects are applied, by whichever action. */
const configFieldManager = 'slipway-config';
/** What says on a configuration object whose it is and what it holds. */
const configMarks = {
    /** Label; its value is `managedBy`. */
    managedByLabel: 'slipway.dev/managed-by',
    managedBy: 'k8s-config-sync',
    /** Label: the service that declares it, where there is one. */
    serviceLabel: 'slipway.dev/service',
    /** Label: the declared name. An object that has it as its own name is one of a fixed name, every other an immutable version. */
    configLabel: 'slipway.dev/config',
    /** Annotation: stands for the content. */
    checksumAnnotation: 'slipway.dev/checksum',
};
/**
 * The object of a fixed name that holds what an immutable version holds, as it is to be applied: the version's labels,
 * checksum, type and values. Takes a version as it was made, or as an API server gives it.
 */
function fixedObject(version, name) {
    const { apiVersion = 'v1', kind = 'ConfigMap', metadata } = version;
    const { namespace, labels, annotations } = isJsonObject(metadata) ? metadata : {};
    const checksum = isJsonObject(annotations) ? annotations[configMarks.checksumAnnotation] : undefined;
    const parts = { type: version['type'], data: version['data'], binaryData: version['binaryData'] };
    return {
        apiVersion,
        kind,
        metadata: {
            name,
            ...(namespace === undefined ? {} : { namespace }),
            ...(labels === undefined ? {} : { labels }),
            ...(checksum === undefined ? {} : { annotations: { [configMarks.checksumAnnotation]: checksum } }),
        },
        ...Object.fromEntries(Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-object.ts



const config_object_mostBytes = 1024 * 1024;
/** Tells what Kubernetes would not take of a content: names of keys, and the size. */
function checkContent(content, where, problems) {
    const text = `${content.kind} ${content.name}`;
    for (const key of content.values.keys()) {
        if (configKeyRule.is(key))
            continue;
        problems.add({ code: 'config-invalid', what: `${text} would have the key ${shown(key)}`, where, why: `a key is ${configKeyRule.rule}`, next: 'rename the file, the variable or the member of the secret' });
    }
    const bytes = [...content.values.values()].reduce((sum, value) => sum + value.length, 0);
    if (bytes > config_object_mostBytes) {
        problems.add({ code: 'config-too-large', what: `${text} would have ${size(bytes)}`, where, why: 'Kubernetes takes 1 MiB an object', next: 'split it into several objects, or put large files into the image or a bucket' });
    }
}
/** The immutable object named after its content. */
function versioned(content, namespace, labels) {
    const data = dataOf(content);
    const checksum = canonicalHash(content.identity ?? data);
    const name = versionName(content.name, checksum);
    const object = {
        apiVersion: 'v1',
        kind: content.kind,
        metadata: {
            name,
            namespace,
            labels: {
                ...labels,
                [configMarks.managedByLabel]: configMarks.managedBy,
                ...(content.service === undefined ? {} : { [configMarks.serviceLabel]: content.service }),
                [configMarks.configLabel]: content.name,
            },
            annotations: { [configMarks.checksumAnnotation]: checksum },
        },
        immutable: true,
        ...(content.type === undefined ? {} : { type: content.type }),
        ...data,
    };
    return { content, name, checksum, object };
}
/** The name of the immutable object that a checksum leads to. */
function versionName(declared, checksum) {
    return `${declared}-${checksum.slice(0, 10)}`;
}
/** The bytes of each key of an object that an API server gave. */
function valuesOf(object) {
    const isSecret = object['kind'] === 'Secret';
    const members = (key) => Object.entries(object[key] ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
    return new Map([
        ...members('data').map(([key, value]) => [key, Buffer.from(value, isSecret ? 'base64' : 'utf8')]),
        ...members('binaryData').map(([key, value]) => [key, Buffer.from(value, 'base64')]),
    ]);
}
function dataOf(content) {
    const sorted = [...content.values].sort(([a], [b]) => (a < b ? -1 : 1));
    const base64 = (bytes) => Buffer.from(bytes).toString('base64');
    if (content.kind === 'Secret')
        return { data: Object.fromEntries(sorted.map(([key, bytes]) => [key, base64(bytes)])) };
    const texts = sorted.flatMap(([key, bytes]) => {
        const text = utf8(bytes);
        return text === undefined ? [] : [[key, text]];
    });
    const binary = sorted.filter(([, bytes]) => utf8(bytes) === undefined).map(([key, bytes]) => [key, base64(bytes)]);
    return { data: Object.fromEntries(texts), ...(binary.length === 0 ? {} : { binaryData: Object.fromEntries(binary) }) };
}
/** The text, or undefined where the bytes are no UTF-8. */
function utf8(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/env-file.ts
/**
 * Reads an env-file as `kubectl create configmap --from-env-file` does: `KEY=VALUE`, the value verbatim with its quotes
 * and blanks; blank lines and those that begin with `#` are left out. A line without `=` is a problem here, since
 * kubectl would take the value from the environment of whoever runs it.
 */
function parseEnvFile(text, file, problems) {
    const seen = new Set();
    return text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .flatMap((line, index) => {
        const entry = line.replace(/^\s+/, '');
        if (entry === '' || entry.startsWith('#'))
            return [];
        const at = { file, line: index + 1, column: line.length - entry.length + 1 };
        const equals = entry.indexOf('=');
        const key = equals < 0 ? entry.trim() : entry.slice(0, equals);
        const problem = equals < 0 ? noEquals : !envName.test(key) ? noName : seen.has(key) ? twice : undefined;
        if (problem) {
            problems.add({ code: 'file-invalid', at, ...problem });
            return [];
        }
        seen.add(key);
        return [{ key, value: entry.slice(equals + 1), at }];
    });
}
const envName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
// The line itself is never shown: what stands in the wrong place may well be a password.
const noEquals = { what: 'a line of the env-file has no "="', why: 'each line is KEY=VALUE', next: 'write KEY=VALUE, or # before a comment' };
const noName = {
    what: 'a line of the env-file begins with no name of a variable',
    why: 'a name is made of letters, digits, "_", "-" and ".", does not begin with a digit, and "=" follows without blanks',
    next: 'correct the name before the "="',
};
const twice = { what: 'a name stands twice in the env-file', why: 'one of its values would be lost', next: 'remove one of the two lines' };

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/template.ts


/**
 * Puts variables into a file. In JSON and YAML only string values take them, and the rest of the file stays as it is,
 * byte for byte; every other text is one string value.
 */
function fillTemplate(text, file, variables, problems) {
    const counter = new yaml_dist/* LineCounter */.HN();
    if (!/\.(json|ya?ml)$/i.test(file))
        return substituteText(text, variables, placesIn(text, file), problems);
    const documents = (0,yaml_dist/* parseAllDocuments */.hR)(text, { lineCounter: counter, uniqueKeys: false, prettyErrors: false });
    const placeAt = (offset) => {
        const { line, col } = counter.linePos(offset);
        return { file, line, column: col };
    };
    if (!Array.isArray(documents))
        return text;
    const changes = [];
    for (const document of documents) {
        for (const error of document.errors) {
            problems.add({ code: 'file-invalid', what: 'the template cannot be read', at: placeAt(error.pos[0]), why: error.message.split('\n')[0] ?? error.code, next: 'mend the file at this place' });
        }
        (0,yaml_dist/* visit */.YR)(document, {
            Scalar(key, node) {
                if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${') || !(0,yaml_dist/* isScalar */.jn)(node) || !node.range)
                    return;
                const [from, to] = node.range;
                const filled = substituteText(node.value, variables, () => placeAt(from), problems);
                // A double-quoted text is the same in JSON and YAML, and no value can end it.
                const block = node.type === yaml_dist/* Scalar */.X5.BLOCK_LITERAL || node.type === yaml_dist/* Scalar */.X5.BLOCK_FOLDED;
                if (filled !== node.value)
                    changes.push({ from, to, text: JSON.stringify(filled) + (block ? '\n' : '') });
            },
        });
    }
    return changes.reduceRight((whole, change) => whole.slice(0, change.from) + change.text + whole.slice(change.to), text);
}
function placesIn(text, file) {
    return (offset) => {
        const before = text.slice(0, offset).split('\n');
        return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
    };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-content.ts





/**
 * Gathers what a ConfigMap is to hold: a key a file, named after it; the variables of the env-files, later files
 * beating earlier ones, the more specific layer of each file beating the general one; the literals beating both.
 */
async function configContent(wanted, folder, layers, problems) {
    const values = new Map();
    const origins = new Map();
    for (const pattern of wanted.files) {
        for (const file of await folder.find(pattern, layers, problems)) {
            const key = (0,external_node_path_.basename)(file.path);
            const origin = origins.get(key);
            if (origin === file.shown)
                continue;
            if (origin !== undefined)
                problems.add(keyTwice(wanted, key, origin, file.shown));
            origins.set(key, file.shown);
            values.set(key, filled(file, wanted, problems));
        }
    }
    for (const [key, { value, from }] of await config_content_variables(wanted, folder, layers, problems)) {
        const origin = origins.get(key);
        if (origin !== undefined)
            problems.add(keyTwice(wanted, key, origin, from));
        values.set(key, Buffer.from(value));
    }
    return { kind: 'ConfigMap', name: wanted.name, mode: wanted.mode, ...(wanted.service === undefined ? {} : { service: wanted.service }), values };
}
async function config_content_variables(wanted, folder, layers, problems) {
    const found = new Map();
    for (const path of wanted.envFiles) {
        for (const file of await folder.each(path, layers, problems)) {
            const text = utf8(file.bytes);
            if (text === undefined)
                problems.add({ code: 'file-invalid', what: `the env-file ${file.shown} is no text`, at: { file: file.shown }, why: 'it is not UTF-8', next: 'store it as UTF-8' });
            for (const { key, value, at } of text === undefined ? [] : parseEnvFile(text, file.shown, problems)) {
                found.set(key, { value: wanted.variables ? substituteText(value, wanted.variables, () => at, problems) : value, from: file.shown });
            }
        }
    }
    for (const [key, value] of Object.entries(wanted.literals)) {
        const at = { file: `the literal ${key} of ${wanted.name}` };
        found.set(key, { value: wanted.variables ? substituteText(value, wanted.variables, () => at, problems) : value, from: 'the literals' });
    }
    return found;
}
function filled(file, wanted, problems) {
    const text = wanted.variables === undefined ? undefined : utf8(file.bytes);
    if (text === undefined || wanted.variables === undefined)
        return file.bytes;
    return Buffer.from(fillTemplate(text, file.shown, wanted.variables, problems));
}
function keyTwice(wanted, key, first, second) {
    return {
        code: 'config-invalid',
        what: `the ConfigMap ${wanted.name} would have the key "${key}" twice`,
        why: `${first} and ${second} both give it; a file's key is its name without its folder`,
        next: 'rename one of them, or put it into another object',
    };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-maps.ts



/** The contents of every ConfigMap, from the files of the checkout alone: no network yet, so what is wrong in them is told in no time. */
async function readConfigMaps({ configPath, targets }, workspace, problems) {
    const isNeeded = targets.some(({ objects }) => objects.some(({ kind }) => kind === 'ConfigMap'));
    const folder = isNeeded ? await problems.tryAsync(() => openConfigFolder(workspace, configPath)) : undefined;
    const contents = new Map();
    for (const target of targets) {
        const declared = target.objects.filter((wanted) => wanted.kind === 'ConfigMap');
        const found = folder === undefined ? [] : await Promise.all(declared.map((wanted) => configContent(wanted, folder, target.layers, problems)));
        for (const content of found)
            checkContent(content, `target ${target.name}`, problems);
        contents.set(target, found);
    }
    return contents;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-path.ts

/** The folder with the configuration, as the input `config-path` says it, or else as `otherwise` does. Undefined where it is wrong. */
function readConfigPath(values, otherwise, problems) {
    const isBlank = (values['config-path'] ?? '').trim() === '';
    return isBlank ? otherwise : safePath(values, 'config-path', problems);
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/keyed-lines.ts

/** The lines `key=…` of an input, each with the key of an object; a wrong key is told before anything is asked for its value. */
function keyedLines(values, input, problems) {
    const found = [...keyValues(values, input, problems)].filter(([key, text]) => {
        if (configKeyRule.is(key))
            return true;
        invalid(input, shownLine(key, text), `a key is ${configKeyRule.rule}`, 'rename the key; what stands behind it is not shown here, since it may be secret', problems);
        return false;
    });
    return new Map(found);
}
/** What may be told of such a line: its key. The last line of base64 looks like a key, too, and is a part of a value. */
function shownLine(key, text) {
    return text === '' || text === '=' ? '…' : withoutValue(`${key}=`);
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/lock-patience.ts

const defaultMs = 600_000;
const day = 86_400_000;
/** How long to wait for another run that holds the lock of a service, in milliseconds. */
function readLockPatience(values, problems) {
    return durationMs(values, 'lock-timeout', problems, { least: 0, most: day }) ?? defaultMs;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/phase.ts
/** How far a run goes. */
function until({ phase, dryRun }) {
    return phase === 'preflight' ? 'preflight' : dryRun ? 'plan' : 'synced';
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/labels.ts

/** The labels that the user wants on every object. */
function readLabels(values, problems) {
    const labels = keyValues(values, 'labels', problems);
    for (const [key, value] of labels) {
        const reason = /(^|\.)slipway\.dev\//.test(key)
            ? 'labels of slipway.dev say whose an object is'
            : !labelKey.test(key)
                ? 'a label\'s name is at most 63 letters, digits, "-", "_", ".", with a letter or digit at both ends, after a DNS name and "/" if it has one'
                : !labelValue.test(value)
                    ? 'a label\'s value is at most 63 letters, digits, "-", "_", ".", with a letter or digit at both ends'
                    : undefined;
        if (reason !== undefined)
            invalid('labels', `${key}=${value}`, reason, 'correct this label', problems);
    }
    return Object.fromEntries(labels);
}
const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/secret-lines.ts


/** Reads the input `secrets`: a line `key=secret-id[#json-key][@stage]` for each key of the Secret. */
function parseSecretLines(values, problems) {
    const references = [...keyedLines(values, 'secrets', problems)].flatMap(([key, text]) => {
        const [, secretId, jsonKey, stage] = /^([^#]+?)(?:#([^#]+?))?(?:@([\w+=./-]+))?$/.exec(text.trim()) ?? [];
        if (secretId !== undefined && isSecretId(secretId)) {
            return [[key, { secretId, ...(jsonKey === undefined ? {} : { jsonKey }), ...(stage === undefined ? {} : { stage }) }]];
        }
        invalid('secrets', shownLine(key, text), 'each line must be key=secret-id, with #json-key and @stage after it where needed', 'write for example password=shop/cart/db#password; what stands behind the key is not shown here, since it may be secret', problems);
        return [];
    });
    return Object.fromEntries(references);
}
function isSecretId(text) {
    return text.length <= 2048 && /[A-Za-z0-9]/.test(text) && /^[\w+=.@:/-]+$/.test(text) && !text.startsWith('-');
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/plain-inputs.ts








/** One object in one namespace, as the plain inputs say it. */
function plainSettings(values, shared, environment, problems) {
    const target = plainTarget(values, shared, environment, problems);
    const name = required(values, 'name', problems) === undefined ? undefined : named(values, 'name', problems, configNameRule);
    const configPath = readConfigPath(values, '.', problems);
    const labels = readLabels(values, problems);
    const service = plain_inputs_serviceOf(shared, problems);
    const lockPatienceMs = readLockPatience(values, problems);
    const mode = modeOf(values, shared, problems);
    const wanted = wantedObject(values, { name: name ?? '', mode, ...(service === undefined ? {} : { service }) }, { SLIPWAY_REGION: target?.region ?? '', SLIPWAY_TARGET: 'default' }, problems);
    if (wanted === undefined || configPath === undefined)
        return {};
    const files = { layers: [{ folder: '', inner: [] }], objects: [wanted] };
    if (target === undefined || name === undefined)
        return { wanted: { configPath, targets: [{ name: 'default', ...files }] } };
    const settings = { configPath, labels, lockPatienceMs, until: until(shared), targets: [{ ...target, ...files }] };
    return { settings, wanted: settings };
}
function wantedObject(values, own, builtIn, problems) {
    const files = paths(values, 'files', problems);
    const envFiles = paths(values, 'env-files', problems);
    const literals = Object.fromEntries(keyedLines(values, 'literals', problems));
    const template = flag(values, 'template', problems, false);
    const type = named(values, 'type', problems, secretTypeRule);
    const keys = parseSecretLines(values, problems);
    const { name, service } = own;
    const isConfig = ['files', 'env-files', 'literals'].some((input) => lines(values, input).length > 0);
    const isSecret = lines(values, 'secrets').length > 0;
    if (isConfig && isSecret) {
        problems.add({ code: 'input-conflict', what: 'the input "secrets" stands beside "files", "env-files" or "literals"', why: 'one use of the action makes one object, a Secret or a ConfigMap', next: 'use the action twice, or a project file' });
    }
    if (!isConfig && !isSecret) {
        problems.add({ code: 'input-missing', what: name === '' ? 'nothing says what the object is to hold' : `nothing says what "${name}" is to hold`, why: 'none of the inputs "files", "env-files", "literals", "secrets" is given', next: 'give one of them' });
        return undefined;
    }
    if (isSecret) {
        if (template)
            problems.add({ code: 'input-conflict', what: 'the inputs "template" and "secrets" are both given', why: 'values of secrets are never changed', next: 'leave "template" out' });
        return { kind: 'Secret', ...own, type: type ?? 'Opaque', source: { keys } };
    }
    if (type !== undefined)
        problems.add({ code: 'input-conflict', what: 'the input "type" is given without "secrets"', why: 'only a Secret has a type', next: 'leave "type" out' });
    const variables = service === undefined ? builtIn : { ...builtIn, SLIPWAY_SERVICE: service };
    return { kind: 'ConfigMap', ...own, files, envFiles, literals, ...(template ? { variables } : {}) };
}
/** A fixed name is changed under the lock of the service that the object belongs to. */
function modeOf(values, { services }, problems) {
    const mode = choice(values, 'mode', problems, configModes, 'versioned');
    if (mode !== 'versioned' && services.length === 0 && (values['services'] ?? '').trim() === '') {
        problems.add({ code: 'input-missing', what: 'the input "services" is missing', why: `with the mode ${mode} the object is changed under the lock of its service`, next: 'name the service that the object belongs to' });
    }
    return mode;
}
function paths(values, input, problems) {
    return lines(values, input).filter((path) => {
        const reason = unsafePath(path);
        if (reason !== undefined)
            invalid(input, path, reason, 'write a path relative to "config-path", that stays inside it', problems);
        return reason === undefined;
    });
}
function plain_inputs_serviceOf({ services }, problems) {
    const [service, ...more] = services;
    if (services === 'all' || more.length > 0) {
        problems.add({ code: 'input-conflict', what: 'the inputs "cluster" and several "services" are given', why: 'an object belongs to one service', next: 'name one service or none' });
        return undefined;
    }
    if (service === undefined || names_serviceRule.is(service))
        return service;
    invalid('services', service, `it must be ${names_serviceRule.rule}`, 'correct the name', problems);
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
function versionOfTag(tag, service) {
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
    const version = versionOfTag(name, service);
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

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/project-inputs.ts





/** What the inputs are for that stand in the project file instead. */
const plainOnly = ['namespace', 'name', 'files', 'env-files', 'literals', 'secrets', 'type', 'template', 'mode'];
/**
 * The configuration of the services that were chosen, in every target that was chosen. Without a project, since it
 * cannot be read, the inputs are told all the same.
 */
function projectSettings(values, shared, project, source, problems) {
    refusePlainInputs(values, plainOnly, shared, problems);
    const configPath = readConfigPath(values, project?.configuration.path, problems);
    const labels = readLabels(values, problems);
    const lockPatienceMs = readLockPatience(values, problems);
    if (project === undefined) {
        for (const input of ['services', 'environment'])
            if ((values[input] ?? '').trim() === '')
                required(values, input, problems);
        return {};
    }
    const plan = problems.try(() => makePlan(project, shared, source));
    if (plan === undefined || configPath === undefined)
        return {};
    const environments = [...project.environments.keys()];
    const targets = plan.targets.map((target) => ({
        ...target,
        layers: layersOf(plan, target, environments),
        objects: plan.services.flatMap((service) => objectsOf(service, plan.variables(service, target), shared, problems)),
    }));
    const settings = { configPath, labels, lockPatienceMs, until: until(shared), targets, ...(plan.tag === undefined ? {} : { tag: plan.tag }) };
    return { settings, wanted: settings };
}
function layersOf({ environment }, target, environments) {
    return [
        { folder: `${environment.name}/${target.name}`, inner: [] },
        { folder: environment.name, inner: environment.targets.map(({ name }) => name) },
        { folder: '', inner: environments },
    ];
}
function objectsOf(service, variables, { projectFile }, problems) {
    const named = (reference) => ({
        ...reference,
        secretId: substituteText(reference.secretId, variables, () => ({ file: projectFile }), problems),
    });
    const own = { service: service.name };
    return [
        ...[...service.config.values()].map(({ name, files, envFiles, literals, template, mode }) => ({
            kind: 'ConfigMap',
            ...own,
            name,
            mode,
            files,
            envFiles,
            literals,
            ...(template ? { variables } : {}),
        })),
        ...[...service.secrets.values()].map(({ name, type, mode, from, keys }) => ({
            kind: 'Secret',
            ...own,
            name,
            type,
            mode,
            source: from === undefined ? { keys: Object.fromEntries(Object.entries(keys).map(([key, reference]) => [key, named(reference)])) } : { whole: named(from) },
        })),
    ];
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/inputs.ts





/** Every input of the action, in the order of its README. */
const declaredInputs = [
    'project-file',
    'services',
    'environment',
    'targets',
    'cluster',
    'namespace',
    'region',
    'name',
    'files',
    'env-files',
    'literals',
    'secrets',
    'type',
    'template',
    'mode',
    'config-path',
    'labels',
    'lock-timeout',
    'role',
    'expected-account',
    'phase',
    'dry-run',
    'github-token',
];
/**
 * Reads the inputs: with `cluster` they say everything themselves, without it the project file does.
 * @throws Failed with every problem at once, those of the files in the checkout among them.
 */
async function readInputs({ raw, environment, project, ...source }) {
    const problems = new src_failure/* Problems */.Zw();
    const { values } = raw;
    unknownInputs(raw, declaredInputs, problems);
    const shared = readShared(raw, problems);
    const { settings, wanted } = plain_target_isPlain(values)
        ? plainSettings(values, shared, environment, problems)
        : projectSettings(values, shared, await problems.tryAsync(() => project(shared.projectFile)), source, problems);
    if (problems.all.length > 0 && wanted !== undefined)
        await readConfigMaps(wanted, source.workspace, problems);
    problems.throwIfAny();
    if (settings === undefined)
        throw new Error('inputs without settings are a problem');
    return settings;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/names.ts
/**
 * The names that stand in this run's text and outputs, and in those of its neighbours. A secret value that is one of
 * them, as the name of a database user often is, would blank the log and have the runner drop outputs.
 */
function namesOf({ targets }, environment) {
    const names = targets.flatMap(({ name, cluster, region, namespace, recordNamespace, objects }) => [
        ...[name, cluster, region, namespace, recordNamespace],
        ...objects.flatMap((object) => [object.name, object.service ?? '']),
    ]);
    return [...new Set([environment, ...names])].filter((name) => name !== '');
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

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/result.ts
/** What can become of an object. */
const deeds = ['unchanged', 'would-create', 'created', 'would-change', 'changed', 'would-recreate', 'recreated', 'would-relabel', 'relabelled', 'would-keep', 'kept', 'failed', 'unanswered'];
/** What a run that writes would do to an object. */
function wouldBe({ wanted, kind, fixed }) {
    if (fixed === undefined)
        return kind === 'create' ? 'would-create' : kind === 'relabel' ? 'would-relabel' : 'unchanged';
    switch (fixed) {
        case 'create':
            return 'would-create';
        case 'change':
            return wanted.content.mode === 'recreate' ? 'would-recreate' : 'would-change';
        case 'relabel':
            return 'would-relabel';
        case 'none':
            return kind === 'create' ? 'would-keep' : kind === 'relabel' ? 'would-relabel' : 'unchanged';
    }
}
/** The result of one object, under the name that pods refer to. */
function objectResult({ wanted, difference }, did) {
    const { content, name, checksum } = wanted;
    return {
        kind: content.kind,
        ...(content.mode === 'versioned' ? { name } : { name: content.name, kept: name }),
        checksum,
        changed: contentDeeds.some((deed) => deed === did),
        ...(content.source === undefined ? {} : { source: content.source }),
        declaredName: content.name,
        did,
        ...(difference === undefined ? {} : { difference }),
    };
}
const contentDeeds = ['would-create', 'created', 'would-change', 'changed', 'would-recreate', 'recreated'];

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/result-schema.ts



const keys = dist/* array */.YOg(dist/* string */.YjP());
/** The output `result`. */
const resultSchema = dist/* strictObject */.rej({
    ...resultEntries,
    /** Commit of the configuration repository, where it is one of its own. */
    commit: dist/* exactOptional */.yqP(dist/* string */.YjP()),
    /** Target → declared name. */
    targets: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), dist/* record */.g1P(dist/* string */.YjP(), dist/* strictObject */.rej({ ...syncedObject.entries, did: dist/* picklist */.KIO(deeds), keys: dist/* exactOptional */.yqP(dist/* strictObject */.rej({ added: keys, changed: keys, removed: keys })) })))),
});
/** What `result` says besides outcome and failures. Keys, never values. */
function resultOf({ targets, configurationCommit }) {
    return {
        ...(configurationCommit === undefined ? {} : { commit: configurationCommit }),
        targets: Object.fromEntries(targets.map(({ target, objects }) => [
            target,
            Object.fromEntries(objects.map(({ declaredName, difference, ...object }) => [declaredName, { ...object, ...(difference === undefined ? {} : { keys: { added: difference.added, changed: difference.changed, removed: difference.removed } }) }])),
        ])),
    };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/config-commit.ts



/**
 * The commit at which a configuration folder is checked out. Undefined where the folder has no repository of its own
 * inside the workspace: what lies in the workspace's is of the run's commit.
 */
async function configurationCommit(workspace, folder) {
    const root = await (0,promises_.realpath)(workspace);
    let place = await (0,promises_.realpath)((0,external_node_path_.join)(root, folder)).catch(() => root);
    for (; place.startsWith(root + external_node_path_.sep); place = (0,external_node_path_.dirname)(place)) {
        const found = await checkedOutAt(place, root);
        if (found !== undefined)
            return found.commit;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/narrate.ts
/** What became of an object, in lines for the log: keys, never values. */
function tellChange(object) {
    const { kind, declaredName, name, did, difference } = object;
    const signs = difference === undefined ? [] : [['+', difference.added], ['~', difference.changed], ['-', difference.removed]];
    return [`${kind} ${declaredName}: ${didWords[did]} (${name})`, ...signs.flatMap(([sign, keys]) => keys.map((key) => `  ${sign} ${key}`))];
}
/** What was done to an object, as a person says it. */
const didWords = {
    unchanged: 'unchanged',
    'would-create': 'would be created',
    created: 'created',
    'would-change': 'would be changed in place',
    changed: 'changed in place',
    'would-recreate': 'would be deleted and created again',
    recreated: 'deleted and created again',
    'would-relabel': 'would get other labels',
    relabelled: 'got other labels',
    'would-keep': 'unchanged, its lost copy would be made again',
    kept: 'unchanged, its lost copy was made again',
    failed: 'could not be written',
    unanswered: 'may have been written: no answer came',
};

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/json-members.ts
/**
 * The members of a JSON object as texts: strings as they are, numbers as they are written (1.10 stays 1.10, and no digit
 * of a long one is lost), objects and lists as JSON. Undefined where the text is no JSON object.
 */
function jsonMembers(text) {
    const written = new WeakMap();
    let parsed;
    try {
        parsed = JSON.parse(text, function (key, value, context) {
            if (typeof value === 'number' && context?.source !== undefined && typeof this === 'object' && this !== null) {
                const numbers = written.get(this) ?? new Map();
                written.set(this, numbers.set(key, context.source));
            }
            return value;
        });
    }
    catch {
        return undefined;
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
        return undefined;
    const numbers = written.get(parsed);
    return new Map(Object.entries(parsed).map(([key, value]) => [
        key,
        value === null || typeof value === 'string' ? value : (numbers?.get(key) ?? JSON.stringify(value)),
    ]));
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/secret-content.ts


/** Every secret that an object takes values from. */
function secretsOf({ source }) {
    return 'whole' in source ? [source.whole] : Object.values(source.keys);
}
/** What a Secret is to hold. Its identity is the versions that it was made from, its source the same without them: never a value. */
function secretContent(wanted, read, where, problems) {
    const { kind, name, mode, type, service, source } = wanted;
    const references = 'whole' in source ? [['', source.whole]] : Object.entries(source.keys);
    const values = new Map();
    const identity = [];
    const origin = [];
    for (const [key, reference] of references) {
        const version = read(reference);
        if ('code' in version) {
            problems.add({ ...version, where: `Secret ${name}, ${where}` });
            continue;
        }
        identity.push({ key, arn: version.arn, versionId: version.versionId, jsonKey: reference.jsonKey ?? null });
        origin.push({ key, arn: version.arn, jsonKey: reference.jsonKey ?? null, stage: reference.stage ?? null });
        const complain = (what, why, next) => {
            problems.add({ code: 'secret-missing', what: `${what} (secret ${reference.secretId})`, where: `Secret ${name}, ${where}`, why, next });
        };
        const value = reference.jsonKey === undefined ? version.value : member(version, reference.jsonKey, complain);
        if (value === undefined)
            continue;
        if ('keys' in source)
            values.set(key, bytesOf(value));
        else
            for (const [one, text] of wholeMembers(value, complain))
                values.set(one, bytesOf(text));
    }
    return { kind, name, mode, type, ...(service === undefined ? {} : { service }), values, identity: { type, from: identity }, source: canonicalHash({ type, from: origin }) };
}
function member(version, jsonKey, complain) {
    const members = typeof version.value === 'string' ? jsonMembers(version.value) : undefined;
    if (members === undefined) {
        complain(`the JSON key "${jsonKey}" cannot be read`, 'the secret is no JSON object', 'store key/value pairs in it, or leave the JSON key out');
        return undefined;
    }
    const value = members.get(jsonKey);
    if (value === undefined)
        complain(`the secret has no JSON key "${jsonKey}"`, `its keys are ${[...members.keys()].join(', ')}`, 'correct the key, or add it to the secret');
    if (value === null)
        complain(`the JSON key "${jsonKey}" is null`, 'a Secret holds texts', 'give it a value');
    return value ?? undefined;
}
function wholeMembers(value, complain) {
    const members = typeof value === 'string' ? jsonMembers(value) : undefined;
    if (members === undefined) {
        complain('the secret cannot be taken whole', 'it is no JSON object, whose members would become the keys', 'name a key for it under "keys"');
        return [];
    }
    return [...members].flatMap(([key, text]) => {
        if (text !== null)
            return [[key, text]];
        complain(`the JSON key "${key}" is null`, 'a Secret holds texts', 'give it a value, or name the keys that are wanted');
        return [];
    });
}
function bytesOf(value) {
    return typeof value === 'string' ? Buffer.from(value) : value;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/secret-values.ts

/** Reads every secret of a target, each once and all in one go, and has each value hidden before anything uses it. */
async function readSecrets(target, source, mask) {
    const wanted = new Map();
    for (const object of target.objects) {
        if (object.kind !== 'Secret')
            continue;
        for (const { secretId, stage } of secretsOf(object))
            wanted.set(secret_values_keyOf({ secretId, ...(stage === undefined ? {} : { stage }) }), { secretId, ...(stage === undefined ? {} : { stage }) });
    }
    const answers = wanted.size === 0 ? [] : await source.read([...wanted.values()]);
    for (const answer of answers)
        if (!('code' in answer))
            mask(secret_values_textOf(answer));
    const byKey = new Map([...wanted.keys()].map((key, index) => [key, answers[index]]));
    return (asked) => {
        const answer = byKey.get(secret_values_keyOf(asked));
        if (answer === undefined)
            throw new Error('a secret source answers for every secret');
        return answer;
    };
}
function secret_values_keyOf({ secretId, stage }) {
    return JSON.stringify([secretId, stage ?? null]);
}
function secret_values_textOf({ value }) {
    return typeof value === 'string' ? value : Buffer.from(value).toString('base64');
}

;// CONCATENATED MODULE: ./packages/report/src/granting.ts
/** What to do where a role lacks a right: the file of ours that grants it, and the page that says how it is applied. */
function granting(what) {
    return `grant it to the group that the role is mapped to: \`kubectl apply -f docs/rbac/${what}.yaml\` of Slipway does; docs/rights.md says which group that is`;
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/changes.ts


/** Whether anything is to be written. */
function isWrite({ kind, fixed = 'none' }) {
    return kind !== 'none' || fixed !== 'none';
}
/** Compares an object with the metadata of those that this action has made in the namespace. */
function changeOf(wanted, listed) {
    const { name, mode } = wanted.content;
    const declared = listed.filter((item) => sameDeclaration(item, wanted));
    const fixed = declared.find((item) => textAt(item, 'metadata', 'name') === name);
    const version = listed.find((item) => textAt(item, 'metadata', 'name') === wanted.name);
    const previous = newest(declared.filter((item) => item !== version && item !== fixed));
    const before = mode !== 'versioned' && fixed !== undefined ? name : previous;
    return {
        wanted,
        kind: version === undefined || !saysToHold(version, wanted) ? 'create' : isLabelled(version, wanted) ? 'none' : 'relabel',
        ...(mode === 'versioned' ? {} : { fixed: fixedChange(fixed, wanted) }),
        ...(before === undefined ? {} : { before }),
    };
}
function fixedChange(live, wanted) {
    if (live === undefined)
        return 'create';
    if (!saysToHold(live, wanted) || !isUntouched(live, wanted))
        return 'change';
    return isLabelled(live, wanted) ? 'none' : 'relabel';
}
/** Whether an object's checksum says that it holds the content; of an immutable one that is sure. */
function saysToHold(live, { checksum }) {
    return textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation) === checksum;
}
/** Whether an object has every label that is wanted. */
function isLabelled(live, { object }) {
    return Object.entries(objectAt(object, 'metadata', 'labels') ?? {}).every(([key, value]) => textAt(live, 'metadata', 'labels', key) === value);
}
/**
 * Whether the metadata alone proves that the values are still those that were applied: who edits a value by hand becomes
 * its owner, and a key that is removed by hand is no longer ours.
 */
function isUntouched(live, { content }) {
    const entries = listAt(live, 'metadata', 'managedFields').map((entry) => ({
        isOurs: textAt(entry, 'manager') === configFieldManager && textAt(entry, 'operation') === 'Apply',
        keys: ['f:data', 'f:binaryData'].flatMap((field) => Object.keys(objectAt(entry, 'fieldsV1', field) ?? {}).filter((key) => key.startsWith('f:')).map((key) => key.slice(2))),
    }));
    const ours = entries.filter(({ isOurs }) => isOurs).flatMap(({ keys }) => keys);
    const others = entries.filter(({ isOurs }) => !isOurs).flatMap(({ keys }) => keys);
    return others.length === 0 && ours.length === content.values.size && ours.every((key) => content.values.has(key));
}
function sameDeclaration(item, { content }) {
    return textAt(item, 'metadata', 'labels', configMarks.configLabel) === content.name && textAt(item, 'metadata', 'labels', configMarks.serviceLabel) === content.service;
}
/** The name of the object that was created last; times are whole seconds, so that the resourceVersion decides between equal ones. */
function newest(items) {
    const age = (item) => [textAt(item, 'metadata', 'creationTimestamp') ?? '', Number(textAt(item, 'metadata', 'resourceVersion') ?? 0)];
    const last = items.toSorted((a, b) => {
        const [[timeA, versionA], [timeB, versionB]] = [age(a), age(b)];
        return timeA === timeB ? versionA - versionB : timeA < timeB ? -1 : 1;
    }).at(-1);
    return textAt(last, 'metadata', 'name');
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/difference.ts
function difference(before, after) {
    const added = [...after.keys()].filter((key) => !before.has(key));
    const removed = [...before.keys()].filter((key) => !after.has(key));
    const changed = [...after].flatMap(([key, value]) => {
        const old = before.get(key);
        return old !== undefined && Buffer.compare(old, value) !== 0 ? [key] : [];
    });
    return { added: added.sort(), changed: changed.sort(), removed: removed.sort() };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/fixed-object.ts




/** Whether there is nothing at all to be written to a live object: it holds the values, says so, and has the labels. */
function isAsWanted(live, wanted) {
    return hasSameValues(live, wanted.object) && saysToHold(live, wanted) && isLabelled(live, wanted);
}
/** Whether two objects hold the same values under the same keys, and, of Secrets, have the same type. */
function hasSameValues(one, other) {
    const [a, b] = [valuesOf(one), valuesOf(other)];
    const isSame = [...a].every(([key, value]) => {
        const counterpart = b.get(key);
        return counterpart !== undefined && Buffer.compare(value, counterpart) === 0;
    });
    return isSame && a.size === b.size && textAt(one, 'type') === textAt(other, 'type');
}
/** Why a live object of the fixed name may not, or cannot, be made into what is wanted. */
function obstacle(live, { content, object }) {
    if (live === undefined)
        return undefined;
    const what = `${content.kind} ${content.name}`;
    const stranger = strangersClaim(live, content);
    if (stranger !== undefined) {
        return { code: 'ownership-conflict', what: `${what} exists already and is not this action's to change`, why: stranger, next: 'declare the object under another name, or remove the live one after a look at who needs it' };
    }
    if (content.mode === 'recreate') {
        const [finalizer] = listAt(live, 'metadata', 'finalizers');
        return typeof finalizer !== 'string' || hasSameValues(live, object)
            ? undefined
            : { code: 'config-invalid', what: `${what} cannot be deleted and created at once`, why: `its finalizer ${finalizer} lets it go only when somebody else agrees`, next: 'give it the mode in-place or versioned, or have the finalizer removed' };
    }
    if (live['immutable'] === true) {
        return { code: 'config-invalid', what: `${what} cannot be changed in place`, why: 'the live object is immutable', next: 'give it the mode recreate or versioned' };
    }
    const [before, after] = [textAt(live, 'type') ?? '', content.type ?? ''];
    if (before === after)
        return undefined;
    return { code: 'config-invalid', what: `${what} would change its type from ${before} to ${after}`, why: 'a Secret keeps its type for life', next: 'give it the mode recreate or versioned, or keep the type' };
}
/** Who a live object belongs to, unless it is this declaration's own. */
function strangersClaim(live, content) {
    const label = (key) => textAt(live, 'metadata', 'labels', key);
    if (label(configMarks.managedByLabel) !== configMarks.managedBy) {
        const managers = new Set(listAt(live, 'metadata', 'managedFields').flatMap((entry) => textAt(entry, 'manager') ?? []));
        const named = label('app.kubernetes.io/managed-by');
        if (named !== undefined)
            managers.add(named);
        return managers.size === 0 ? 'it says of nobody that it is theirs' : `it was made by ${[...managers].join(', ')}`;
    }
    const [service, declared] = [label(configMarks.serviceLabel), label(configMarks.configLabel)];
    if (service !== content.service)
        return service === undefined ? 'it belongs to no service' : `it belongs to the service ${service}`;
    return declared === content.name ? undefined : `it is a version of ${declared ?? 'something else'}`;
}
/** The keys that an object would keep though nobody declares them, since others own them. */
function undeclaredKeys(answer, { content }) {
    return [...valuesOf(answer).keys()].filter((key) => !content.values.has(key));
}
/** Who owns keys of an object, as its managed fields say. */
function ownersOf(object, keys) {
    const owners = listAt(object, 'metadata', 'managedFields').filter((entry) => keys.some((key) => ['f:data', 'f:binaryData'].some((field) => objectAt(entry, 'fieldsV1', field)?.[`f:${key}`] !== undefined)));
    return [...new Set(owners.map((entry) => textAt(entry, 'manager') ?? '?'))];
}
/**
 * The content that is about to be replaced. A ConfigMap's is named by its values; a Secret's by the version that it says
 * to hold, or else by the state of the object that it was read from: a name must not let anyone guess a value.
 */
function oldContent(live, { content }, namespace) {
    const { kind, name, mode, service } = content;
    const [type, checksum] = [textAt(live, 'type'), textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation)];
    const identity = { uid: textAt(live, 'metadata', 'uid') ?? '', resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' };
    const labels = Object.entries(objectAt(live, 'metadata', 'labels') ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
    const version = versioned({ kind, name, mode, ...(service === undefined ? {} : { service }), ...(type === undefined ? {} : { type }), values: valuesOf(live), ...(kind === 'Secret' ? { identity } : {}) }, namespace, Object.fromEntries(labels));
    return { version, keptAs: [...new Set([...(checksum === undefined ? [] : [versionName(name, checksum)]), version.name])] };
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/fixed-plan.ts




/**
 * Looks at the object of a fixed name and tries the change on the server without writing.
 * @throws ApiError for what the server would not take.
 */
async function tryFixed(target, wanted, planned, cluster) {
    const { kind, name, mode } = wanted.content;
    const live = await cluster.get({ apiVersion: 'v1', kind, namespace: target.namespace, name });
    const where = `target ${target.name}, namespace ${target.namespace}`;
    const against = obstacle(live, wanted);
    if (against !== undefined)
        return { fixed: planned, live, problem: { ...against, where } };
    if (live !== undefined && isAsWanted(live, wanted))
        return { fixed: 'none', live };
    const fixed = live === undefined ? 'create' : hasSameValues(live, wanted.object) ? 'relabel' : 'change';
    const object = fixedObject(wanted.object, name);
    if (mode === 'recreate' && fixed === 'change') {
        await tryCreation(object, cluster);
        return { fixed, live };
    }
    const answer = await cluster.apply(object, { manager: configFieldManager, dryRun: true });
    const keys = undeclaredKeys(answer, wanted);
    if (keys.length === 0)
        return { fixed, live };
    return { fixed, live, problem: { ...keptByOthers(wanted, keys, ownersOf(answer, keys)), where } };
}
/** An answer that the name is taken comes after every check of the object itself. */
async function tryCreation(object, cluster) {
    try {
        await cluster.create(object, { dryRun: true });
    }
    catch (error) {
        if (!(error instanceof ApiError && error.alreadyExists))
            throw error;
    }
}
/** What is told of keys that an apply cannot take away from their owners. */
function keptByOthers({ content }, keys, owners) {
    return {
        code: 'ownership-conflict',
        what: `${content.kind} ${content.name} would keep ${words_list(keys.map((key) => `"${key}"`))}, which nobody declares`,
        why: owners.length === 0 ? 'they belong to others' : `they belong to ${words_list(owners)}`,
        next: 'declare these keys, or remove them by hand, or give the object the mode recreate',
    };
}
/** The rights that a change of an object of a fixed name needs beside those for its versions. */
function fixedRights(changes, target) {
    const fixed = changes.filter((change) => (change.fixed ?? 'none') !== 'none');
    if (fixed.length === 0)
        return [];
    const recreated = new Set(fixed.filter(({ wanted }) => wanted.content.mode === 'recreate').map(({ wanted }) => (wanted.content.kind === 'ConfigMap' ? 'configmaps' : 'secrets')));
    return [
        ...[...recreated].map((resource) => ({ verb: 'delete', group: '', resource, namespace: target.namespace })),
        ...['get', 'create', 'update'].map((verb) => ({ verb, group: 'coordination.k8s.io', resource: 'leases', namespace: target.recordNamespace })),
    ];
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/refusal.ts




/** What an API server's refusal, or its silence, means for one object. Anything else is thrown on. */
function refusal_refusal(error, target, action, wanted) {
    if (error instanceof src_http/* TransportError */.wX) {
        return { code: 'unreachable', what: `no answer came to: ${action}`, where: `target ${target.name}`, why: error.message, next: 'run again: what was written is found, and nothing is written twice' };
    }
    if (!(error instanceof ApiError))
        throw error;
    const where = `target ${target.name}, namespace ${target.namespace}`;
    const why = redact(error.message, wanted?.content.kind === 'Secret' ? secretTexts(wanted) : []);
    const [, absent] = error.status === 404 ? (/^namespaces "([^"]*)" not found/.exec(error.message) ?? []) : [];
    if (absent === target.recordNamespace && absent !== target.namespace)
        return lockNamespaceMissing(target);
    if (absent !== undefined) {
        return { code: 'namespace-missing', what: `the namespace ${target.namespace} of the target ${target.name} does not exist`, why: 'namespaces are never created by a sync', next: 'correct the target, or have the namespace created' };
    }
    if (error.status === 401 || error.status === 403) {
        const isOfRecords = target.recordNamespace !== target.namespace && error.message.includes(`"${target.recordNamespace}"`);
        return { code: 'access-denied', what: `the role may not ${action}`, where, why, next: granting(isOfRecords ? 'records' : 'deploy') };
    }
    if (error.isOwned) {
        const owners = words_list([...new Set(error.owners.map(({ manager }) => manager))]);
        return { code: 'ownership-conflict', what: `${action} would change fields of others`, where, why: `they belong to ${owners}`, next: 'look who made an object of this name, and remove it if nobody needs it' };
    }
    return { code: 'cluster-refused', what: `the API server refused to ${action}`, where, why, next: 'mend what it names; where it asks for patience, run again' };
}
/** Said of the namespace that the locks are in. */
function lockNamespaceMissing({ name, recordNamespace }) {
    return {
        code: 'record-namespace-missing',
        what: `the namespace ${recordNamespace} for the locks does not exist in the target ${name}`,
        why: 'an object of a fixed name is changed under the lock of its service, which lives there',
        next: 'make it once, with the rights of the deploy roles: `kubectl apply -f docs/rbac/records.yaml` of Slipway; docs/rights.md says to which group they belong',
    };
}
function secretTexts({ content }) {
    return [...content.values.values()].flatMap((bytes) => secretForms(utf8(bytes) ?? '')).sort((a, b) => b.length - a.length);
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/target-plan.ts








const atOnce = 16;
/** Begins to list what a target has of the kinds of its objects, by one LIST a kind; what is refused is told where it is planned. */
function listObjects(target, cluster) {
    const labelSelector = `${configMarks.managedByLabel}=${configMarks.managedBy},${configMarks.configLabel}`;
    const list = async (kind) => (await cluster.list({ apiVersion: 'v1', kind, namespace: target.namespace, labelSelector }, { metadataOnly: true })).items;
    const live = new Map([...new Set(target.objects.map(({ kind }) => kind))].map((kind) => [kind, list(kind)]));
    for (const listed of live.values())
        listed.catch(() => undefined);
    return live;
}
/**
 * Decides what a target lacks, and tries all of it on the server without writing: rights, namespace, every object.
 * Where nothing is lacking, nothing more is asked.
 */
async function planTarget(target, wanted, live, cluster, problems) {
    const own = new src_failure/* Problems */.Zw();
    const changes = await Promise.all([...live].map(async ([kind, listed]) => {
        const items = await attempt(own, target, `list ${plural(kind)}`, () => listed);
        return wanted.filter(({ content }) => content.kind === kind).map((object) => changeOf(object, items ?? []));
    }));
    const all = target_plan_inOrder(wanted, changes.flat());
    const writes = all.filter(isWrite);
    if (own.all.length === 0 && writes.length > 0)
        await Promise.all([rights(target, writes, cluster, own), recordNamespace(target, writes, cluster, own)]);
    const planned = own.all.length > 0 ? all : await (0,parallel/* mapLimit */.s)(all, atOnce, (change) => tried(target, change, cluster, own));
    for (const failure of own.all)
        problems.add(failure);
    return planned;
}
async function rights(target, writes, cluster, problems) {
    const kinds = [...new Set(writes.map(({ wanted }) => wanted.content.kind))];
    const needed = [
        ...kinds.flatMap((kind) => ['get', 'create', 'patch'].map((verb) => ({ verb, group: '', resource: plural(kind), namespace: target.namespace }))),
        ...fixedRights(writes, target),
    ];
    const allowed = await attempt(problems, target, 'ask for its own rights', () => cluster.canI(needed));
    needed.forEach(({ verb, resource, namespace }, index) => {
        if (allowed === undefined || allowed[index] === true)
            return;
        problems.add({
            code: 'access-denied',
            what: `the role may not ${verb} ${resource} in the namespace ${namespace}`,
            where: `target ${target.name}`,
            why: 'the API server says so, asked by SelfSubjectAccessReview',
            next: granting(namespace === target.recordNamespace ? 'records' : 'deploy'),
        });
    });
}
/** Where the locks are; only the change of an object of a fixed name needs one. */
async function recordNamespace(target, writes, cluster, problems) {
    const { recordNamespace: namespace } = target;
    if (!writes.some(({ fixed = 'none' }) => fixed !== 'none'))
        return;
    const found = await attempt(problems, target, `get the namespace ${namespace}`, async () => ({ live: await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: namespace }) }));
    if (found !== undefined && found.live === undefined)
        problems.add(lockNamespaceMissing(target));
}
async function tried(target, change, cluster, problems) {
    if (!isWrite(change))
        return change;
    const [, fixed] = await Promise.all([triedVersion(target, change, cluster, problems), triedFixed(target, change, cluster, problems)]);
    const { wanted, before, kind } = change;
    const planned = fixed === undefined ? change : { ...change, fixed: fixed.fixed };
    const isNew = fixed === undefined ? kind === 'create' : fixed.fixed === 'create' || fixed.fixed === 'change';
    if (before === undefined || !isNew)
        return planned;
    const ref = { apiVersion: 'v1', kind: wanted.content.kind, namespace: target.namespace, name: before };
    const old = fixed?.live ?? (await attempt(problems, target, `get ${ref.kind} ${before}`, () => cluster.get(ref)));
    return old === undefined ? planned : { ...planned, difference: difference(valuesOf(old), wanted.content.values) };
}
async function triedVersion(target, { wanted, kind }, cluster, problems) {
    if (kind === 'none')
        return;
    await attempt(problems, target, `apply ${wanted.content.kind} ${wanted.name}`, () => cluster.apply(wanted.object, { manager: configFieldManager, dryRun: true }), wanted);
}
async function triedFixed(target, { wanted, fixed }, cluster, problems) {
    if (fixed === undefined || fixed === 'none')
        return undefined;
    const { kind, name } = wanted.content;
    const trial = await attempt(problems, target, `apply ${kind} ${name}`, () => tryFixed(target, wanted, fixed, cluster), wanted);
    if (trial?.problem !== undefined)
        problems.add(trial.problem);
    return trial;
}
async function attempt(problems, target, action, work, wanted) {
    return problems.tryAsync(async () => {
        try {
            return await work();
        }
        catch (error) {
            problems.add(refusal_refusal(error, target, action, wanted));
            return undefined;
        }
    });
}
function target_plan_inOrder(wanted, changes) {
    return wanted.flatMap((object) => changes.find((change) => change.wanted === object) ?? []);
}
function plural(kind) {
    return kind === 'ConfigMap' ? 'configmaps' : 'secrets';
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/fixed-write.ts







const fixed_write_attempts = 5;
/**
 * Makes the object of a fixed name hold what is wanted, whatever it holds by now, and keeps that first.
 * @throws Failed or ApiError; the object then is as it was, unless the text says otherwise.
 */
async function writeFixed(wanted, use) {
    const { cluster, target } = use;
    const { kind, name, mode } = wanted.content;
    const ref = { apiVersion: 'v1', kind, namespace: target.namespace, name };
    let tried = 'unchanged';
    for (let attempt = 0; attempt < fixed_write_attempts; attempt += 1) {
        const live = await cluster.get(ref);
        const against = obstacle(live, wanted);
        if (against !== undefined)
            throw new src_failure/* Failed */.cV({ ...against, where: `target ${target.name}, namespace ${target.namespace}` });
        // After a lost reply this is our own write, since the lock is ours.
        if (live !== undefined && isAsWanted(live, wanted))
            return tried;
        tried = live === undefined ? 'created' : hasSameValues(live, wanted.object) ? 'relabelled' : mode === 'recreate' ? 'recreated' : 'changed';
        try {
            await writeOver(live, wanted, use);
            return tried;
        }
        catch (error) {
            // Somebody has changed it since it was read, or a reply of ours was lost: the next look decides anew.
            if (!(error instanceof ApiError && error.isStale))
                throw error;
        }
    }
    throw new src_failure/* Failed */.cV({
        code: 'cluster-refused',
        what: `${kind} ${name} was changed again and again while it was to be written`,
        where: `target ${target.name}, namespace ${target.namespace}`,
        why: `each of ${fixed_write_attempts} writes came too late, although the lock of the service is ours`,
        next: 'find out who else writes the object, then run again',
    });
}
/** Writes over the state that was read. @throws ApiError `isStale` where that is the state no more. */
async function writeOver(live, wanted, use) {
    const { cluster, target, guard, late } = use;
    const { kind, name, mode } = wanted.content;
    const old = live === undefined || hasSameValues(live, wanted.object) ? undefined : await keep(live, wanted, use);
    guard();
    if (live !== undefined && old !== undefined && mode === 'recreate') {
        const [uid, resourceVersion] = [textAt(live, 'metadata', 'uid') ?? '', textAt(live, 'metadata', 'resourceVersion') ?? ''];
        await cluster.remove({ apiVersion: 'v1', kind, namespace: target.namespace, name }, { uid, resourceVersion }, { signal: late });
        await createAgain(wanted, old, use);
        return;
    }
    const answer = await cluster.apply(fenced(fixedObject(wanted.object, name), live), { manager: configFieldManager });
    refuseLeftovers(answer, wanted, use);
}
/** Keeps what a live object holds as an immutable object, unless one of them holds just that. */
async function keep(live, wanted, use) {
    const { cluster, target, guard } = use;
    const { version, keptAs } = oldContent(live, wanted, target.namespace);
    use.hide(version);
    for (const name of keptAs) {
        const kept = await cluster.get({ apiVersion: 'v1', kind: version.content.kind, namespace: target.namespace, name });
        if (kept?.['immutable'] === true && hasSameValues(kept, live))
            return { object: kept, version };
    }
    guard();
    try {
        return { object: await cluster.apply(version.object, { manager: configFieldManager }), version };
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV)
            throw error;
        throw new src_failure/* Failed */.cV(refusal_refusal(error, target, `keep the old content of ${version.content.kind} ${version.content.name} as ${version.name}`, version));
    }
}
/** Keys that somebody else has put there in the meantime, and that an apply leaves to them. */
function refuseLeftovers(answer, wanted, { target }) {
    const keys = undeclaredKeys(answer, wanted);
    if (keys.length > 0)
        throw new src_failure/* Failed */.cV({ ...keptByOthers(wanted, keys, ownersOf(answer, keys)), where: `target ${target.name}, namespace ${target.namespace}` });
}
/** The second half of `recreate`: goes on although the run was told to stop, and puts the old content back where the new one is refused. */
async function createAgain(wanted, old, use) {
    const { cluster, target, late } = use;
    const { kind, name } = wanted.content;
    const what = `${kind} ${name} was deleted and could not be created again`;
    const kept = textAt(old.object, 'metadata', 'name') ?? '';
    let answer;
    try {
        answer = await cluster.apply(fixedObject(wanted.object, name), { manager: configFieldManager, signal: late });
    }
    catch (error) {
        const { code, where = '', why } = error instanceof src_failure/* Failed */.cV ? error.failures[0] : refusal_refusal(error, target, `create ${kind} ${name}`, wanted);
        try {
            await cluster.apply(fixedObject(old.object, name), { manager: configFieldManager, signal: late });
        }
        catch (again) {
            const second = again instanceof src_failure/* Failed */.cV ? again.failures[0] : refusal_refusal(again, target, `put ${kind} ${name} back`, old.version);
            throw new src_failure/* Failed */.cV({ code, what: `${what}, and neither could its old content: it is absent now`, where, why: `${why}; then: ${second.why}`, next: `run again, which makes it; or make it by hand from the ${kind} ${kept}, which holds the old content` });
        }
        throw new src_failure/* Failed */.cV({ code, what, where, why, next: `mend what it names, then run again; the old content is back, from the ${kind} ${kept}` });
    }
    refuseLeftovers(answer, wanted, use);
}
/** Bound to the state that was read. */
function fenced(object, live) {
    if (live === undefined)
        return object;
    return ['uid', 'resourceVersion'].reduce((bound, key) => withAt(bound, ['metadata', key], () => textAt(live, 'metadata', key)), object);
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/noted-writes.ts


/** The cluster, its writes noted. `work` ends those that have no signal of their own. */
function notedWrites(cluster, work, notes) {
    const noted = async (write, signal = work) => {
        // Nothing is sent for a run that was told to stop before.
        const isSent = !hasEnded(signal);
        try {
            const answer = await write();
            notes.written();
            return answer;
        }
        catch (error) {
            if (error instanceof src_http/* TransportError */.wX || (isSent && hasEnded(signal) && !(error instanceof ApiError)))
                notes.unanswered();
            throw error;
        }
    };
    return {
        ...cluster,
        apply: (object, options) => (options.dryRun === true ? cluster.apply(object, options) : noted(() => cluster.apply(object, options), options.signal)),
        create: (object, options) => (options?.dryRun === true ? cluster.create(object, options) : noted(() => cluster.create(object, options))),
        replace: (object, limits) => noted(() => cluster.replace(object, limits), limits?.signal),
        remove: (ref, preconditions, limits) => noted(() => cluster.remove(ref, preconditions, limits), limits?.signal),
    };
}
function hasEnded(signal) {
    return signal.aborted;
}

;// CONCATENATED MODULE: ./packages/kubernetes/src/lease.ts




const renewEveryMs = 5_000;
const renewAgainMs = 1_000;
const renewWithinMs = 3_000;
const writeWithinMs = 10_000;
const releaseWithinMs = 4_000;
const durationSeconds = 15;
const lookAgainMs = 1_000;
const sequenceAnnotation = 'slipway.dev/last-sequence';
const runAnnotation = 'slipway.dev/run';
/**
 * Takes a Lease by compare-and-set, and a number with it where one is wanted; renews it until it is released.
 * A holder counts as gone when the Lease has not changed for its full duration on our own monotonic clock.
 * @throws Failed `lock-held` when the patience ends; the signal's reason when that comes first.
 */
async function takeLease(options) {
    const { cluster, clock, holder, name, signal } = options;
    signal.throwIfAborted();
    const sightings = options.sightings ?? new Map();
    const ref = refTo(options);
    const startedMs = clock.monotonic();
    let told;
    let ousted;
    if (options.atLeast === 1 && !sightings.has(name)) {
        // Who never got a number has no lock yet, most likely: it is made without a look.
        const made = await tryToTake(options, ref, undefined);
        if (made)
            return hold(options, made, startedMs, undefined);
    }
    for (;;) {
        const askedMs = clock.monotonic();
        const live = await cluster.get(ref, { signal });
        const owner = textAt(live, 'spec', 'holderIdentity') ?? '';
        const version = textAt(live, 'metadata', 'resourceVersion') ?? '';
        const url = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner;
        // Counted from after the first answer to before the next question: a slow answer makes no holder look dead.
        const before = sightings.get(name);
        const seen = before?.version === version ? before : { version, sinceMs: clock.monotonic() };
        sightings.set(name, seen);
        const abandonedAfterMs = (numberAt(live, 'spec', 'leaseDurationSeconds') ?? durationSeconds) * 1000;
        if (options.oust === true || owner === '' || owner === holder.identity || askedMs - seen.sinceMs >= abandonedAfterMs) {
            const takenMs = clock.monotonic();
            const isAbandoned = owner === '' || owner === holder.identity || askedMs - seen.sinceMs >= abandonedAfterMs;
            // Kept where our reply was lost: then the next look finds us as the holder.
            if (owner !== holder.identity)
                ousted = isAbandoned ? undefined : url;
            const taken = await tryToTake(options, ref, live);
            if (taken)
                return hold(options, taken, takenMs, ousted);
        }
        else if (told !== owner) {
            options.waiting(url);
            told = owner;
        }
        if (askedMs - startedMs >= options.patienceMs)
            throw stillHeld(options, url);
        await clock.wait(lookAgainMs, signal);
    }
}
async function tryToTake(options, ref, live) {
    const { cluster, clock, holder } = options;
    const now = microTime(clock.now());
    const spec = {
        holderIdentity: holder.identity,
        leaseDurationSeconds: durationSeconds,
        acquireTime: now,
        renewTime: now,
        leaseTransitions: (numberAt(live, 'spec', 'leaseTransitions') ?? 0) + (live ? 1 : 0),
    };
    const base = live ?? { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name, namespace: options.namespace } };
    const { atLeast } = options;
    const numbered = atLeast === undefined ? base : withAt(base, ['metadata', 'annotations', sequenceAnnotation], () => String(Math.max(lastOf(live) + 1, atLeast)));
    const named = withAt(numbered, ['metadata', 'annotations', runAnnotation], () => holder.url);
    const wanted = { ...named, spec };
    try {
        return live ? await cluster.replace(wanted) : await cluster.create(wanted);
    }
    catch (error) {
        // Another was faster, or a reply of ours was lost: the next look shows it.
        if (error instanceof ApiError && (error.isStale || error.alreadyExists))
            return undefined;
        await giveUp(options, ref);
        throw error;
    }
}
/** Frees a lock that may be ours without our knowing: the run was stopped before the answer was read. */
async function giveUp({ cluster, holder }, ref) {
    const limits = { signal: AbortSignal.timeout(releaseWithinMs) };
    try {
        const live = await cluster.get(ref, limits);
        if (live !== undefined && textAt(live, 'spec', 'holderIdentity') === holder.identity)
            await cluster.replace(freed(live), limits);
    }
    catch {
        // It ends by itself.
    }
}
function freed(lease) {
    return withAt(lease, ['spec', 'holderIdentity'], () => '');
}
function hold(options, taken, takenMs, tookFrom) {
    const { cluster, clock, holder } = options;
    const ended = new AbortController();
    const over = new AbortController();
    let current = taken;
    let renewedMs = takenMs;
    let lost = false;
    let oustedBy;
    const isOurs = () => !lost && !ended.signal.aborted;
    const leftMs = () => renewedMs + writeWithinMs - clock.monotonic();
    const change = async (edit, signal) => {
        // No attempt outlasts the time in which something may be written.
        const limits = () => ({ timeoutMs: over.signal.aborted ? renewWithinMs : Math.max(1, Math.min(renewWithinMs, leftMs())), signal });
        try {
            current = await cluster.replace(edit(current), limits());
            return 'done';
        }
        catch (error) {
            if (!(error instanceof ApiError && (error.isStale || error.isPassing)) && !(error instanceof src_http/* TransportError */.wX))
                throw error;
            const live = await cluster.get(refTo(options), limits());
            const owner = textAt(live, 'spec', 'holderIdentity') ?? '';
            if (live !== undefined && owner === holder.identity)
                current = live;
            else {
                lost = true;
                // Who gave it back already has left its name.
                if (live !== undefined)
                    oustedBy = textAt(live, 'metadata', 'annotations', runAnnotation) ?? owner;
                over.abort(lockLost(`the lock ${options.name} is lost`, 'somebody has deleted it', oustedBy));
            }
            return 'stale';
        }
    };
    const renewing = (async () => {
        let renewed = true;
        while (isOurs()) {
            try {
                await clock.wait(renewed ? renewEveryMs : Math.max(1, Math.min(renewAgainMs, over.signal.aborted ? renewAgainMs : leftMs())), ended.signal);
                const askedMs = clock.monotonic();
                renewed = (await change((lease) => withAt(lease, ['spec', 'renewTime'], () => microTime(clock.now())), ended.signal)) === 'done';
                if (renewed)
                    renewedMs = askedMs;
            }
            catch {
                // Not renewed: `held` tells the writers in time, and the next round tries again.
                renewed = false;
            }
            if (leftMs() <= 0)
                over.abort(lockLost(`the lock ${options.name} is lost`, 'it could not be renewed for 10 s', oustedBy));
        }
    })();
    return {
        sequence: lastOf(taken),
        tookFrom,
        signal: over.signal,
        held: () => isOurs() && leftMs() > 0,
        oustedBy: () => oustedBy,
        async next() {
            for (let attempt = 0; isOurs() && attempt < 5; attempt += 1) {
                const sequence = lastOf(current) + 1;
                if ((await change((lease) => withAt(lease, ['metadata', 'annotations', sequenceAnnotation], () => String(sequence)), options.signal)) === 'done')
                    return sequence;
            }
            throw lockLost(`the lock ${options.name} gave out no further number`, 'it is not ours any more, or changes faster than it can be written', oustedBy);
        },
        async release() {
            ended.abort();
            await renewing;
            // A signal of its own: a run that was stopped gives the lock back all the same.
            const signal = AbortSignal.timeout(releaseWithinMs);
            try {
                for (let attempt = 0; attempt < 3; attempt += 1)
                    if (lost || (await change(freed, signal)) === 'done')
                        return 'released';
            }
            catch {
                // It ends by itself; what the run has done is not undone by this.
            }
            return 'left';
        },
    };
}
function refTo({ namespace, name }) {
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
}
/** The last number that was given out with a lock. */
function lastOf(lease) {
    const last = Number(textAt(lease, 'metadata', 'annotations', sequenceAnnotation) ?? '0');
    return Number.isSafeInteger(last) ? last : 0;
}
/** Kubernetes' MicroTime: exactly six digits behind the second. */
function microTime(ms) {
    return new Date(ms).toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');
}
function stillHeld({ name, patienceMs }, url) {
    return new src_failure/* Failed */.cV({
        code: 'lock-held',
        what: `the lock ${name} was not free within ${duration(patienceMs)}`,
        why: url === '' ? 'other runs were faster each time it was free' : `another run holds it and keeps renewing it: ${url}`,
        next: 'wait for that run or cancel it, then start this one again; `lock-timeout` sets how long to wait',
    });
}
/** Why a lock cannot be used any more, by whoever has it now. */
function lockLost(what, why, oustedBy) {
    return new src_failure/* Failed */.cV({
        code: 'lock-lost',
        what,
        why: oustedBy === undefined ? why : `the run ${oustedBy} has taken it`,
        next: 'look at what runs now; deploy again if this run\'s content is still wanted',
    });
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/service-lock.ts



/** A run that was told to stop is killed some seconds later: so long may it take to make again what was deleted. */
const graceMs = 3_000;
/**
 * Does the work behind the lock of a service, which a rollout of it takes, too; gives the lock back in every case.
 * @throws Failed `lock-held`, and whatever the work throws.
 */
async function behindLock({ service, target, cluster, patienceMs, left }, ports, work) {
    let isInDoubt = false;
    const unanswered = () => {
        isInDoubt = true;
    };
    const lock = await takeLease({
        cluster: notedWrites(cluster, ports.work, { written: () => undefined, unanswered }),
        clock: ports.clock,
        namespace: target.recordNamespace,
        name: `${target.namespace}.${service}`,
        holder: ports.holder,
        patienceMs,
        signal: ports.work,
        waiting: (holder) => {
            ports.log.info(`[${target.name}] ${service}: waiting for the lock: ${(0,inert/* inertLine */.Fq)(holder)} holds it`);
        },
    }).catch((error) => {
        if (isInDoubt)
            left();
        throw error;
    });
    const late = lateSignal(ports);
    try {
        await work({
            target,
            cluster,
            late: late.signal,
            guard() {
                ports.work.throwIfAborted();
                if (!lock.held())
                    throw lost(target, service, lock);
            },
            hide({ content }) {
                if (content.kind === 'Secret')
                    for (const value of content.values.values())
                        ports.mask(Buffer.from(value).toString());
            },
        });
    }
    finally {
        late.end();
        if ((await lock.release()) === 'left') {
            left();
            ports.log.warning(`[${target.name}] ${service}: the lock could not be given back; the next run takes it after 15 s`);
        }
    }
}
/** A signal that ends a little later than the run does. */
function lateSignal({ work, clock }) {
    const late = new AbortController();
    const ended = new AbortController();
    const stop = () => {
        clock.wait(graceMs, ended.signal).then(() => {
            late.abort(work.reason);
        }, () => undefined);
    };
    if (work.aborted)
        stop();
    else
        work.addEventListener('abort', stop, { once: true, signal: ended.signal });
    return {
        signal: late.signal,
        end() {
            ended.abort();
        },
    };
}
function lost(target, service, lock) {
    const by = lock.oustedBy();
    return new src_failure/* Failed */.cV({
        code: 'lock-lost',
        what: `the lock of ${service} was lost, and nothing more was written`,
        where: `target ${target.name}`,
        why: by === undefined ? 'it was not renewed for 10 s, so that another run may hold it by now' : `the run ${by} has taken it`,
        next: 'look at what that run does; run again if this content is still wanted',
    });
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/write-target.ts









const write_target_atOnce = 16;
/**
 * Writes what a target lacks: versions without a lock, since nothing refers to them yet; then, service by service behind
 * its lock, the objects of fixed names. What the other objects and targets got stays, whatever happens to one.
 */
async function writeTarget({ target, changes }, open, { lockPatienceMs }, written, ports) {
    if (open === undefined)
        return { target: target.name, objects: changes.map((change) => objectResult(change, 'unchanged')) };
    const isLocked = ({ fixed = 'none' }) => fixed !== 'none';
    const done = new Map();
    const wrote = () => {
        written.something = true;
        ports.wrote();
    };
    const attempt = async (change, work) => {
        const last = { isInDoubt: false };
        const notes = {
            written: () => {
                // Behind an answer nothing is left in doubt: it came from the state that there was.
                last.isInDoubt = false;
                wrote();
            },
            unanswered: () => {
                last.isInDoubt = true;
                wrote();
            },
        };
        try {
            done.set(change, await work(notedWrites(open.cluster, ports.work, notes)));
        }
        catch (error) {
            const { content, name } = change.wanted;
            const action = isLocked(change) ? `write ${content.kind} ${content.name}` : `apply ${content.kind} ${name}`;
            if (last.isInDoubt && error === ports.work.reason)
                written.unanswered.push(`${action} in ${target.name}`);
            tell(error instanceof src_failure/* Failed */.cV ? error.failures : [refusal_refusal(error, target, action, change.wanted)], written);
            done.set(change, last.isInDoubt ? 'unanswered' : 'failed');
        }
    };
    await (0,parallel/* mapLimit */.s)(changes.filter((change) => !isLocked(change)), write_target_atOnce, (change) => attempt(change, (cluster) => writeVersion(change, cluster)));
    const byService = Map.groupBy(changes.filter(isLocked), ({ wanted }) => wanted.content.service ?? '');
    for (const [service, locked] of [...byService].sort(([a], [b]) => (a < b ? -1 : 1))) {
        try {
            await behindLock({ service, target, cluster: open.cluster, patienceMs: lockPatienceMs, left: wrote }, ports, async (use) => {
                for (const change of locked) {
                    await attempt(change, async (cluster) => {
                        if (change.kind !== 'none') {
                            use.guard();
                            await writeVersion(change, cluster);
                        }
                        return writeFixed(change.wanted, { ...use, cluster });
                    });
                }
            });
        }
        catch (error) {
            tell(error instanceof src_failure/* Failed */.cV ? error.failures : [refusal_refusal(error, target, `take the lock of ${service}`)], written);
        }
    }
    return { target: target.name, objects: changes.map((change) => objectResult(change, done.get(change) ?? 'failed')) };
}
async function writeVersion(change, cluster) {
    if (!isWrite(change))
        return 'unchanged';
    await cluster.apply(change.wanted.object, { manager: configFieldManager });
    if (change.kind === 'relabel')
        return 'relabelled';
    return change.fixed === undefined ? 'created' : 'kept';
}
/** One cause stops many objects: it is told once. */
function tell(failures, { failures: told }) {
    for (const failure of failures)
        if (!told.some((one) => (0,src_failure/* failureText */.kY)(one) === (0,src_failure/* failureText */.kY)(failure)))
            told.push(failure);
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/run.ts











/**
 * Makes the clusters hold the configuration: files first, then sign-in and secrets, then what each target lacks, and
 * only when nothing is wrong anywhere the writes.
 * @throws Failed with every problem at once, nothing having been written.
 */
async function run(settings, workspace, ports) {
    const problems = new src_failure/* Problems */.Zw();
    const commit = await configurationCommit(workspace, settings.configPath);
    const configMaps = await readConfigMaps(settings, workspace, problems);
    throwOnce(problems);
    const opened = await openTargets(settings, ports);
    const live = new Map([...opened].map(([target, { cluster }]) => [target, listObjects(target, cluster)]));
    const wanted = await composeObjects(settings, configMaps, opened, ports);
    const planned = await planTargets(wanted, live, opened);
    const written = { failures: [], something: false, unanswered: [] };
    if (settings.until !== 'synced')
        return run_tell(planned.map(wouldDo), written, commit, ports);
    // All at once; and a mistake of ours in one target leaves nothing running in the others.
    const targets = await (0,parallel/* mapLimit */.s)(planned, planned.length, (plan) => writeTarget(plan, opened.get(plan.target), settings, written, ports));
    return run_tell(targets, written, commit, ports);
}
async function openTargets(settings, ports) {
    const problems = new src_failure/* Problems */.Zw();
    const withObjects = settings.targets.filter(({ objects }) => objects.length > 0);
    const opened = await Promise.all(withObjects.map(async (target) => [target, await problems.tryAsync(() => ports.open(target))]));
    throwOnce(problems);
    return new Map(opened.flatMap(([target, open]) => (open === undefined ? [] : [[target, open]])));
}
async function composeObjects(settings, configMaps, opened, ports) {
    const problems = new src_failure/* Problems */.Zw();
    const composed = await Promise.all(settings.targets.map(async (target) => {
        const open = opened.get(target);
        const values = open === undefined ? undefined : await problems.tryAsync(() => readSecrets(target, open.secrets, (value) => {
            ports.mask(value);
        }));
        const secrets = target.objects.flatMap((object) => (object.kind === 'Secret' && values !== undefined ? [secretContent(object, values, `target ${target.name}`, problems)] : []));
        for (const content of secrets) {
            for (const value of content.values.values())
                ports.mask(Buffer.from(value).toString());
            checkContent(content, `target ${target.name}`, problems);
        }
        const contents = [...(configMaps.get(target) ?? []), ...secrets];
        return [target, contents.map((content) => versioned(content, target.namespace, settings.labels))];
    }));
    throwOnce(problems);
    return new Map(composed);
}
async function planTargets(wanted, live, opened) {
    const problems = new src_failure/* Problems */.Zw();
    const plans = await Promise.all([...wanted].map(async ([target, objects]) => {
        const [open, listed] = [opened.get(target), live.get(target)];
        const changes = open === undefined || listed === undefined ? [] : ((await problems.tryAsync(() => planTarget(target, objects, listed, open.cluster, problems))) ?? []);
        return { target, changes };
    }));
    throwOnce(problems);
    return plans;
}
function wouldDo({ target, changes }) {
    return { target: target.name, objects: changes.map((change) => objectResult(change, wouldBe(change))) };
}
function run_tell(targets, { failures: met, something, unanswered }, commit, ports) {
    const failures = met.map((failure) => (failure.code === 'cancelled' && unanswered.length > 0 ? { ...failure, why: `${failure.why}; no answer came any more to: ${unanswered.join(', ')}`, next: 'run again: what was written is found, and nothing is written twice' } : failure));
    for (const { target, objects } of targets)
        for (const object of objects)
            for (const line of tellChange(object))
                ports.log.info(`[${target}] ${line}`);
    const told = { targets, failures, ...(commit === undefined ? {} : { configurationCommit: commit }) };
    if (failures.length > 0)
        return { outcome: something ? 'partial' : 'refused', ...told };
    const isPlanned = targets.some(({ objects }) => objects.some(({ did }) => did.startsWith('would-')));
    return { outcome: something ? 'changed' : isPlanned ? 'planned' : 'unchanged', ...told };
}
/** One cause, such as the end of the run, meets every target: it is told once. */
function throwOnce(problems) {
    const once = new src_failure/* Problems */.Zw();
    for (const failure of new Map(problems.all.map((one) => [(0,src_failure/* failureText */.kY)(one), one])).values())
        once.add(failure);
    once.throwIfAny();
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

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/summary.ts



/** The outputs, apart from `outcome`. Objects that could not be written are left out: nothing may refer to them. */
function outputsOf({ targets, configurationCommit }) {
    const configuration = new Map(targets.map(({ target, objects }) => [
        target,
        new Map(objects.filter(({ did }) => did !== 'failed' && did !== 'unanswered').map(({ declaredName, kind, name, checksum, changed, kept, source }) => [
            declaredName,
            { kind, name, checksum, changed, ...(kept === undefined ? {} : { kept }), ...(source === undefined ? {} : { source }) },
        ])),
    ]));
    return { config: encodeConfiguration(configuration, configurationCommit), changed: String(targets.some(({ objects }) => objects.some(({ changed }) => changed))) };
}
/** The summary: what, where, result, and the keys that differ from the version before. */
function summaryOf({ outcome, targets, failures }) {
    const rows = targets.flatMap(({ target, objects }) => objects.map((object) => [(0,inert/* inMarkdown */.Hi)(target), `${object.kind} ${(0,inert/* inMarkdown */.Hi)(object.declaredName)}`, didWords[object.did], summary_keys(object), `<code>${(0,inert/* inMarkdown */.Hi)(object.name)}</code>`]));
    const number = (...kinds) => targets.reduce((sum, { objects }) => sum + objects.filter(({ did }) => kinds.includes(did)).length, 0);
    const parts = [
        [number('created', 'changed', 'recreated', 'relabelled', 'kept'), 'written'],
        [number('would-create', 'would-change', 'would-recreate', 'would-relabel', 'would-keep'), 'to be written'],
        [number('unchanged'), 'unchanged'],
        [number('failed'), 'failed'],
        [number('unanswered'), 'without an answer'],
    ];
    const told = parts.flatMap(([amount, what]) => (amount > 0 ? [`${amount} ${what}`] : []));
    return [
        `### Configuration: ${outcome}${told.length > 0 ? `, ${told.join(', ')}` : ''} in ${count(targets.length, 'target')}`,
        ...(rows.length > 0 ? ['', markdownTable(['Target', 'Object', 'Result', 'Keys', 'Name in the cluster'], rows)] : []),
        ...(failures.length > 0 ? ['', ...failures.map(({ what, why, next }) => `- **${(0,inert/* inMarkdown */.Hi)(what)}**: ${(0,inert/* inMarkdown */.Hi)(why)}. Next: ${(0,inert/* inMarkdown */.Hi)(next)}.`)] : []),
        ...(outcome === 'planned' ? ['', 'Nothing was written.'] : []),
        '',
    ].join('\n');
}
function summary_keys({ difference, did }) {
    if (difference === undefined)
        return did === 'created' || did === 'would-create' ? 'first version' : '';
    const signs = [['added', difference.added], ['changed', difference.changed], ['removed', difference.removed]];
    return signs.flatMap(([word, names]) => (names.length > 0 ? [`${word}: ${names.map((name) => `<code>${(0,inert/* inMarkdown */.Hi)(name)}</code>`).join(', ')}`] : [])).join('; ');
}

;// CONCATENATED MODULE: ./actions/k8s-config-sync/src/action.ts







/** Runs the action, with the token that was asked for ahead of it. */
function start(ahead) {
    return runAction({ name: 'k8s-config-sync', inputs: declaredInputs, outputs: ['config', 'changed'], story }, ahead);
}
async function story(host) {
    const { workspace, ref, refName } = host.run;
    const { sessionName, holder } = runIdentity(host.run);
    const settings = await readInputs({ raw: host.inputs, environment: host.environment, project: (file) => governedProject(file, policySource(host)), workspace, ref, refName });
    // Now, and not when the run was started: an approval may have taken days.
    if (settings.tag !== undefined)
        await releaseHistory(policySource(host), host.run.sha).confirm(settings.tag);
    const names = namesOf(settings, host.inputs.values['environment'] ?? '');
    const opened = [];
    const ports = {
        async open(target) {
            const access = await openTarget(target, {
                sessionName,
                idToken: (audience, meanwhile) => host.idToken(audience, meanwhile),
                environment: host.environment,
                clock: host.clock,
                signal: host.work,
                onWait: (text) => {
                    host.log.info(text);
                },
            });
            opened.push(access);
            return access;
        },
        mask: (value) => {
            host.mask(value, names);
        },
        wrote: () => {
            host.wrote();
        },
        holder,
        clock: host.clock,
        work: host.work,
        log: host.log,
    };
    try {
        const result = await run(settings, workspace, ports);
        return { outcome: result.outcome, outputs: outputsOf(result), result: resultOf(result), summary: summaryOf(result), failures: result.failures };
    }
    finally {
        await Promise.all(opened.map((access) => access.close()));
    }
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
