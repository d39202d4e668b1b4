export const id = 968;
export const ids = [968];
export const modules = {

/***/ 968:
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
const schema_list = (schema) => dist/* pipe */.FsL(dist/* custom */.IeY(schema_isList, 'a list'), dist/* array */.YOg(schema));
const some = (schema) => dist/* pipe */.FsL(schema_list(schema), dist/* minLength */.BpQ(1, 'a list of one or more'));
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
    regions: dist/* exactOptional */.yqP(schema_list(schema_named(regionRule)), []),
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
        secrets: dist/* exactOptional */.yqP(schema_list(schema_text), []),
    })),
    manifests: dist/* exactOptional */.yqP(map({ paths: some(path), template: dist/* exactOptional */.yqP(schema_flag, false) })),
    config: dist/* exactOptional */.yqP(mapOf(configNameRule, map({
        files: dist/* exactOptional */.yqP(schema_list(path), []),
        'env-files': dist/* exactOptional */.yqP(schema_list(path), []),
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
    branches: dist/* exactOptional */.yqP(schema_list(schema_text), []),
    tags: dist/* exactOptional */.yqP(schema_list(schema_text), []),
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
        manifests: dist/* array */.YOg(dist/* custom */.IeY((value) => isJson(value) && isJsonObject(value))),
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
function blockOf(content, blocks) {
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
    if (!isJsonObject(cause) || cause['reason'] !== 'FieldManagerConflict')
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

;// CONCATENATED MODULE: ./packages/release/src/workload-marks.ts
/** What says on a live object whose it is, and on a workload which revision it runs. */
const workloadMarks = {
    /** Label. */
    serviceLabel: 'slipway.dev/service',
    /** Annotation: the repository that the service belongs to. */
    repositoryAnnotation: 'slipway.dev/repository',
    /** Annotation of a workload: the number of its revision. */
    sequenceAnnotation: 'slipway.dev/sequence',
    /** Annotation of a workload: the release that its revision belongs to. */
    releaseAnnotation: 'slipway.dev/release',
};

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./packages/access/src/deployment-reads.ts


const deploymentKind = { apiVersion: 'apps/v1', kind: 'Deployment' };
/** From so many on, one LIST of the whole namespace is less work for the server than a GET for each. */
const manyReads = 8;
/**
 * Reads Deployments by name. Many that are asked for in the same moment are read by one LIST, begun after the last of them
 * was asked for; the right to it is one that following a release needs anyway.
 */
function deploymentReads(cluster, namespace) {
    let asked = [];
    let answer;
    const get = (name) => cluster.get({ ...deploymentKind, namespace, name });
    const read = async () => {
        await (0,external_node_timers_promises_.setImmediate)();
        const names = asked;
        asked = [];
        answer = undefined;
        if (names.length < manyReads)
            return get;
        const { items } = await cluster.list({ ...deploymentKind, namespace });
        // A server leaves out in a list what all its items are.
        const found = new Map(items.map((item) => [textAt(item, 'metadata', 'name'), { ...deploymentKind, ...item }]));
        return (name) => Promise.resolve(found.get(name));
    };
    return async (name) => {
        asked.push(name);
        answer ??= read();
        return (await answer)(name);
    };
}

;// CONCATENATED MODULE: ./packages/access/src/evidence-source.ts

/** The evidence of one namespace. What may not be read, or cannot, is undefined or `unreadable`. */
function evidenceSource(cluster, namespace) {
    return {
        // Without `limitBytes`: it cuts the newest lines off, and a Secret's value in two.
        log: (pod, container, options) => attempt(() => cluster.logs(namespace, pod, { container, ...options }), undefined),
        secret: (name, signal) => attempt(() => secretValues(cluster, namespace, name, signal), 'unreadable'),
        node: (name, signal) => attempt(() => cluster.get({ apiVersion: 'v1', kind: 'Node', name }, { signal }), undefined),
    };
}
async function secretValues(cluster, namespace, name, signal) {
    const secret = await cluster.get({ apiVersion: 'v1', kind: 'Secret', namespace, name }, { signal });
    if (secret === undefined)
        return 'absent';
    const values = new Map();
    for (const [key, value] of Object.entries(isJsonObject(secret['data']) ? secret['data'] : {})) {
        if (typeof value !== 'string')
            return 'unreadable';
        values.set(key, Buffer.from(value, 'base64'));
    }
    return values;
}
async function attempt(read, otherwise) {
    try {
        return await read();
    }
    catch {
        return otherwise;
    }
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

// EXTERNAL MODULE: ./packages/wire/src/parallel.ts
var parallel = __webpack_require__(5988);
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
const earlyMs = 60_000;
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
            if (last !== undefined && last.expiresAtMs - clock.now() > earlyMs)
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

;// CONCATENATED MODULE: ./packages/kubernetes/src/watch.ts






const silenceSeconds = 60;
/** A stream that lasted for so long did its work, even if nothing happened. */
const fruitfulMs = 10_000;
const firstPauseMs = 200;
const longestPauseMs = 8_000;
/**
 * Lists a selection and then follows its changes until the signal: a broken or silent stream is opened again where it
 * ended, and after a 410 the selection is listed again, so that no change is lost and none is taken back.
 */
async function watch(cluster, selection, options) {
    const seen = { objects: new Map(), resourceVersion: undefined, events: 0 };
    await relist(cluster, selection, seen);
    return { objects: seen.objects, ended: followChanges(cluster, selection, seen, options) };
}
async function followChanges(cluster, selection, seen, options) {
    const { clock, random = Math.random, signal, onChange } = options;
    let fruitless = 0;
    while (!signal.aborted) {
        const before = { events: seen.events, atMs: clock.monotonic() };
        try {
            const missed = seen.resourceVersion === undefined ? await relist(cluster, selection, seen) : [];
            if (missed.length > 0)
                onChange(missed);
            await stream(cluster, selection, seen, options);
        }
        catch (error) {
            if (isAborted(signal))
                return;
            if (error instanceof ApiError && error.status === 410)
                seen.resourceVersion = undefined;
            else if (!(error instanceof src_http/* TransportError */.wX) && !(error instanceof ApiError && error.isPassing))
                throw error;
        }
        fruitless = seen.events > before.events || clock.monotonic() - before.atMs >= fruitfulMs ? 0 : fruitless + 1;
        if (fruitless > 0)
            await clock.wait(pauseMs(fruitless, random), signal).catch(() => undefined);
    }
}
/** Doubles with every fruitless stream; the jitter keeps many runs from coming back at once. */
function pauseMs(fruitless, random) {
    return Math.min(longestPauseMs, firstPauseMs * 2 ** (fruitless - 1)) * (0.5 + random() / 2);
}
/** Makes what is seen equal to a fresh list; answers the states that came and those that went. */
async function relist(cluster, selection, seen) {
    const { items, resourceVersion } = await cluster.list(selection);
    const present = new Set();
    const states = [];
    for (const item of items) {
        // A list leaves these two out of its items.
        const object = { apiVersion: selection.apiVersion, kind: selection.kind, ...item };
        present.add(uidOf(object));
        states.push(...keepNewer(seen.objects, object));
    }
    for (const uid of seen.objects.keys())
        if (!present.has(uid))
            states.push(...forget(seen.objects, uid));
    seen.resourceVersion = resourceVersion;
    return states;
}
/** Reads one stream to its end, noting how far it came. */
async function stream(cluster, selection, seen, { signal, onChange }) {
    const path = `${await cluster.collection(selection)}${query({
        ...selectors(selection),
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: seen.resourceVersion,
        timeoutSeconds: String(silenceSeconds),
    })}`;
    // The server ends the stream after its time-out; one that stays silent for longer is half open.
    for await (const line of watch_lines(await cluster.server.stream(path, { silenceMs: (silenceSeconds + 15) * 1000, signal }))) {
        const event = parsedJson(line);
        const object = isJsonObject(event) ? event['object'] : undefined;
        // Not an event: what follows cannot be trusted either.
        if (!isJsonObject(event) || !isJsonObject(object))
            return;
        if (event['type'] === 'ERROR')
            throw new ApiError(numberAt(object, 'code') ?? 500, JSON.stringify(object), undefined);
        seen.resourceVersion = textAt(object, 'metadata', 'resourceVersion') ?? seen.resourceVersion;
        if (event['type'] === 'BOOKMARK')
            continue;
        seen.events += 1;
        const states = event['type'] === 'DELETED' ? forget(seen.objects, uidOf(object)) : keepNewer(seen.objects, object);
        if (states.length > 0)
            onChange(states);
    }
}
/** Takes in a state, unless it is known already or a newer one is; answers what came, and what went for it. */
function keepNewer(objects, object) {
    const uid = uidOf(object);
    const known = objects.get(uid);
    if (known !== undefined && (versionOf(known) > versionOf(object) || isSame(known, object)))
        return [];
    objects.set(uid, object);
    return known === undefined ? [object] : [known, object];
}
function forget(objects, uid) {
    const known = objects.get(uid);
    objects.delete(uid);
    return known === undefined ? [] : [known];
}
function isSame(one, other) {
    const version = textAt(one, 'metadata', 'resourceVersion');
    return version !== undefined && version === textAt(other, 'metadata', 'resourceVersion');
}
function uidOf(object) {
    return textAt(object, 'metadata', 'uid') ?? textAt(object, 'metadata', 'name') ?? '';
}
/** Since Kubernetes 1.35 versions may be compared as numbers (KEP-5504); every served storage has kept them so. */
function versionOf(object) {
    const text = textAt(object, 'metadata', 'resourceVersion') ?? '';
    return /^\d+$/.test(text) ? BigInt(text) : 0n;
}
function isAborted(signal) {
    return signal.aborted;
}
async function* watch_lines(body) {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body) {
        const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
        rest = parts.pop() ?? '';
        for (const part of parts)
            if (part.trim() !== '')
                yield part;
    }
}

;// CONCATENATED MODULE: ./packages/rollout/src/workload.ts


/** Reads the answer to an apply; undefined where it is no Deployment as a server sends it. */
function workload_appliedFrom(answer) {
    const uid = textAt(answer, 'metadata', 'uid');
    const generation = numberAt(answer, 'metadata', 'generation');
    const template = objectAt(answer, 'spec', 'template');
    if (uid === undefined || generation === undefined || template === undefined)
        return undefined;
    const progress = condition(answer, 'Progressing');
    return { uid, generation, template, progressBefore: textAt(progress, 'lastUpdateTime'), writtenAt: lastApply(answer) };
}
function condition(object, type) {
    return listAt(object, 'status', 'conditions').filter(isJsonObject).find((entry) => entry['type'] === type);
}
/** Whether two pod templates are the same, apart from the hash that the Deployment controller adds. */
function sameTemplate(a, b) {
    return sameJson(withoutHash(a), withoutHash(b));
}
/** The ReplicaSet of the written template, once the controller has made it. */
function newReplicaSet(observed, applied) {
    return observed.replicaSets.find((replicaSet) => isOwnedBy(replicaSet, applied.uid) && sameTemplate(objectAt(replicaSet, 'spec', 'template'), applied.template));
}
/** The pods of a ReplicaSet that count: not those being deleted, nor those that a node put out. */
function podsOf(replicaSet, pods) {
    const owner = textAt(replicaSet, 'metadata', 'uid');
    return owner === undefined ? [] : pods.filter((pod) => isOwnedBy(pod, owner) && !isEnding(pod) && !wasPutOut(pod));
}
/** Whether a pod failed as a whole. Pods of a Deployment always restart, so only a node does that: eviction, preemption, shutdown. */
function wasPutOut(pod) {
    return textAt(pod, 'status', 'phase') === 'Failed';
}
function isEnding(object) {
    return textAt(object, 'metadata', 'deletionTimestamp') !== undefined;
}
function isOwnedBy(object, uid) {
    return listAt(object, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid);
}
/** Whether an object was there before the write: what happened to it then is not this rollout's. */
function isOlder(object, applied) {
    const made = textAt(object, 'metadata', 'creationTimestamp');
    return made !== undefined && applied.writtenAt !== undefined && toSeconds(made) < toSeconds(applied.writtenAt);
}
/** Cuts an RFC 3339 time to what all of Kubernetes' times have, so that they compare as text. */
function toSeconds(time) {
    return time.slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
}
function lastApply(answer) {
    return listAt(answer, 'metadata', 'managedFields')
        .filter((entry) => textAt(entry, 'operation') === 'Apply' && textAt(entry, 'subresource') === undefined)
        .flatMap((entry) => textAt(entry, 'time') ?? [])
        .sort()
        .at(-1);
}
function withoutHash(template) {
    if (!isJsonObject(template))
        return null;
    const bare = withAt(template, ['metadata', 'labels', 'pod-template-hash'], () => undefined);
    // A server writes `creationTimestamp: null` into templates; newer ones leave it out.
    return withAt(bare, ['metadata', 'creationTimestamp'], () => undefined);
}

;// CONCATENATED MODULE: ./packages/rollout/src/occurrences.ts


/** Reasons of Events that say of every rollout only that the controllers do their work: nothing reads them, so whoever watches need not ask for them. */
const unreadReasons = ['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete'];
/** Sorts Events by what they are about. */
function eventsByUid(events) {
    return Map.groupBy(events, (event) => textAt(event, 'involvedObject', 'uid') ?? '');
}
/** The Events about an object that belong to this rollout. */
function occurrencesOf(object, events, applied) {
    const older = isOlder(object, applied);
    return (events.get(textAt(object, 'metadata', 'uid') ?? 'nothing') ?? []).flatMap((event) => {
        if (older && isBefore(event, applied))
            return [];
        return [
            {
                reason: textAt(event, 'reason') ?? '',
                message: (textAt(event, 'message') ?? '').trim(),
                times: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
                container: /^spec\.\w+\{(.+)\}$/.exec(textAt(event, 'involvedObject', 'fieldPath') ?? '')?.[1],
                reporter: textAt(event, 'source', 'component') ?? textAt(event, 'reportingComponent') ?? '',
            },
        ];
    });
}
/** How often these happened, all in all. */
function timesOf(occurrences) {
    return occurrences.reduce((sum, { times }) => sum + times, 0);
}
/** Two writers, two shapes: `count` with `lastTimestamp`, or `eventTime` with a `series`. An Event without any time counts. */
function isBefore(event, { writtenAt }) {
    const last = textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime');
    return last !== undefined && writtenAt !== undefined && toSeconds(last) < toSeconds(writtenAt);
}

;// CONCATENATED MODULE: ./packages/access/src/changes.ts
/** What comes together is told at once: one look for all of it. */
function openChanges() {
    const asked = new Map();
    const changed = new Set();
    let telling;
    const tell = (deployments) => {
        // Who asks later looks later, and sees it.
        for (const name of deployments)
            if (asked.has(name))
                changed.add(name);
        if (changed.size === 0)
            return;
        telling ??= setImmediate(() => {
            telling = undefined;
            for (const name of changed) {
                asked.get(name)?.resolve(undefined);
                asked.delete(name);
            }
            changed.clear();
        });
    };
    return {
        tell,
        tellAll() {
            tell(asked.keys());
        },
        next(deployment) {
            const known = asked.get(deployment) ?? Promise.withResolvers();
            asked.set(deployment, known);
            return known.promise;
        },
    };
}

;// CONCATENATED MODULE: ./packages/access/src/concerned.ts

// What comes before its owner concerns nobody yet: the owner that comes later does, and brings it along.
/** The Deployments that a state of an Event concerns: it is about one of them, or about something that they own. */
function byEvent(event, seen) {
    const uid = textAt(event, 'involvedObject', 'uid') ?? '';
    const [replicaSet, pod] = [seen.replicaSets.get(uid), seen.pods.get(uid)];
    if (pod !== undefined)
        return byPod(pod, seen);
    return replicaSet === undefined ? concerned_named(seen.deployments.get(uid)) : byReplicaSet(replicaSet, seen);
}
/** The Deployments that a state of a pod concerns. */
function byPod(pod, seen) {
    return ownersOf(pod).flatMap((uid) => {
        const replicaSet = seen.replicaSets.get(uid);
        return replicaSet === undefined ? [] : byReplicaSet(replicaSet, seen);
    });
}
/** The Deployments that a state of a ReplicaSet concerns. */
function byReplicaSet(replicaSet, { deployments }) {
    return ownersOf(replicaSet).flatMap((uid) => concerned_named(deployments.get(uid)));
}
/** The uids of an object's owners, each once. */
function ownersOf(object) {
    return [...new Set(listAt(object, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid') ?? ''))];
}
/** A Deployment's name, where it is there. */
function concerned_named(deployment) {
    return deployment === undefined ? [] : [textAt(deployment, 'metadata', 'name') ?? ''];
}

;// CONCATENATED MODULE: ./packages/access/src/grouped.ts

/** Groups the objects of a watch, by uid, by keys of theirs. A namespace may hold thousands, of which one changes. */
function grouped(objects, keysOf) {
    const groups = new Map();
    const put = (key, uid, object) => {
        const group = groups.get(key);
        if (group)
            group.set(uid, object);
        else
            groups.set(key, new Map([[uid, object]]));
    };
    const take = (key, uid) => {
        const group = groups.get(key);
        if (group?.delete(uid) === true && group.size === 0)
            groups.delete(key);
    };
    const note = (states) => {
        for (const state of states) {
            const uid = textAt(state, 'metadata', 'uid') ?? '';
            for (const key of keysOf(state))
                take(key, uid);
            const now = objects.get(uid);
            if (now !== undefined)
                for (const key of keysOf(now))
                    put(key, uid, now);
        }
    };
    note(objects.values());
    return { of: (key) => [...(groups.get(key)?.values() ?? [])], note };
}

;// CONCATENATED MODULE: ./packages/access/src/label-selector.ts


/** An object's selector as LIST takes it: `app=web,tier in (a,b)`. Undefined where it has none, or one that nobody knows. */
function labelSelectorOf(object) {
    const equal = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels') ?? {}).map(([name, value]) => (typeof value === 'string' ? `${name}=${value}` : undefined));
    const terms = [...equal, ...listAt(object, 'spec', 'selector', 'matchExpressions').map(expression)];
    const known = terms.filter((term) => term !== undefined);
    return known.length === 0 || known.length < terms.length ? undefined : known.join(',');
}
function expression(requirement) {
    if (!isJsonObject(requirement))
        return undefined;
    const name = textAt(requirement, 'key') ?? '';
    const values = `(${listAt(requirement, 'values').filter((value) => typeof value === 'string').join(',')})`;
    switch (requirement['operator']) {
        case 'In':
            return `${name} in ${values}`;
        case 'NotIn':
            return `${name} notin ${values}`;
        case 'Exists':
            return name;
        case 'DoesNotExist':
            return `!${name}`;
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./packages/access/src/observer.ts






/** What only says that the controllers do their work, the server need not send. */
const tellingEvents = unreadReasons.map((reason) => `reason!=${reason}`).join(',');
/** Four watches over the namespace, however many services are followed. */
async function openObserver({ cluster, namespace, clock }) {
    const closed = new AbortController();
    const changes = openChanges();
    let broken;
    // Nobody follows before all is seen.
    let seen = undefined;
    const watching = async (apiVersion, kind, keysOf, concerned, fieldSelector) => {
        // Nothing changes before the first list is there.
        let kept = undefined;
        const onChange = (states) => {
            kept?.note(states);
            for (const state of states)
                if (seen !== undefined)
                    changes.tell(concerned(state, seen));
        };
        const watched = await watch(cluster, { apiVersion, kind, namespace, ...(fieldSelector === undefined ? {} : { fieldSelector }) }, { clock, signal: closed.signal, onChange });
        kept = grouped(watched.objects, keysOf);
        return { ...watched, of: kept.of };
    };
    const opening = [
        watching('apps/v1', 'Deployment', concerned_named, concerned_named),
        watching('apps/v1', 'ReplicaSet', ownersOf, byReplicaSet),
        watching('v1', 'Pod', ownersOf, byPod),
        watching('v1', 'Event', aboutWhat, byEvent, tellingEvents),
    ];
    const [deployments, replicaSets, pods, events] = await Promise.all(opening).catch((error) => {
        // Where one could not be opened, the others are for nobody.
        closed.abort();
        for (const one of opening)
            one.then(({ ended }) => ended).catch(() => undefined);
        throw error;
    });
    seen = { deployments: deployments.objects, replicaSets: replicaSets.objects, pods: pods.objects };
    const ended = Promise.allSettled([deployments, replicaSets, pods, events].map(({ ended }) => ended.catch((error) => {
        broken = error instanceof Error ? error : new Error('a watch ended', { cause: error });
        changes.tellAll();
    })));
    return {
        observe(name) {
            if (broken !== undefined)
                throw broken;
            const own = withOwned(deployments.of(name).at(-1), replicaSets.of, pods.of);
            return { ...own, events: [own.deployment ?? {}, ...own.replicaSets, ...own.pods].flatMap((object) => events.of(observer_uidOf(object))) };
        },
        async fresh(name, which = 'all') {
            // A Deployment's selector never changes: what it owns is read, and not what else is in the namespace.
            const labelSelector = labelSelectorOf(deployments.of(name).at(-1));
            const listed = async (apiVersion, kind) => (await cluster.list({ apiVersion, kind, namespace, ...(labelSelector === undefined ? {} : { labelSelector }) })).items;
            const sets = async () => owned(await listed('apps/v1', 'ReplicaSet'));
            const [deployment, ownPods, ownSets] = await Promise.all([
                cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }),
                listed('v1', 'Pod'),
                which === 'all' ? sets() : undefined,
            ]);
            const areSeen = ownPods.every((pod) => ownersOf(pod).every((uid) => replicaSets.objects.has(uid)));
            return withOwned(deployment, ownSets ?? (areSeen ? replicaSets.of : await sets()), owned(ownPods));
        },
        change: (name) => changes.next(name),
        async close() {
            closed.abort();
            await ended;
        },
    };
}
/** A Deployment, and what it owns, by the uid of the owner. */
function withOwned(deployment, replicaSetsOf, podsOf) {
    const replicaSets = replicaSetsOf(observer_uidOf(deployment));
    return { deployment, replicaSets, pods: replicaSets.flatMap((set) => podsOf(observer_uidOf(set))) };
}
function owned(items) {
    return grouped(new Map(items.map((item) => [observer_uidOf(item), item])), ownersOf).of;
}
function observer_uidOf(object) {
    return textAt(object, 'metadata', 'uid') ?? '';
}
function aboutWhat(event) {
    return [textAt(event, 'involvedObject', 'uid') ?? ''];
}

;// CONCATENATED MODULE: ./packages/access/src/cluster-ports.ts








/** What delivery needs of a target, from its cluster. */
function clusterPorts(use) {
    const told = (port) => guarded(port, use.name);
    return told({
        objects: told(objects(use)),
        records: told(openRecords(use.cluster, use.recordNamespace, use.namespace, use.holder.identity)),
        locks: told(locks(use)),
        images: use.images,
        rights: told(rights(use)),
        evidence: evidenceSource(use.cluster, use.namespace),
        observe: async () => told(await openObserver(use)),
    });
}
function objects({ cluster, namespace }) {
    const deployment = deploymentReads(cluster, namespace);
    return {
        get: ({ apiVersion, kind, name }) => (apiVersion === deploymentKind.apiVersion && kind === deploymentKind.kind ? deployment(name) : cluster.get({ apiVersion, kind, name, namespace })),
        apply: (object, options) => answered(() => cluster.apply(withAt(object, ['metadata', 'namespace'], () => namespace), options)),
        amend: ({ apiVersion, kind, name }, metadata, options) => answered(() => cluster.mergeMetadata({ apiVersion, kind, name, namespace }, metadata, options)),
        async remove({ apiVersion, kind, name }, state) {
            try {
                await cluster.remove({ apiVersion, kind, name, namespace }, state);
                return 'removed';
            }
            catch (error) {
                if (!(error instanceof ApiError))
                    throw error;
                return error.isStale ? 'stale' : 'refused';
            }
        },
        async names(kind) {
            const { items } = await cluster.list({ apiVersion: 'v1', kind, namespace }, { metadataOnly: true });
            return new Set(items.flatMap((item) => textAt(item, 'metadata', 'name') ?? []));
        },
        async running() {
            const { items } = await cluster.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, labelSelector: workloadMarks.serviceLabel }, { metadataOnly: true });
            const running = new Map();
            for (const item of items) {
                const service = textAt(item, 'metadata', 'labels', workloadMarks.serviceLabel) ?? '';
                const sequence = Number(textAt(item, 'metadata', 'annotations', workloadMarks.sequenceAnnotation) ?? 'none');
                if (Number.isSafeInteger(sequence) && sequence > (running.get(service) ?? -1))
                    running.set(service, sequence);
            }
            return running;
        },
        keysOf: (kind, name) => keysOf(cluster, namespace, kind, name),
    };
}
/** What a server said to a write of an object. */
async function answered(write) {
    try {
        return { kind: 'applied', object: await write() };
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV && error.failures[0].code === 'cluster-refused')
            return { kind: 'refused', why: error.failures[0].what };
        if (!(error instanceof ApiError))
            throw error;
        if (error.isStale)
            return { kind: 'stale' };
        if (error.isOwned)
            return { kind: 'owned', owners: error.owners };
        if (error.isUntypable || (error.status >= 400 && error.status < 500 && error.status !== 429))
            return { kind: 'refused', why: error.message };
        throw error;
    }
}
async function keysOf(cluster, namespace, kind, name) {
    try {
        const live = await cluster.get({ apiVersion: 'v1', kind, namespace, name });
        return live === undefined ? 'absent' : ['data', 'binaryData'].flatMap((part) => Object.keys(objectAt(live, part) ?? {}));
    }
    catch (error) {
        if (error instanceof ApiError)
            return 'unreadable';
        throw error;
    }
}
function locks(use) {
    const { cluster, clock, namespace, recordNamespace, holder, lockPatienceMs } = use;
    const sightings = new Map();
    return {
        async take(service, { isImpatient = false, ...wish }) {
            const patienceMs = isImpatient ? 0 : lockPatienceMs;
            const lease = await takeLease({ ...wish, cluster, clock, sightings, namespace: recordNamespace, name: `${namespace}.${service}`, holder, patienceMs });
            return guarded(lease, use.name);
        },
    };
}
function rights({ cluster, namespace, recordNamespace }) {
    const inNamespace = (group, resource, verbs, where = namespace) => verbs.map((verb) => ({ verb, group, resource, namespace: where }));
    const always = [
        ...inNamespace('apps', 'deployments', ['list', 'watch']),
        ...inNamespace('apps', 'replicasets', ['list', 'watch']),
        ...inNamespace('', 'pods', ['list', 'watch']),
        ...inNamespace('', 'events', ['list', 'watch']),
        ...inNamespace('coordination.k8s.io', 'leases', ['get', 'create', 'update'], recordNamespace),
        ...inNamespace('', 'configmaps', ['get', 'list', 'create', 'patch'], recordNamespace),
    ];
    const asked = new Map();
    const canI = (wanted) => {
        const key = (right) => JSON.stringify(right);
        const more = wanted.filter((right) => !asked.has(key(right)));
        const answers = cluster.canI(more);
        for (const [index, right] of more.entries()) {
            const answer = answers.then((all) => all[index] === true);
            // Told where it is waited for; asked for again by whoever comes later.
            answer.catch(() => asked.delete(key(right)));
            asked.set(key(right), answer);
        }
        return Promise.all(wanted.flatMap((right) => asked.get(key(right)) ?? []));
    };
    return {
        ahead() {
            canI(always).catch(() => undefined);
        },
        async missing(kinds) {
            const written = await Promise.all(kinds.map((kind) => cluster.resource(kind)));
            const needed = [...written.flatMap(({ group, resource }) => inNamespace(group, resource, ['get', 'create', 'patch'])), ...always];
            const answers = await canI(needed);
            // What was asked ahead serves once: a later wave asks anew, hours may have passed.
            asked.clear();
            return needed.flatMap((right, index) => (answers[index] === true ? [] : [{ right: `${right.verb} ${right.resource}`, namespace: right.namespace }]));
        },
        async namespace(name) {
            try {
                return (await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name })) === undefined ? 'absent' : 'there';
            }
            catch (error) {
                // Who may see a namespace by a Role that is in it gets this answer, too, where there is none.
                if (error instanceof ApiError && error.status === 403)
                    return 'hidden';
                throw error;
            }
        },
    };
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
const credentials_earlyMs = 5 * 60_000;
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
        if (expiration === undefined || expiration.getTime() - now() > credentials_earlyMs)
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
            return secrets_versionOf(entry, wanted);
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
                return [secretId, value ? secrets_versionOf(value, { secretId }) : (failures.get(secretId) ?? (await single({ secretId })))];
            }));
        },
    };
}
/** An id is a name, an ARN, or an ARN without the six signs at its end. */
function isOf({ ARN = '', Name = '' }, secretId) {
    return Name === secretId || ARN === secretId || (secretId.startsWith('arn:') && ARN.startsWith(`${secretId}-`) && ARN.length === secretId.length + 7);
}
function secrets_versionOf({ ARN, VersionId, SecretString, SecretBinary }, { secretId }) {
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

;// CONCATENATED MODULE: ./packages/access/src/target-ports.ts


/**
 * Signs in to a target and fits it to delivery.
 * @throws Failed where the role, the account or the cluster is not to be had.
 */
async function openTargetPorts(target, edges, { registriesOf, ...use }) {
    const access = await openTarget(target, edges);
    return {
        ports: clusterPorts({
            ...use,
            name: `${target.cluster} in ${target.region}`,
            cluster: access.cluster,
            clock: edges.clock,
            images: {
                async has(repository, digest) {
                    for (const place of registriesOf(repository))
                        if (await access.registry(place).has(repository, digest))
                            return true;
                    return false;
                },
            },
        }),
        close: () => access.close(),
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

;// CONCATENATED MODULE: ./packages/action-host/src/narration.ts
/** A story that starts now. */
function narration(log, clock) {
    const startedMs = clock.monotonic();
    const timeline = [];
    const elapsedMs = () => clock.monotonic() - startedMs;
    return {
        narrator: {
            say(text) {
                timeline.push({ atMs: elapsedMs(), text });
                log.info(text);
            },
            warn(text) {
                timeline.push({ atMs: elapsedMs(), text });
                log.warning(text);
            },
        },
        timeline,
        elapsedMs,
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

;// CONCATENATED MODULE: ./packages/project/src/patience-inputs.ts


const day = 86_400_000;
/** Reads the inputs `soak`, `timeout` and `crash-threshold`. */
function readPatience(values, problems) {
    const soakMs = durationMs(values, 'soak', problems, { least: 0, most: day });
    const timeoutMs = durationMs(values, 'timeout', problems, { least: 1000, most: day });
    const crashThreshold = crashThresholdOf(values, problems);
    return {
        ...(soakMs === undefined ? {} : { soakMs }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(crashThreshold === undefined ? {} : { crashThreshold }),
    };
}
/** What the inputs leave open as the environment has it. Its soak is policy: an input may only make it longer. */
function patienceOf(given, { name, rollout }, { projectFile }, problems) {
    const { soakMs, timeoutMs } = rollout;
    const least = soakMs ?? 0;
    if (given.soakMs !== undefined && given.soakMs < least) {
        problems.add({
            code: 'input-conflict',
            what: `the input "soak" is ${duration(given.soakMs)}, but ${name} has a soak of ${duration(least)}`,
            why: `what ${projectFile} says of an environment is policy, and a shorter soak would prove less`,
            next: 'leave the input "soak" out, or make it longer',
        });
    }
    return { ...(soakMs === undefined ? {} : { soakMs }), ...(timeoutMs === undefined ? {} : { timeoutMs }), ...given };
}
function crashThresholdOf(values, problems) {
    const given = fields_text(values, 'crash-threshold', problems);
    if (given === undefined || /^[1-9]\d?$/.test(given))
        return given === undefined ? undefined : Number(given);
    invalid('crash-threshold', given, 'it must be a whole number from 1 to 99', 'leave it out for 3: one or two crashes at the start are everyday life', problems);
    return undefined;
}

;// CONCATENATED MODULE: ./packages/rollout/src/containers.ts


/** The containers of a pod, init containers first. */
function containersOf(pod) {
    const statuses = containerStatuses(pod);
    const read = (spec, first) => {
        const name = textAt(spec, 'name') ?? '';
        return {
            spec,
            name,
            image: textAt(spec, 'image') ?? '',
            isInit: first && textAt(spec, 'restartPolicy') !== 'Always',
            status: statuses.find((status) => textAt(status, 'name') === name),
        };
    };
    return [
        ...listAt(pod, 'spec', 'initContainers').filter(isJsonObject).map((spec) => read(spec, true)),
        ...listAt(pod, 'spec', 'containers').filter(isJsonObject).map((spec) => read(spec, false)),
    ];
}
/** The statuses of a pod's containers, init containers first. */
function containerStatuses(pod) {
    return [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].filter(isJsonObject);
}
/** Restarts of all containers of the pods. */
function restarts(pods) {
    return pods.flatMap(containerStatuses).reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0);
}
/** How a container waits, with the kubelet's reason and message. */
function waitingOf({ status }) {
    const waiting = objectAt(status, 'state', 'waiting');
    return waiting && { reason: textAt(waiting, 'reason') ?? '', message: textAt(waiting, 'message') ?? '' };
}
/** How the last run of a container that does not run now has ended. */
function lastEnd({ status }) {
    return objectAt(status, 'state', 'terminated') ?? objectAt(status, 'lastState', 'terminated');
}
function isRunning({ status }) {
    return objectAt(status, 'state', 'running') !== undefined;
}
function isReady({ status }) {
    return status?.['ready'] === true;
}
/** An init container that has done its work, however often it needed to try. */
function isDone({ isInit, status }) {
    return isInit && numberAt(status, 'state', 'terminated', 'exitCode') === 0;
}
/** Whether a process of the container has ever run: only then is there a log. A start that failed is no run. */
function hasRun(container) {
    const { status } = container;
    if (isRunning(container))
        return true;
    return [objectAt(status, 'state', 'terminated'), objectAt(status, 'lastState', 'terminated')].some((ended) => ended !== undefined && textAt(ended, 'reason') !== 'StartError');
}

;// CONCATENATED MODULE: ./packages/rollout/src/scene.ts




/** The thresholds where the user names none; `timeoutMs` comes from the manifest (`defaultTimeoutMs`). */
const scene_defaultLimits = {
    soakMs: 10_000,
    crashThreshold: 3,
    unschedulableMs: 300_000,
    lateConfigurationMs: 15_000,
    ownConfiguration: [],
};
/** `known` is the uid of the new ReplicaSet, once it was found: its template does not change, and comparing takes time. */
function sceneOf(observed, applied, limits, moment, known) {
    const replicaSet = (known !== undefined && observed.replicaSets.find((one) => textAt(one, 'metadata', 'uid') === known)) || newReplicaSet(observed, applied);
    const events = eventsByUid(observed.events);
    return {
        observed,
        events,
        applied,
        limits,
        moment,
        replicaSet,
        pods: podsOf(replicaSet, observed.pods).map((pod) => ({
            pod,
            uid: scene_textOf(pod, 'uid'),
            name: scene_textOf(pod, 'name'),
            containers: containersOf(pod),
            occurrences: occurrencesOf(pod, events, applied),
        })),
    };
}
/** The Events about one container of a pod. */
function occurrencesIn(pod, container) {
    return pod.occurrences.filter((occurrence) => occurrence.container === container.name);
}
function scene_textOf(pod, key) {
    return textAt(pod, 'metadata', key) ?? '';
}

;// CONCATENATED MODULE: ./actions/rollback/src/plain-inputs.ts



/** One namespace of one cluster, as the plain inputs say it. Undefined where problems leave nothing to work with. */
function plainPlace(values, shared, environment, problems) {
    const patience = readPatience(values, problems);
    const account = named(values, 'registry-account', problems, accountRule) ?? shared.expectedAccount;
    const services = serviceNames(shared, problems);
    const target = plainTarget(values, shared, environment, problems);
    if (target === undefined)
        return undefined;
    return {
        targets: [{ target, registries: [{ region: target.region, ...(account === undefined ? {} : { account }) }] }],
        leftOut: [],
        ...(services === undefined ? {} : { services }),
        patience: { soakMs: scene_defaultLimits.soakMs, ...patience },
    };
}
function serviceNames({ services }, problems) {
    if (services === 'all' || services.length === 0)
        return undefined;
    return services.flatMap((name) => {
        if (names_serviceRule.is(name))
            return [name];
        invalid('services', name, `each name must be ${names_serviceRule.rule}`, 'correct this name', problems);
        return [];
    });
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

;// CONCATENATED MODULE: ./packages/project/src/registry-account.ts
/** Whose registry a plan's pods pull from: the registry's account; the input `registry-account` may only repeat it, or stand in for it. */
function registryAccount({ registry }, given, { projectFile }, problems) {
    if (given !== undefined && registry !== undefined && given !== registry.account) {
        problems.add({
            code: 'input-conflict',
            what: `the input "registry-account" is ${given}, but the registry has ${registry.account}`,
            why: `what ${projectFile} says of the registry is policy, which an input cannot replace`,
            next: 'leave the input "registry-account" out',
        });
    }
    return registry?.account ?? given;
}

;// CONCATENATED MODULE: ./actions/rollback/src/project-inputs.ts



/**
 * The targets of the environment: all, unless some were chosen. No branch is asked for: what goes back was allowed when it came.
 * @throws Failed where names are unknown, or inputs contradict the project file.
 */
function projectPlace(values, shared, project, problems) {
    refusePlainInputs(values, ['namespace'], shared, problems);
    const given = { account: named(values, 'registry-account', problems, accountRule), patience: readPatience(values, problems) };
    const isNamed = shared.services !== 'all' && shared.services.length > 0;
    const plan = makePlan(project, { ...shared, services: isNamed ? shared.services : 'all' }, 'recorded');
    if (plan === undefined)
        return undefined;
    const account = registryAccount(plan, given.account, shared, problems);
    const patience = patienceOf(given.patience, plan.environment, shared, problems);
    return {
        targets: plan.targets.map((target) => ({ target, registries: registriesOf(target, plan.registry, account) })),
        leftOut: plan.environment.targets.map(({ name }) => name).filter((name) => plan.targets.every((target) => target.name !== name)),
        ...(isNamed ? { services: plan.services.map(({ name }) => name) } : {}),
        patience: { soakMs: scene_defaultLimits.soakMs, ...patience },
    };
}
/** What was recorded pulls from the target's own region where that had a copy by then, and else from the home region. */
function registriesOf(target, registry, account) {
    const home = registry?.region ?? target.region;
    const regions = registry?.regions.includes(target.region) === true ? [target.region, home] : [home];
    return [...new Set(regions)].map((region) => ({ region, ...(account === undefined ? {} : { account }) }));
}

;// CONCATENATED MODULE: ./actions/rollback/src/wish.ts

const mostReason = 500;
/** Reads what is wanted. Inputs that would have no effect beside others are problems, each one. */
function readWish(values, { phase, dryRun }, problems) {
    const isList = flag(values, 'list', problems, false);
    const unblock = fields_text(values, 'unblock', problems);
    const until = phase === 'preflight' ? 'preflight' : dryRun ? 'plan' : 'deployed';
    const undo = readUndo(values, until, problems);
    if (isList)
        contradictions('list', 'it only shows what ran', [...givenOf(values, undo), ...(unblock === undefined ? [] : ['unblock'])], problems);
    if (unblock !== undefined)
        contradictions('unblock', 'it lifts a block and does nothing else', givenOf(values, undo), problems);
    if (isList)
        return { kind: 'list' };
    if (unblock !== undefined)
        return { kind: 'unblock', release: unblock, isWritten: until === 'deployed' };
    if (undo.block && until === 'deployed' && wish_isBlank(values, 'reason')) {
        problems.add({
            code: 'input-missing',
            what: 'the input "reason" is missing',
            why: 'what is undone is blocked, and whoever wants to deploy it again must be told why',
            next: 'write one line, such as `prices are wrong`; or let it be deployed again by `block: false`',
        });
    }
    return undo;
}
function readUndo(values, until, problems) {
    const of = fields_text(values, 'of', problems);
    return {
        kind: 'undo',
        ...(of === undefined ? {} : { of }),
        to: readTo(values, problems),
        secrets: choice(values, 'secrets', problems, ['current', 'recorded'], 'current'),
        reason: readReason(values, problems),
        block: flag(values, 'block', problems, true),
        until,
    };
}
function readTo(values, problems) {
    const given = fields_text(values, 'to', problems) ?? 'last-good';
    if (given === 'last-good')
        return given;
    if (!/^\d+$/.test(given))
        return { version: given };
    if (!/^[1-9]\d{0,14}$/.test(given))
        invalid('to', given, 'revisions are counted from 1', 'take a number from `list`', problems);
    return { sequence: Number(given) };
}
function readReason(values, problems) {
    const reason = fields_text(values, 'reason', problems) ?? '';
    if (reason.length > mostReason)
        invalid('reason', reason, `it may have ${mostReason} characters, and has ${reason.length}`, 'shorten it, and name the incident where more is written', problems);
    return reason;
}
/** The inputs that say how a release is undone, as far as they say anything. */
function givenOf(values, { to, secrets, block }) {
    return [
        ...(wish_isBlank(values, 'of') ? [] : ['of']),
        ...(to === 'last-good' ? [] : ['to']),
        ...(secrets === 'current' ? [] : ['secrets']),
        ...(block ? [] : ['block']),
    ];
}
function contradictions(mode, why, others, problems) {
    for (const other of others) {
        problems.add({ code: 'input-conflict', what: `the inputs "${mode}" and "${other}" are both given`, why: `with "${mode}", ${why}`, next: 'leave one of the two out' });
    }
}
function wish_isBlank(values, input) {
    return (values[input] ?? '').trim() === '';
}

;// CONCATENATED MODULE: ./actions/rollback/src/inputs.ts





/** Every input of the action, in the order of its README. */
const declaredInputs = [
    'project-file',
    'services',
    'environment',
    'targets',
    'cluster',
    'namespace',
    'region',
    'registry-account',
    'of',
    'to',
    'reason',
    'block',
    'unblock',
    'secrets',
    'list',
    'timeout',
    'soak',
    'crash-threshold',
    'role',
    'expected-account',
    'phase',
    'dry-run',
    'github-token',
];
/**
 * Reads the inputs: with `cluster` they say where everything is themselves, without it the project file does.
 * @throws Failed with every problem at once.
 */
async function readInputs({ raw, project, environment }) {
    const problems = new src_failure/* Problems */.Zw();
    const { values } = raw;
    unknownInputs(raw, declaredInputs, problems);
    const shared = readShared(raw, problems);
    const wish = readWish(values, shared, problems);
    const place = plain_target_isPlain(values)
        ? plainPlace(values, shared, environment, problems)
        : await problems.tryAsync(async () => projectPlace(values, shared, await project(shared.projectFile), problems));
    if (place !== undefined)
        refuseNumberOfMany(wish, place, problems);
    problems.throwIfAny();
    if (place === undefined)
        throw new Error('inputs without a place are a problem');
    return { ...place, wish };
}
/** Revisions are counted for each service on its own: one number for several would be any content. */
function refuseNumberOfMany(wish, { services }, problems) {
    if (wish.kind !== 'undo' || wish.to === 'last-good' || !('sequence' in wish.to) || services?.length === 1)
        return;
    problems.add({
        code: 'input-conflict',
        what: `the input "to" is the number of a revision, ${wish.to.sequence}, but "services" names ${services === undefined ? 'none' : services.length}`,
        why: 'revisions are counted for each service on its own',
        next: 'name the one service that goes back there; or give a version, or `last-good`',
    });
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

;// CONCATENATED MODULE: ./actions/rollback/src/listing-table.ts

const header = ['Revision', 'Version', 'When', 'Who', 'Verdict', 'Blocked', 'Differs from what runs'];
/** What ran, for the log. */
function listingText(listed) {
    return servicesOf(listed)
        .flatMap(({ name, revisions, older }) => [(0,inert/* inertLine */.Fq)(name), textTable([header, ...revisions.map((one) => cells(one).map((cell) => (0,inert/* inertLine */.Fq)(cell)))]), ...olderText(older), ''])
        .join('\n');
}
/** What ran, for the summary. */
function listingSummary(listed, where, took) {
    const services = servicesOf(listed);
    const missing = [...listed.failures.keys()];
    const partial = missing.length === 0 ? '' : `partial, ${(0,inert/* inMarkdown */.Hi)(words_list(missing))} could not be read; `;
    if (services.length === 0)
        return [`### Rollback: ${partial}nothing was deployed to ${where} by this repository, ${took}; next: deploy`];
    return [
        `### Rollback: ${partial}list of ${count(new Set(services.map(({ service }) => service)).size, 'service')} in ${where}, ${took}; next: give \`of\` a release, or \`to\` a version or a revision`,
        ...services.flatMap(({ name, revisions, older }) => ['', `#### ${(0,inert/* inMarkdown */.Hi)(name)}`, '', markdownTable(header, revisions.map((one) => cells(one).map((cell) => (0,inert/* inMarkdown */.Hi)(cell)))), ...olderText(older)]),
    ];
}
/** The services of all targets; where there are several, the name says which one. */
function servicesOf({ targets, failures }) {
    const isOnly = targets.size + failures.size === 1;
    return [...targets].flatMap(([target, services]) => services.map((one) => ({ ...one, name: isOnly ? one.service : `${one.service} in ${target}` })));
}
function cells({ head, isRunning, block, difference }) {
    const { sequence, versions, createdAt, source, verdict, release, restores } = head;
    return [
        `${sequence}${isRunning ? ' (runs)' : ''}`,
        versions.length === 0 ? release : `${versions.join(', ')}, ${release}`,
        createdAt,
        `${source.actor}, ${source.ref.replace(/^refs\/(?:heads|tags)\//, '')} at ${source.commit.slice(0, 7)}`,
        [verdict, ...(restores === undefined ? [] : [`back to ${restores}`]), ...(source.unproven === undefined ? [] : [`let in unproven: ${source.unproven}`])].join(', '),
        block === undefined ? '' : `by ${block.actor}: ${block.reason}`,
        isRunning ? '' : differenceText(difference),
    ];
}
function differenceText(difference) {
    if (difference === undefined)
        return 'not known';
    const parts = ['images', 'configuration', 'manifests'].flatMap((part) => (difference[part].length === 0 ? [] : [`${part}: ${difference[part].join(', ')}`]));
    return parts.length === 0 ? 'nothing' : parts.join('; ');
}
function olderText(older) {
    return older === 0 ? [] : ['', `and ${count(older, 'older one')}`];
}

;// CONCATENATED MODULE: ./packages/delivery/src/in-each-target.ts


/**
 * Does the same for several targets side by side, each with its own problems; waits for all of them.
 * @throws Failed with the problems of all targets, each with its target's name; what is wrong in every one is told once.
 */
async function inEachTarget(targets, nameOf, work) {
    const ends = await allSettled(targets.map(async (target) => {
        const problems = new Problems();
        const done = await problems.tryAsync(() => work(target, problems));
        return { name: nameOf(target), problems: problems.all, done };
    }));
    const [first, ...more] = toldByTarget(new Map(ends.map(({ name, problems }) => [name, problems])));
    if (first !== undefined)
        throw new Failed(first, ...more);
    return ends.flatMap(({ done }) => (done === undefined ? [] : [done]));
}
/** The problems of targets: one that all have is told once, any other names its target where there are several. */
function toldByTarget(problems) {
    const texts = [...problems.values()].map((failures) => new Set(failures.map(src_failure/* failureText */.kY)));
    const told = new Set();
    return [...problems].flatMap(([target, failures]) => failures.flatMap((failure) => {
        const text = (0,src_failure/* failureText */.kY)(failure);
        if (texts.some((all) => !all.has(text)))
            return [in_each_target_named(failure, target)];
        if (told.has(text))
            return [];
        told.add(text);
        return [failure];
    }));
}
function in_each_target_named(failure, target) {
    const name = `target ${target}`;
    // A place in a file stands where the target would.
    if (failure.at !== undefined)
        return { ...failure, what: `${failure.what} (${name})` };
    const { where } = failure;
    if (where === undefined || where === target)
        return { ...failure, where: name };
    return where.includes(name) ? failure : { ...failure, where: `${where}, ${name}` };
}

;// CONCATENATED MODULE: ./actions/rollback/src/failures.ts

/** Everything that failed, target by target; a failure of one of several targets names it. */
function failuresOf(result) {
    return toldByTarget(byTarget(result));
}
function byTarget(result) {
    switch (result.kind) {
        case 'listed':
            return result.listed.failures;
        case 'unblocked':
            return result.unbarred.failures;
        case 'undone':
            return new Map(result.undone.targets.map(({ target, failures, services }) => [target, [...new Set([...failures, ...services.flatMap(({ failure }) => failure ?? [])])]]));
    }
}

;// CONCATENATED MODULE: ./actions/rollback/src/outcome.ts
/** The action's outcome: what k8s-rollout ends red with is what is wanted here. */
function outcomeOf(result) {
    switch (result.kind) {
        case 'listed':
            return result.listed.failures.size > 0 ? 'partial' : 'unchanged';
        case 'unblocked': {
            const { targets, failures } = result.unbarred;
            if (failures.size > 0)
                return 'partial';
            return result.isWritten ? ([...targets.values()].flat().length === 0 ? 'unchanged' : 'changed') : 'planned';
        }
        case 'undone':
            return asRollback(result.undone.outcome);
    }
}
/** What became of one target, in the words of the action's outcome. */
function asRollback(outcome) {
    return outcome === 'changed' ? 'rolled-back' : outcome;
}

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

;// CONCATENATED MODULE: ./actions/rollback/src/outputs.ts



/**
 * The outputs, apart from `outcome`; where nothing is undone, only the time. A later step may print them: what a record
 * or a server says must not become a command there.
 */
function outputsOf({ result, milliseconds }) {
    const seconds = (milliseconds / 1000).toFixed(1);
    if (result.kind !== 'undone')
        return { seconds };
    const { targets } = result.undone;
    const [failure] = failuresOf(result);
    const numbers = (pick) => JSON.stringify(Object.fromEntries(targets.map(({ target, moves }) => [target, Object.fromEntries([...moves].map(([service, move]) => [service, pick(move)]))])));
    return {
        from: numbers(({ from }) => from.sequence),
        to: numbers(({ to }) => to.sequence),
        releases: encodeReleases(new Map(targets.flatMap((one) => (names_targetRule.is(one.target) ? [[one.target, rolledIn(one)]] : [])))),
        seconds,
        'failure-code': failure?.code ?? '',
        'failure-reason': failure === undefined ? '' : (0,inert/* inertLine */.Fq)(`${failure.what}: ${failure.why}`),
    };
}
function rolledIn({ services, moves }) {
    return new Map(services.flatMap(({ service, sequence, status, seconds }) => {
        const version = moves.get(service)?.to.versions.at(-1);
        return names_serviceRule.is(service) ? [[service, { sequence, status, seconds, ...(version === undefined ? {} : { version: (0,inert/* inertLine */.Fq)(version) }) }]] : [];
    }));
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

;// CONCATENATED MODULE: ./actions/rollback/src/result-schema.ts




const result_schema_texts = dist/* array */.YOg(dist/* string */.YjP());
const revision = dist/* strictObject */.rej({ sequence: dist/* number */.aig(), versions: result_schema_texts });
/** The output `result`. */
const resultSchema = dist/* strictObject */.rej({
    ...resultEntries,
    /** Of a rollback: the release that was undone, or the one whose block was lifted. */
    release: dist/* exactOptional */.yqP(dist/* string */.YjP()),
    /** Of a rollback: target → what became of it, service by service. */
    targets: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), dist/* strictObject */.rej({
        outcome: dist/* picklist */.KIO(outcomes),
        blocked: dist/* boolean */.zMY(),
        services: dist/* record */.g1P(dist/* string */.YjP(), dist/* strictObject */.rej({ ...rolledService.entries, from: dist/* exactOptional */.yqP(revision), to: dist/* exactOptional */.yqP(revision) })),
    }))),
    /** Of `list`: target → service → its revisions, the newest first. */
    revisions: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), dist/* record */.g1P(dist/* string */.YjP(), dist/* array */.YOg(dist/* strictObject */.rej({ sequence: dist/* number */.aig(), release: dist/* string */.YjP(), versions: result_schema_texts, verdict: dist/* string */.YjP(), at: dist/* string */.YjP(), actor: dist/* string */.YjP(), commit: dist/* string */.YjP(), runs: dist/* boolean */.zMY(), blocked: dist/* exactOptional */.yqP(dist/* string */.YjP()) }))))),
    /** Of `unblock`: target → the services where a block was lifted. */
    unblocked: dist/* exactOptional */.yqP(dist/* record */.g1P(dist/* string */.YjP(), result_schema_texts)),
});
/** What `result` says besides outcome and failures. */
function resultOf(result) {
    switch (result.kind) {
        case 'undone':
            return { release: (0,inert/* inertLine */.Fq)(result.undone.release), targets: Object.fromEntries(result.undone.targets.map((one) => [one.target, result_schema_targetOf(one)])) };
        case 'listed':
            return { revisions: Object.fromEntries([...result.listed.targets].map(([target, services]) => [target, Object.fromEntries(services.map(({ service, revisions }) => [service, revisions.map(listedOf)]))])) };
        case 'unblocked':
            return { release: (0,inert/* inertLine */.Fq)(result.release), unblocked: Object.fromEntries([...result.unbarred.targets].map(([target, lifted]) => [target, [...new Set(lifted.map(({ service }) => service))]])) };
    }
}
function result_schema_targetOf({ outcome, isBlocked, services, moves }) {
    return { outcome: asRollback(outcome), blocked: isBlocked, services: Object.fromEntries(services.map((one) => [one.service, result_schema_serviceOf(one, moves.get(one.service))])) };
}
function result_schema_serviceOf({ sequence, status, seconds }, move) {
    const version = move?.to.versions.at(-1);
    return {
        sequence,
        ...(version === undefined ? {} : { version: (0,inert/* inertLine */.Fq)(version) }),
        status,
        seconds,
        ...(move === undefined ? {} : { from: result_schema_named(move.from), to: result_schema_named(move.to) }),
    };
}
function result_schema_named({ sequence, versions }) {
    return { sequence, versions: versions.map((one) => (0,inert/* inertLine */.Fq)(one)) };
}
function listedOf({ head, isRunning, block }) {
    const { sequence, release, versions, verdict, createdAt, source } = head;
    return {
        sequence,
        release: (0,inert/* inertLine */.Fq)(release),
        versions: versions.map((one) => (0,inert/* inertLine */.Fq)(one)),
        verdict,
        at: (0,inert/* inertLine */.Fq)(createdAt),
        actor: (0,inert/* inertLine */.Fq)(source.actor),
        commit: (0,inert/* inertLine */.Fq)(source.commit),
        runs: isRunning,
        ...(block === undefined ? {} : { blocked: (0,inert/* inertLine */.Fq)(`by ${block.actor}: ${block.reason}`) }),
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/noted-writes.ts

/**
 * The target, its writes noted: those that were carried out, and those that were sent and not answered.
 * Locks are none: they are given back, or end by themselves.
 */
function notedWrites(ports, work, wrote) {
    const { objects, records } = ports;
    const noted = async (write, isDone) => {
        // Nothing is sent for a run that was told to stop before.
        const isSent = !work.aborted;
        try {
            const answer = await write();
            if (isDone(answer))
                wrote();
            return answer;
        }
        catch (error) {
            if (isSent && !isRefusal(error))
                wrote();
            throw error;
        }
    };
    return {
        ...ports,
        objects: {
            ...objects,
            apply: (object, options) => (options.dryRun ? objects.apply(object, options) : noted(() => objects.apply(object, options), ({ kind }) => kind === 'applied')),
            amend: (name, metadata, options) => noted(() => objects.amend(name, metadata, options), ({ kind }) => kind === 'applied'),
            remove: (name, state) => noted(() => objects.remove(name, state), (answer) => answer === 'removed'),
        },
        records: {
            ...records,
            create: (record, fingerprint, names, verdict) => noted(() => records.create(record, fingerprint, names, verdict), (answer) => answer === 'created'),
            conclude: (service, sequence, verdict) => noted(() => records.conclude(service, sequence, verdict), () => true),
            addNames: (head, names) => noted(() => records.addNames(head, names), () => true),
            changeBlocks: (service, change) => noted(() => records.changeBlocks(service, change), () => true),
        },
    };
}
/** Whether the server has said no: then it has written nothing. */
function isRefusal(error) {
    return error instanceof src_failure/* Failed */.cV && ['access-denied', 'cluster-refused', 'record-unreadable', 'record-too-large'].includes(error.failures[0].code);
}

;// CONCATENATED MODULE: ./packages/delivery/src/differs.ts


function differs(one, other) {
    const checksums = ({ configuration }) => Object.entries(configuration).map(([name, { checksum }]) => [name, checksum]);
    return {
        images: unequal(Object.entries(one.images), Object.entries(other.images)),
        configuration: unequal(checksums(one), checksums(other)),
        manifests: unequal(manifestTexts(one), manifestTexts(other)),
    };
}
function unequal(one, other) {
    const [a, b] = [new Map(one), new Map(other)];
    return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).toSorted();
}
/** Each manifest with the digests and the names of configuration versions out of it: those are told on their own. */
function manifestTexts({ manifests, images, configuration }) {
    const versions = Object.entries(configuration).filter(([declared, { name }]) => name !== declared);
    return manifests.map((manifest) => {
        const bare = canonicalJson(withoutConfigurationMark(manifest));
        const withoutDigests = Object.entries(images).reduce((text, [repository, digest]) => text.replaceAll(`@${digest}`, `@${repository}`), bare);
        return [
            `${textAt(manifest, 'kind') ?? ''} ${textAt(manifest, 'metadata', 'name') ?? ''}`,
            versions.reduce((text, [declared, { name }]) => text.replaceAll(JSON.stringify(name), JSON.stringify(declared)), withoutDigests),
        ];
    });
}
/** The mark that starts the pods anew for another content of a fixed name says nothing beyond that content. */
function withoutConfigurationMark(manifest) {
    const path = ['spec', 'template', 'metadata', 'annotations', 'slipway.dev/configuration'];
    return textAt(manifest, ...path) === undefined ? manifest : withAt(manifest, path, () => undefined);
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

;// CONCATENATED MODULE: ./packages/delivery/src/delivery.ts
/** Watches the target while `body` runs. */
async function underway(mission, services, around, body) {
    const { ousted = new AbortController() } = around;
    const observer = around.ports.observe();
    // Told where it is awaited.
    observer.catch(() => undefined);
    try {
        return await body({
            ...around,
            mission,
            services,
            observer,
            stop: AbortSignal.any([around.work, ousted.signal]),
            oust(by) {
                ousted.abort(by);
            },
        });
    }
    finally {
        await observer.then((one) => one.close(), () => undefined);
    }
}
/** As Promise.all, but nothing is left running behind a rejection. */
async function delivery_allSettled(running) {
    await Promise.allSettled(running);
    return Promise.all(running);
}

;// CONCATENATED MODULE: ./packages/delivery/src/target-narrator.ts
/** A narrator whose lines name their target, for runs over several: `[cart] …` becomes `[eu/cart] …`. */
function targetNarrator(narrator, target) {
    const named = (text) => (text.startsWith('[') ? `[${target}/${text.slice(1)}` : `[${target}] ${text}`);
    return {
        say(text) {
            narrator.say(named(text));
        },
        warn(text) {
            narrator.warn(named(text));
        },
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/reach.ts




/** Does the work for all targets side by side. One that fails holds up no other. */
async function eachForItself(targets, work) {
    const ends = await delivery_allSettled([...targets].map(async ([target, one]) => {
        try {
            return { target, result: await work(one, target) };
        }
        catch (error) {
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            return { target, failures: error.failures };
        }
    }));
    return {
        done: new Map(ends.flatMap((end) => ('result' in end ? [[end.target, end.result]] : []))),
        failed: new Map(ends.flatMap((end) => ('failures' in end ? [[end.target, end.failures]] : []))),
    };
}
/**
 * Reaches all targets side by side, and does the first work in each.
 * @throws Failed with what each of them says where none can be reached.
 */
async function reachEach(targets, work) {
    const reached = await eachForItself(new Map(targets.map((one) => [one.target.name, one])), async (one) => {
        const around = await one.reach();
        const { target } = one;
        return work(target, targets.length === 1 ? around : { ...around, narrator: targetNarrator(around.narrator, target.name) });
    });
    if (reached.done.size === 0)
        throwTold(reached.failed);
    return reached;
}
/** @throws Failed with the failures of all targets, if there are any. */
function throwTold(failures) {
    const [first, ...more] = toldByTarget(failures);
    if (first !== undefined)
        throw new src_failure/* Failed */.cV(first, ...more);
}

;// CONCATENATED MODULE: ./packages/rollout/src/admission.ts


const workloads = new Set(['StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'ReplicationController', 'Pod']);
/** Why a kind is refused, where policy has no word to allow it. */
const refusedKinds = {
    Secret: 'a record keeps the manifests, and no secret value may be in a record; declare it under `secrets:` in the project file',
    Namespace: 'namespaces are never created; ask the owner of the cluster for it',
    ServiceAccount: 'it decides what the pods may do; the owner of the cluster creates it',
    Role: 'it grants rights; the owner of the cluster creates it',
    RoleBinding: 'it grants rights; the owner of the cluster creates it',
    ClusterRole: 'it grants rights; the owner of the cluster creates it',
    ClusterRoleBinding: 'it grants rights; the owner of the cluster creates it',
    MutatingWebhookConfiguration: 'it changes what others write; the owner of the cluster creates it',
    ValidatingWebhookConfiguration: 'it refuses what others write; the owner of the cluster creates it',
    CustomResourceDefinition: 'it belongs to the whole cluster; the owner of the cluster creates it',
    PersistentVolume: 'it belongs to the whole cluster; the owner of the cluster creates it',
    PriorityClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
    StorageClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
    IngressClass: 'it belongs to the whole cluster; the owner of the cluster creates it',
};
/** Kinds that are applied without being judged. */
const supporting = new Set([
    'v1/Service',
    'v1/ConfigMap',
    'v1/PersistentVolumeClaim',
    'autoscaling/v2/HorizontalPodAutoscaler',
    'policy/v1/PodDisruptionBudget',
    'networking.k8s.io/v1/Ingress',
    'networking.k8s.io/v1/NetworkPolicy',
]);
/**
 * Sorts a service's documents into its one Deployment and what supports it.
 * Problems: `manifest-refused` for kinds and namespaces that policy does not allow, `manifest-invalid` where there
 * is not exactly one Deployment or an object stands twice.
 */
function admit(service, namespace, documents, problems) {
    for (const document of documents)
        admitOne(document, namespace, problems);
    for (const [index, document] of documents.entries()) {
        const first = documents.findIndex((other) => other.kind === document.kind && other.name === document.name && other.apiVersion === document.apiVersion);
        if (first === index)
            continue;
        problems.add({
            code: 'manifest-invalid',
            what: `${objectText(document)} stands twice in the manifests of ${service}`,
            at: document.place(['metadata', 'name']),
            why: 'the later one would silently replace the earlier one',
            next: 'remove one of them, or rename it',
        });
    }
    const deployments = documents.filter((document) => document.kind === 'Deployment');
    const [workload, ...more] = deployments;
    if (workload === undefined) {
        problems.add({
            code: 'manifest-invalid',
            what: `the manifests of ${service} hold no Deployment`,
            where: service,
            why: 'a rollout follows exactly one Deployment a service',
            next: 'add the Deployment to the folders or files under `manifests`, or mend the paths',
        });
        return undefined;
    }
    for (const extra of more) {
        problems.add({
            code: 'manifest-invalid',
            what: `the manifests of ${service} hold ${objectText(workload)} and ${objectText(extra)}`,
            at: extra.place(['metadata', 'name']),
            why: 'a rollout follows exactly one Deployment a service',
            next: `declare a service of its own for ${objectText(extra)}`,
        });
    }
    return { workload, supporting: documents.filter((document) => document.kind !== 'Deployment') };
}
function admitOne(document, namespace, problems) {
    const named = textAt(document.object, 'metadata', 'namespace');
    if (named !== undefined && named !== namespace) {
        problems.add({
            code: 'manifest-refused',
            what: `${objectText(document)} names the namespace ${named}`,
            at: document.place(['metadata', 'namespace']),
            why: `the target's namespace is ${namespace}, and a service stays in its own`,
            next: 'remove metadata.namespace: the target decides it',
        });
    }
    const kind = `${document.apiVersion}/${document.kind}`;
    if (kind === 'apps/v1/Deployment' || supporting.has(kind))
        return;
    const refused = refusedKinds[document.kind];
    const why = refused ??
        (workloads.has(document.kind)
            ? 'this version follows Deployments only; it would be applied without a verdict'
            : `only Deployments and ${words_list([...supporting].sort(), 'and')} are applied`);
    problems.add({
        code: 'manifest-refused',
        what: `${objectText(document)} (${document.apiVersion}) is not applied`,
        at: document.place(['kind']),
        why,
        next: 'take it out of the manifests of this service',
    });
}

;// CONCATENATED MODULE: ./packages/delivery/src/recorded.ts



/** What a record says, as it is to be applied once more. */
function recordedService({ service, revision }) {
    const [workload, ...supporting] = revision.manifests.map((object) => ({ apiVersion: textAt(object, 'apiVersion') ?? '', kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata', 'name') ?? '', object }));
    if (workload === undefined)
        throw noWorkload(service);
    return { service, workload, supporting, images: revision.images, configuration: revision.configuration, comesBack: true };
}
/** Why the rules for manifests, as they are today, do not let a record's manifests in again; undefined where they do. */
function notAdmitted(record, namespace) {
    const problems = new src_failure/* Problems */.Zw();
    const file = `record ${record.service}.v${record.sequence}`;
    if (record.revision.manifests.length === 0)
        return 'its record holds no manifests';
    const { workload, supporting } = recordedService(record);
    if (workload.kind !== 'Deployment')
        return `its record begins with ${workload.kind} ${workload.name}, where every record has the Deployment`;
    const documents = [workload, ...supporting].map((manifest) => ({ ...manifest, place: () => ({ file }) }));
    if (!namespaceRule.is(namespace))
        return `${namespace} is no namespace`;
    admit(record.service, namespace, documents, problems);
    return problems.all[0]?.what;
}
function noWorkload(service) {
    return new src_failure/* Failed */.cV({
        code: 'record-unreadable',
        what: `a release record of ${service} holds no manifests`,
        why: 'every record has the workload as its first',
        next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
    });
}

;// CONCATENATED MODULE: ./packages/delivery/src/available.ts


/** Why a recorded revision cannot run again, or undefined where all of it still exists. */
async function isAvailable({ revision, ...record }, { ports, narrator, mission }) {
    const refused = notAdmitted({ ...record, revision }, mission.target.namespace);
    if (refused !== undefined)
        return refused;
    const unsure = (what, { failures }) => {
        narrator.warn(`[${record.service}] whether ${what} could not be found out: ${failures[0].why}`);
    };
    const image = async ([repository, digest]) => {
        try {
            return (await ports.images.has(repository, digest)) ? undefined : `its image ${repository}@${digest} is gone from the registry`;
        }
        catch (error) {
            // A node may have the image, and the pods may be able to pull: that we cannot ask is no reason to stay broken.
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            unsure(`${repository}@${digest} still exists`, error);
            return undefined;
        }
    };
    const configuration = async (kind) => {
        const wanted = Object.entries(revision.configuration).filter(([, object]) => object.kind === kind);
        if (wanted.length === 0)
            return undefined;
        const names = await knownNames(kind, ports.objects);
        if (names instanceof src_failure/* Failed */.cV) {
            unsure(`its ${kind}s still exist`, names);
            return undefined;
        }
        const gone = wanted.map(([declared, { name, kept = name }]) => ({ declared, kept })).find(({ kept }) => !names.has(kept));
        return gone === undefined ? undefined : `its ${kind} ${gone.kept} (${gone.declared}) is gone`;
    };
    const missing = await Promise.all([...Object.entries(revision.images).map(image), configuration('ConfigMap'), configuration('Secret')]);
    return missing.find((why) => why !== undefined);
}
/** The names of all ConfigMaps or Secrets; the refusal where the role may not list them, which is no reason to stay broken either. */
async function knownNames(kind, objects) {
    try {
        return await objects.names(kind);
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV && error.failures[0].code === 'access-denied')
            return error;
        throw error;
    }
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

;// CONCATENATED MODULE: ./packages/delivery/src/listing.ts





const most = 20;
/**
 * The newest revisions of a repository's services in each target, these or all. Only reads; neither a record that cannot
 * be read nor a target that cannot be reached hides another.
 * @throws Failed where no target can be reached.
 */
async function listing(services, repository, targets) {
    const { done, failed } = await reachEach(targets, (_, { ports }) => listTarget(services, repository, ports));
    return { targets: done, failures: failed };
}
async function listTarget(services, repository, ports) {
    const [{ heads, blocks }, running] = await Promise.all([ownHistory(ports, services, repository), ports.objects.running()]);
    const own = [...Map.groupBy(heads, ({ service }) => service)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Promise.all(own.map(([service, all]) => listService({ service, all, blocks: blocks.get(service) ?? [], running: running.get(service) }, ports)));
}
async function listService({ service, all, blocks, running: sequence }, ports) {
    const newestFirst = all.toSorted((a, b) => b.sequence - a.sequence);
    const shown = newestFirst.slice(0, most);
    const records = new Map(await Promise.all(shown.map(async (head) => [head.sequence, await readable(head, ports)])));
    const runs = all.find((head) => head.sequence === sequence);
    const running = runs === undefined ? undefined : (records.get(runs.sequence) ?? (await readable(runs, ports)));
    return {
        service,
        older: newestFirst.length - shown.length,
        revisions: shown.map((head) => {
            const record = records.get(head.sequence);
            const { images, configuration } = record?.revision ?? {};
            const block = blockOf({ commit: head.source.commit, fingerprint: head.fingerprint, ...(images === undefined ? {} : { images }), ...(configuration === undefined ? {} : { configuration }) }, blocks);
            return {
                head,
                isRunning: head.sequence === sequence,
                ...(block === undefined ? {} : { block }),
                ...(record === undefined || running === undefined ? {} : { difference: differs(record.revision, running.revision) }),
            };
        }),
    };
}
async function readable(head, ports) {
    const record = await readRecord(head, ports);
    return typeof record === 'string' ? undefined : record;
}

;// CONCATENATED MODULE: ./packages/release/src/history.ts
/** The newest record of each service. */
function newestOf(heads) {
    const newest = new Map();
    for (const head of heads)
        if (head.sequence > (newest.get(head.service)?.sequence ?? -1))
            newest.set(head.service, head);
    return newest;
}
/**
 * The revisions of one service that can be gone back to, the newest first: seen healthy, older than `before`, of other
 * content than `unlike`. Each content stands once, at its newest.
 */
function goodRevisions(heads, { before = Infinity, unlike }) {
    const known = new Set([unlike]);
    return newestFirst(heads)
        .filter(({ verdict, sequence }) => verdict === 'healthy' && sequence < before)
        .filter(({ fingerprint }) => !known.has(fingerprint) && known.add(fingerprint));
}
/**
 * The releases that changed a target, the newest first. Rollbacks are none; nor is a record that only repeats what was
 * there before it, or whose number never reached the workload. `named` keeps the latter: they may be about to.
 */
function releasesOf(heads, running, named = false) {
    const standing = new Set([...Map.groupBy(heads, ({ service }) => service).values()].flatMap((own) => standingOf(own, running)));
    const brought = heads.filter((head) => {
        if (wasThere(head) || head.restores !== undefined || head.undoes !== undefined || head.verdict === 'interrupted')
            return false;
        return (named || isWritten(head, running)) && !repeats(head, heads);
    });
    const times = history_timesOf(heads);
    return [...Map.groupBy(brought, ({ release }) => release)]
        .map(([release, all]) => {
        const newest = [...newestOf(all).values()];
        const undone = newest.filter((head) => isWritten(head, running) && !standing.has(head)).map(({ service }) => service);
        return { time: latestOf(newest, times), release, brought: newest, undone: new Set(undone) };
    })
        .toSorted((a, b) => byTime(a.time, b.time))
        .map(({ time, ...one }) => ({ ...one, at: time.createdAt }));
}
/** The runs that left something healthy in a target, rollbacks among them, the newest first. */
function healthyRuns(heads, running) {
    const times = history_timesOf(heads);
    const healthy = heads.filter((head) => !wasThere(head) && isWritten(head, running) && head.verdict === 'healthy');
    return [...Map.groupBy(healthy, ({ release }) => release)]
        .map(([release, all]) => ({ release, time: latestOf(all, times), undoes: all.find(({ undoes }) => undoes !== undefined)?.undoes }))
        .toSorted((a, b) => byTime(a.time, b.time))
        .map(({ release, time, undoes }) => ({ release, at: time.createdAt, ...(undoes === undefined ? {} : { undoes }) }));
}
/** Whether a record's number is, or was, on the workload. */
function isWritten({ service, sequence, verdict }, running) {
    return verdict === 'healthy' || verdict === 'failed' || (verdict === 'pending' && running.get(service) === sequence);
}
/**
 * The records of one service on which what runs is built: from the newest down, past what each putting back has skipped.
 */
function standingOf(heads, running) {
    const standing = [];
    let below = Infinity;
    for (const head of newestFirst(heads)) {
        if (head.sequence >= below || !isWritten(head, running))
            continue;
        // One that is not healthy yet has put nothing back.
        if (head.restores === undefined)
            standing.push(head);
        else if (head.verdict === 'healthy')
            below = head.restores + 1;
    }
    return standing;
}
/** What ran before a service was taken over was brought by no release of ours. */
function wasThere({ sequence }) {
    return sequence === 0;
}
/** A correction of drift makes a record, and changes nothing. */
function repeats(head, heads) {
    const before = newestFirst(heads.filter(({ service, sequence }) => service === head.service && sequence < head.sequence)).find(({ verdict }) => verdict === 'healthy');
    return before?.fingerprint === head.fingerprint;
}
function newestFirst(heads) {
    return heads.toSorted((a, b) => b.sequence - a.sequence);
}
/** No record is later than one with a higher number: somebody may have made an old one anew. */
function history_timesOf(heads) {
    const times = new Map();
    const newest = new Map();
    for (const head of newestFirst(heads)) {
        const own = { createdAt: head.createdAt, version: /^\d+$/.test(head.resourceVersion) ? BigInt(head.resourceVersion) : 0n, behind: 0 };
        const later = newest.get(head.service);
        const time = later !== undefined && !history_isBefore(own, later) ? { ...later, behind: later.behind + 1 } : own;
        newest.set(head.service, time);
        times.set(head, time);
    }
    return times;
}
function latestOf(heads, times) {
    return heads.reduce((latest, head) => {
        const time = times.get(head);
        return time !== undefined && history_isBefore(latest, time) ? time : latest;
    }, { createdAt: '', version: 0n, behind: 0 });
}
function history_isBefore(a, b) {
    if (a.createdAt !== b.createdAt)
        return a.createdAt < b.createdAt;
    return a.version === b.version ? a.behind > b.behind : a.version < b.version;
}
/** For sorting, the newest first. */
function byTime(a, b) {
    return history_isBefore(a, b) ? 1 : history_isBefore(b, a) ? -1 : 0;
}

;// CONCATENATED MODULE: ./packages/delivery/src/environment-history.ts

/**
 * The releases that changed an environment, the newest first. `named` keeps what is recorded and not written yet.
 */
function environmentReleases(targets, named = false) {
    return merged(new Map([...targets].map(([name, { heads, running }]) => [name, releasesOf(heads, running, named)])));
}
/**
 * The release that a rollback undoes where none is named: the newest of which anything stands anywhere. Right after a
 * rollback it is the one that was undone, so that a second click changes nothing. Several where the clocks of the
 * targets are too close to tell which of them came last; none where nothing stands.
 */
function releasesToUndo(releases, targets) {
    const standing = latest(releases.filter((one) => [...one.targets.values()].some(({ brought, undone }) => brought.some(({ service }) => !undone.has(service)))));
    const runs = latest(merged(new Map([...targets].map(([name, { heads, running }]) => [name, healthyRuns(heads, running)]))));
    if (runs.length === 0)
        return standing;
    return [
        ...new Set(runs.flatMap((run) => {
            const undoes = [...run.targets.values()].find((one) => one.undoes !== undefined)?.undoes;
            const undone = undoes === undefined ? undefined : releases.find(({ release }) => release === undoes);
            return undone === undefined ? standing : [undone];
        })),
    ];
}
/** The release that `of` names: an id, the URL or number of its run, or a version; the newest where several have it. */
function namedRelease(releases, of) {
    return releases.find(({ release, targets }) => {
        const brought = [...targets.values()].flatMap((one) => one.brought);
        return release === of || brought.some(({ source, versions }) => source.run === of || source.run.endsWith(`/runs/${of}`) || isCalled(versions, of));
    });
}
/**
 * A release with its other halves: a run that was started again, or a version that was deployed again, is another
 * release, and leaves alone the targets where the first one went well. Only what runs there counts, or was undone last.
 */
function withOtherHalves(chosen, releases, targets) {
    const names = new Set([...chosen.targets.values()].flatMap(({ brought }) => brought.flatMap(namesOf)));
    const halves = [...targets].flatMap(([target, { heads, running }]) => {
        if (chosen.targets.has(target))
            return [];
        const live = heads.filter(({ service, sequence }) => running.get(service) === sequence);
        const isHalf = ({ release, brought }) => brought.some((head) => namesOf(head).some((name) => names.has(name))) && live.some((head) => head.release === release || head.undoes === release);
        const history = releases.flatMap((one) => one.targets.get(target) ?? []).find(isHalf);
        return history === undefined ? [] : [[target, history]];
    });
    return { ...chosen, targets: new Map([...chosen.targets, ...halves]) };
}
function namesOf({ versions, source }) {
    return [...versions, ...(source.run === '' ? [] : [source.run])];
}
/** Clocks of API servers agree to within this. */
const skewMs = 10_000;
/**
 * One order out of each target's own: what one target saw first came first. Only where no target saw both do the
 * clocks decide, or where each of two is the later one somewhere, as of runs that overlapped.
 */
function merged(lists) {
    const all = new Map();
    for (const [target, list] of lists)
        for (const one of list)
            all.set(one.release, (all.get(one.release) ?? new Map()).set(target, one));
    let left = [...lists.values()];
    const order = [];
    while (order.length < all.size) {
        const firsts = left.flatMap(([first]) => first ?? []);
        const free = firsts.filter(({ release }) => left.every((list) => list.findIndex((one) => one.release === release) <= 0));
        const [next] = (free.length > 0 ? free : firsts).map(({ release }) => ({ release, targets: all.get(release) ?? new Map() })).toSorted((a, b) => timeOf(b) - timeOf(a));
        if (next === undefined)
            break;
        order.push(next);
        left = left.map((list) => list.filter(({ release }) => release !== next.release));
    }
    return order;
}
/** The first, and each that no target saw beside it and that the clocks cannot tell from it. */
function latest(newestFirst) {
    const [first, ...others] = newestFirst;
    if (first === undefined)
        return [];
    return [first, ...others.filter((other) => Math.abs(timeOf(other) - timeOf(first)) < skewMs && ![...other.targets.keys()].some((target) => first.targets.has(target)))];
}
function timeOf({ targets }) {
    return Math.max(...[...targets.values()].map(({ at }) => Date.parse(at)));
}

;// CONCATENATED MODULE: ./packages/delivery/src/unbar.ts





/**
 * Lifts the blocks on a release in all targets, so that what it brought can be deployed again. Repeated, there is nothing
 * to lift. A target that cannot be reached holds up no other.
 * @throws Failed `release-unknown` where neither a block nor a record of any target knows the release; nothing was written.
 */
async function unbar(wish, targets) {
    const { done: sites, failed: unreached } = await reachEach(targets, async (_, around) => ({ around, history: await ownHistory(around.ports, wish.services, wish.repository) }));
    // A version may stand in the records of one target only; and a block outlives the records: it is known by the id alone then.
    const histories = new Map([...sites].map(([name, { history }]) => [name, { heads: history.heads, running: new Map() }]));
    const recorded = namedRelease(environmentReleases(histories, true), wish.release)?.release;
    const isMeant = ({ release }) => release === wish.release || release === recorded;
    const isKnown = recorded !== undefined || [...sites.values()].some(({ history }) => [...history.blocks.values()].flat().some(isMeant));
    if (!isKnown)
        throw unbar_unknown(wish, sites, unreached);
    const { done, failed } = await eachForItself(sites, async ({ around, history }) => {
        const lifted = [...history.blocks].flatMap(([service, blocks]) => blocks.filter(isMeant).map((block) => ({ service, block })));
        if (wish.isWritten) {
            for (const service of new Set(lifted.map((one) => one.service)))
                await around.ports.records.changeBlocks(service, (blocks) => blocks.filter((block) => !isMeant(block)));
        }
        for (const { service, block } of lifted)
            around.narrator.say(`[${service}] ${wish.isWritten ? 'unblocked' : 'would be unblocked'}: ${block.release}, which ${block.actor} blocked at ${block.at}: ${block.reason}`);
        return lifted;
    });
    return { targets: done, failures: new Map([...unreached, ...failed]) };
}
function unbar_unknown({ release, services }, sites, unreached) {
    const there = [...sites].flatMap(([target, { history }]) => [...history.blocks].flatMap(([service, own]) => own.map((block) => `${block.release} of ${service}${sites.size > 1 ? ` in ${target}` : ''} (by ${block.actor} at ${block.at}: ${block.reason})`)));
    const failure = {
        code: 'release-unknown',
        what: `no release ${services === undefined ? '' : `of ${words_list([...services])} `}in ${words_list([...sites.keys()])} is called "${release}"`,
        why: there.length === 0 ? 'nothing is blocked there' : `blocked are ${words_list(there.slice(0, 5))}`,
        next: there.length === 0 ? 'deploy what you wanted to let in: no block stands in its way' : 'give the id of one of them by the input "unblock"',
    };
    return new src_failure/* Failed */.cV(failure, ...toldByTarget(unreached));
}

;// CONCATENATED MODULE: ./packages/rollout/src/references.ts


const ofContainers = [
    { path: ['env', '*', 'valueFrom', 'configMapKeyRef'], kind: 'ConfigMap', key: 'name' },
    { path: ['env', '*', 'valueFrom', 'secretKeyRef'], kind: 'Secret', key: 'name' },
    { path: ['envFrom', '*', 'configMapRef'], kind: 'ConfigMap', key: 'name' },
    { path: ['envFrom', '*', 'secretRef'], kind: 'Secret', key: 'name' },
];
/** Every place of a pod specification whose name can be rewritten. `imagePullSecrets` keep fixed names. */
const places = [
    ...ofContainers.map((place) => ({ ...place, path: ['containers', '*', ...place.path] })),
    ...ofContainers.map((place) => ({ ...place, path: ['initContainers', '*', ...place.path] })),
    { path: ['volumes', '*', 'configMap'], kind: 'ConfigMap', key: 'name' },
    { path: ['volumes', '*', 'secret'], kind: 'Secret', key: 'secretName' },
    { path: ['volumes', '*', 'projected', 'sources', '*', 'configMap'], kind: 'ConfigMap', key: 'name' },
    { path: ['volumes', '*', 'projected', 'sources', '*', 'secret'], kind: 'Secret', key: 'name' },
];
/** Every ConfigMap and Secret that the pods of a workload refer to where a name can be rewritten. */
function configurationReferences(workload) {
    const found = [];
    rewriteConfiguration(workload, (reference) => {
        found.push(reference);
        return undefined;
    });
    return found;
}
/** The workload with each reference named as `rename` says; undefined keeps the name. */
function rewriteConfiguration(workload, rename) {
    if (objectAt(workload, 'spec', 'template', 'spec') === undefined)
        return workload;
    return withAt(workload, ['spec', 'template', 'spec'], (spec) => places.reduce((changed, { path, kind, key }) => {
        if (changed === undefined)
            return changed;
        return references_everywhere(changed, path, (holder) => {
            const name = holder[key];
            const renamed = typeof name === 'string' ? rename({ kind, name }) : undefined;
            return renamed === undefined ? holder : { ...holder, [key]: renamed };
        });
    }, spec));
}
/** A copy in which each object at the path (`*` is every item of a list) is what `change` makes of it. */
function references_everywhere(value, path, change) {
    const [step, ...rest] = path;
    if (step === undefined)
        return isJsonObject(value) ? change(value) : value;
    if (step === '*')
        return isArray(value) ? value.map((item) => references_everywhere(item, rest, change)) : value;
    if (!isJsonObject(value))
        return value;
    const member = value[step];
    return member === undefined ? value : { ...value, [step]: references_everywhere(member, rest, change) };
}

;// CONCATENATED MODULE: ./packages/delivery/src/secrets.ts



/**
 * The good content with each Secret as `running` has it, where both come from the same source: a value that was rotated
 * since may be the only one that still works. `kept` names those that differ.
 */
async function withNewestSecrets(wanted, running, { ports }) {
    const rotated = Object.entries(wanted.configuration).flatMap(([declared, old]) => {
        const now = running.revision.configuration[declared];
        const isSame = now !== undefined && old.kind === 'Secret' && now.kind === 'Secret' && old.source !== undefined && old.source === now.source;
        return isSame && (old.name !== now.name || old.checksum !== now.checksum) ? [{ declared, old: old.name, now }] : [];
    });
    if (rotated.length === 0)
        return { wanted, kept: [] };
    const names = await knownNames('Secret', ports.objects);
    // What cannot be looked up is taken to be there: it runs.
    const kept = rotated.filter(({ now }) => names instanceof src_failure/* Failed */.cV || names.has(now.kept ?? now.name));
    const object = rewriteConfiguration(wanted.workload.object, ({ kind, name }) => (kind === 'Secret' ? kept.find(({ old }) => old === name)?.now.name : undefined));
    return {
        wanted: {
            ...wanted,
            workload: { ...wanted.workload, object },
            configuration: { ...wanted.configuration, ...Object.fromEntries(kept.map(({ declared, now }) => [declared, now])) },
        },
        kept: kept.map(({ declared }) => declared),
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/undo-release.ts




const writtenWithinMs = 6_000;
/**
 * What is known of the services in a target. A record that is not written yet may be by a deploy that writes in this
 * moment, or by one that died: a living one has gone on when it is looked at again.
 */
async function knownToUndo(wish, around) {
    const { clock, work, narrator } = around;
    const known = await knownNow(wish, around);
    const unwritten = known.heads.find((head) => head.verdict === 'pending' && !isWritten(head, known.running));
    if (unwritten === undefined || wish.of !== undefined)
        return known;
    narrator.say(`[${unwritten.service}] revision ${unwritten.sequence} by ${unwritten.source.actor} is recorded and not written; looking again in ${duration(writtenWithinMs)}: if it is not written by then, its run is dead`);
    await clock.wait(writtenWithinMs, work);
    return knownNow(wish, around);
}
/** What is known of the services in a target in this moment. */
async function knownNow({ services, source }, { ports }) {
    const [history, running] = await Promise.all([ownHistory(ports, services, source.repository), ports.objects.running()]);
    return { ...history, running };
}
/**
 * The release that is undone, by what is known of each target.
 * @throws Failed `release-unknown`, with the newest ones; `input-missing` where the clocks cannot tell which is the newest.
 */
function undoneRelease({ of, services }, known) {
    const releases = environmentReleases(known, of !== undefined);
    const chosen = of === undefined ? releasesToUndo(releases, known) : [namedRelease(releases, of)].flatMap((one) => one ?? []);
    const [release, ...others] = chosen;
    const whole = release === undefined || release.release === of ? release : withOtherHalves(release, releases, known);
    // Halves of one are none to choose between.
    if (whole !== undefined && others.every((other) => [...other.targets.keys()].every((target) => whole.targets.get(target)?.release === other.release)))
        return whole;
    const targets = words_list([...known.keys()]);
    if (release !== undefined) {
        throw new src_failure/* Failed */.cV({
            code: 'input-missing',
            what: `which release of ${targets} is the newest cannot be told`,
            why: `these came at the same time, as far as the clocks of their API servers tell, and no target has seen two of them: ${words_list(chosen.map(placedName))}`,
            next: 'name the bad one by the input "of"',
        });
    }
    const names = services === undefined ? targets : `${words_list([...services], 'and')} in ${targets}`;
    throw new src_failure/* Failed */.cV({
        code: 'release-unknown',
        what: of === undefined ? `there is no release of ${names} to undo` : `no release of ${names} is called "${of}"`,
        why: releases.length === 0 ? 'the namespace for the records holds none of a deploy by this suite' : `the newest are ${words_list(releases.slice(0, 5).map(placedName), 'and')}`,
        next: releases.length === 0 ? 'deploy a good commit; only what was deployed by k8s-rollout can be undone' : 'give the id, the run or the version of one of them by the input "of"; `list` shows all',
    });
}
/** A release as people know it: version, id, who and when. */
function releaseName({ release, brought }) {
    const [head] = brought;
    const versions = [...new Set(brought.flatMap((one) => one.versions))].join(', ');
    return `${versions === '' ? '' : `${versions}, `}${release} by ${head?.source.actor ?? 'somebody'} at ${head?.createdAt ?? ''}`;
}
function placedName({ release, targets }) {
    return `${releaseName({ release, brought: [...targets.values()].flatMap(({ brought }) => brought) })} in ${words_list([...targets.keys()], 'and')}`;
}

;// CONCATENATED MODULE: ./packages/delivery/src/undo-plan.ts






const mostLookedAt = 10;
/** Chooses, for each service that the bad release changed in a target, the revision to go back to. Only reads. */
async function planUndo(release, wish, known, around) {
    const problems = new src_failure/* Problems */.Zw();
    const once = readingOnce(around);
    const plans = await Promise.all(release.brought.map((head) => planService(head, release, wish, known, once, problems)));
    const stuck = plans.flatMap(({ stuck: failure }) => failure ?? []);
    return {
        release: release.release,
        moves: plans.flatMap(({ move }) => move ?? []),
        settled: plans.flatMap(({ settled }) => settled ?? []),
        // A service that has nothing to go back to holds up no other; alone it is the answer.
        refused: problems.all.length === 0 && stuck.length === plans.length ? stuck : problems.all,
        barred: plans.flatMap(({ barred }) => barred ?? []),
        warnings: plans.flatMap(({ warnings }) => warnings),
    };
}
/** The same, reading each record once: no record is ever changed. */
function readingOnce(around) {
    const { records } = around.ports;
    const known = new Map();
    const read = (name) => {
        const reading = known.get(name) ?? records.read(name);
        known.set(name, reading);
        return reading;
    };
    return { ...around, ports: { ...around.ports, records: { ...records, read } } };
}
async function planService(head, release, wish, known, around, problems) {
    const { service } = head;
    const warnings = [];
    const candidates = candidatesOf(head, wish, known, release.undone.has(service));
    const older = goodRevisions(known.heads.filter((one) => one.service === service), { before: head.sequence, unlike: head.fingerprint });
    const looking = new src_failure/* Problems */.Zw();
    const [bad, good, others] = await Promise.all([
        problems.tryAsync(() => badRecord(head, around)),
        firstAvailable(candidates, head, wish, known, around, warnings, looking),
        contentsOf(older, around),
    ]);
    // Without the bad record there is nothing else to mend.
    if (bad === undefined)
        return { warnings: [] };
    for (const problem of looking.all)
        problems.add(problem);
    const barred = (kept) => ({
        service,
        content: contentOf(head, bad),
        good: [...others, ...(good === undefined ? [] : [{ ...contentOf(good.head, good.record), ...(kept === undefined ? {} : { configuration: kept.configuration }) }])],
    });
    const standing = { service, sequence: head.sequence, seconds: 0, wrote: false };
    const isUnderWay = known.heads.some((one) => one.service === service && one.verdict === 'pending');
    if (wish.to === 'last-good' && release.undone.has(service) && !isUnderWay) {
        return { barred: barred(undefined), settled: { ...standing, status: 'unchanged' }, warnings: [`[${service}] ${releaseName(release)} is undone there already; to go back further, name the release by "of"`] };
    }
    if (good === undefined) {
        const failure = nothingGood(service, head, wish, warnings);
        return { barred: barred(undefined), stuck: failure, settled: { ...standing, status: 'refused', failure }, warnings };
    }
    for (const one of known.heads.filter((other) => other.service === service && other.sequence > head.sequence && other.release !== release.release && other.undoes === undefined)) {
        const who = `revision ${one.sequence} by ${one.source.actor} (${one.release})`;
        if (isWritten(one, known.running))
            warnings.push(`[${service}] ${who} came later and goes with it`);
        else if (one.verdict === 'pending')
            warnings.push(`[${service}] ${who} is recorded and not written: to stop it, name it by "of"`);
    }
    const wanted = recordedService(good.record);
    const newest = wish.secrets === 'current' ? await withNewestSecrets(wanted, await newestRecord(known, head, bad, around), around) : { wanted, kept: [] };
    for (const name of newest.kept)
        warnings.push(`[${service}] the Secret ${name} keeps its newest version: its source did not change, and the old value may be revoked`);
    return {
        barred: barred(newest.wanted),
        warnings,
        move: {
            wanted: newest.wanted,
            bad: { sequence: head.sequence, versions: head.versions },
            good: { sequence: good.head.sequence, versions: good.head.versions, sourceKeys: good.head.sourceKeys, source: good.record.source },
            newest: newestOf(known.heads).get(service)?.sequence ?? 0,
            keptSecrets: newest.kept,
        },
    };
}
/** What revisions that stand for good have: a block on the bad one must not bar them. */
async function contentsOf(good, { ports }) {
    const contents = await Promise.all(good.slice(0, mostLookedAt).map(async (head) => ({ head, record: await readRecord(head, ports) })));
    return contents.flatMap(({ head, record }) => (typeof record === 'string' ? [] : [contentOf(head, record)]));
}
function candidatesOf(bad, { to }, { heads, running }, isUndone) {
    // It stays where it is, under another number: that keeps out whoever is about to write the bad content again.
    if (isUndone && to === 'last-good')
        return heads.filter(({ service, sequence, verdict }) => service === bad.service && verdict === 'healthy' && sequence === running.get(service));
    const own = heads.filter(({ service, release }) => service === bad.service && (to !== 'last-good' || release !== bad.release));
    if (to === 'last-good')
        return goodRevisions(own, { before: bad.sequence, unlike: bad.fingerprint });
    const isAsked = ({ versions, sequence }) => ('version' in to ? isCalled(versions, to.version) : sequence === to.sequence);
    return goodRevisions(own.filter(isAsked), { unlike: '' }).slice(0, 1);
}
/** The first candidate that can run again. One that was named explicitly is not passed over: that is a problem. */
async function firstAvailable(candidates, bad, wish, history, around, warnings, problems) {
    for (const head of candidates) {
        const record = head.fingerprint === bad.fingerprint ? `it has the content of the bad revision ${bad.sequence}` : await usableRecord(head, history, { ...around, mission: wish });
        if (typeof record !== 'string')
            return { head, record };
        if (wish.to !== 'last-good')
            problems.add(notThat(head, record, bad, history));
        else
            warnings.push(`[${head.service}] revision ${head.sequence} is passed over: ${record}`);
    }
    if (wish.to !== 'last-good' && candidates.length === 0)
        problems.add(notThat(bad, `no healthy revision is called so`, bad, history, wish));
    return undefined;
}
/** What a service runs, or ran last: newer than the bad revision, where others came after it. */
async function newestRecord({ heads }, bad, record, { ports }) {
    const newest = newestOf(heads.filter(({ verdict }) => verdict !== 'interrupted')).get(bad.service);
    const read = newest === undefined || newest.name === bad.name ? record : await readRecord(newest, ports);
    return typeof read === 'string' ? record : read;
}
/** @throws Failed `record-unreadable`: without it nobody knows what the bad release brought. */
async function badRecord(head, { ports }) {
    const record = await ports.records.read(head.name);
    if (record !== undefined)
        return record;
    throw new src_failure/* Failed */.cV({
        code: 'record-unreadable',
        what: `the release record ${head.name} is gone`,
        why: 'somebody has deleted the ConfigMap just now',
        next: 'find out who may delete there, and run the rollback again',
    });
}
function contentOf(head, { revision, source }) {
    return { fingerprint: head.fingerprint, commit: source.commit, images: revision.images, configuration: revision.configuration };
}
function nothingGood(service, bad, { target }, passedOver) {
    return {
        code: 'nothing-to-restore',
        what: `${service} has nothing to go back to in ${target.name}`,
        why: [`before revision ${bad.sequence} no revision of other content was seen healthy there and still exists`, ...passedOver].join('; '),
        next: `deploy a commit that mends it; to stop it meanwhile, \`kubectl -n ${target.namespace} scale deployment -l slipway.dev/service=${service} --replicas=0\``,
    };
}
function notThat(head, why, bad, { heads }, wish) {
    const others = goodRevisions(heads.filter(({ service }) => service === bad.service), { unlike: bad.fingerprint }).filter(({ sequence }) => sequence !== head.sequence);
    const asked = wish === undefined || wish.to === 'last-good' ? `revision ${head.sequence}` : 'version' in wish.to ? `version ${wish.to.version}` : `revision ${wish.to.sequence}`;
    return {
        code: 'nothing-to-restore',
        what: `${bad.service} cannot go back to ${asked}`,
        why,
        next: others.length === 0 ? 'there is no other good revision: deploy a commit that mends it' : `give another one by "to": ${words_list(others.slice(0, 5).map(({ sequence, versions }) => `${sequence}${versions.length === 0 ? '' : ` (${versions.join(', ')})`}`), 'or')}`,
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/bar.ts


/** Bars what a bad release brought from coming back to the services of a target. What is barred already stays as it is. */
async function bar(barred, bad, { source, reason, release }, { ports, clock, narrator }) {
    for (const { service, content, good } of barred) {
        const block = {
            release: bad,
            fingerprint: content.fingerprint,
            ...changedContent(content, good),
            reason,
            actor: source.actor,
            run: source.run === '' ? release : source.run,
            at: new Date(clock.now()).toISOString(),
        };
        const isThere = (one) => one.release === block.release && one.fingerprint === block.fingerprint;
        await ports.records.changeBlocks(service, (blocks) => (blocks.some(isThere) ? blocks : [...blocks, block]));
        narrator.say(`[${service}] blocked: what ${bad} brought cannot come back by accident`);
    }
}
/**
 * What is to be barred in a target that the bad release never reached with a service, by what it brought elsewhere: all
 * that nothing good has, here or there. A service that is another repository's here is left alone.
 */
async function barredHere(elsewhere, { source }, around) {
    const services = [...Map.groupBy(elsewhere, ({ service }) => service)];
    const here = await Promise.all(services.map(async ([service, barred]) => {
        const { heads } = await around.ports.records.history([service]);
        if (heads.some((head) => head.source.repository !== source.repository && head.source.repository !== ''))
            return [];
        const good = await contentsOf(goodRevisions(heads, { unlike: '' }), around);
        const all = barred.map((one) => ({ ...one, good: [...one.good, ...good] }));
        return all.filter((one, index) => isAnything(one) && all.findIndex((other) => changesOf(other) === changesOf(one)) === index);
    }));
    return here.flat();
}
function changesOf({ content, good }) {
    return canonicalJson({ ...changedContent(content, good) });
}
/** Where what is good has all of it, only the fingerprint is left, which is another one in each target. */
function isAnything({ content, good }) {
    const { images, configuration, commit } = changedContent(content, good);
    return commit !== undefined || Object.keys(images).length > 0 || Object.keys(configuration).length > 0;
}

;// CONCATENATED MODULE: ./packages/delivery/src/impatient.ts

const patienceMs = 5_000;
/** A registry that is not waited for long, and not asked again once it is silent: for those to whom its answer is only a warning. */
function impatient(images, clock) {
    let silence;
    return {
        async has(repository, digest) {
            if (silence !== undefined)
                throw silence;
            const answered = new AbortController();
            try {
                return await Promise.race([images.has(repository, digest), tooLate(clock, answered.signal)]);
            }
            catch (error) {
                if (error instanceof src_failure/* Failed */.cV && error.failures[0].code !== 'access-denied')
                    silence = error;
                throw error;
            }
            finally {
                answered.abort();
            }
        },
    };
}
async function tooLate(clock, signal) {
    await clock.wait(patienceMs, signal);
    throw new src_failure/* Failed */.cV({ code: 'unreachable', what: 'the registry cannot be reached', why: `it did not answer within ${patienceMs / 1000} s`, next: 'look at the status of the registry' });
}

;// CONCATENATED MODULE: ./packages/delivery/src/outcome.ts
/** The outcome of services that settle one by one, in one target or in several. */
function outcome_outcomeOf(services) {
    const bad = services.flatMap((one) => badOutcome(one) ?? []);
    const changed = services.some(({ status }) => status === 'healthy');
    if (bad.length === 0)
        return changed ? 'changed' : 'unchanged';
    if (changed)
        return 'partial';
    return ['broken', 'rolled-back', 'superseded', 'refused'].find((outcome) => bad.includes(outcome)) ?? 'broken';
}
function badOutcome({ status, wrote }) {
    switch (status) {
        case 'failed':
            return 'broken';
        case 'cancelled':
            return wrote ? 'broken' : 'refused';
        case 'not-started':
            return 'refused';
        case 'rolled-back':
        case 'superseded':
        case 'refused':
            return status;
        case 'healthy':
        case 'unchanged':
        case 'planned':
            return undefined;
    }
}
/** The outcome of a rollback over targets, of which each settles for itself. */
function outcomeOfTargets(outcomes) {
    const isGood = (outcome) => outcome === 'changed' || outcome === 'unchanged' || outcome === 'planned';
    const good = outcomes.filter(isGood);
    const bad = outcomes.filter((outcome) => !isGood(outcome));
    if (bad.length === 0)
        return ['changed', 'planned'].find((outcome) => good.includes(outcome)) ?? 'unchanged';
    if (good.length > 0)
        return 'partial';
    return ['partial', 'broken', 'rolled-back', 'superseded'].find((outcome) => bad.includes(outcome)) ?? 'refused';
}

;// CONCATENATED MODULE: ./packages/report/src/granting.ts
/** What to do where a role lacks a right: the file of ours that grants it, and the page that says how it is applied. */
function granting(what) {
    return `grant it to the group that the role is mapped to: \`kubectl apply -f docs/rbac/${what}.yaml\` of Slipway does; docs/rights.md says which group that is`;
}

;// CONCATENATED MODULE: ./packages/delivery/src/field-paths.ts


const itself = '.';
/** Both sets of fields in one. A leaf that has something below it in the other set is a member of its own there. */
function union(one, other) {
    const merged = new Map(Object.entries(one));
    for (const [name, inner] of Object.entries(other)) {
        const known = merged.get(name);
        merged.set(name, isJsonObject(known) && isJsonObject(inner) ? below(known, inner) : inner);
    }
    return Object.fromEntries(merged);
}
function below(one, other) {
    const both = union(one, other);
    const isMixed = Object.keys(both).length > 0 && (Object.keys(one).length === 0 || Object.keys(other).length === 0);
    return isMixed ? { [itself]: {}, ...both } : both;
}
/** All fields of entries of managedFields. */
function fieldsOf(entries) {
    return entries.reduce((all, entry) => union(all, objectAt(entry, 'fieldsV1') ?? {}), {});
}
/** The innermost fields of a set. */
function leavesOf(fields, path = []) {
    return Object.entries(fields).flatMap(([name, inner]) => {
        if (name === itself)
            return [];
        const own = isJsonObject(inner) ? Object.keys(inner).filter((one) => one !== itself) : [];
        return own.length === 0 || !isJsonObject(inner) ? [[...path, name]] : leavesOf(inner, [...path, name]);
    });
}
/** Whether a set has a field, something inside it, or a whole that it is a part of. */
function concerns(fields, [part, ...rest]) {
    if (part === undefined)
        return true;
    const inner = fields[part];
    return isJsonObject(inner) && (Object.keys(inner).length === 0 || concerns(inner, rest));
}
/** What stands at a path of an object; undefined where there is nothing. */
function valueAt(object, path) {
    return path.reduce((value, part) => {
        if (part.startsWith('f:'))
            return isJsonObject(value) ? value[part.slice(2)] : undefined;
        return field_paths_isArray(value) ? value.find(isMeant(part)) : undefined;
    }, object);
}
/** The object without these fields. What becomes empty by that goes, too. */
function withoutFields(object, paths) {
    return paths.reduce((kept, path) => {
        const left = field_paths_without(kept, path);
        return isJsonObject(left) ? left : {};
    }, object);
}
function field_paths_without(value, [part = '', ...rest]) {
    if (isJsonObject(value) && part.startsWith('f:')) {
        const name = part.slice(2);
        const inner = value[name];
        if (inner === undefined)
            return value;
        const left = rest.length === 0 ? undefined : field_paths_without(inner, rest);
        if (left !== undefined)
            return { ...value, [name]: left };
        const others = Object.entries(value).filter(([one]) => one !== name);
        return others.length === 0 ? undefined : Object.fromEntries(others);
    }
    // An item of a list is never half one.
    if (field_paths_isArray(value) && rest.length === 0)
        return value.filter((item) => !isMeant(part)(item));
    return value;
}
/** Whether an item of a list is the one that a part of a path means. */
function isMeant(part) {
    const [kind, keys] = [part.slice(0, 2), field_paths_parsed(part.slice(2))];
    return (item) => {
        if (kind === 'v:')
            return keys !== undefined && sameJson(item, keys);
        return kind === 'k:' && isJsonObject(item) && isJsonObject(keys) && Object.entries(keys).every(([name, value]) => (item[name] ?? keyDefaults[name]) === value);
    };
}
/** Keys of list items that a manifest may leave out. */
const keyDefaults = { protocol: 'TCP' };
function field_paths_parsed(text) {
    try {
        const value = JSON.parse(`[${text}]`);
        return isItem(value) ? value[0] : undefined;
    }
    catch {
        return undefined;
    }
}
function isItem(value) {
    return Array.isArray(value) && value.length === 1;
}
/** `.spec.template.spec.containers[name="app"].image`, as an API server names a field in a conflict. */
function shownField(path) {
    return path.map((part) => (part.startsWith('f:') ? `.${part.slice(2)}` : `[${keysText(part)}]`)).join('');
}
function keysText(part) {
    const keys = field_paths_parsed(part.slice(2));
    return isJsonObject(keys) ? Object.entries(keys).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',') : `=${part.slice(2)}`;
}
function field_paths_isArray(value) {
    return Array.isArray(value);
}

;// CONCATENATED MODULE: ./packages/delivery/src/marks.ts


/** The field manager of rollout and rollback alike. */
const fieldManager = 'slipway';
/** Holds `replicas` where an autoscaler takes over, so that leaving the field out does not reset it to 1. */
const replicasManager = 'slipway-replicas';
const { serviceLabel, repositoryAnnotation, sequenceAnnotation: marks_sequenceAnnotation, releaseAnnotation } = workloadMarks;
/** The object with the labels that say whose it is: content, the same in every release. */
function marks_owned(object, service, repository) {
    const labelled = withAt(object, ['metadata', 'labels', serviceLabel], () => service);
    return withAt(labelled, ['metadata', 'annotations', repositoryAnnotation], () => repository);
}
/** The workload with the marks of one release, on its own metadata and never on its template: they must restart nothing. */
function marks_marked(workload, sequence, release) {
    const numbered = withAt(workload, ['metadata', 'annotations', marks_sequenceAnnotation], () => String(sequence));
    return withAt(numbered, ['metadata', 'annotations', releaseAnnotation], () => release);
}
/** The number of the revision that a live workload runs, where it is one of ours. */
function sequenceOf(workload) {
    const text = textAt(workload, 'metadata', 'annotations', marks_sequenceAnnotation);
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
/** The object bound to the state that was read: the server refuses it when somebody has written since. */
function fenced(object, live) {
    const uid = textAt(live, 'metadata', 'uid');
    const resourceVersion = textAt(live, 'metadata', 'resourceVersion');
    if (uid === undefined || resourceVersion === undefined)
        return object;
    const withUid = withAt(object, ['metadata', 'uid'], () => uid);
    return withAt(withUid, ['metadata', 'resourceVersion'], () => resourceVersion);
}
/** Whether a live object is of no service of this suite. */
function isUnclaimed(live) {
    return live !== undefined && textAt(live, 'metadata', 'labels', serviceLabel) === undefined;
}
/** Whose a live object of this suite is, where it is not this service's. */
function otherServicesClaim(live, service, repository) {
    const label = textAt(live, 'metadata', 'labels', serviceLabel);
    if (label === undefined)
        return undefined;
    if (label !== service)
        return `it belongs to the service ${label}`;
    const other = textAt(live, 'metadata', 'annotations', repositoryAnnotation);
    return other === undefined || other === repository ? undefined : `it belongs to the repository ${other}`;
}
/**
 * The live replica count that must be handed to another manager before an apply leaves `replicas` out: a sole owner that
 * drops the field resets it to 1. Undefined where the manifest names it, or where it is not ours alone.
 */
function replicasToHandOver(live, workload) {
    const replicas = numberAt(live, 'spec', 'replicas');
    if (replicas === undefined || numberAt(workload, 'spec', 'replicas') !== undefined)
        return undefined;
    const owners = replicasOwners(live);
    return owners.length > 0 && owners.every((manager) => manager === fieldManager) ? replicas : undefined;
}
/**
 * The workload as it can be put back: without its number of replicas where another one is live that is somebody else's.
 * Who has scaled it, by an autoscaler or by hand, knows the load of today; to insist would be refused as well.
 */
function withLiveReplicas(workload, live) {
    const isOthers = replicasOwners(live).some((manager) => manager !== fieldManager);
    const isSame = numberAt(workload, 'spec', 'replicas') === numberAt(live, 'spec', 'replicas');
    return isOthers && !isSame ? withAt(workload, ['spec', 'replicas'], () => undefined) : workload;
}
function replicasOwners(live) {
    const owning = listAt(live, 'metadata', 'managedFields').filter((entry) => objectAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined);
    return owning.map((entry) => textAt(entry, 'manager') ?? '');
}
/** Whether an apply was kept out by nothing but the number of replicas that was handed over before. */
function isOwnHandOver(answer) {
    return answer.kind === 'owned' && answer.owners.every(({ manager }) => manager === replicasManager);
}
/** Metadata that takes the number of replicas back from whom it was handed to: the number stays, and nobody owns it. */
function handedBack(live) {
    const managedFields = listAt(live, 'metadata', 'managedFields').filter((entry) => textAt(entry, 'manager') !== replicasManager);
    return { managedFields, resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' };
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-owners.ts





/** The managers of an object's fields; the status, which no manifest has, is left out. */
function adopt_owners_ownersOf(live) {
    return entriesOf(live)
        .filter((entry) => textAt(entry, 'subresource') !== 'status')
        .map((entry) => {
        const subresource = textAt(entry, 'subresource');
        return {
            manager: textAt(entry, 'manager') ?? '',
            operation: textAt(entry, 'operation') ?? '',
            ...(subresource === undefined ? {} : { subresource }),
            fields: leavesOf(objectAt(entry, 'fieldsV1') ?? {}).length,
        };
    });
}
/** `kubectl-client-side-apply (Update, 12 fields)`. */
function adopt_owners_ownerText({ manager, operation, subresource, fields }) {
    return `${manager} (${operation}${subresource === undefined ? '' : ` of ${subresource}`}, ${count(fields, 'field')})`;
}
/** All that is known of whose an object is: its managers, and the Helm release or the application that it is a part of. */
function ownersText(live) {
    const owners = adopt_owners_ownersOf(live).map(adopt_owners_ownerText);
    const helm = helmRelease(live);
    const reconciler = reconcilerOf(live);
    return [owners.length === 0 ? 'somebody who left no name' : words_list(owners, 'and'), helm, reconciler].filter((text) => text !== undefined).join('; ');
}
function helmRelease(live) {
    const name = textAt(live, 'metadata', 'annotations', 'meta.helm.sh/release-name');
    if (name === undefined)
        return undefined;
    return `it is of the Helm release ${name} in ${textAt(live, 'metadata', 'annotations', 'meta.helm.sh/release-namespace') ?? 'an unnamed namespace'}`;
}
/**
 * Who puts the object back to what git says whenever it differs. Names as Argo CD documents them under "Resource
 * Tracking", and as Flux's kustomize-controller and helm-controller label what they apply.
 */
function reconcilerOf(live) {
    const label = (name) => textAt(live, 'metadata', 'labels', name);
    const managers = adopt_owners_ownersOf(live).map(({ manager }) => manager);
    const tracked = textAt(live, 'metadata', 'annotations', 'argocd.argoproj.io/tracking-id')?.split(':')[0];
    const isArgo = managers.some((manager) => /^argocd(-|$)/.test(manager));
    const application = tracked ?? label('argocd.argoproj.io/instance') ?? (isArgo ? (label('app.kubernetes.io/instance') ?? 'of unknown name') : undefined);
    if (application !== undefined)
        return `Argo CD reconciles it (application ${application})`;
    for (const [group, kind] of [['kustomize', 'Kustomization'], ['helm', 'HelmRelease']]) {
        const name = label(`${group}.toolkit.fluxcd.io/name`);
        if (name !== undefined)
            return `Flux reconciles it (${kind} ${label(`${group}.toolkit.fluxcd.io/namespace`) ?? ''}/${name})`;
    }
    return managers.some((manager) => /^(kustomize|helm)-controller$/.test(manager)) ? 'Flux reconciles it' : undefined;
}
/** The object that made this one and keeps it as it wants it. */
function controllerOf(live) {
    const owner = listAt(live, 'metadata', 'ownerReferences').find((one) => isJsonObject(one) && one['controller'] === true);
    return owner === undefined ? undefined : `${textAt(owner, 'kind') ?? ''} ${textAt(owner, 'name') ?? ''}`;
}
/** The entries of managedFields whose fields can be taken. What controllers own stays theirs, and so does every status. */
function takenEntries(live, reach) {
    return entriesOf(live).filter((entry) => {
        const [manager, subresource] = [textAt(entry, 'manager') ?? '', textAt(entry, 'subresource')];
        const isApply = textAt(entry, 'operation') === 'Apply';
        const isHand = !isApply && byHand.test(manager);
        if (reach === 'hand')
            return isHand && subresource === undefined;
        if (subresource !== undefined)
            return subresource === 'scale' && manager.startsWith('kubectl');
        if (isApply)
            return !ours.test(manager) && !controllers.test(manager);
        return isHand || deployers.test(manager);
    });
}
/** What people type; a restart is not taken: it is a wish, and no content. */
const byHand = /^kubectl-(?!client-side-apply$|rollout$|last-applied$)/;
/** Who deploys by Update: `before-first-apply` stands for all who wrote before the first server-side apply. */
const deployers = /^(kubectl|kubectl-client-side-apply|helm|before-first-apply|HashiCorp|[Tt]erraform.*)$/;
const ours = new RegExp(`^${fieldManager}(-.*)?$`);
const controllers = /^kube-|controller|operator|autoscaler|webhook|injector/;
/** Whether an entry is a controller's or an autoscaler's. */
function isControllers(entry) {
    return textAt(entry, 'subresource') !== undefined || controllers.test(textAt(entry, 'manager') ?? '');
}
/** The entries of an object's managedFields. */
function entriesOf(live) {
    return listAt(live, 'metadata', 'managedFields').filter(isJsonObject);
}
/** Whether an entry is what server-side apply under our own name has left. */
function isOwnApply(entry) {
    return textAt(entry, 'manager') === fieldManager && textAt(entry, 'operation') === 'Apply' && textAt(entry, 'subresource') === undefined;
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-handover.ts





const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const helmAnnotations = ['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace'];
const managedBy = 'app.kubernetes.io/managed-by';
/** Annotations by which kubectl and Helm know what they made. */
const bookkeeping = [lastApplied, ...helmAnnotations];
/**
 * The metadata that moves the ownership of fields to us, bound to the state that was read. No content changes: what the
 * manifest does not name goes at the apply that follows, since nobody else owns it then. kubectl's note of what it
 * applied goes as well, or the next `kubectl apply` would remove our fields by it; so do Helm's labels.
 */
function handedOver(live, reach, { service, repository }) {
    const present = bookkeeping.filter((name) => textAt(live, 'metadata', 'annotations', name) !== undefined);
    const isHelms = textAt(live, 'metadata', 'labels', managedBy) === 'Helm';
    return {
        resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '',
        managedFields: movedEntries(live, reach),
        labels: { [workloadMarks.serviceLabel]: service, ...(isHelms ? { [managedBy]: null } : {}) },
        annotations: {
            [workloadMarks.repositoryAnnotation]: repository,
            ...Object.fromEntries(present.map((name) => [name, null])),
        },
    };
}
/** The object's content as it would be applied by us: without what the server, controllers and other tools keep in it. */
function bareMetadata(metadata) {
    const kept = (names, isKept) => Object.fromEntries(Object.entries(names ?? {}).filter(([name]) => isKept(name)));
    const labels = kept(objectAt(metadata, 'labels'), (name) => name !== managedBy || textAt(metadata, 'labels', name) !== 'Helm');
    const marks = [workloadMarks.sequenceAnnotation, workloadMarks.releaseAnnotation];
    const annotations = kept(objectAt(metadata, 'annotations'), (name) => !bookkeeping.includes(name) && !marks.includes(name) && !name.startsWith('deployment.kubernetes.io/'));
    return { name: textAt(metadata, 'name') ?? '', ...(Object.keys(labels).length === 0 ? {} : { labels }), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
}
/** What is taken becomes part of our own entry; an entry that our labels were written under, too. */
function movedEntries(live, reach) {
    const entries = entriesOf(live);
    const taken = takenEntries(live, reach);
    const isFolded = (entry) => taken.includes(entry) || isOwnApply(entry) || isOwnUpdate(entry);
    const folded = entries.filter(isFolded);
    if (folded.length === 0)
        return entries;
    const own = {
        manager: fieldManager,
        operation: 'Apply',
        apiVersion: textAt(live, 'apiVersion') ?? '',
        time: folded.map((entry) => textAt(entry, 'time') ?? '').toSorted().at(-1) ?? '',
        fieldsType: 'FieldsV1',
        fieldsV1: fieldsOf(folded),
    };
    return [own, ...entries.filter((entry) => !isFolded(entry))];
}
function isOwnUpdate(entry) {
    return textAt(entry, 'manager') === fieldManager && textAt(entry, 'operation') === 'Update' && textAt(entry, 'subresource') === undefined;
}

;// CONCATENATED MODULE: ./packages/delivery/src/record.ts
/** The record of a prepared service, as it would be kept under this number. */
function recordOf(prepared, sequence, { source, restores, undoes }, { mission, services, clock }) {
    const { name: target, namespace } = mission.target;
    return {
        sequence,
        service: prepared.wanted.service,
        release: mission.release,
        participants: mission.participants ?? services.map((service) => ({ target, namespace, service })),
        revision: prepared.revision,
        source,
        startedAt: new Date(clock.now()).toISOString(),
        ...(restores === undefined ? {} : { restores }),
        ...(undoes === undefined ? {} : { undoes }),
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-before.ts







/** The release that what ran before an adoption is recorded under: no deploy brought it, and none is undone by it. */
function beforeRelease(release) {
    return `before-${release}`;
}
/**
 * What ran before, as revision 0, where this run takes over a workload that was none of ours; undefined where it does
 * not. Supporting objects are in it as far as they are there.
 */
function revisionBefore({ wanted: { service }, workload, supporting }, { source }) {
    if (workload.taking?.isStranger !== true)
        return undefined;
    const manifests = [workload, ...supporting].flatMap(({ live }) => (live === undefined ? [] : [marks_owned(bare(live), service, source.repository)]));
    return { images: {}, configuration: {}, manifests };
}
/** The record of what ran before. */
function recordBefore(one, revision, around) {
    const { repository, run, actor } = around.mission.source;
    const record = recordOf(one, 0, { source: { repository, run, actor, commit: '', ref: '' } }, around);
    return { ...record, release: beforeRelease(record.release), revision };
}
/**
 * Keeps what ran before as revision 0, behind the lock and before anything of it is moved: made with its verdict in one
 * request, since it runs already. One that is there was made by a run that was killed.
 */
async function keepBefore(one, run) {
    const revision = revisionBefore(one, run.mission);
    if (revision === undefined)
        return;
    const { service } = one.wanted;
    const content = fingerprint(revision);
    const { heads } = await run.ports.records.history([service]);
    const known = heads.find(({ sequence }) => sequence === 0);
    if (known !== undefined) {
        if (known.fingerprint !== content)
            run.narrator.warn(`[${service}] what runs has changed since revision 0 was recorded at ${known.createdAt}: revision 0 stays as it was then`);
        return;
    }
    const { verdict, why } = await verdictNow(one, run);
    const created = await run.ports.records.create(recordBefore(one, revision, run), content, {}, verdict);
    if (created === 'taken')
        return;
    if (verdict === 'healthy')
        run.narrator.say(`[${service}] what runs now is recorded as revision 0: a deploy that fails goes back to it`);
    else
        run.narrator.warn(`[${service}] what runs now is recorded as revision 0, and is not healthy (${why}): nothing goes back to it by itself`);
}
/** One look by the rules for a rollout that has ended. */
async function verdictNow({ workload: { live, manifest } }, { observer: opened, clock }) {
    const observer = await opened;
    const fresh = await observer.fresh(manifest.name);
    const applied = appliedFrom(fresh.deployment ?? live ?? {});
    if (applied === undefined)
        return { verdict: 'interrupted', why: 'it is gone' };
    const nowMs = clock.monotonic();
    const observed = { ...refreshed({ ...observer.observe(manifest.name), answers: new Map() }, fresh) };
    const { verdict } = judge(observed, applied, { ...defaultLimits, soakMs: 0, timeoutMs: Infinity, ownConfiguration: [] }, { nowMs, writtenMs: nowMs }, undefined);
    switch (verdict.state) {
        case 'healthy':
            return { verdict: 'healthy', why: '' };
        case 'failed':
            return { verdict: 'failed', why: verdict.cause.why };
        case 'undecided':
            return { verdict: 'interrupted', why: `it waits for ${verdict.waitingFor}` };
        case 'soaking':
            return { verdict: 'interrupted', why: 'it has only just become available' };
        case 'superseded':
            return { verdict: 'interrupted', why: verdict.why };
    }
}
/** What a server, controllers and autoscalers keep in an object is no part of its manifest. */
function bare(live) {
    const taken = takenEntries(live, 'all');
    const written = fieldsOf(entriesOf(live).filter((entry) => taken.includes(entry) || isOwnApply(entry)));
    const controlled = entriesOf(live).filter((entry) => !taken.includes(entry) && isControllers(entry) && textAt(entry, 'subresource') !== 'status');
    const own = withoutFields(live, controlled.flatMap((entry) => leavesOf(fieldsOf([entry])).filter((path) => textAt(entry, 'subresource') === 'scale' || !concerns(written, path))));
    const content = Object.fromEntries(Object.entries(own).filter(([name]) => name !== 'status' && name !== 'metadata'));
    const object = { ...content, metadata: bareMetadata(objectAt(own, 'metadata') ?? {}) };
    if (isJsonObject(objectAt(object, 'spec', 'template')))
        return withAt(object, ['spec', 'template', 'metadata', 'creationTimestamp'], () => undefined);
    return textAt(object, 'kind') === 'Service' ? withoutAddress(object) : object;
}
/** The address that a server gives to a Service stays with it as long as it lives. */
function withoutAddress(object) {
    if (textAt(object, 'spec', 'clusterIP') === 'None')
        return object;
    return ['clusterIP', 'clusterIPs'].reduce((all, name) => withAt(all, ['spec', name], () => undefined), object);
}

;// CONCATENATED MODULE: ./packages/delivery/src/image-check.ts
function openImageCheck({ target }, ports, problems) {
    const asked = new Map();
    const look = async (repository, digest) => {
        if (await ports.images.has(repository, digest))
            return;
        problems.add({
            code: 'image-missing',
            what: `${repository}@${digest} is not in the registry that the target ${target.name} pulls from`,
            why: 'the pods could not be started',
            next: 'build it with ecr-build-push, which pushes it and copies it to every region of the registry; where it was proven elsewhere, deploy it there once more: its build copies what this region lacks',
        });
    };
    return async ({ images }) => {
        await Promise.all(Object.entries(images).map(([repository, digest]) => {
            const image = `${repository}@${digest}`;
            const looked = asked.get(image) ?? look(repository, digest);
            asked.set(image, looked);
            return looked;
        }));
    };
}

;// CONCATENATED MODULE: ./packages/release/src/revision.ts

/** Hash of a revision's content, without version names and times. Equal fingerprints are the same content. */
function revision_fingerprint(revision) {
    return canonicalHash({
        images: { ...revision.images },
        configuration: Object.fromEntries(Object.entries(revision.configuration).map(([name, { kind, checksum, name: object }]) => [name, { kind, object, checksum }])),
        manifests: [...revision.manifests],
    });
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-difference.ts




/** What taking an object comes to, field by field. */
function differenceOf(live, { over, alone }, reach) {
    const named = fieldsOf(entriesOf(over).filter(isOwnApply));
    const taken = takenEntries(live, reach);
    const kept = fieldsOf(entriesOf(live).filter((entry) => !taken.includes(entry) && !isOwnApply(entry)));
    const isLeft = (path) => !concerns(named, path) && !concerns(kept, path) && valueAt(live, path) !== undefined && !isBookkeeping(path) && !isAllocated(path);
    const left = leavesOf(union(fieldsOf(taken), fieldsOf(entriesOf(live).filter(isOwnApply)))).filter(isLeft);
    const changed = [...differing(leavesOf(named), live, over), ...differing(left.filter((path) => valueAt(alone, path) !== undefined), live, alone)];
    return {
        owners: adopt_owners_ownersOf(live),
        changes: adopt_difference_shown(changed.map((path) => outermostMissing(live, path))),
        goes: adopt_difference_shown(left.filter((path) => valueAt(alone, path) === undefined).map((path) => outermostMissing(alone, path))),
    };
}
function differing(paths, live, wanted) {
    const value = (object, path) => valueAt(object, path) ?? null;
    return paths.filter((path) => !isBookkeeping(path) && !sameJson(value(live, path), value(wanted, path)));
}
/** A whole that is not there is told once, and not by all its parts. */
function outermostMissing(object, path) {
    const length = path.findIndex((_, index) => valueAt(object, path.slice(0, index + 1)) === undefined);
    return length < 0 ? path : path.slice(0, length + 1);
}
function adopt_difference_shown(paths) {
    return [...new Set(paths.map(shownField))].toSorted();
}
/** What a server has allocated to a Service stays with it, whoever names it. */
function isAllocated(path) {
    return /^f:(clusterIPs?|nodePort|healthCheckNodePort)$/.test(path.at(-1) ?? '');
}
/** Labels and annotations by which tools know their objects are no content. */
function isBookkeeping([top, part, name = '']) {
    return top === 'f:metadata' && (part === 'f:labels' || part === 'f:annotations') && (name.startsWith('f:slipway.dev/') || bookkeeping.some((one) => name === `f:${one}`));
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-try.ts





/**
 * Whether fields of an object are to be taken from others, and what that comes to; undefined where nothing is. Of our own
 * objects, what somebody has set by hand is always taken back; everything else only with `adopt`.
 * Problems: `ownership-conflict` where an object, or a field that the manifest names, cannot be taken.
 */
async function tryTaking(tried, mission, ports, problems) {
    const { manifest, live, isStranger, answer } = tried;
    const reach = mission.adopt === undefined ? 'hand' : 'all';
    const taken = takenEntries(live, reach);
    const isWanted = isStranger || answer.kind === 'owned' || (reach === 'all' && taken.length > 0);
    if (!isWanted || answer.kind === 'refused' || answer.kind === 'stale')
        return undefined;
    const refused = notTakeable(tried, taken);
    if (refused !== undefined && mission.adopt === undefined)
        return undefined;
    if (refused !== undefined && mission.adopt !== 'plan') {
        problems.add({
            code: 'ownership-conflict',
            what: `${objectText(manifest)} cannot be taken over`,
            where: mission.target.name,
            why: refused,
            next: 'let its owner give it up first (take it out of the application, or stop what keeps it), or leave it and the fields that are named out of the manifests; nothing was written',
        });
        return undefined;
    }
    const over = await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager, overOwners: true });
    if (over.kind !== 'applied') {
        if (over.kind === 'refused')
            problems.add({ code: 'cluster-refused', what: `the API server would not take ${objectText(manifest)} over what is live`, where: mission.target.name, why: over.why, next: 'mend the manifest, or deploy the service under another name; nothing was written' });
        return undefined;
    }
    const difference = differenceOf(live, { over: over.object, alone: await alone(manifest, ports) }, reach);
    return { reach, isStranger, adoption: { object: objectText(manifest), ...difference, ...(refused === undefined ? {} : { refused }) } };
}
function notTakeable({ live, answer }, taken) {
    const reconciler = reconcilerOf(live);
    if (reconciler !== undefined)
        return `${reconciler}, and would put it back at once`;
    const controller = controllerOf(live);
    if (controller !== undefined)
        return `${controller} controls it (ownerReferences), and would put it back`;
    const names = new Set(taken.map((entry) => textAt(entry, 'manager')));
    const staying = answer.kind === 'owned' ? answer.owners.filter(({ manager }) => !names.has(manager)) : [];
    return staying.length === 0 ? undefined : `${words_list(staying.map(({ manager, field }) => `${field} belongs to ${manager}`))}, which keeps what it owns`;
}
/** The manifest with the server's defaults: what stands there by itself does not go when nobody names it. As written where that cannot be tried. */
async function alone({ object }, ports) {
    const unnamed = withAt(object, ['metadata', 'name'], (name) => `${typeof name === 'string' ? name.slice(0, 50) : ''}-slipway-dry-run`);
    const answer = await ports.objects.apply(unnamed, { dryRun: true, manager: fieldManager });
    return answer.kind === 'applied' ? answer.object : object;
}

;// CONCATENATED MODULE: ./packages/delivery/src/as-applied.ts




/** What names an object belongs to nobody. */
const unowned = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']];
/**
 * Whether the live object itself shows that to apply this one would change nothing: we own exactly the fields that it
 * names, and each has the value that it says. False where that cannot be told for sure, as where the server writes a value
 * in other words (`1000m` for `"1"`): then a dry run tells.
 */
function isAsApplied(object, live) {
    const [own, ...others] = entriesOf(live).filter(isOwnApply);
    const fields = objectAt(own, 'fieldsV1');
    const isGoing = textAt(live, 'metadata', 'deletionTimestamp') !== undefined;
    if (fields === undefined || others.length > 0 || isGoing || textAt(own, 'apiVersion') !== object['apiVersion'])
        return false;
    const content = unowned.reduce((rest, path) => withAt(rest, path, () => undefined), object);
    return holds(fields, withAt(content, ['metadata'], (rest) => (isJsonObject(rest) && Object.keys(rest).length > 0 ? rest : undefined)), live);
}
/** Whether these fields are all that a value has, and live in the same order and with the same content. */
function holds(fields, value, live) {
    const parts = Object.keys(fields).filter((part) => part !== '.');
    if (value === undefined || live === undefined)
        return false;
    if (parts.length === 0)
        return sameJson(value, live);
    if (isJsonObject(value) && isJsonObject(live)) {
        return parts.length === Object.keys(value).length && parts.every((part) => part.startsWith('f:') && as_applied_below(fields, part, value[part.slice(2)], live[part.slice(2)]));
    }
    if (!field_paths_isArray(value) || !field_paths_isArray(live) || parts.length !== value.length)
        return false;
    const places = parts.map((part) => ({ part, here: only(value, part), there: only(live, part) })).sort((a, b) => a.here - b.here);
    return places.every(({ part, here, there }, index) => here === index && there > (places[index - 1]?.there ?? -1) && as_applied_below(fields, part, value[here], live[there]));
}
function as_applied_below(fields, part, value, live) {
    const inner = fields[part];
    return isJsonObject(inner) && holds(inner, value, live);
}
/** Where the one item stands that a part of a path means; -1 where there is none, or more than one. */
function only(items, part) {
    const isOne = isMeant(part);
    const place = items.findIndex(isOne);
    return items.some((item, index) => index > place && isOne(item)) ? -1 : place;
}

;// CONCATENATED MODULE: ./packages/delivery/src/prepare.ts






/**
 * Reads what is live and tries every object on the server without writing, unless it is seen to be as it was applied.
 * Problems: `ownership-conflict`, `cluster-refused`, an object each.
 */
async function prepare(wanted, mission, ports, problems, { history = ports.records.history([wanted.service]), planned, isRecent = false, onChange = () => undefined } = {}) {
    const { service, workload } = wanted;
    const revision = {
        images: wanted.images,
        configuration: wanted.configuration,
        manifests: [workload, ...wanted.supporting].map(({ object }) => object),
    };
    const content = revision_fingerprint(revision);
    const known = isRecent && planned?.wanted === wanted ? planned.supporting.map((object) => (object.changes ? undefined : object)) : [];
    const [{ heads: recorded, blocks }, live, read] = await Promise.all([
        history,
        ports.objects.get(workload),
        Promise.all(wanted.supporting.map(async (manifest, index) => (known[index] === undefined ? ports.objects.get(manifest) : known[index].live))),
    ]);
    const heads = recorded.filter((head) => head.service === service);
    const newest = newestOf(heads).get(service);
    const running = heads.find(({ sequence }) => sequence === sequenceOf(live));
    const same = running?.verdict === 'healthy' && running.fingerprint === content ? running : undefined;
    const isSettled = heads.every(({ verdict }) => verdict !== 'pending');
    const stands = same !== undefined && isSettled;
    if (!stands)
        onChange();
    // What stays would keep its marks: only then does a dry run without a change mean that nothing would be written.
    const marks = same ?? { sequence: (newest?.sequence ?? 0) + 1, release: 'dry-run' };
    const object = wanted.comesBack ? withLiveReplicas(workload.object, live) : workload.object;
    const isMarkedAlike = newest?.sequence === planned?.newest?.sequence && running?.sequence === planned?.running?.sequence && running?.verdict === planned?.running?.verdict;
    // Who writes what supports a service has a record that waits: where the newest one runs and was seen healthy, or there is none, nobody was about to.
    const isCalm = newest === undefined || (newest === running && newest.verdict === 'healthy');
    const isAsRead = isMarkedAlike && isCalm && isSameState(planned?.workload.live, live);
    const others = isAsRead ? read : await Promise.all(wanted.supporting.map(async (manifest, index) => (known[index] === undefined ? read[index] : ports.objects.get(manifest))));
    const asPlanned = (before, now) => planned?.wanted === wanted && before !== undefined && before.taking === undefined && isSameState(before.live, now) ? before : undefined;
    const [first, ...supporting] = await Promise.all([
        (isMarkedAlike ? asPlanned(planned?.workload, live) : undefined) ?? tried({ ...workload, object: marks_marked(object, marks.sequence, marks.release) }, live, wanted, mission, ports, problems),
        ...wanted.supporting.map((manifest, index) => asPlanned(planned?.supporting[index], others[index]) ?? tried(manifest, others[index], wanted, mission, ports, problems)),
    ]);
    const differs = [first, ...supporting].some(({ changes }) => changes);
    if (stands && differs)
        onChange();
    return {
        wanted,
        revision,
        fingerprint: content,
        newest,
        running,
        restored: restoredBy(running, heads),
        blocks: blocks.get(service) ?? [],
        workload: { ...first, manifest: workload },
        supporting,
        unchanged: stands && !differs,
    };
}
/** Whether an object is as it was when it was read before; one that is absent both times is, too. */
function isSameState(before, now) {
    if (before === undefined || now === undefined)
        return before === now;
    return ['uid', 'resourceVersion'].every((name) => textAt(now, 'metadata', name) !== undefined && textAt(now, 'metadata', name) === textAt(before, 'metadata', name));
}
function restoredBy(record, heads) {
    const restored = record?.restores === undefined ? undefined : heads.find(({ sequence }) => sequence === record.restores);
    if (restored === undefined)
        return undefined;
    return restoredBy(restored, heads.filter((head) => head !== restored)) ?? restored;
}
async function tried(manifest, live, wanted, mission, ports, problems) {
    const where = mission.target.name;
    const claim = otherServicesClaim(live, wanted.service, mission.source.repository);
    const isStranger = isUnclaimed(live);
    if (claim !== undefined || (isStranger && mission.adopt === undefined)) {
        problems.add({
            code: 'ownership-conflict',
            what: `${objectText(manifest)} exists already and is not this service's`,
            where,
            why: claim ?? (isStranger ? `its fields were written by ${ownersText(live)}` : ''),
            next: `${claim === undefined ? 'look at what k8s-rollout says with `adopt: plan`, and take it over with `adopt: take`; or ' : ''}rename the object in the manifests, or remove the live one after a look at who needs it`,
        });
        return { manifest, live, changes: true };
    }
    if (mission.adopt === undefined && live !== undefined && isAsApplied(manifest.object, live))
        return { manifest, live, changes: false };
    // Not bound to what was read: a status that moves on meanwhile is no change.
    const asIs = await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager });
    const answer = isOwnHandOver(asIs) ? await ports.objects.apply(manifest.object, { dryRun: true, manager: fieldManager, overOwners: true }) : asIs;
    const taking = live === undefined ? undefined : await tryTaking({ manifest, live, isStranger, answer }, mission, ports, problems);
    if (taking !== undefined)
        return { manifest, live, changes: true, taking };
    // With `adopt`, what belongs to others was told, or is planned, already.
    if (mission.adopt === undefined || answer.kind === 'refused')
        complain(answer, manifest, where, problems);
    const changes = answer.kind !== 'applied' || live === undefined || !sameJson(comparable(answer.object), comparable(live));
    return { manifest, live, changes };
}
function complain(answer, manifest, where, problems) {
    if (answer.kind === 'owned') {
        problems.add({
            code: 'ownership-conflict',
            what: `fields of ${objectText(manifest)} belong to others`,
            where,
            why: answer.owners.map(({ manager, field }) => `${field} to ${manager}`).join('; '),
            next: 'leave these fields out of the manifest, or let their manager give them up; what another tool deploys, `adopt: take` of k8s-rollout takes over',
        });
    }
    if (answer.kind === 'refused') {
        problems.add({
            code: 'cluster-refused',
            what: `the API server would not take ${objectText(manifest)}`,
            where,
            why: answer.why,
            next: 'mend the manifest; nothing was written',
        });
    }
}
/** What a server changes by itself at each look is no change. */
function comparable(object) {
    const metadata = object['metadata'];
    return { ...prepare_without(object, ['status', 'metadata']), metadata: isJsonObject(metadata) ? prepare_without(metadata, ['managedFields', 'resourceVersion', 'generation']) : {} };
}
function prepare_without(object, names) {
    return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

;// CONCATENATED MODULE: ./packages/delivery/src/preflight.ts





/**
 * Makes every check that needs no write, for all services of a target; the caller adds its own. Images and rights are
 * asked for where something is to be written, while the server still tries it.
 * @throws Failed with every problem found: namespaces, rights, images, ownership, what the server would refuse.
 */
async function preflight(mission, wanted, { ports, clock }, caller) {
    const problems = new src_failure/* Problems */.Zw();
    const history = ports.records.history(wanted.map(({ service }) => service));
    const checkImages = openImageCheck(mission, ports, problems);
    const checkRights = openRightsCheck(mission, wanted, ports);
    const looked = Promise.all(wanted.map(async (one) => {
        const checks = [];
        const prepared = await prepare(one, mission, ports, problems, {
            history,
            onChange() {
                const check = checkImages(one);
                // Told once the service was looked at.
                for (const begun of [check, checkRights()])
                    begun.catch(() => undefined);
                checks.push(check);
            },
        });
        await Promise.all(checks);
        return prepared;
    }));
    const prepared = await looked.catch(async (error) => {
        // Where rights are missing, the look is refused as well, and only the rights are told. Who is out of reach is not asked again.
        if (error instanceof src_failure/* Failed */.cV && error.failures.every(({ code }) => code !== 'cluster-unreachable'))
            await checkRights();
        throw error;
    });
    if (caller.needsRights(prepared))
        await checkRights();
    const services = wanted.map(({ service }) => service);
    await Promise.all(prepared.map(async (one) => {
        await caller.judge(one, problems);
    }));
    for (const one of prepared.filter(({ unchanged }) => !unchanged)) {
        problems.try(() => {
            const before = revisionBefore(one, mission);
            if (before !== undefined)
                ports.records.check(recordBefore(one, before, { mission, services, clock }));
            ports.records.check(recordOf(one, (one.newest?.sequence ?? 0) + 1, { source: mission.source }, { mission, services, clock }));
        });
    }
    problems.throwIfAny();
    return prepared;
}
/** Asked once, by whoever first has something to write. */
function openRightsCheck(mission, wanted, ports) {
    let asked;
    return () => (asked ??= preflight_rights(mission, wanted, ports));
}
/** What may be done, and where: a namespace that is not there, or not to be seen, is told instead of every right in it. */
async function preflight_rights({ target }, wanted, ports) {
    const problems = new src_failure/* Problems */.Zw();
    const { name, namespace, recordNamespace } = target;
    const manifests = wanted.flatMap(({ workload, supporting }) => [workload, ...supporting]);
    const kinds = new Map(manifests.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]));
    const [here, records, missing] = await Promise.all([
        ports.rights.namespace(namespace),
        ports.rights.namespace(recordNamespace),
        problems.tryAsync(() => ports.rights.missing([...kinds.values()])),
    ]);
    const where = `target ${name}`;
    if (here === 'absent') {
        problems.add({
            code: 'namespace-missing',
            what: `the namespace ${namespace} of the target ${name} does not exist`,
            why: 'namespaces are never created by a deploy',
            next: 'mend the target in the project file, or have the namespace created',
        });
    }
    if (here === 'hidden') {
        problems.add({ code: 'access-denied', what: `the role may not see the namespace ${namespace}`, where, why: 'it has no rights there, or there is no such namespace', next: granting('deploy') });
    }
    if (records !== 'there') {
        problems.add({
            code: 'record-namespace-missing',
            what: `the namespace ${recordNamespace} for the release records ${records === 'absent' ? 'does not exist' : 'may not be seen, or does not exist,'} in the target ${name}`,
            why: 'locks and records live there, where only deploy roles may write',
            next: 'make it once, with the rights of the deploy roles: `kubectl apply -f docs/rbac/records.yaml` of Slipway; docs/rights.md says to which group they belong',
        });
    }
    const told = new Set([...(here === 'there' ? [] : [namespace]), ...(records === 'there' ? [] : [recordNamespace])]);
    for (const lack of missing ?? []) {
        if (told.has(lack.namespace))
            continue;
        problems.add({
            code: 'access-denied',
            what: `the role may not ${lack.right} in ${lack.namespace}`,
            where,
            why: 'the API server says so, asked by SelfSubjectAccessReview',
            next: granting(lack.namespace === recordNamespace ? 'records' : 'deploy'),
        });
    }
    problems.throwIfAny();
}

;// CONCATENATED MODULE: ./packages/delivery/src/result.ts
/** What became of a prepared service; with a number of its own where one was given out for it. */
function result_resultOf(one, status, made) {
    const before = one.running ?? one.newest;
    const adoption = [one.workload, ...one.supporting].flatMap(({ taking }) => taking?.adoption ?? []);
    return {
        service: one.wanted.service,
        sequence: made?.sequence ?? before?.sequence ?? 0,
        status,
        seconds: Math.round((made?.milliseconds ?? 0) / 100) / 10,
        wrote: made !== undefined,
        ...(adoption.length === 0 ? {} : { adoption }),
        ...(before !== undefined && made !== undefined ? { replaced: { sequence: before.sequence, source: before.source, at: before.createdAt } } : {}),
    };
}
/** What became of a service that was made a revision, as far as that itself goes: nothing is put back here. */
function resultOfRevision(one, revised, made) {
    switch (revised.state) {
        case 'healthy':
            return result_resultOf(one, 'healthy', made);
        case 'stopped':
            return { ...result_resultOf(one, 'cancelled', made), failure: revised.failure, wrote: revised.wrote };
        case 'superseded':
            return { ...result_resultOf(one, 'superseded', made), failure: revised.failure, wrote: revised.wrote };
        case 'cut-off':
            return { ...result_resultOf(one, 'failed', made), failure: revised.failure };
        case 'failed':
            return { ...result_resultOf(one, 'failed', made), failure: revised.failure, ...(revised.evidence === undefined ? {} : { evidence: revised.evidence }) };
    }
}

;// CONCATENATED MODULE: ./packages/delivery/src/failures.ts


function unhealthy(service, { code, object, container, reason, why, next }, { target }) {
    return {
        code,
        what: `${service} did not become healthy in ${target.name}`,
        where: `${object.kind} ${object.name}${container === undefined ? '' : `, container ${container}`}, ${reason}`,
        why: why.replace(/\s+/g, ' ').trim(),
        next,
    };
}
function superseded(service, { target }, why) {
    return {
        code: 'superseded',
        what: `the deploy of ${service} to ${target.name} was overtaken`,
        why,
        next: 'look at what runs now; deploy again if this run\'s content is still wanted',
    };
}
function stopped(service, { target }, stands) {
    return {
        code: 'cancelled',
        what: `the run was cancelled while ${service} was rolling out to ${target.name}`,
        why: stands,
        next: 'deploy again: what is healthy by then is not written again',
    };
}
function failures_lockLost(what, { target }, oustedBy) {
    return {
        code: oustedBy === undefined ? 'lock-lost' : 'superseded',
        what: `${what} was not written to ${target.name}`,
        why: oustedBy === undefined ? 'the lock could not be renewed for 10 s, so another run may hold it by now' : `the run ${oustedBy} has taken the lock`,
        next: oustedBy === undefined ? 'deploy again once the API server answers' : 'look at what runs now; deploy again if this run\'s content is still wanted',
    };
}
function notTaken(object, answer, { target }) {
    return {
        code: answer.kind === 'owned' ? 'ownership-conflict' : 'cluster-refused',
        what: `the API server would not take ${objectText(object.manifest)}, which its dry run took`,
        where: target.name,
        why: answer.kind === 'owned' ? words_list(answer.owners.map(({ manager, field }) => `${field} belongs to ${manager}`)) : answer.why,
        next: 'deploy again: everything is checked anew',
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/behind-locks.ts





/** Takes the locks of all services, plans all, then acts on all side by side; each lock is given back when its service is done. */
async function behindLocks(services, run, phases) {
    const { held, reasons: untaken } = await takeAll(services.toSorted((a, b) => (a.wanted.service < b.wanted.service ? -1 : 1)), run, phases);
    const refuse = async (reasons) => {
        await Promise.all(held.map(({ one, lock }) => giveBack(one, lock, run)));
        return services.map((one) => behind_locks_refusal(one, reasons, run));
    };
    if (untaken.size > 0)
        return refuse(untaken);
    const lost = held.filter(({ lock }) => !lock.held());
    if (lost.length > 0)
        return refuse(new Map(lost.map(({ one: { wanted }, lock }) => [wanted.service, new src_failure/* Failed */.cV(failures_lockLost(wanted.service, run.mission, lock.oustedBy()))])));
    const history = run.ports.records.history(services.map(({ wanted }) => wanted.service));
    // Told by the plans that use it.
    history.catch(() => undefined);
    const planned = await Promise.allSettled(held.map(async ({ one, lock }) => ({ one, lock, plan: await phases.plan(one, lock, history) })));
    const reasons = new Map(planned.flatMap((end, index) => (end.status === 'rejected' ? [[held[index]?.one.wanted.service ?? '', end.reason]] : [])));
    if (reasons.size > 0)
        return refuse(reasons);
    const ready = planned.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    try {
        await run.observer;
    }
    catch (error) {
        return refuse(new Map(services.map(({ wanted }) => [wanted.service, error])));
    }
    return delivery_allSettled(ready.map(async ({ one, lock, plan }) => {
        try {
            return await phases.act(plan, one, lock);
        }
        catch (error) {
            // One service's trouble ends neither the others nor what is told of them.
            if (!(error instanceof src_failure/* Failed */.cV))
                throw error;
            return { ...result_resultOf(one, behind_locks_statusOf(error.failures[0])), failure: error.failures[0] };
        }
        finally {
            await giveBack(one, lock, run);
        }
    }));
}
/**
 * Takes all locks at once where all are free. Where one is not, those that come after it by name are given back, and
 * waited for in name order: who waits holds none that comes later, so no two runs wait for each other. Who takes locks
 * without asking keeps to name order from the first: two of them would take them from each other otherwise.
 */
async function takeAll(sorted, run, { oust }) {
    const atOnce = oust || sorted.length === 1 ? [] : sorted;
    const ends = await Promise.allSettled(atOnce.map(async (one) => ({ one, lock: await take(one, run, { oust, isImpatient: true }) })));
    const taken = (some) => some.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const isBusy = (end) => end.status === 'rejected' && end.reason instanceof src_failure/* Failed */.cV && end.reason.failures[0].code === 'lock-held';
    const firstBusy = ends.findIndex(isBusy);
    if (atOnce.length > 0 && (firstBusy === -1 || ends.some((end) => end.status === 'rejected' && !isBusy(end)))) {
        return { held: taken(ends), reasons: new Map(ends.flatMap((end, index) => (end.status === 'rejected' ? [[sorted[index]?.wanted.service ?? '', end.reason]] : []))) };
    }
    const from = Math.max(0, firstBusy);
    await Promise.all(taken(ends.slice(from)).map(({ one, lock }) => giveBack(one, lock, run)));
    const held = taken(ends.slice(0, from));
    for (const one of sorted.slice(from)) {
        try {
            held.push({ one, lock: await take(one, run, { oust, isImpatient: false }) });
        }
        catch (error) {
            return { held, reasons: new Map([[one.wanted.service, error]]) };
        }
    }
    return { held, reasons: new Map() };
}
function take(one, run, { oust, isImpatient }) {
    const { service } = one.wanted;
    return run.ports.locks.take(service, {
        // The records may be gone, and the workload still carry a number.
        atLeast: Math.max(one.newest?.sequence ?? 0, sequenceOf(one.workload.live) ?? 0) + 1,
        oust,
        isImpatient,
        signal: run.stop,
        waiting(holder) {
            if (!isImpatient)
                run.narrator.say(`[${service}] waiting for the lock: ${holder} holds it`);
        },
    });
}
async function giveBack({ wanted }, lock, { narrator }) {
    if ((await lock.release()) === 'left')
        narrator.warn(`[${wanted.service}] the lock could not be given back; the next run takes it after 15 s`);
}
/** What is told of a service where nothing is done, since something is wrong with it or with another one. */
function behind_locks_refusal(one, reasons, run) {
    const { service } = one.wanted;
    const isOusted = !run.work.aborted && run.stop.aborted;
    if (isOusted)
        return { ...result_resultOf(one, 'superseded'), failure: superseded(service, run.mission, `the run ${String(run.stop.reason)} has taken over`) };
    const [[first = '', any] = []] = reasons;
    const own = reasons.get(service);
    const bug = [own, any].find((reason) => reason instanceof Error && !(reason instanceof src_failure/* Failed */.cV));
    if (bug instanceof Error)
        throw bug;
    if (own instanceof src_failure/* Failed */.cV)
        return { ...result_resultOf(one, behind_locks_statusOf(own.failures[0])), failure: own.failures[0] };
    const isStopped = any instanceof src_failure/* Failed */.cV && any.failures[0].code === 'cancelled';
    return { ...result_resultOf(one, isStopped ? 'cancelled' : 'refused'), failure: notAlone(service, first, any, run) };
}
function behind_locks_statusOf({ code }) {
    return code === 'cancelled' || code === 'superseded' ? code : 'refused';
}
function notAlone(service, other, reason, { mission }) {
    const failure = reason instanceof src_failure/* Failed */.cV ? reason.failures[0] : undefined;
    return {
        code: failure?.code ?? 'superseded',
        what: `${service} was left as it is in ${mission.target.name}`,
        why: `nothing is written for any service while something is wrong with ${other}: ${failure?.what ?? 'it cannot go on'}`,
        next: failure?.next ?? 'start the run again',
    };
}

;// CONCATENATED MODULE: ./packages/rollout/src/evidence-text.ts

/** The evidence as lines for a log, inert; nothing where there is none. */
function evidenceText(report) {
    return sections(report)
        .flatMap(({ title, lines }) => [lines.length === 0 ? title : `${title}:`, ...lines.map((line) => `  ${line}`)])
        .map(inert/* inertLine */.Fq);
}
/** The evidence as lines of Markdown for a job's summary, which nothing inside can break out of. */
function evidenceMarkdown(report) {
    return sections(report).flatMap(({ title, lines }) => ['', `**${(0,inert/* inMarkdown */.Hi)(title)}**`, ...(lines.length === 0 ? [] : ['', ...(0,inert/* markdownBlock */.dI)(lines.join('\n')).split('\n')])]).slice(1);
}
/** The evidence on a service under a heading of its own; nothing where there is none. */
function evidenceSection(service, report) {
    const lines = report === undefined ? [] : evidenceMarkdown(report);
    return lines.length === 0 ? [] : ['', `#### What ${(0,inert/* inMarkdown */.Hi)(service)} shows of it`, '', ...lines];
}
/** What the container said comes first: it most often says why. */
function sections({ log, probe, node, events }) {
    return [
        ...(log === undefined ? [] : [logSection(log)]),
        ...(probe === undefined ? [] : [{ title: probeTitle(probe), lines: [probe.answer] }]),
        ...(node === undefined ? [] : [{ title: `Node ${node.name}, on which the pod was: ${words_list(node.troubles)}`, lines: [] }]),
        ...(events.length === 0 ? [] : [{ title: 'Events', lines: events.map(eventLine) }]),
    ];
}
function logSection(log) {
    const whose = `container ${log.container} of pod ${log.pod}${log.previous ? ', previous run' : ''}`;
    if ('withheld' in log)
        return { title: `The log of ${whose}, is not shown: ${log.withheld}. This shows it`, lines: [log.command] };
    if (log.lines.length === 0)
        return { title: `The log of ${whose}, is empty`, lines: [] };
    return { title: `${log.isWhole ? 'The log' : 'The last log lines'} of ${whose}`, lines: log.lines };
}
function probeTitle({ kind, container, times }) {
    return `The ${kind.toLowerCase()} probe of container ${container} failed ${times === 1 ? 'once' : `${times} times`} and was answered`;
}
function eventLine({ object, reason, message, times, age }) {
    return `${age === undefined ? '' : `${age} ago  `}${object.kind} ${object.name}  ${reason}${times > 1 ? ` (${times} times)` : ''}: ${message}`;
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-texts.ts



/** What a plan tells of the objects of a service that are not, or not only, ours. */
function planTexts({ workload, supporting }) {
    return [workload, ...supporting].flatMap(({ taking }) => {
        if (taking === undefined)
            return [];
        const { object, owners, refused } = taking.adoption;
        const start = `${object}: its managers are ${list(owners.map(ownerText))}`;
        return [refused === undefined ? `${start}; ${fieldTexts(taking.adoption) ?? 'taking it over changes no field'}` : `${start}; it cannot be taken over: ${refused}`];
    });
}
/** What is told of an object when it has been taken. */
function takenText({ isStranger, adoption }) {
    const others = words_list([...new Set(adoption.owners.map(({ manager }) => manager).filter((manager) => manager !== fieldManager))]);
    const what = isStranger ? `${adoption.object} is taken over; its managers were ${others}` : `${adoption.object} was changed by others since the last release (${others}): it is corrected`;
    const fields = fieldTexts(adoption);
    return fields === undefined ? what : `${what}; ${fields}`;
}
function fieldTexts({ changes, goes }) {
    const texts = [...(changes.length === 0 ? [] : [`to be changed: ${changes.join(', ')}`]), ...(goes.length === 0 ? [] : [`to go: ${goes.join(', ')}`])];
    return texts.length === 0 ? undefined : texts.join('; ');
}

;// CONCATENATED MODULE: ./packages/delivery/src/adopt-take.ts





/**
 * Moves to us what is to be taken of a service's objects, the workload first: all of it before any content changes, each
 * object by one compare-and-set. Who finds a part of it moved goes on from there.
 */
async function takeOver(prepared, fence, run) {
    const taken = [];
    for (const object of [prepared.workload, ...prepared.supporting]) {
        const one = await takeOne(object, prepared, fence, run);
        if ('code' in one)
            return one;
        taken.push(one);
    }
    const [workload = prepared.workload, ...supporting] = taken;
    return { ...prepared, workload, supporting };
}
async function takeOne(object, { wanted: { service } }, fence, run) {
    const { taking, manifest } = object;
    if (taking === undefined)
        return object;
    const { mission, narrator, ports } = run;
    for (let attempt = 0, { live } = object; live !== undefined; attempt += 1) {
        const overtaken = await fence.overtaken(objectText(manifest), attempt);
        if (overtaken)
            return overtaken;
        const answer = await ports.objects.amend(manifest, handedOver(live, taking.reach, { service, repository: mission.source.repository }), { manager: fieldManager, signal: fence.signal });
        if (answer.kind === 'applied') {
            narrator.say(`[${service}] ${takenText(taking)}`);
            return { ...object, live: answer.object };
        }
        if (answer.kind !== 'stale')
            return notTaken(object, answer, mission);
        live = await ports.objects.get(manifest);
    }
    return { ...object, live: undefined };
}

;// CONCATENATED MODULE: ./packages/rollout/src/cause.ts


/** The kind is the caller's to say: the items of a LIST do not. */
function cause_refOf(kind, object) {
    return { kind, name: textAt(object, 'metadata', 'name') ?? '' };
}
/** The evidence that a pod gives, and one of its containers. */
function evidenceOf(pod, container, probe) {
    const name = textAt(pod, 'metadata', 'name') ?? '';
    const worth = container ?? containersOf(pod).find(hasRun);
    return {
        eventsOf: [cause_refOf('Pod', pod)],
        log: worth !== undefined && hasRun(worth)
            ? { pod: name, container: worth.name, previous: (numberAt(worth.status, 'restartCount') ?? 0) > 0 }
            : undefined,
        probe,
        node: textAt(pod, 'spec', 'nodeName'),
    };
}
/** The evidence of an object that has no log. */
function evidenceAbout(object) {
    return { eventsOf: [object], log: undefined, probe: undefined, node: undefined };
}
/** A message of the cluster, cut to what fits into a sentence. */
function quoted(message, length = 400) {
    const line = message.replace(/\s+/g, ' ').trim().replace(/[.:;,]+$/, '');
    return line.length > length ? `${line.slice(0, length)}…` : line;
}

;// CONCATENATED MODULE: ./packages/rollout/src/excerpt.ts

/** How much of a text is looked at: what is older is not shown, and redaction takes its time. */
const longestText = 256 * 1024;
/**
 * The last lines of a text, redacted, each cut in its middle to `length` characters. Control characters are gone:
 * without them, what they parted would become a value again when it is printed.
 */
function lastLines(text, redaction, most, length) {
    const kept = text.slice(-longestText);
    const lines = excerpt_readable(kept, redaction).replace(/\s+$/, '').split('\n');
    const shown = lines.slice(-most).map((line) => cutInMiddle(line, length));
    return { lines: shown.length === 1 && shown[0] === '' ? [] : shown, isWhole: kept.length === text.length && lines.length <= most };
}
/** A message on one line, redacted, cut in its middle to `length` characters. */
function oneLine(text, redaction, length) {
    return cutInMiddle(excerpt_readable(text.slice(0, longestText), redaction).replace(/\s+/g, ' ').trim(), length);
}
/** Cuts between redactions, never in one, nor in a character of two halves. */
function cutInMiddle(line, length) {
    if (line.length <= length)
        return line;
    let end = Math.floor((length - gap.length) * 0.6);
    let start = line.length - (length - gap.length - end);
    while (end > 0 && joined(line, end))
        end -= 1;
    while (start < line.length && joined(line, start))
        start += 1;
    return `${line.slice(0, end)}${gap}${line.slice(start)}`;
}
const gap = ' … ';
function joined(line, index) {
    return (line[index - 1] === '*' && line[index] === '*') || /^[\ud800-\udbff][\udc00-\udfff]$/.test(line.slice(index - 1, index + 1));
}
/** Redacted as it was written, and once more as it will be seen. */
function excerpt_readable(text, redaction) {
    return redaction(redaction(text)
        .split(/\r\n|\r|\n/)
        .map((line) => (0,inert/* visible */.RK)(line).toWellFormed())
        .join('\n'));
}

;// CONCATENATED MODULE: ./packages/rollout/src/evidence-report.ts




const mostLines = 25;
const mostEvents = 10;
const longestLine = 300;
const longestAnswer = 600;
const mostBytes = 8 * 1024;
/** Cuts and redacts what was gathered: the last log lines, the newest events, warnings before everyday ones, 8 KiB in all. */
function reportOf(gathered, hiding) {
    const { redaction } = hiding;
    const report = {
        events: newest(gathered.events).map((event) => ({ ...event, reason: oneLine(event.reason, redaction, 100), message: messageOf(event, hiding) })),
        log: gathered.log && logOf(gathered.log, hiding),
        probe: gathered.probe && { ...gathered.probe, answer: hiding.unreadable.length > 0 ? withheldWords(hiding) : oneLine(gathered.probe.answer, redaction, longestAnswer) },
        node: gathered.node && nodeOf(gathered.node, redaction),
    };
    return fitting(report);
}
/** In place of what a container said, where a Secret could not be read. */
function withheldWords({ unreadable }) {
    return `(withheld: Secret ${words_list(unreadable)} could not be read)`;
}
/** Events that repeat what a container or a hook of it said, behind the first colon. */
function messageOf({ reason, message }, hiding) {
    const quotesContainer = /^(Unhealthy|ProbeWarning|FailedPostStartHook|FailedPreStopHook)$/.test(reason);
    if (!quotesContainer || hiding.unreadable.length === 0)
        return oneLine(message, hiding.redaction, longestLine);
    return `${oneLine(message.replace(/:.*$/s, ''), hiding.redaction, longestLine)}: ${withheldWords(hiding)}`;
}
function newest(events) {
    // What goes well tells little; it is left out first.
    const everyday = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
    const chosen = new Set([...events].reverse().sort((a, b) => Number(everyday.has(a.reason)) - Number(everyday.has(b.reason))).slice(0, mostEvents));
    return events.filter((event) => chosen.has(event));
}
function logOf({ namespace, pod, container, previous, text }, { redaction, unreadable }) {
    const command = `kubectl logs ${pod} --namespace ${namespace} --container ${container}${previous ? ' --previous' : ''} --tail ${mostLines}`;
    const about = { pod, container, previous };
    if (unreadable.length > 0) {
        const [first, ...more] = unreadable;
        const secrets = more.length === 0 ? `Secret ${first ?? ''}` : `Secrets ${words_list(unreadable)}`;
        return { ...about, withheld: `${secrets}, to which the pod refers, could not be read, so that no value in the log could be hidden`, command };
    }
    if (text === undefined)
        return { ...about, withheld: 'the API server did not give it', command };
    return { ...about, ...lastLines(text, redaction, mostLines, longestLine) };
}
function nodeOf(node, redaction) {
    const troubles = listAt(node, 'status', 'conditions')
        .filter(isJsonObject)
        .flatMap((condition) => {
        const type = textAt(condition, 'type') ?? '';
        const status = textAt(condition, 'status');
        const isReady = type === 'Ready';
        if (isReady ? status === 'True' : status !== 'True' || !/^(Memory|Disk|PID)Pressure$/.test(type))
            return [];
        const said = oneLine([textAt(condition, 'reason'), textAt(condition, 'message')].filter((word) => word !== undefined && word !== '').join(': '), redaction, longestLine);
        return [`${isReady ? 'it is not ready' : type}${said === '' ? '' : ` (${said})`}`];
    });
    return troubles.length === 0 ? undefined : { name: textAt(node, 'metadata', 'name') ?? '', troubles };
}
/** The oldest lines go first, then the oldest events. */
function fitting(report) {
    let { log, events } = report;
    for (;;) {
        const fits = new TextEncoder().encode(JSON.stringify({ ...report, log, events })).length <= mostBytes;
        if (fits)
            return { ...report, log, events };
        if (log !== undefined && 'lines' in log && log.lines.length > 1)
            log = { ...log, lines: log.lines.slice(1), isWhole: false };
        else if (events.length > 1)
            events = events.slice(1);
        else
            return { ...report, log, events };
    }
}

;// CONCATENATED MODULE: ./packages/rollout/src/redact-cause.ts





/** The cause without any value of a Secret in its sentences; where one could not be read, without the words of containers. */
function redactCause(cause, observed, hiding) {
    const { probe } = cause.evidence;
    return {
        ...cause,
        reason: inParts(cause.reason, hiding),
        why: redactSentence(cause.why, observed, hiding),
        next: redactSentence(cause.next, observed, hiding),
        evidence: {
            ...cause.evidence,
            probe: probe && { ...probe, answer: hiding.unreadable.length > 0 ? withheldWords(hiding) : inParts(probe.answer, hiding) },
        },
    };
}
/** A sentence about an observation, such as a warning's, redacted in the same way. */
function redactSentence(text, observed, hiding) {
    return inParts(hiding.unreadable.length === 0 ? text : withoutWords(text, observed, hiding), hiding);
}
/**
 * Redacted as it is and as it will be seen, without control characters. What a sentence quotes was cut at each `…`:
 * half of a value may stand before it.
 */
function inParts(text, { redaction }) {
    return redaction((0,inert/* visible */.RK)(redaction(text))).split('…').map(redaction).join('…');
}
/** A sentence quotes them behind a colon. */
function withoutWords(text, observed, hiding) {
    return containerWords(observed)
        .flatMap((words) => [words, quoted(words)])
        .reduce((left, words) => left.replaceAll(`: ${words}`, `: ${withheldWords(hiding)}`), text);
}
/** Everything that containers said of themselves, as far as it stands in objects: last words, answers to probes and hooks. */
function containerWords({ pods, events }) {
    const lastWords = pods.flatMap((pod) => containersOf(pod).flatMap(({ status }) => [
        textAt(status, 'state', 'terminated', 'message') ?? '',
        textAt(status, 'lastState', 'terminated', 'message') ?? '',
        textAt(status, 'state', 'waiting', 'reason') === 'PostStartHookError' ? (textAt(status, 'state', 'waiting', 'message') ?? '') : '',
    ]));
    const answers = events.filter(isAboutProbe).map((event) => (textAt(event, 'message') ?? '').trim().replace(/^[^:]*: ?/, ''));
    return [...new Set([...lastWords, ...answers])].filter((words) => quoted(words) !== '').sort((a, b) => b.length - a.length);
}
function isAboutProbe(event) {
    return textAt(event, 'reason') === 'Unhealthy';
}

;// CONCATENATED MODULE: ./packages/rollout/src/secret-references.ts


/**
 * The names of all Secrets that a pod, or the template of a workload, refers to anywhere: in the environment of every
 * container, in volumes of every type, and as `imagePullSecrets`. The last ones reach no container, but what a registry
 * or a node says of a failed pull does reach the evidence.
 */
function secretsOf(object) {
    const found = new Set();
    // A template stands inside the specification of its workload.
    const left = [object['spec'] ?? null];
    while (left.length > 0) {
        const node = left.pop();
        if (isArray(node))
            left.push(...node);
        else if (isJsonObject(node)) {
            for (const [key, member] of Object.entries(node)) {
                for (const name of namesIn(key, member))
                    found.add(name);
                left.push(member);
            }
        }
    }
    return [...found].sort();
}
/** `secretKeyRef`, `secretRef` and `nodePublishSecretRef` name a Secret by `name`, as does a projected `secret`; others by `secretName`. */
function namesIn(key, member) {
    if (key === 'secretName')
        return typeof member === 'string' ? [member] : [];
    if (key === 'imagePullSecrets')
        return (isArray(member) ? member : []).flatMap((entry) => textAt(entry, 'name') ?? []);
    if (key !== 'secret' && !/secret(key)?ref$/i.test(key))
        return [];
    const name = at(member, 'name');
    return typeof name === 'string' ? [name] : [];
}

;// CONCATENATED MODULE: ./packages/delivery/src/evidence.ts



/**
 * Reads the evidence that a cause points at, all of it side by side, and hides every value of every Secret that the
 * pods concerned refer to. Never throws: what cannot be read in time is left out; where a Secret cannot be read,
 * whatever a container said is.
 */
async function collectEvidence(cause, observed, source, deadline) {
    const { log, node, probe, eventsOf } = cause.evidence;
    const inTime = openDeadline(deadline);
    try {
        const [hiding, text, found] = await Promise.all([
            hide(secretsConcerned(cause, observed), evidence_namesIn(observed), source, inTime),
            log && evidence_logOf(log, observed, source, inTime),
            node === undefined ? undefined : inTime((signal) => source.node(node, signal), undefined),
        ]);
        const events = eventsAbout(eventsOf, observed, deadline.clock.now());
        return {
            cause: redactCause(cause, observed, hiding),
            report: reportOf({ events, log: text, probe, node: found }, hiding),
        };
    }
    finally {
        inTime.end();
    }
}
/** What hides the values of all Secrets that the pods and templates of a Deployment refer to, for words that are printed while it is followed. */
async function hidingFor(observed, source, deadline) {
    const inTime = openDeadline(deadline);
    try {
        return await hide(secretNames([...observed.pods, ...observed.replicaSets, ...(observed.deployment ? [observed.deployment] : [])]), evidence_namesIn(observed), source, inTime);
    }
    finally {
        inTime.end();
    }
}
/** Kept for the last log lines and for the lines that a runtime has written in parts. */
const tailLines = 100;
function openDeadline({ clock, withinMs = 5000, signal }) {
    const over = new AbortController();
    const late = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
    const passed = clock.wait(withinMs, late).then(() => {
        over.abort(new Error('the evidence was not read in time'));
    }, () => undefined);
    const inTime = async (read, otherwise) => {
        const tried = Promise.resolve()
            .then(() => read(late))
            .catch(() => otherwise);
        return Promise.race([tried, passed.then(() => otherwise)]);
    };
    return Object.assign(inTime, {
        end() {
            over.abort(new Error('the evidence was read'));
        },
    });
}
async function hide(secrets, names, source, inTime) {
    const read = await Promise.all(secrets.map(async (name) => ({ name, found: await inTime((signal) => source.secret(name, signal), 'unreadable') })));
    return {
        // What does not exist has no value to hide.
        redaction: redaction(read.flatMap(({ found }) => (typeof found === 'string' ? [] : [...found.values()])), names),
        unreadable: read.filter(({ found }) => found === 'unreadable').map(({ name }) => name),
    };
}
/** The Secrets of the pods that the evidence is about, as they are and as their templates say. */
function secretsConcerned({ object, evidence }, observed) {
    const names = new Set([object, ...evidence.eventsOf].map(({ kind, name }) => `${kind}/${name}`));
    if (evidence.log)
        names.add(`Pod/${evidence.log.pod}`);
    const pods = observed.pods.filter((pod) => names.has(`Pod/${evidence_nameOf(pod)}`));
    const owners = new Set(pods.flatMap((pod) => listAt(pod, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid'))));
    const replicaSets = observed.replicaSets.filter((one) => owners.has(textAt(one, 'metadata', 'uid')) || names.has(`ReplicaSet/${evidence_nameOf(one)}`));
    return secretNames([...pods, ...replicaSets, ...(observed.deployment ? [observed.deployment] : [])]);
}
/** What the workload and its containers are called: everybody reads it in every line. */
function evidence_namesIn({ deployment }) {
    const containers = ['initContainers', 'containers'].flatMap((kind) => listAt(deployment, 'spec', 'template', 'spec', kind));
    return new Set([deployment && evidence_nameOf(deployment), ...containers.map((container) => textAt(container, 'name'))].filter((name) => name !== undefined));
}
function secretNames(objects) {
    return [...new Set(objects.flatMap(secretsOf))];
}
/** The log of the run that failed: the previous one where the container runs again; the other one where that says nothing. */
async function evidence_logOf({ pod, container, previous }, observed, source, inTime) {
    const found = observed.pods.find((one) => evidence_nameOf(one) === pod);
    const read = (run) => inTime((signal) => source.log(pod, container, { previous: run, tailLines, signal }), undefined);
    const [present, before] = await Promise.all([read(false), previous ? read(true) : undefined]);
    const runs = [
        { previous: false, text: logText(present) },
        { previous: true, text: logText(before) },
    ];
    if (previous && evidence_isRunning(found, container))
        runs.reverse();
    const told = runs.find(({ text }) => text !== undefined && text.trim() !== '') ?? runs.find(({ text }) => text !== undefined) ?? { previous: false, text: undefined };
    return { namespace: textAt(found, 'metadata', 'namespace') ?? 'default', pod, container, ...told };
}
/** The kubelet answers with this sentence instead of a log that it has deleted. */
function logText(text) {
    return text?.startsWith('unable to retrieve container logs for ') === true ? undefined : text;
}
function evidence_isRunning(pod, container) {
    return [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].some((status) => textAt(status, 'name') === container && objectAt(status, 'state', 'running') !== undefined);
}
function eventsAbout(objects, observed, nowMs) {
    const times = observed.events.filter(isJsonObject).flatMap((event) => {
        const object = { kind: textAt(event, 'involvedObject', 'kind') ?? '', name: textAt(event, 'involvedObject', 'name') ?? '' };
        if (!objects.some(({ kind, name }) => kind === object.kind && name === object.name))
            return [];
        const lastMs = Date.parse(textAt(event, 'series', 'lastObservedTime') ?? textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? textAt(event, 'metadata', 'creationTimestamp') ?? '');
        return [{ event, object, lastMs: Number.isNaN(lastMs) ? undefined : lastMs }];
    });
    return times
        .sort((a, b) => (a.lastMs ?? 0) - (b.lastMs ?? 0))
        .map(({ event, object, lastMs }) => ({
        object,
        reason: textAt(event, 'reason') ?? '',
        message: textAt(event, 'message') ?? '',
        times: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
        age: lastMs === undefined ? undefined : ageText(Math.max(0, nowMs - lastMs)),
    }));
}
function evidence_nameOf(object) {
    return textAt(object, 'metadata', 'name') ?? '';
}
/** Events' times are whole seconds. */
function ageText(ms) {
    return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : duration(ms);
}

;// CONCATENATED MODULE: ./packages/rollout/src/first-seen.ts
/** Keeps when each of these was first seen. */
function seenSince(before, keys, nowMs) {
    return Object.fromEntries([...keys].map((key) => [key, before?.[key] ?? nowMs]));
}
/** Whether something has been there for a span. */
function isSince(firstSeen, key, spanMs, nowMs) {
    const sinceMs = firstSeen[key];
    return sinceMs !== undefined && nowMs - sinceMs >= spanMs;
}

;// CONCATENATED MODULE: ./packages/rollout/src/configuration.ts






/** How long an answer is good for: it is asked again while the complaint goes on. */
const freshMs = 5000;
/** What configuration the new pods miss, each once. */
function missingConfiguration({ pods }) {
    const found = new Map();
    for (const pod of pods) {
        for (const missing of missingIn(pod)) {
            const id = ['configuration', missing.kind, missing.name, missing.key ?? ''].join('/');
            if (!found.has(id))
                found.set(id, missing);
        }
    }
    return found;
}
/** Decides on missing configuration, and asks for what would confirm it. */
function configuration_configuration(scene, missing, firstSeen) {
    const findings = [];
    const asks = new Map();
    const { limits, moment, observed } = scene;
    for (const [key, one] of missing) {
        const isOwn = limits.ownConfiguration.some(({ kind, name }) => kind === one.kind && name === one.name);
        const graceMs = isOwn ? 0 : limits.lateConfigurationMs;
        const dueMs = (firstSeen[key] ?? moment.nowMs) + graceMs;
        const isDue = isSince(firstSeen, key, graceMs, moment.nowMs);
        const id = `${one.kind}/${one.name}`;
        const answer = observed.answers.get(id);
        const confirms = isDue && answer !== undefined && answer.atMs >= dueMs && isMissing(one, answer);
        if (confirms)
            findings.push({ cause: causeOf(one, isOwn, graceMs) });
        else
            findings.push({ warning: { key, text: `${configuration_textOf(one)}; it is waited for ${duration(graceMs)}, then the rollout fails`, evidence: evidenceFor(one) } });
        const stale = answer === undefined || answer.atMs < dueMs || moment.nowMs - answer.atMs >= freshMs;
        if (isDue && stale && !confirms)
            asks.set(id, { id, kind: one.kind, name: one.name });
    }
    return { findings, asks: [...asks.values()] };
}
/** The ConfigMaps, Secrets and keys that a kubelet's message names as missing. */
function configurationIn(message, pod) {
    const objects = [...message.matchAll(/\b(configmap|secret) "([^"]+)" not found/gi)].map(([, kind = '', name = '']) => ({ kind: kindOf(kind), name, key: undefined }));
    const keys = [...message.matchAll(/couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]+\/)?([^\s,;]+)/gi)].map(([, key, kind = '', name = '']) => ({ kind: kindOf(kind), name, key }));
    const volume = /volume "([^"]+)"/.exec(message)?.[1];
    const items = [...message.matchAll(/references non-existent (config|secret) key: ([^\s,;\]]+)/gi)].flatMap(([, kind = '', key]) => {
        const name = volumeSource(pod, volume, kindOf(kind));
        return name === undefined ? [] : [{ kind: kindOf(kind), name, key }];
    });
    return [...objects, ...keys, ...items];
}
function missingIn(pod) {
    const ofContainers = pod.containers.flatMap((container) => {
        const waiting = waitingOf(container);
        if (waiting?.reason === 'CreateContainerConfigError')
            return told(waiting.message, waiting.reason, container.name);
        if (hasRun(container) || (waiting && !isYoung(waiting.reason)))
            return [];
        const occurrences = occurrencesIn(pod, container);
        if (occurrences.some(({ reason }) => reason === 'Created'))
            return [];
        return occurrences.filter(({ reason }) => reason === 'Failed').flatMap(({ message }) => told(message, 'CreateContainerConfigError', container.name));
    });
    // All volumes are mounted before the first container starts.
    const ofVolumes = pod.containers.some(hasRun) ? [] : pod.occurrences.filter(({ reason }) => reason === 'FailedMount').flatMap(({ message }) => told(message, 'FailedMount', undefined));
    return [...ofContainers, ...ofVolumes];
    function told(message, reason, container) {
        return configurationIn(message, pod).map((one) => ({ ...one, pod, container, reason }));
    }
}
function isMissing({ key }, { found, keys }) {
    return found === 'absent' || (found === 'present' && key !== undefined && !keys.includes(key));
}
function isYoung(reason) {
    return reason === 'ContainerCreating' || reason === 'PodInitializing';
}
function kindOf(word) {
    return word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}
function volumeSource({ pod }, volume, kind) {
    const spec = listAt(pod, 'spec', 'volumes').find((entry) => textAt(entry, 'name') === volume);
    return kind === 'Secret' ? textAt(spec, 'secret', 'secretName') : textAt(spec, 'configMap', 'name');
}
function configuration_textOf({ kind, name, key, pod }) {
    return key === undefined ? `${kind} ${name}, which pod ${pod.name} needs, does not exist` : `${kind} ${name} has no key ${key}, which pod ${pod.name} needs`;
}
function causeOf(one, isOwn, graceMs) {
    return {
        code: 'config-missing',
        object: { kind: one.kind, name: one.name },
        container: one.container,
        reason: one.reason,
        why: isOwn ? `${configuration_textOf(one)}, though this release should have made it` : `${configuration_textOf(one)}, nor did it appear within ${duration(graceMs)}`,
        next: isOwn
            ? 'look who deletes configuration of this namespace, and deploy again'
            : `make ${one.key === undefined ? `${one.kind} ${one.name}` : `the key ${one.key}`}, or declare it in the project file; then deploy again`,
        evidence: evidenceFor(one),
    };
}
function evidenceFor({ pod }) {
    return evidenceOf(pod.pod);
}

;// CONCATENATED MODULE: ./packages/rollout/src/readiness.ts






/** Pods that run without being ready, and why: never a failure alone. */
function readiness(scene) {
    return [...scene.pods.flatMap((pod) => [...probes(pod), ...gates(pod)]), ...putOut(scene)];
}
/** What the newest failing probe of a container was answered. */
function probeAnswer(pod, container) {
    const read = ({ reason, message, times }) => {
        const [, kind, answer = ''] = (reason === 'Unhealthy' && /^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]*: ?(.*)$/s.exec(message)) || [];
        return kind === 'Readiness' || kind === 'Liveness' || kind === 'Startup' ? [{ kind, container: container.name, answer, times }] : [];
    };
    return occurrencesIn(pod, container).flatMap(read).at(-1);
}
function probes(pod) {
    return pod.containers.flatMap((container) => {
        const probe = isRunning(container) && !isReady(container) ? probeAnswer(pod, container) : undefined;
        if (probe === undefined)
            return [];
        const text = `container ${container.name} of pod ${pod.name} is not ready: its ${probe.kind.toLowerCase()} probe was answered: ${quoted(probe.answer)}`;
        return [{ warning: { key: `probe/${container.name}/${probe.kind}`, text, evidence: evidenceOf(pod.pod, container, probe), expected: isStarting(container, probe) } }];
    });
}
/** A startup probe is there to fail while a program starts. The kubelet soon writes no more events of it, so ten are many. */
function isStarting({ spec }, { kind, times }) {
    const tries = numberAt(spec, 'startupProbe', 'failureThreshold') ?? 3;
    return kind === 'Startup' && times < Math.min(tries / 2, 10);
}
/** Conditions that others set, such as a load balancer that has yet to take the pod in. */
function gates({ pod, name }) {
    if (textAt(condition(pod, 'ContainersReady'), 'status') !== 'True')
        return [];
    return listAt(pod, 'spec', 'readinessGates')
        .filter(isJsonObject)
        .flatMap((gate) => {
        const type = textAt(gate, 'conditionType') ?? '';
        const state = condition(pod, type);
        if (textAt(state, 'status') === 'True')
            return [];
        const said = textAt(state, 'message') ?? 'nobody has set it yet';
        return [{ warning: { key: `gate/${type}`, text: `pod ${name} waits for its readiness gate ${type}: ${quoted(said)}`, evidence: evidenceOf(pod) } }];
    });
}
/** A node put out a new pod: another one comes, but the node may be short of something. */
function putOut({ observed, replicaSet }) {
    const owner = textAt(replicaSet, 'metadata', 'uid');
    return observed.pods
        .filter((pod) => wasPutOut(pod) && !isEnding(pod) && owner !== undefined && isOwnedBy(pod, owner))
        .map((pod) => {
        const reason = textAt(pod, 'status', 'reason') ?? 'Failed';
        const text = `pod ${textAt(pod, 'metadata', 'name') ?? ''} was put out by its node (${reason}): ${quoted(textAt(pod, 'status', 'message') ?? 'no message')}; another one takes its place`;
        return { warning: { key: `put-out/${reason}`, text, evidence: evidenceOf(pod) } };
    });
}

;// CONCATENATED MODULE: ./packages/rollout/src/crashes.ts








/**
 * Takes down what pods that are older than the write have behind them: a release that comes back finds its old ones.
 * One that runs starts from nothing; one that is crashing at this moment needs but one more crash.
 */
function crashedBefore({ pods, applied, limits }, before) {
    return Object.fromEntries(pods
        .filter(({ pod }) => isOlder(pod, applied))
        .flatMap((pod) => pod.containers.map((container) => {
        const key = crashes_keyOf(pod, container);
        const times = terminations(container);
        return [key, before?.[key] ?? (isRunning(container) ? times : Math.max(0, times - limits.crashThreshold + 1))];
    })));
}
/** Containers that end again and again, whatever their exit code. */
function crashes(scene, crashed) {
    return scene.pods.flatMap((pod) => pod.containers.flatMap((container) => {
        const times = terminations(container) - (crashed[crashes_keyOf(pod, container)] ?? 0);
        if (times < 1 || isDone(container) || hasRecovered(container))
            return [];
        if (times >= scene.limits.crashThreshold)
            return [{ cause: crashes_causeOf(pod, container, times) }];
        const text = `${endingOf(pod, container)} of pod ${pod.name}; the ${ordinal(scene.limits.crashThreshold)} time fails the rollout, this was the ${ordinal(times)}`;
        return [{ warning: { key: `crash/${container.name}/${times}`, text, evidence: crashes_evidenceFor(pod, container) } }];
    }));
}
/** How often a container has ended: `restartCount`, and the end that no restart has followed yet. */
function terminations(container) {
    const restarted = numberAt(container.status, 'restartCount') ?? 0;
    return restarted + (!isRunning(container) && lastEnd(container) !== undefined ? 1 : 0);
}
function hasRecovered(container) {
    return isRunning(container) && isReady(container);
}
function crashes_keyOf({ uid }, { name }) {
    return `${uid}/${name}`;
}
function crashes_causeOf(pod, container, times) {
    const { code, next } = crashes_kindOf(pod, container);
    return {
        code,
        object: cause_refOf('Pod', pod.pod),
        container: container.name,
        reason: reasonOf(pod, container),
        why: `${endingOf(pod, container)}, ${count(times, 'time')}`,
        next,
        evidence: crashes_evidenceFor(pod, container),
    };
}
function crashes_evidenceFor(pod, container) {
    return evidenceOf(pod.pod, container, probeAnswer(pod, container));
}
/** What killed it is worth more than that it waits to be started again. */
function reasonOf(pod, container) {
    const ended = textAt(lastEnd(container), 'reason');
    if (ended === 'OOMKilled')
        return ended;
    const isBackingOff = waitingOf(container)?.reason === 'CrashLoopBackOff' || occurrencesIn(pod, container).some(({ reason }) => reason === 'BackOff');
    return isBackingOff ? 'CrashLoopBackOff' : (ended ?? 'Error');
}
function crashes_kindOf(pod, container) {
    if (isOutOfMemory(container)) {
        return { code: 'out-of-memory', next: 'raise resources.limits.memory of the container, or find what takes the memory at its start' };
    }
    if (killedBy(pod, container) !== undefined) {
        return { code: 'probe-failed', next: 'check path and port of the probe against what the program answers, and give it the time that it needs to start' };
    }
    if (exitCodeOf(container) === 0) {
        return { code: 'container-crashed', next: 'a container of a Deployment has to go on running: check its command, or make it a Job' };
    }
    return { code: 'container-crashed', next: 'read its last log lines, mend it, and deploy again' };
}
function endingOf(pod, container) {
    const name = `${container.isInit ? 'init container' : 'container'} ${container.name}`;
    const exitCode = exitCodeOf(container);
    const exit = exitCode === undefined ? '' : ` (exit code ${exitCode})`;
    if (isOutOfMemory(container)) {
        const limit = memoryLimit(container);
        return `${name} was killed because it was out of memory${limit === undefined ? '' : ` (limit ${limit})`}`;
    }
    const probe = killedBy(pod, container);
    if (probe !== undefined) {
        const answer = probeAnswer(pod, container)?.answer;
        return `${name} was killed by its ${probe} probe${answer === undefined ? '' : `, which was answered: ${quoted(answer)}`}${exit}`;
    }
    const message = textAt(lastEnd(container), 'message');
    const said = message === undefined || message === '' ? '' : `, saying: ${quoted(message)}`;
    return `${name} ended with exit code ${exitCode ?? 'unknown'}${exitCode === 0 ? ', though it should go on running' : ''}${said}`;
}
function exitCodeOf(container) {
    return numberAt(lastEnd(container), 'exitCode');
}
function isOutOfMemory(container) {
    return textAt(lastEnd(container), 'reason') === 'OOMKilled';
}
function memoryLimit({ spec }) {
    return textAt(spec, 'resources', 'limits', 'memory');
}
/** The probe that the kubelet killed it for, where that was so for most of its ends. */
function killedBy(pod, container) {
    const kills = occurrencesIn(pod, container).filter(({ reason, message }) => reason === 'Killing' && / failed (startup|liveness) probe/.test(message));
    if (timesOf(kills) * 2 < terminations(container))
        return undefined;
    return /failed (startup|liveness) probe/.exec(kills[0]?.message ?? '')?.[1];
}
function ordinal(number) {
    return ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth'][number] ?? `${number}th`;
}

;// CONCATENATED MODULE: ./packages/rollout/src/creation.ts




/** Pods that the API server does not let in, for what they are. Quotas are a matter of their own. */
function creation(scene) {
    const { replicaSet } = scene;
    if (replicaSet === undefined)
        return [];
    return creationRefusals(scene)
        .filter(({ message }) => !isQuota(message))
        .map(({ reason, message }) => {
        const said = quoted(message.replace(/^.*?Error creating: /, ''), 700);
        const trouble = troubles.find(({ sign }) => sign.test(message));
        const evidence = evidenceAbout(cause_refOf('ReplicaSet', replicaSet));
        if (trouble === undefined) {
            const text = `no pod can be made for ReplicaSet ${textAt(replicaSet, 'metadata', 'name') ?? ''} yet: ${said}; the controller tries again`;
            return { warning: { key: `creation/${withoutPod(said)}`, text, evidence } };
        }
        return {
            cause: { code: 'pods-refused', object: cause_refOf('ReplicaSet', replicaSet), container: undefined, reason, why: `${trouble.what}: ${said}`, next: trouble.next, evidence },
        };
    });
}
/** The refusals to make pods of the new ReplicaSet, as long as it has fewer than it wants. */
function creationRefusals({ observed, events, applied, replicaSet }) {
    const uid = textAt(replicaSet, 'metadata', 'uid');
    if (replicaSet === undefined || uid === undefined)
        return [];
    const present = observed.pods.filter((pod) => isOwnedBy(pod, uid) && !isEnding(pod)).length;
    if (present >= (numberAt(replicaSet, 'spec', 'replicas') ?? 0))
        return [];
    return occurrencesOf(replicaSet, events, applied).filter(({ reason }) => reason === 'FailedCreate');
}
/** Whether a refusal is a matter of how much is used: time may mend it. */
function isQuota(message) {
    return /exceeded quota: /.test(message);
}
/** What no second try mends. Everything else (a webhook that does not answer, a ServiceAccount that comes late) may pass. */
const troubles = [
    {
        sign: /violates PodSecurity/,
        what: 'PodSecurity denies the pods in this namespace',
        next: 'set the securityContext that it names in the manifest, or ask the owner of the namespace for another level',
    },
    {
        sign: /denied (the )?request/,
        what: 'an admission policy of the cluster denies the pods',
        next: 'mend the manifest as the policy says, or ask its owner',
    },
    {
        sign: /is invalid: /,
        what: 'the pods are invalid',
        next: 'mend the pod template in the manifest',
    },
    {
        sign: /(minimum|maximum) \S+ usage per|max limit to request ratio|failed quota: .*must specify/,
        what: 'the resources that the pods ask for are not allowed in this namespace',
        next: 'set resources in the manifest as the LimitRange or ResourceQuota of the namespace demands',
    },
];
/** Each try has another pod name; that makes no new warning. */
function withoutPod(message) {
    return message.replace(/pods? "[^"]*"/g, 'pod');
}

;// CONCATENATED MODULE: ./packages/rollout/src/pod-line.ts



/** One pod's state for a live log: `cart-7d9-x2x1  running, not ready`. The text comes from a cluster: print it inertly. */
function podLine(pod) {
    return `${textAt(pod, 'metadata', 'name') ?? 'a pod'}  ${podState(pod)}`;
}
function podState(pod) {
    if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined)
        return 'ending';
    const statuses = containerStatuses(pod);
    const restarted = statuses.reduce((sum, status) => sum + (numberAt(status, 'restartCount') ?? 0), 0);
    const suffix = restarted === 0 ? '' : `, restarted ${restarted}×`;
    for (const container of containersOf(pod)) {
        const waiting = waitingOf(container);
        if (waiting && waiting.reason !== '' && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing') {
            return `${container.name} ${waiting.reason}: ${waiting.message === '' ? 'no message' : waiting.message}${suffix}`;
        }
        const exitCode = numberAt(container.status, 'state', 'terminated', 'exitCode');
        if (exitCode !== undefined && !isDone(container))
            return `${container.name} exited with ${exitCode}${suffix}`;
    }
    const phase = textAt(pod, 'status', 'phase') ?? 'Unknown';
    if (phase === 'Pending')
        return isScheduled(pod) ? 'starting' : 'waiting for a node';
    if (phase !== 'Running')
        return phase.toLowerCase();
    return `running, ${pod_line_isReady(pod) ? 'ready' : 'not ready'}${suffix}`;
}
function isScheduled(pod) {
    return textAt(pod, 'spec', 'nodeName') !== undefined;
}
function pod_line_isReady(pod) {
    return listAt(pod, 'status', 'conditions')
        .filter(isJsonObject)
        .some((entry) => entry['type'] === 'Ready' && entry['status'] === 'True');
}

;// CONCATENATED MODULE: ./packages/rollout/src/ending.ts





/** Why somebody else's work took the place of ours; undefined where it did not. */
function ending_superseded({ observed: { deployment }, applied }, seen) {
    if (deployment === undefined)
        return seen ? 'the Deployment was deleted' : undefined;
    if (textAt(deployment, 'metadata', 'uid') !== applied.uid)
        return 'the Deployment was deleted, and another one has its name';
    if (isEnding(deployment))
        return 'the Deployment is being deleted';
    const later = (numberAt(deployment, 'metadata', 'generation') ?? 0) > applied.generation;
    if (later && !sameTemplate(objectAt(deployment, 'spec', 'template'), applied.template))
        return 'somebody has changed the pod template since';
    return undefined;
}
/** The manifest's own rule: final once the controller has said it of our ReplicaSet, after our write. */
function deadline(deployment, scene, waitingFor, noticed) {
    const progress = condition(deployment, 'Progressing');
    const replicaSet = textAt(scene.replicaSet, 'metadata', 'name');
    if (!progress || replicaSet === undefined || textAt(progress, 'reason') !== 'ProgressDeadlineExceeded')
        return undefined;
    if (textAt(progress, 'lastUpdateTime') === scene.applied.progressBefore)
        return undefined;
    if (!(textAt(progress, 'message') ?? '').includes(`"${replicaSet}"`))
        return undefined;
    const seconds = numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600;
    const what = `there was no progress for ${duration(seconds * 1000)} (progressDeadlineSeconds)`;
    return overdue(deployment, scene, { code: 'rollout-deadline', reason: 'ProgressDeadlineExceeded', what }, waitingFor, noticed);
}
/** Our own end of patience. */
function timeout(deployment, scene, waitingFor, noticed) {
    const { limits, moment } = scene;
    if (moment.nowMs - moment.writtenMs < limits.timeoutMs)
        return undefined;
    return overdue(deployment, scene, { code: 'rollout-timeout', reason: 'Timeout', what: `it was not healthy ${duration(limits.timeoutMs)} after the write` }, waitingFor, noticed);
}
/** Time alone says little: what was wrong when it ran out is the cause. */
function overdue(deployment, { pods }, { code, reason, what }, waitingFor, noticed) {
    const first = noticed.find(({ expected }) => expected !== true) ?? noticed[0];
    const probe = first?.evidence?.probe;
    // Where nobody complained, the pod that is not ready shows most.
    const unready = pods.find(({ pod }) => textAt(condition(pod, 'Ready'), 'status') !== 'True');
    const evidence = first?.evidence ?? (unready === undefined ? evidenceAbout(cause_refOf('Deployment', deployment)) : evidenceOf(unready.pod));
    const told = first === undefined ? (unready === undefined ? '' : `; pod ${podLine(unready.pod).replace('  ', ': ')}`) : `; ${first.text}${probe === undefined ? '' : ` (${count(probe.times, 'time')})`}`;
    return {
        code,
        object: cause_refOf('Deployment', deployment),
        container: evidence.log?.container,
        reason,
        why: `${what}: it still waits for ${waitingFor}${told}`,
        next: probe === undefined
            ? 'look at the Events of its pods; where they only need longer, raise progressDeadlineSeconds in the manifest'
            : 'check path and port of the probe against what the program answers; where it only needs longer, raise progressDeadlineSeconds',
        evidence,
    };
}

;// CONCATENATED MODULE: ./packages/rollout/src/pulls.ts




/** A refusal may be a token that was about to be renewed; the second one is not. */
const refusalsThatFail = 2;
/** What became of pulling the images of the new pods. */
function pulls({ pods }) {
    return pods.flatMap((pod) => pod.containers.flatMap((container) => pullOf(pod, container) ?? []));
}
function pullOf(pod, container) {
    const complaint = complaintOf(pod, container);
    if (complaint === undefined)
        return undefined;
    const trouble = troubleOf(complaint, container.image);
    const refusals = timesOf(occurrencesIn(pod, container).filter((occurrence) => isFailedPull(occurrence) && troubleOf(occurrence, container.image) === 'refused'));
    const evidence = evidenceOf(pod.pod, container);
    const answer = quoted(pulls_bare(complaint.message));
    if (trouble === 'passing' || (trouble === 'refused' && refusals < refusalsThatFail)) {
        const text = `image ${container.image} of container ${container.name} cannot be pulled yet: ${answer}; the kubelet tries again`;
        return { warning: { key: `pull/${container.image}/${trouble}`, text, evidence } };
    }
    const { code, what, next } = words[trouble];
    return {
        cause: {
            code,
            object: cause_refOf('Pod', pod.pod),
            container: container.name,
            reason: complaint.reason,
            why: `${what(container.image, refusals)}: ${answer}`,
            next,
            evidence,
        },
    };
}
/** The Event is there a second before the status; the status is there when the Event is lost. */
function complaintOf(pod, container) {
    const waiting = waitingOf(container);
    if (waiting && ['InvalidImageName', 'ErrImageNeverPull', 'ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable'].includes(waiting.reason))
        return waiting;
    if (isRunning(container) || lastEnd(container) !== undefined)
        return undefined;
    if (waiting && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing')
        return undefined;
    const occurrences = occurrencesIn(pod, container);
    if (occurrences.some(({ reason }) => reason === 'Pulled'))
        return undefined;
    for (const occurrence of occurrences.toReversed()) {
        if (occurrence.reason === 'InspectFailed' && /invalid reference format|couldn't parse image name/.test(occurrence.message)) {
            return { reason: 'InvalidImageName', message: occurrence.message };
        }
        if (occurrence.reason === 'ErrImageNeverPull')
            return occurrence;
        if (isFailedPull(occurrence))
            return { reason: 'ErrImagePull', message: occurrence.message };
    }
    return undefined;
}
function isFailedPull({ reason, message }) {
    return reason === 'Failed' && message.startsWith('Failed to pull image');
}
/** The image's own name is left out of what is searched: a tag may be called `401`. */
function troubleOf({ reason, message }, image) {
    if (reason === 'InvalidImageName')
        return 'invalid';
    if (reason === 'ErrImageNeverPull')
        return 'never';
    const text = message.replaceAll(image, 'IMAGE').replace(/"[^"]*"/g, 'NAME');
    if (/no match for platform|no matching manifest/i.test(text))
        return 'platform';
    if (/\b(401|403)\b|unauthorized|forbidden|denied|no basic auth|authentication required|authorization (failed|token has expired)|insufficient_scope/i.test(text))
        return 'refused';
    if (/time-?out|timed out|deadline exceeded|\b(429|5\d\d)\b|toomanyrequests|connection|no such host|\bEOF\b|executable file not found/i.test(text))
        return 'passing';
    if (/not found|manifest unknown|name unknown|does not exist/i.test(text))
        return 'absent';
    return 'passing';
}
const words = {
    invalid: {
        code: 'image-name-invalid',
        what: (image) => `${image} is no name of an image`,
        next: 'mend the image in the manifest (a repository is lower case, a tag stands after a colon)',
    },
    never: {
        code: 'image-not-found',
        what: (image) => `image ${image} is not on the node, and imagePullPolicy Never forbids to pull it`,
        next: 'set imagePullPolicy to IfNotPresent, or bring the image to every node',
    },
    platform: {
        code: 'image-wrong-platform',
        what: (image) => `image ${image} has nothing for the platform of the node`,
        next: 'build the image for the platform of the nodes, or select nodes that fit by kubernetes.io/arch',
    },
    absent: {
        code: 'image-not-found',
        what: (image) => `the registry has no image ${image}`,
        next: 'check repository and tag in the manifest, and whether the image was pushed to the registry that this cluster pulls from',
    },
    refused: {
        code: 'image-pull-refused',
        what: (image, times) => `the registry refused to give out image ${image}, ${times} times`,
        next: 'give the nodes, or the imagePullSecrets of the pod, the right to pull from that registry',
    },
};
/** The last part of a pull's message, without the layers that passed it on. */
function pulls_bare(message) {
    let text = message;
    for (;;) {
        const inner = text.replace(/^(Failed to pull image "[^"]*"|Back-off pulling image "[^"]*"|ErrImagePull|rpc error: code = \w+ desc = failed to pull and unpack image "[^"]*"|failed to pull and unpack image "[^"]*"|failed to resolve reference "[^"]*"|failed to do request):\s*/, '');
        if (inner === text)
            return text.replace(/^rpc error: code = \w+ desc = /, '');
        text = inner;
    }
}

;// CONCATENATED MODULE: ./packages/rollout/src/quantity.ts
const factors = {
    n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
    Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};
/** A quantity as Kubernetes writes it (`500m`, `2Gi`, `1e3`) as a number; undefined where it is none. */
function quantity(text) {
    const [, number, suffix = ''] = /^([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text.trim()) ?? [];
    const factor = Object.hasOwn(factors, suffix) ? factors[suffix] : undefined;
    return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
/** `pods=1,limits.cpu=500m` as numbers by resource; what is no quantity is left out. */
function quantities(text) {
    return new Map(text.split(',').flatMap((part) => {
        const [resource = '', value = ''] = part.split('=');
        const amount = quantity(value);
        return amount === undefined ? [] : [[resource.trim(), amount]];
    }));
}

;// CONCATENATED MODULE: ./packages/rollout/src/quota.ts






/** One refusal may have been on its way when the last old pod went. */
const quota_refusalsThatFail = 2;
/** Pods and Events come by different watches: what is seen so shortly after the last old pod may be older than its end. */
const lagMs = 5000;
/** Counts the refusals until the last old pod is gone, not merely ending: only what comes later counts. */
function refusalsBefore(scene, before) {
    const { nowMs } = scene.moment;
    if (hasOldPods(scene))
        return { oldPodsSeenMs: nowMs, beforeThat: timesOf(refusals(scene)) };
    const isSettling = before?.oldPodsSeenMs !== undefined && nowMs - before.oldPodsSeenMs < lagMs;
    return isSettling ? { ...before, beforeThat: timesOf(refusals(scene)) } : (before ?? { oldPodsSeenMs: undefined, beforeThat: 0 });
}
/** Pods that do not fit into what the namespace may use. */
function quota(scene, { beforeThat }) {
    const { replicaSet } = scene;
    const refused = refusals(scene);
    const last = refused.at(-1);
    if (replicaSet === undefined || last === undefined)
        return [];
    const since = timesOf(refused) - beforeThat;
    const [, name = '', facts = ''] = /exceeded quota: ([^,]+), (.*)$/s.exec(last.message) ?? [];
    const isTooLarge = refused.some(exceedsAlone);
    const evidence = evidenceAbout(cause_refOf('ReplicaSet', replicaSet));
    if (!isTooLarge && since < quota_refusalsThatFail) {
        const text = `ResourceQuota ${name} leaves no room for a new pod (${facts}); old pods free quota when they are gone, but the controller may wait minutes before it tries again: raise the quota, or lower maxSurge`;
        return [{ warning: { key: `quota/${name}`, text, evidence } }];
    }
    return [
        {
            cause: {
                code: 'quota-exceeded',
                object: cause_refOf('ReplicaSet', replicaSet),
                container: undefined,
                reason: last.reason,
                why: isTooLarge ? `one pod alone asks for more than ResourceQuota ${name} allows: ${facts}` : `ResourceQuota ${name} leaves no room for a new pod, and no old pod is left that could free any: ${facts}`,
                next: 'raise the quota, or ask for less: fewer replicas, smaller resources',
                evidence,
            },
        },
    ];
}
function refusals(scene) {
    return creationRefusals(scene).filter(({ message }) => isQuota(message));
}
/** Whether pods that do not belong to the new template still are there, or are still wanted. */
function hasOldPods({ observed, applied, pods, replicaSet }) {
    const current = new Set(pods.map(({ uid }) => uid));
    const owned = observed.replicaSets.filter((one) => isOwnedBy(one, applied.uid));
    const owners = owned.map((one) => textAt(one, 'metadata', 'uid') ?? '');
    const isOld = owned.some((one) => one !== replicaSet && (numberAt(one, 'spec', 'replicas') ?? 0) > 0);
    return (isOld ||
        observed.pods.some((pod) => owners.some((uid) => isOwnedBy(pod, uid)) &&
            !current.has(textAt(pod, 'metadata', 'uid') ?? '') &&
            !['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase') ?? '')));
}
function exceedsAlone({ message }) {
    const [, requested = '', limited = ''] = /requested: (.*), used: .*, limited: (.*)$/s.exec(message) ?? [];
    const limits = quantities(limited);
    return [...quantities(requested)].some(([resource, amount]) => amount > (limits.get(resource) ?? Infinity));
}

;// CONCATENATED MODULE: ./packages/rollout/src/scheduling.ts






/** An autoscaler looks again every few seconds, and may be busy with an earlier wish. */
const scheduling_refusalsThatFail = 3;
/** The keys of the pods for which no node was found. */
function unschedulable({ pods }) {
    return pods.filter((pod) => refusalOf(pod) !== undefined).map(scheduling_keyOf);
}
/** Pods for which no node is found: told at once, a failure only when autoscalers had their time. */
function scheduling({ pods, limits, moment }, firstSeen) {
    return pods.flatMap((pod) => {
        const message = refusalOf(pod);
        if (message === undefined)
            return [];
        const evidence = evidenceOf(pod.pod);
        const autoscaler = refusalByAutoscaler(pod);
        if (autoscaler === undefined && !isSince(firstSeen, scheduling_keyOf(pod), limits.unschedulableMs, moment.nowMs)) {
            const text = `no node has room for pod ${pod.name}: ${quoted(message)}; it is waited for one for ${duration(limits.unschedulableMs)}`;
            return [{ warning: { key: 'unschedulable', text, evidence } }];
        }
        const why = autoscaler === undefined
            ? `no node had room for pod ${pod.name} for ${duration(limits.unschedulableMs)}: ${quoted(message)}`
            : `no node has room for pod ${pod.name} (${quoted(message)}), and the autoscaler adds none: ${quoted(autoscaler)}`;
        return [
            {
                cause: {
                    code: 'unschedulable',
                    object: cause_refOf('Pod', pod.pod),
                    container: undefined,
                    reason: 'Unschedulable',
                    why,
                    next: 'ask for less (resources.requests, nodeSelector, affinity), or add nodes that fit',
                    evidence,
                },
            },
        ];
    });
}
function refusalOf({ pod }) {
    const scheduled = condition(pod, 'PodScheduled');
    if (textAt(scheduled, 'status') !== 'False' || textAt(scheduled, 'reason') !== 'Unschedulable')
        return undefined;
    return textAt(scheduled, 'message') ?? 'the scheduler says nothing';
}
/** Cluster Autoscaler says NotTriggerScaleUp; Karpenter writes FailedScheduling in its own name. */
function refusalByAutoscaler({ occurrences }) {
    const isComing = occurrences.some(({ reason, reporter }) => reason === 'TriggeredScaleUp' || (reason === 'Nominated' && reporter === 'karpenter'));
    const refusals = occurrences.filter(({ reason, reporter }) => reason === 'NotTriggerScaleUp' || (reason === 'FailedScheduling' && reporter === 'karpenter'));
    return isComing || timesOf(refusals) < scheduling_refusalsThatFail ? undefined : refusals.at(-1)?.message;
}
function scheduling_keyOf({ uid }) {
    return `unschedulable/${uid}`;
}

;// CONCATENATED MODULE: ./packages/rollout/src/volumes.ts




/** Mounts are tried again and again; what fails so often for such a reason will not mend itself. */
const timesThatFail = 3;
/** Volumes that cannot be mounted. */
function volumes({ pods }) {
    return pods.flatMap(volumesOf);
}
/** Whether a message says that a volume has not what the manifest says: a wrong type, a wrong subPath. */
function volumeTrouble(message) {
    return /hostPath type check failed|subPath|Are you trying to mount a directory onto a file|(mount|volume).*is not a directory/i.test(message);
}
function volumesOf(pod) {
    const told = pod.occurrences.filter((occurrence) => isMount(occurrence, pod) && configurationIn(occurrence.message, pod).length === 0);
    const lasting = told.filter(({ message }) => volumeTrouble(message));
    const [first] = lasting;
    const times = timesOf(lasting);
    const evidence = evidenceOf(pod.pod);
    if (first && times >= timesThatFail) {
        return [
            {
                cause: {
                    code: 'volume-failed',
                    object: cause_refOf('Pod', pod.pod),
                    container: first.container,
                    reason: first.reason,
                    why: `a volume could not be mounted, ${times} times: ${quoted(first.message)}`,
                    next: 'check the volume in the manifest: its type, its path and subPath, against what the node or the claim has',
                    evidence,
                },
            },
        ];
    }
    return told
        .filter(({ message }) => !isCacheSync(message))
        .map(({ message }) => ({
        warning: { key: `mount/${volumeIn(message)}`, text: `a volume of pod ${pod.name} is not mounted yet: ${quoted(message)}`, evidence },
    }));
}
/** What is told of mounts that still fail: as long as the container, or any of the pod, has not run. */
function isMount({ reason, message, container }, { containers }) {
    if (reason === 'FailedMount' || reason === 'FailedAttachVolume' || reason === 'FailedMapVolume')
        return !containers.some(hasRun);
    if (reason !== 'Failed' || !volumeTrouble(message))
        return false;
    return containers.some((one) => one.name === container && !hasRun(one) && waitingOf(one)?.reason !== undefined);
}
/** The kubelet's cache is filled a moment after the pod came: everyday life. */
function isCacheSync(message) {
    return /not registered|failed to sync \w+ cache/.test(message);
}
function volumeIn(message) {
    return /volume "([^"]+)"/.exec(message)?.[1] ?? '';
}

;// CONCATENATED MODULE: ./packages/rollout/src/starts.ts






/** Containers that the node cannot start, whatever their program would do. */
function starts({ pods }) {
    return pods.flatMap((pod) => pod.containers.flatMap((container) => startOf(pod, container) ?? []));
}
const waitingReasons = ['RunContainerError', 'CreateContainerError', 'CreateContainerConfigError', 'PostStartHookError'];
function startOf(pod, container) {
    const complaint = starts_complaintOf(pod, container);
    if (complaint === undefined || configurationIn(complaint.message, pod).length > 0 || volumeTrouble(complaint.message))
        return undefined;
    const evidence = evidenceOf(pod.pod, container);
    const message = quoted(starts_bare(complaint.message));
    const trouble = starts_troubles.find(({ sign }) => sign.test(complaint.message));
    if (trouble === undefined) {
        const text = `container ${container.name} of pod ${pod.name} could not be started: ${message}; the kubelet tries again`;
        return { warning: { key: `start/${container.name}/${complaint.reason}`, text, evidence } };
    }
    return {
        cause: {
            code: 'start-failed',
            object: cause_refOf('Pod', pod.pod),
            container: container.name,
            reason: complaint.reason,
            why: `${trouble.what} in image ${container.image}: ${message}`,
            next: trouble.next,
            evidence,
        },
    };
}
const starts_troubles = [
    {
        sign: /exec format error/i,
        what: 'the program is not made for the platform of the node, or is a script without its first line #!,',
        next: 'build the image for the platform of the nodes; give a script its #! line',
    },
    {
        sign: /executable file not found|exec: .*no such file or directory/i,
        what: 'the program to run does not exist',
        next: 'check command and args in the manifest against ENTRYPOINT and CMD of the image; a script needs its interpreter in the image, too',
    },
    {
        sign: /exec: .*(permission denied|is a directory)/i,
        what: 'the program to run may not be executed',
        next: 'make the file executable in the image (chmod +x), or name another command',
    },
    {
        sign: /chdir to cwd .*(no such file or directory|permission denied|not a directory)/i,
        what: 'the working directory cannot be entered',
        next: 'check workingDir in the manifest against the directories of the image',
    },
    {
        sign: /runAsNonRoot/,
        what: 'the pod demands a user other than root (runAsNonRoot), which is not given',
        next: 'set a numeric USER in the image, or runAsUser in the manifest',
    },
];
/** A message at the start says more than the exit code 128 that comes with it. */
function starts_complaintOf(pod, container) {
    if (isRunning(container))
        return undefined;
    const waiting = waitingOf(container);
    if (waiting && waitingReasons.includes(waiting.reason))
        return waiting;
    const ended = lastEnd(container);
    if (ended !== undefined) {
        const reason = textAt(ended, 'reason');
        return reason === 'StartError' || reason === 'ContainerCannotRun' ? { reason, message: textAt(ended, 'message') ?? '' } : undefined;
    }
    if (waiting && waiting.reason !== 'ContainerCreating' && waiting.reason !== 'PodInitializing')
        return undefined;
    const occurrences = occurrencesIn(pod, container);
    if (occurrences.some(({ reason }) => reason === 'Started'))
        return undefined;
    const failed = occurrences.findLast(({ reason, message }) => reason === 'Failed' && /failed to (create|start)|OCI runtime|runAsNonRoot/.test(message));
    // The status will say so in a second; the Event itself is called Failed, whatever it is about.
    return failed && { reason: /runAsNonRoot/.test(failed.message) ? 'CreateContainerConfigError' : 'RunContainerError', message: failed.message };
}
function starts_bare(message) {
    return message.replace(/^Error: /, '').replace(/^.*unable to start container process: /, '').replace(/: unknown$/, '');
}

;// CONCATENATED MODULE: ./packages/rollout/src/success.ts


/** What a rollout still waits for, in words; undefined where nothing is missing. */
function notYet(deployment) {
    const status = (key) => numberAt(deployment, 'status', key) ?? 0;
    const wanted = wantedReplicas(deployment);
    if (isPaused(deployment))
        return 'the Deployment to be resumed: it is paused';
    if (status('updatedReplicas') < wanted)
        return `pods to be made: ${status('updatedReplicas')} of ${wanted}`;
    if (status('availableReplicas') < wanted)
        return `pods to become available: ${status('availableReplicas')} of ${wanted}`;
    const old = status('replicas') - status('updatedReplicas');
    // Old pods count as available, too: as long as not all are, it may be the new ones that are not.
    if (old > 0 && status('availableReplicas') < status('replicas'))
        return `pods to become available: ${status('availableReplicas')} of ${status('replicas')}, old ones included`;
    if (old > 0)
        return `old pods to end: ${old}`;
    if (status('availableReplicas') > wanted || status('updatedReplicas') > wanted)
        return 'surplus pods to end';
    return undefined;
}
/** The soak goes on from before; a restart starts it anew. */
function soakOf({ pods, moment }, before) {
    const restarted = restarts(pods.map(({ pod }) => pod));
    return before?.restarts === restarted ? before : { sinceMs: moment.nowMs, restarts: restarted };
}
function wantedReplicas(deployment) {
    return numberAt(deployment, 'spec', 'replicas') ?? 1;
}
function isPaused(deployment) {
    return objectAt(deployment, 'spec')?.['paused'] === true;
}

;// CONCATENATED MODULE: ./packages/rollout/src/verdict.ts














/** Patience with a Deployment whose input names none: its progress deadline and a minute. */
function defaultTimeoutMs(deployment) {
    return ((numberAt(deployment, 'spec', 'progressDeadlineSeconds') ?? 600) + 60) * 1000;
}
/**
 * Judges a Deployment by what was observed of it since it was written. Judge at every change, and at
 * `lookAgainMs` if nothing happens until then.
 *
 * `failed` is only a proposal. Before it is declared, the caller gets Deployment, ReplicaSets and pods afresh, puts them
 * into the observation with `refreshed`, and judges once more with the memory of the proposal: only if that says
 * `failed` again, it is. `superseded` deserves the same look where the Deployment is gone. While a watch is broken, do
 * not judge at all. Answers to `asks` go into the next observation, and may be judged at once.
 */
function verdict_judge(observed, applied, limits, moment, memory) {
    const judged = judgeNow(observed, applied, limits, moment, memory);
    const { verdict } = judged;
    const seen = Object.values(judged.memory.firstSeen).flatMap((sinceMs) => [sinceMs + limits.lateConfigurationMs, sinceMs + limits.unschedulableMs]);
    const ends = [moment.writtenMs + limits.timeoutMs, ...seen, ...(verdict.state === 'soaking' ? [verdict.untilMs] : [])];
    return { ...judged, lookAgainMs: Math.min(...ends.filter((endMs) => endMs > moment.nowMs)) };
}
function judgeNow(observed, applied, limits, moment, memory) {
    const scene = sceneOf(observed, applied, limits, moment, memory?.replicaSet);
    const pods = scene.pods.map(({ pod }) => pod);
    const missing = missingConfiguration(scene);
    const next = {
        seen: memory?.seen === true || observed.deployment !== undefined,
        replicaSet: textAt(scene.replicaSet, 'metadata', 'uid'),
        soak: undefined,
        firstSeen: seenSince(memory?.firstSeen, [...missing.keys(), ...unschedulable(scene)], moment.nowMs),
        crashed: crashedBefore(scene, memory?.crashed),
        refusals: refusalsBefore(scene, memory?.refusals),
    };
    const { deployment } = observed;
    const why = ending_superseded(scene, memory?.seen === true);
    if (why !== undefined)
        return { verdict: { state: 'superseded', why }, memory: next, warnings: [], asks: [], pods };
    if (deployment === undefined)
        return { verdict: { state: 'undecided', waitingFor: 'the Deployment to be seen' }, memory: next, warnings: [], asks: [], pods };
    const noted = isNoted(deployment, applied);
    const asked = configuration_configuration(scene, missing, next.firstSeen);
    const findings = noted ? decisions(scene, asked.findings, next) : [];
    const noticed = [...paused(deployment), ...findings.flatMap(({ warning }) => warning ?? [])];
    const warnings = noticed.filter(({ expected }) => expected !== true);
    const waitingFor = noted ? notYet(deployment) : 'the Deployment controller to take note of the change';
    if (waitingFor === undefined)
        return { ...succeeding(deployment, scene, memory, next), warnings, asks: [], pods };
    const found = findings.find(({ cause }) => cause !== undefined)?.cause;
    const cause = found ?? deadline(deployment, scene, waitingFor, noticed) ?? timeout(deployment, scene, waitingFor, noticed);
    return { verdict: cause === undefined ? { state: 'undecided', waitingFor } : { state: 'failed', cause }, memory: next, warnings, asks: asked.asks, pods };
}
/** Everything that may be wrong; the first cause is told, so what explains the others comes first. */
function decisions(scene, configurationFindings, memory) {
    return [
        ...pulls(scene),
        ...starts(scene),
        ...creation(scene),
        ...quota(scene, memory.refusals),
        ...configurationFindings,
        ...volumes(scene),
        ...crashes(scene, memory.crashed),
        ...scheduling(scene, memory.firstSeen),
        ...readiness(scene),
    ];
}
/** All is there: what went wrong on the way is over. Where nothing is wanted there is nothing to watch. */
function succeeding(deployment, scene, memory, next) {
    const replicas = wantedReplicas(deployment);
    if (replicas === 0)
        return { verdict: { state: 'healthy', replicas }, memory: next };
    const soak = soakOf(scene, memory?.soak);
    const untilMs = soak.sinceMs + scene.limits.soakMs;
    const verdict = scene.moment.nowMs >= untilMs ? { state: 'healthy', replicas } : { state: 'soaking', untilMs };
    return { verdict, memory: { ...next, soak } };
}
/** Whether the Deployment's status speaks of what was written. */
function isNoted(deployment, applied) {
    const generation = numberAt(deployment, 'metadata', 'generation') ?? 0;
    return generation >= applied.generation && (numberAt(deployment, 'status', 'observedGeneration') ?? 0) >= generation;
}
function paused(deployment) {
    if (!isPaused(deployment))
        return [];
    return [{ key: 'paused', text: 'the Deployment is paused: nothing will happen until it is resumed (kubectl rollout resume, or spec.paused out of the manifest)', evidence: undefined }];
}

;// CONCATENATED MODULE: ./packages/rollout/src/refreshed.ts

/**
 * The observation with what was got afresh. An answer never overwrites a newer state: a watch may have overtaken it.
 * What the answer no longer has is gone, unless the watch saw it after the newest object of the answer.
 */
function refreshed_refreshed(observed, fresh) {
    return {
        ...observed,
        deployment: observed.deployment !== undefined && fresh.deployment !== undefined ? newer(observed.deployment, fresh.deployment) : fresh.deployment,
        replicaSets: refreshed_merged(observed.replicaSets, fresh.replicaSets),
        pods: refreshed_merged(observed.pods, fresh.pods),
    };
}
function refreshed_merged(watched, fresh) {
    const known = new Map(watched.map((object) => [refreshed_uidOf(object), object]));
    const listed = new Set(fresh.map(refreshed_uidOf));
    const newest = fresh.map(refreshed_versionOf).reduce((highest, version) => (version > highest ? version : highest), 0n);
    return [
        ...fresh.map((object) => newer(known.get(refreshed_uidOf(object)) ?? object, object)),
        ...watched.filter((object) => !listed.has(refreshed_uidOf(object)) && fresh.length > 0 && refreshed_versionOf(object) > newest),
    ];
}
/** Two objects of one name may be two lives: then the answer is right. */
function newer(watched, fresh) {
    return refreshed_uidOf(watched) === refreshed_uidOf(fresh) && refreshed_versionOf(watched) > refreshed_versionOf(fresh) ? watched : fresh;
}
function refreshed_uidOf(object) {
    return textAt(object, 'metadata', 'uid') ?? '';
}
/** Since Kubernetes 1.35 versions may be compared as numbers (KEP-5504); every served storage has kept them so. */
function refreshed_versionOf(object) {
    const text = textAt(object, 'metadata', 'resourceVersion') ?? '';
    return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

;// CONCATENATED MODULE: ./packages/delivery/src/alarm.ts
/** One timer for many waits that others end: a look at every change would else make and break one each. */
function openAlarm({ clock, stop }) {
    const closed = new AbortController();
    const signal = AbortSignal.any([closed.signal, stop]);
    let set;
    return {
        by(atMs) {
            if (set !== undefined && set.atMs <= atMs)
                return set.rings;
            const rings = clock.wait(Math.max(1, atMs - clock.monotonic()), signal).then(rung, rung);
            set = { atMs, rings };
            return rings;
            function rung() {
                if (set?.rings === rings)
                    set = undefined;
            }
        },
        close() {
            closed.abort();
        },
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/teller.ts



/** Secrets may come late, or change: their values are read again for lines that come later than this. */
const readAgainMs = 2000;
function openTeller(service, { clock, narrator, ports, stop }) {
    const told = new Set();
    let hiding;
    return {
        async tell(lines, observed) {
            const fresh = lines.filter(({ key }) => !told.has(key));
            if (fresh.length === 0)
                return;
            if (hiding === undefined || clock.monotonic() - hiding.atMs > readAgainMs) {
                hiding = { hiding: await hidingFor(observed, ports.evidence, { clock, signal: stop }), atMs: clock.monotonic() };
            }
            for (const { key, text, isWarning } of fresh) {
                told.add(key);
                const line = `[${service}] ${(0,inert/* inertLine */.Fq)(redactSentence(text, observed, hiding.hiding))}`;
                if (isWarning)
                    narrator.warn(line);
                else
                    narrator.say(line);
            }
        },
    };
}

;// CONCATENATED MODULE: ./packages/delivery/src/follow.ts




/** Whether the lock is still ours is looked at so often, whatever happens. */
const glanceMs = 1000;
/** Follows a Deployment until the verdict is final, with one line per pod that changed and one per trouble. */
async function follow(written, lock, run) {
    const alarm = openAlarm(run);
    try {
        return await toTheEnd(written, lock, run, alarm);
    }
    finally {
        alarm.close();
    }
}
async function toTheEnd({ service, answer, own }, lock, run, alarm) {
    const { clock, narrator, mission } = run;
    const applied = workload_appliedFrom(answer);
    const name = textAt(answer, 'metadata', 'name');
    if (applied === undefined || name === undefined)
        throw new Error(`the answer to the write of ${service} is no Deployment`);
    const observer = await run.observer;
    const writtenMs = clock.monotonic();
    const { soakMs, timeoutMs = defaultTimeoutMs(answer), crashThreshold = scene_defaultLimits.crashThreshold } = mission.patience;
    const limits = { ...scene_defaultLimits, soakMs, timeoutMs, crashThreshold, ownConfiguration: own };
    const teller = openTeller(service, run);
    const answers = new Map();
    let memory;
    let saidMs = writtenMs;
    for (;;) {
        const by = lock.oustedBy();
        if (by !== undefined) {
            run.oust(by);
            return { state: 'superseded', why: `the run ${by} has taken the lock` };
        }
        if (lock.signal.aborted)
            return { state: 'superseded', why: 'the lock could not be renewed for 10 s, so another run may hold it by now' };
        const change = observer.change(name);
        let observed = { ...observer.observe(name), answers };
        const judgeNow = () => verdict_judge(observed, applied, limits, { nowMs: clock.monotonic(), writtenMs }, memory);
        let judgement = judgeNow();
        const pods = judgement.pods.map(podLine).map((text) => ({ key: text, text, isWarning: false }));
        const judgeAnew = async (which) => {
            observed = refreshed_refreshed(observed, await observer.fresh(name, which));
            memory = judgement.memory;
            judgement = judgeNow();
        };
        // What a watch shows may be old: a verdict must hold on what the server says now, and a failure on all of it.
        if (judgement.verdict.state === 'healthy')
            await judgeAnew('pods');
        if (isFailed(judgement))
            await judgeAnew('all');
        const { verdict } = judgement;
        memory = judgement.memory;
        await teller.tell([...pods, ...judgement.warnings.map(({ key, text }) => ({ key, text, isWarning: true }))], observed);
        if (verdict.state === 'failed')
            return { ...verdict, observed: { ...observed, answers } };
        if (verdict.state === 'healthy' || verdict.state === 'superseded')
            return verdict;
        if (verdict.state === 'soaking' && soakMs > 0) {
            const text = `all pods are available after ${duration(clock.monotonic() - writtenMs)}; watching them for ${duration(soakMs)} more`;
            await teller.tell([{ key: 'soak', text, isWarning: false }], observed);
        }
        const waitingFor = verdict.state === 'undecided' ? verdict.waitingFor : 'the soak to end';
        if (run.stop.aborted)
            return { state: 'stopped', waitingFor };
        if (clock.monotonic() - saidMs > 10_000) {
            narrator.say(`[${service}] ${duration(clock.monotonic() - writtenMs)}: waiting for ${waitingFor}`);
            saidMs = clock.monotonic();
        }
        if (judgement.asks.length > 0) {
            await ask(judgement.asks, answers, run);
            continue;
        }
        await Promise.race([change, alarm.by(Math.min(clock.monotonic() + glanceMs, judgement.lookAgainMs))]);
    }
}
function isFailed({ verdict: { state } }) {
    return state === 'failed' || state === 'superseded';
}
/** Looks for what the verdict believes to be missing. Whoever may not look confirms nothing. */
async function ask(asks, answers, { ports, clock }) {
    await Promise.all(asks.map(async ({ id, kind, name }) => {
        const atMs = clock.monotonic();
        const keys = await ports.objects.keysOf(kind, name);
        answers.set(id, typeof keys === 'string' ? { atMs, found: keys, keys: [] } : { atMs, found: 'present', keys });
    }));
}

;// CONCATENATED MODULE: ./packages/delivery/src/fence.ts


const mostAttempts = 20;
function openFence({ workload }, { service, sequence }, lock, { ports, clock, mission, stop }) {
    const fence = {
        signal: AbortSignal.any([lock.signal, stop]),
        async overtaken(what, attempt) {
            return (await fence.unheld(what, attempt)) ?? fence.behind(await ports.objects.get(workload.manifest));
        },
        async unheld(what, attempt) {
            if (attempt > mostAttempts)
                return superseded(service, mission, `${what} changes faster than it can be written`);
            if (attempt > 0)
                await clock.wait(Math.min(50 * 2 ** attempt, 1000), fence.signal).catch(() => undefined);
            return lock.held() ? undefined : failures_lockLost(what, mission, lock.oustedBy());
        },
        behind(live) {
            const newer = sequenceOf(live);
            return newer !== undefined && newer > sequence ? superseded(service, mission, `revision ${newer} runs already`) : undefined;
        },
    };
    return fence;
}

;// CONCATENATED MODULE: ./packages/delivery/src/remove-brought.ts




const remove_brought_words = { removed: 'removed', stale: 'left: somebody has just changed it', refused: 'left: the role may not delete it' };
/**
 * Removes what the revisions between the restored one and this one have newly created, and it does not have; what was
 * there before them stays. Trouble is told and is none of the release: what runs is right.
 */
async function removeBrought({ service, sequence, restores, revision }, run) {
    if (restores === undefined)
        return;
    try {
        const { heads } = await run.ports.records.history([service]);
        const skipped = heads.filter((head) => head.sequence > restores && head.sequence < sequence);
        const since = skipped.map(({ createdAt }) => createdAt).toSorted()[0];
        if (since === undefined)
            return;
        const kept = new Set(revision.manifests.map(key));
        const records = await Promise.all(skipped.map((head) => readRecord(head, run.ports)));
        const manifests = records.flatMap((record) => (typeof record === 'string' ? [] : record.revision.manifests));
        const brought = new Map(manifests.flatMap((object) => (kept.has(key(object)) ? [] : [[key(object), remove_brought_nameOf(object)]])));
        for (const name of brought.values())
            await removeOne(name, service, since, run);
    }
    catch (error) {
        if (!(error instanceof src_failure/* Failed */.cV))
            throw error;
        run.narrator.warn(`[${service}] what came with the bad revision may still be there: ${error.failures[0].why}`);
    }
}
async function removeOne(name, service, since, { ports, narrator, mission }) {
    const live = await ports.objects.get(name);
    if (live === undefined || isUnclaimed(live) || otherServicesClaim(live, service, mission.source.repository) !== undefined)
        return;
    if ((textAt(live, 'metadata', 'creationTimestamp') ?? '') < since) {
        narrator.say(`[${service}] ${name.kind} ${name.name} is not in the good revision's manifests, but older than the bad one: it is left`);
        return;
    }
    const state = { uid: textAt(live, 'metadata', 'uid') ?? '', resourceVersion: textAt(live, 'metadata', 'resourceVersion') ?? '' };
    const removed = await ports.objects.remove(name, state);
    narrator.say(`[${service}] ${name.kind} ${name.name}, which came with the bad revision, is ${remove_brought_words[removed]}`);
}
function remove_brought_nameOf(object) {
    return { apiVersion: textAt(object, 'apiVersion') ?? '', kind: textAt(object, 'kind') ?? '', name: textAt(object, 'metadata', 'name') ?? '' };
}
function key(object) {
    return Object.values(remove_brought_nameOf(object)).join('/');
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

;// CONCATENATED MODULE: ./packages/delivery/src/fixed-objects.ts




/**
 * Sees to it that the ConfigMaps and Secrets of fixed names hold what the revision says, before the workload is written.
 * A restored revision gets them from the versions that were kept. A deploy finds them as k8s-config-sync has just written
 * them; where somebody has written them since, it is overtaken.
 */
async function holdFixed({ service, restores, revision }, fence, run) {
    for (const { kind, name, kept, checksum } of Object.values(revision.configuration)) {
        if (kept === undefined)
            continue;
        const failure = await holdOne({ kind, name, kept, checksum }, service, restores, fence, run);
        if (failure !== undefined)
            return failure;
    }
    return undefined;
}
async function holdOne({ kind, name, kept, checksum }, service, restores, fence, run) {
    const { objects } = run.ports;
    for (let attempt = 0;; attempt += 1) {
        const live = await objects.get({ apiVersion: 'v1', kind, name });
        if (textAt(live, 'metadata', 'annotations', configMarks.checksumAnnotation) === checksum)
            return undefined;
        if (restores === undefined)
            return superseded(service, run.mission, `the ${kind} ${name} does not hold any more what was synced for this deploy`);
        const copy = await objects.get({ apiVersion: 'v1', kind, name: kept });
        if (copy === undefined)
            return superseded(service, run.mission, `the ${kind} ${kept}, which keeps the content of revision ${restores}, has just been deleted`);
        const overtaken = await fence.overtaken(`${kind} ${name}`, attempt);
        if (overtaken)
            return overtaken;
        const manifest = { apiVersion: 'v1', kind, name, object: fixedObject(copy, name) };
        const answer = await objects.apply(fenced(manifest.object, live), { dryRun: false, manager: configFieldManager, signal: fence.signal });
        if (answer.kind === 'applied')
            run.narrator.say(`[${service}] ${kind} ${name} holds again what revision ${restores} had`);
        else if (answer.kind !== 'stale')
            return notTaken({ manifest, live, changes: true }, answer, run.mission);
    }
}

;// CONCATENATED MODULE: ./packages/delivery/src/write.ts






/** Writes a service: what supports it and differs, then its workload in one fenced request. */
async function write(prepared, record, lock, run) {
    const fence = openFence(prepared, record, lock, run);
    const unfit = await holdFixed(record, fence, run);
    if (unfit)
        return unfit;
    const own = await takeOver(prepared, fence, run);
    if ('code' in own)
        return own;
    return (await writeSupporting(own, fence, run)) ?? writeWorkload(own, record, fence, run);
}
/** Brings the supporting objects that differ to what is wanted. */
async function writeSupporting({ supporting }, fence, run) {
    for (const object of supporting.filter(({ changes }) => changes)) {
        const failure = await writeOne(object, fence, run);
        if (failure)
            return failure;
    }
    return undefined;
}
async function writeOne(object, fence, run) {
    for (let attempt = 0, { live } = object;; attempt += 1) {
        const overtaken = await fence.overtaken(objectText(object.manifest), attempt);
        if (overtaken)
            return overtaken;
        const answer = await run.ports.objects.apply(fenced(object.manifest.object, live), { dryRun: false, manager: fieldManager, signal: fence.signal });
        if (answer.kind === 'applied')
            return undefined;
        if (answer.kind !== 'stale')
            return notTaken(object, answer, run.mission);
        live = await run.ports.objects.get(object.manifest);
    }
}
async function writeWorkload(prepared, { service, sequence, release }, fence, run) {
    const { objects } = run.ports;
    const { manifest } = prepared.workload;
    const whole = marks_marked(manifest.object, sequence, release);
    const options = { dryRun: false, signal: fence.signal };
    for (let attempt = 0, { live } = prepared.workload;; attempt += 1) {
        const overtaken = fence.behind(live) ?? (await fence.unheld(objectText(manifest), attempt));
        if (overtaken)
            return overtaken;
        const desired = prepared.wanted.comesBack ? withLiveReplicas(whole, live) : whole;
        const replicas = replicasToHandOver(live, desired);
        if (replicas !== undefined) {
            const { apiVersion, kind, name } = manifest;
            const held = await objects.apply(fenced({ apiVersion, kind, metadata: { name }, spec: { replicas } }, live), { ...options, manager: replicasManager });
            if (held.kind === 'owned' || held.kind === 'refused')
                return notTaken(prepared.workload, held, run.mission);
            live = await objects.get(manifest);
            continue;
        }
        const answer = await objects.apply(fenced(desired, live), { ...options, manager: fieldManager });
        if (answer.kind === 'applied') {
            if (sequenceOf(answer.object) !== sequence)
                return superseded(service, run.mission, 'another run wrote the workload at the same moment');
            run.narrator.say(`[${service}] written: revision ${sequence}, generation ${numberAt(answer.object, 'metadata', 'generation') ?? 0}`);
            return { object: answer.object };
        }
        if (isOwnHandOver(answer)) {
            const back = await objects.amend(manifest, handedBack(live), { manager: fieldManager, signal: fence.signal });
            if (back.kind === 'owned' || back.kind === 'refused')
                return notTaken(prepared.workload, back, run.mission);
        }
        else if (answer.kind !== 'stale')
            return notTaken(prepared.workload, answer, run.mission);
        live = await objects.get(manifest);
    }
}

;// CONCATENATED MODULE: ./packages/delivery/src/revise.ts













/** Makes a prepared service a revision: record, write, follow, label. */
async function revise(prepared, sequence, marks, lock, run) {
    const { service } = prepared.wanted;
    const record = recordOf(prepared, sequence, marks, run);
    if (isOver(run))
        return ended(service, 'nothing of it was written', run, false);
    if ((await run.ports.records.create(record, prepared.fingerprint, marks)) === 'taken') {
        return { state: 'superseded', failure: superseded(service, run.mission, `another run has made revision ${sequence}`), wrote: false };
    }
    try {
        return await writeAndFollow(prepared, record, lock, run);
    }
    catch (error) {
        if (lock.signal.aborted && error === lock.signal.reason)
            return overtaken(failures_lockLost(service, run.mission, lock.oustedBy()), record, lock, run);
        if (isOver(run))
            return ended(service, `revision ${sequence} was recorded; whether its last write arrived is not known, and the next deploy settles it`, run, true);
        if (!(error instanceof src_failure/* Failed */.cV))
            throw error;
        return { state: 'cut-off', failure: error.failures[0], wrote: true };
    }
}
async function writeAndFollow(prepared, record, lock, run) {
    const { service, sequence } = record;
    if (isOver(run))
        return ended(service, `revision ${sequence} was recorded, and not written`, run, true);
    const block = record.restores === undefined ? await blockedBy(prepared, record, run) : undefined;
    if (block !== undefined) {
        await run.ports.records.conclude(service, sequence, 'interrupted');
        return { state: 'superseded', failure: superseded(service, run.mission, `${block.actor} has just undone the same content (${block.reason}), and blocked it`), wrote: true };
    }
    const written = await write(prepared, record, lock, run);
    if (!('code' in written))
        return followRevision(record, written.object, lock, run);
    if (written.code === 'superseded' || written.code === 'lock-lost')
        return overtaken(written, record, lock, run);
    await run.ports.records.conclude(service, sequence, 'failed');
    return { state: 'failed', failure: written };
}
/** Follows what a record says and the cluster has taken to its verdict, and labels the record. */
async function followRevision(record, answer, lock, run) {
    const { service, sequence, revision } = record;
    const startedMs = run.clock.monotonic();
    const followed = await follow({ service, answer, own: ownConfiguration(revision) }, lock, run);
    switch (followed.state) {
        case 'healthy':
            if (!lock.held())
                return overtaken(failures_lockLost(`the verdict on ${service}`, run.mission, lock.oustedBy()), record, lock, run);
            // Before the verdict: a run that dies in between is settled by the next one, which removes the rest.
            await removeBrought(record, run);
            const unright = await rightAgain(record, lock, run);
            if (unright !== undefined)
                return overtaken(unright, record, lock, run);
            await run.ports.records.conclude(service, sequence, 'healthy');
            run.narrator.say(`[${service}] healthy: revision ${sequence}, ${followed.replicas} of ${followed.replicas} pods, after ${duration(run.clock.monotonic() - startedMs)}`);
            return { state: 'healthy' };
        case 'failed': {
            // Read at once: what explains it goes with the pods.
            const { cause, report } = await collectEvidence(followed.cause, followed.observed, run.ports.evidence, { clock: run.clock, signal: run.stop });
            if (!lock.held())
                return overtaken(failures_lockLost(`the verdict on ${service}`, run.mission, lock.oustedBy()), record, lock, run);
            await run.ports.records.conclude(service, sequence, 'failed');
            run.narrator.say(`[${service}] revision ${sequence} failed after ${duration(run.clock.monotonic() - startedMs)}: ${(0,inert/* inertLine */.Fq)(cause.why)}`);
            for (const line of evidenceText(report))
                run.narrator.say(`[${service}]   ${line}`);
            return { state: 'failed', failure: unhealthy(service, cause, run.mission), evidence: report };
        }
        case 'superseded':
            return overtaken(superseded(service, run.mission, followed.why), record, lock, run);
        case 'stopped':
            return ended(service, `it still waited for ${followed.waitingFor}; the rollout goes on in the cluster, unwatched`, run, true);
    }
}
/** What is there because of the release itself: synced for it, or among its manifests. */
function ownConfiguration({ configuration, manifests }) {
    const maps = manifests.filter((object) => textAt(object, 'kind') === 'ConfigMap');
    return [
        ...Object.values(configuration).map(({ kind, name }) => ({ kind, name })),
        ...maps.map((object) => ({ kind: 'ConfigMap', name: textAt(object, 'metadata', 'name') ?? '' })),
    ];
}
/** Who was overtaken may have written one of the supporting objects after us: what is put back is looked at once more. */
async function rightAgain(record, lock, run) {
    if (record.restores === undefined)
        return undefined;
    const prepared = await prepare(recordedService(record), run.mission, run.ports, new src_failure/* Problems */.Zw());
    const fence = openFence(prepared, record, lock, run);
    const own = await takeOver({ ...prepared, workload: { ...prepared.workload, taking: undefined } }, fence, run);
    return 'code' in own ? own : writeSupporting(own, fence, run);
}
/** Another run goes on from here; the other services and targets of this one end, too. */
async function overtaken(failure, { service, sequence }, lock, run) {
    const by = lock.oustedBy() ?? (failure.code === 'superseded' ? await newerRun(service, sequence, run) : undefined);
    if (by !== undefined)
        run.oust(by);
    return { state: 'superseded', failure, wrote: true };
}
/** A newer revision shows sooner on the workload than in the lock, which is looked at every few seconds. */
async function newerRun(service, sequence, { ports }) {
    const { heads } = await ports.records.history([service]);
    return heads.find((head) => head.sequence > sequence)?.source.run;
}
/** A rollback may have barred the content since it was checked. */
async function blockedBy({ fingerprint, revision }, { service, source }, { ports }) {
    const blocks = await ports.records.blocks(service);
    return blockOf({ commit: source.commit, fingerprint, images: revision.images, configuration: revision.configuration }, blocks);
}
function isOver({ stop }) {
    return stop.aborted;
}
/** The run was told to stop, or was ousted from one of its services. */
function ended(service, stands, run, wrote) {
    if (run.work.aborted)
        return { state: 'stopped', failure: stopped(service, run.mission, stands), wrote };
    return { state: 'superseded', failure: superseded(service, run.mission, `the run ${String(run.stop.reason)} has taken over; ${stands}`), wrote };
}

;// CONCATENATED MODULE: ./packages/delivery/src/undo-move.ts









/**
 * Moves the checked services of a target back: locks are taken from running deploys, which find themselves overtaken; the
 * locks and the second looks of all come before anything is written. What is back already is written nowhere.
 * @param running The numbers that the workloads carried when what is bad was barred.
 */
async function goBackIn(moves, running, release, wish, around) {
    // The number tells: a bad release may have renamed its workload and left the old one standing.
    const isStanding = (one) => one.unchanged && one.running?.sequence === running.get(one.wanted.service);
    const standing = [...moves].filter(([one]) => isStanding(one)).map(([one, move]) => stands(one, move, around));
    const moving = new Map([...moves].filter(([one]) => !isStanding(one)));
    if (moving.size === 0)
        return standing;
    const services = [...moving.keys()].map(({ wanted }) => wanted.service);
    let runningNow;
    const moved = await underway(wish, services, around, (run) => behindLocks([...moving.keys()], run, {
        oust: true,
        plan: (one, lock, history) => {
            runningNow ??= around.ports.objects.running();
            return lookAgain(one, moveOf(one, moving), { history, running: runningNow }, wish, lock, run);
        },
        act: (planned, one, lock) => goBack(planned, moveOf(one, moving), lock, release, run),
    }));
    return [...standing, ...moved];
}
function moveOf(one, moves) {
    const move = moves.get(one);
    if (move === undefined)
        throw new Error(`${one.wanted.service} was prepared without a move`);
    return move;
}
/** What was planned is planned again behind the lock. */
async function lookAgain(planned, move, now, { of }, lock, run) {
    const { service } = move.wanted;
    const { mission, narrator } = run;
    const early = preparedAgain(move, run, { history: now.history, planned });
    early.catch(() => undefined);
    const [{ heads: all }, running] = await Promise.all([now.history, now.running]);
    const heads = all.filter((head) => head.service === service);
    const newer = heads.filter((head) => head.sequence > move.newest && isWritten(head, running) && head.verdict !== 'failed');
    if (newer.length > 0 && of === undefined)
        throw new src_failure/* Failed */.cV(superseded(service, mission, `revision ${newer.map(({ sequence }) => sequence).join(', ')} came since the rollback was planned`));
    for (const head of newer)
        narrator.warn(`[${service}] revision ${head.sequence} by ${head.source.actor} came since the rollback was planned, and goes with it`);
    const closed = await closePending(heads, running, lock, run);
    const again = await (closed > 0 ? preparedAgain(move, run, {}) : early);
    const isRunning = again.unchanged && again.running?.sequence === running.get(service);
    // Who was overtaken may still be about to write: only another number on the workload keeps that out.
    if (lock.tookFrom !== undefined)
        return { again: touched(again, lock), isBack: false };
    return { again, isBack: isRunning && closed === 0 };
}
async function preparedAgain({ wanted }, { mission, ports }, known) {
    const problems = new src_failure/* Problems */.Zw();
    const again = await prepare(wanted, mission, ports, problems, known);
    problems.throwIfAny();
    return again;
}
/**
 * With every supporting object to be written, changed or not: a request of the run that was overtaken may still be on
 * its way, and is refused only by an object that has changed since it was read. The mark goes at the end.
 */
function touched(again, { sequence }) {
    const touch = (one) => {
        const object = withAt(one.manifest.object, ['metadata', 'annotations', workloadMarks.sequenceAnnotation], () => String(sequence));
        return { ...one, manifest: { ...one.manifest, object }, changes: true };
    };
    return { ...again, supporting: again.supporting.map(touch) };
}
/** What waits for a verdict gets none any more: what runs is judged bad by whoever rolls back, the rest never ran. */
async function closePending(heads, running, lock, { ports, mission }) {
    const pending = heads.filter(({ verdict }) => verdict === 'pending');
    for (const head of pending) {
        if (!lock.held())
            throw new src_failure/* Failed */.cV(failures_lockLost(`the verdict on revision ${head.sequence} of ${head.service}`, mission, lock.oustedBy()));
        await ports.records.conclude(head.service, head.sequence, isWritten(head, running) ? 'failed' : 'interrupted');
    }
    return pending.length;
}
async function goBack({ again, isBack }, move, lock, release, run) {
    const startedMs = run.clock.monotonic();
    if (isBack)
        return stands(again, move, run);
    const { sequence } = lock;
    const { run: url, actor } = run.mission.source;
    const marks = { source: { ...move.good.source, run: url, actor }, restores: move.good.sequence, undoes: release, sourceKeys: move.good.sourceKeys };
    const revised = await revise(again, sequence, marks, lock, run);
    return resultOfRevision(again, revised, { sequence, milliseconds: run.clock.monotonic() - startedMs });
}
function stands(one, { good }, { narrator }) {
    narrator.say(`[${one.wanted.service}] unchanged: the content of revision ${good.sequence} runs and was seen healthy`);
    return result_resultOf(one, 'unchanged');
}

;// CONCATENATED MODULE: ./packages/delivery/src/undo.ts













/**
 * Undoes a release in all targets: only what it changed, each service to its last good revision before it. What is bad is
 * blocked first, in every target; then all targets move side by side. One that has nothing to go back to, or cannot be
 * reached while the release is named, holds up no other. Repeated, it writes nothing.
 * @throws Failed with every problem where nothing can go back anywhere; before anything is written, unless it is the block
 * that cannot be.
 */
async function undo(wish, targets) {
    const { done: sites, failed: unreached } = await reachEach(targets, async (target, around) => {
        around.ports.rights.ahead();
        return { target, around, known: await knownToUndo(wish, around) };
    });
    const { release, targets: changed } = chosen(wish, sites, unreached);
    if (unreached.size > 0 && wish.of === undefined)
        throw new src_failure/* Failed */.cV(unknownNewest(release, unreached), ...toldByTarget(unreached));
    const checked = new Map(await Promise.all([...sites].map(async ([name, site]) => [name, await check(site, changed.get(name), wish)])));
    throwUnlessAny([...changed.keys()], checked, unreached);
    const end = (moved, failed, isBlocked) => {
        const ends = targets.map(({ target: { name } }) => ({
            ...undone(name, checked.get(name), moved.get(name), [...(unreached.get(name) ?? []), ...(failed.get(name) ?? [])], wish),
            isBlocked: isBlocked(name),
        }));
        return { release, outcome: outcomeOfTargets(ends.map(({ outcome }) => outcome)), targets: ends };
    };
    if (wish.until !== 'deployed')
        return end(new Map([...checked].map(([name, { prepared }]) => [name, [...prepared.keys()].map((one) => result_resultOf(one, one.unchanged ? 'unchanged' : 'planned'))])), new Map(), () => false);
    const { unblocked, blocked, running } = await blockedFirst(checked, release, wish);
    throwUnlessAny([...changed.keys()], checked, new Map([...unreached, ...unblocked]));
    const movable = new Map([...checked].filter(([name, site]) => !isRefused(site) && !unblocked.has(name)));
    const participants = [...movable.values()].flatMap(({ target: { name: target, namespace }, prepared }) => [...prepared.keys()].map(({ wanted: { service } }) => ({ target, namespace, service })));
    const { done, failed } = await eachForItself(movable, async ({ target, prepared, around, history }) => goBackIn(prepared, running.get(target.name) ?? (await around.ports.objects.running()), history?.release ?? release, { ...wish, target, participants }, around));
    return end(done, new Map([...unblocked, ...failed]), (name) => blocked.has(name));
}
/** A guess would undo a good release where the bad one never came, and the next click would take it for the one to undo everywhere. */
function unknownNewest(release, unreached) {
    const names = words_list([...unreached.keys()], 'and');
    return {
        code: 'input-missing',
        what: `which release is the newest cannot be told: ${names} cannot be reached`,
        why: `the newest of the other targets is ${release}; what came to ${names} is not known`,
        next: 'name the bad release by the input "of": then all that can be reached goes back at once, and the same click brings the rest back later',
    };
}
/** The release that is undone. What could not be reached is told where none is found. */
function chosen(wish, sites, unreached) {
    const problems = new src_failure/* Problems */.Zw();
    const release = problems.try(() => undoneRelease(wish, new Map([...sites].map(([name, { known }]) => [name, known]))));
    if (release !== undefined)
        return release;
    for (const failure of toldByTarget(unreached))
        problems.add(failure);
    problems.throwIfAny();
    throw new Error('a release that is not found is a problem');
}
/** Plans a target and makes every check that needs no write. */
async function check(site, history, wish) {
    const { target, around, known } = site;
    const empty = { ...site, prepared: new Map(), failures: [] };
    if (history === undefined)
        return empty;
    const nothing = { ...empty, history };
    const problems = new src_failure/* Problems */.Zw();
    const mission = { ...wish, target };
    const plan = await problems.tryAsync(() => planUndo(history, mission, known, { ...around, ports: { ...around.ports, images: impatient(around.ports.images, around.clock) } }));
    if (plan === undefined)
        return { ...nothing, failures: problems.all };
    for (const warning of plan.warnings)
        around.narrator.warn(warning);
    if (plan.refused.length > 0)
        return { ...nothing, plan, failures: plan.refused };
    const prepared = await problems.tryAsync(() => preflight(mission, plan.moves.map(({ wanted }) => wanted), withoutRegistry(around), blocking));
    if (prepared === undefined)
        return { ...nothing, plan, failures: problems.all };
    return { ...nothing, plan, prepared: new Map(plan.moves.flatMap((move, index) => prepared.slice(index, index + 1).map((one) => [one, move]))) };
}
/** What is bad is blocked, whatever moves. */
const blocking = { judge: () => undefined, needsRights: () => true };
/** The plan has asked for each image already; what a registry that is down could not say is no reason to stay broken. */
function withoutRegistry(around) {
    return { ...around, ports: { ...around.ports, images: { has: () => Promise.resolve(true) } } };
}
/**
 * Bars what the release brought, in every target, reached by it or not; and looks again: what a running deploy has
 * recorded meanwhile goes back, too, and what it records from now on finds the block. Gives what could not be blocked.
 */
async function blockedFirst(checked, release, wish) {
    if (!wish.block)
        return { unblocked: new Map(), blocked: new Set(), running: new Map() };
    for (;;) {
        const all = [...checked.values()].flatMap(({ plan }) => plan?.barred ?? []);
        const { done, failed } = await eachForItself(checked, async ({ plan, around }) => {
            const own = plan?.barred ?? [];
            const elsewhere = all.filter(({ service }) => own.every((one) => one.service !== service));
            const barred = [...own, ...(await barredHere(elsewhere, wish, around))];
            await bar(barred, plan?.release ?? release, wish, around);
            return barred.length > 0;
        });
        const late = await eachForItself(new Map([...checked].filter(([name]) => !failed.has(name))), (site) => lookedAgain(site, site.history?.release ?? release, wish));
        const came = [...late.done].flatMap(([name, { late: site }]) => (site === undefined ? [] : [[name, site]]));
        if (came.length === 0) {
            const unblocked = new Map([...failed, ...late.failed]);
            const running = new Map([...late.done].map(([name, again]) => [name, again.running]));
            return { unblocked, running, blocked: new Set([...done].flatMap(([name, isBarred]) => (isBarred && !unblocked.has(name) ? [name] : []))) };
        }
        for (const [name, site] of came)
            checked.set(name, site);
    }
}
/** What runs in a target now; and the target with a new plan, where a deploy of the release has gone on there since it was planned. */
async function lookedAgain(site, release, wish) {
    const { target, around } = site;
    const known = await knownNow(wish, around);
    const { running } = known;
    const history = environmentReleases(new Map([[target.name, known]]), true).find((one) => one.release === release)?.targets.get(target.name);
    const late = (history?.brought ?? []).filter((head) => {
        const isPlanned = site.history?.brought.some(({ service }) => service === head.service) ?? false;
        return !isPlanned && (isWritten(head, running) || site.known.heads.every(({ name }) => name !== head.name));
    });
    if (late.length === 0)
        return { running };
    for (const head of late)
        around.narrator.warn(`[${head.service}] revision ${head.sequence} of ${release} came since the rollback was planned, and goes back, too`);
    return { running, late: await check({ target, around, known }, history, wish) };
}
function isRefused(site) {
    return site === undefined || site.failures.length > 0;
}
/** @throws Failed with everything that failed anywhere, where that leaves none of the changed targets. */
function throwUnlessAny(changed, checked, failed) {
    if (changed.some((name) => !isRefused(checked.get(name)) && !failed.has(name)))
        return;
    const all = [...failed.keys(), ...checked.keys()].map((name) => [name, [...(failed.get(name) ?? []), ...(checked.get(name)?.failures ?? [])]]);
    throwTold(new Map(all));
}
function undone(target, site, moved, more, { until }) {
    const failures = [...(site?.failures ?? []), ...more];
    const { plan } = site ?? {};
    const moves = new Map((plan?.moves ?? []).map(({ wanted, bad, good, keptSecrets }) => [wanted.service, { from: bad, to: good, keptSecrets }]));
    const unmoved = (plan?.moves ?? []).map(({ wanted, bad }) => ({ service: wanted.service, sequence: bad.sequence, status: 'refused', seconds: 0, wrote: false }));
    const services = [...(plan?.settled ?? []), ...(failures.length > 0 || moved === undefined ? unmoved : moved)];
    return { target, services, moves, failures, outcome: failures.length > 0 ? 'refused' : until === 'deployed' ? outcome_outcomeOf(services) : 'planned' };
}

;// CONCATENATED MODULE: ./actions/rollback/src/run.ts

/**
 * Undoes a release, shows what ran, or lifts a block, in all targets.
 * @throws Failed with every problem at once, where nothing can be done in any target.
 */
async function run(settings, origin, ports) {
    const writes = { some: false };
    const wrote = () => {
        writes.some = true;
        ports.wrote();
    };
    const open = [];
    const reachable = settings.targets.map((one) => ({
        target: placeOf(one.target),
        async reach() {
            const target = await ports.open(one);
            open.push(target);
            return { ...ports, ports: notedWrites(target.ports, ports.work, wrote) };
        },
    }));
    try {
        const result = await fulfilled(settings, origin, reachable);
        // What is blocked is a write, too.
        if (result.kind !== 'undone' || result.undone.outcome !== 'refused' || !writes.some)
            return result;
        return { ...result, undone: { ...result.undone, outcome: 'partial' } };
    }
    finally {
        await Promise.all(open.map((target) => target.close()));
    }
}
async function fulfilled({ wish, services, patience }, { release, source }, targets) {
    const { repository } = source;
    const chosen = services === undefined ? {} : { services };
    switch (wish.kind) {
        case 'list':
            return { kind: 'listed', listed: await listing(services, repository, targets) };
        case 'unblock':
            return { kind: 'unblocked', release: wish.release, isWritten: wish.isWritten, unbarred: await unbar({ ...chosen, release: wish.release, repository, isWritten: wish.isWritten }, targets) };
        case 'undo':
            return { kind: 'undone', wish, undone: await undo({ ...wish, ...chosen, release, source, patience }, targets) };
    }
}
function placeOf({ name, namespace, recordNamespace }) {
    return { name, namespace, recordNamespace };
}

;// CONCATENATED MODULE: ./packages/report/src/told-markdown.ts

/** A failure in one sentence of Markdown, and what is left to do; `aside` stands between the two. */
function failureMarkdown({ what, where, why, next, code }, aside = '') {
    const place = where === undefined ? '' : ` (${(0,inert/* inMarkdown */.Hi)(where)})`;
    return `**${(0,inert/* inMarkdown */.Hi)(what)}:** ${(0,inert/* inMarkdown */.Hi)(why)}${place}.${aside} **Next:** ${(0,inert/* inMarkdown */.Hi)(next)}. <code>${code}</code>`;
}
/** What was said, folded away; nothing where nothing was. */
function timelineMarkdown(timeline) {
    if (timeline.length === 0)
        return [];
    const lines = timeline.map(({ atMs, text }) => `${(atMs / 1000).toFixed(1).padStart(7)} s  ${text}`);
    return ['', '<details><summary>Timeline</summary>', '', (0,inert/* markdownBlock */.dI)(lines.join('\n')), '', '</details>'];
}

;// CONCATENATED MODULE: ./actions/rollback/src/undone-summary.ts




/** What was undone, where, with which result; then each service, what is blocked, and what does not come back. */
function undoneSummary({ settings, milliseconds, timeline }, result, where) {
    const { undone, wish } = result;
    const { targets } = undone;
    const isOnly = targets.length === 1;
    const rows = targets.flatMap((one) => rowsOf(one, wish).map((cells) => (isOnly ? cells : [(0,inert/* inMarkdown */.Hi)(one.target), ...cells])));
    return [
        `### Rollback: ${outcomeOf(result)}${undone_summary_differing(undone)}, ${undone_summary_releaseName(undone)} in ${where}, ${duration(milliseconds)}; next: ${nextStep(undone, wish)}`,
        '',
        ...failuresOf(result).flatMap((failure) => [failureMarkdown(failure), '']),
        markdownTable([...(isOnly ? [] : ['Target']), 'Service', 'From', 'To', 'Result', 'Time'], rows),
        ...targets.flatMap(({ target, services }) => services.flatMap(({ service, evidence }) => evidenceSection(isOnly ? service : `${service} in ${target}`, evidence))),
        '',
        ...blockText(undone, wish),
        ...narrowedText(settings, wish),
        ...leftText(undone),
        ...(wish.until === 'deployed' ? [] : ['- Nothing was written.']),
        ...timelineMarkdown(timeline),
        '',
    ].join('\n');
}
/** Where targets differ, what became of which. */
function undone_summary_differing({ outcome, targets }) {
    if (outcome !== 'partial' || targets.length === 1)
        return '';
    const outcomes = Map.groupBy(targets, (one) => asRollback(one.outcome));
    return ` (${[...outcomes].map(([name, all]) => `${name} in ${words_list(all.map(({ target }) => (0,inert/* inMarkdown */.Hi)(target)))}`).join('; ')})`;
}
function nextStep({ outcome }, { until, block }) {
    switch (outcome) {
        case 'changed':
            return block ? 'deploy a commit that mends it' : 'deploy a commit that mends it; nothing bars the bad one from coming back';
        case 'unchanged':
            return 'nothing; to go back further, name a release by `of`';
        case 'planned':
            return until === 'preflight' ? 'run it again with the phase `deploy`' : 'run it again without `dry-run`';
        case 'rolled-back':
        case 'partial':
        case 'refused':
        case 'superseded':
        case 'broken':
            return 'as told below';
    }
}
function undone_summary_releaseName({ release, targets }) {
    const versions = new Set(targets.flatMap(({ moves }) => [...moves.values()].flatMap(({ from }) => from.versions)));
    return [...versions, release].map((name) => (0,inert/* inMarkdown */.Hi)(name)).join(', ');
}
function rowsOf({ services, moves, failures }, wish) {
    if (services.length === 0)
        return [['', '', '', failures.length > 0 ? 'refused' : 'unchanged: nothing to undo here', '']];
    return services
        .toSorted((a, b) => (a.service < b.service ? -1 : 1))
        .map((one) => {
        const move = moves.get(one.service);
        return [
            (0,inert/* inMarkdown */.Hi)(one.service),
            move === undefined ? '' : revisionName(move.from),
            move === undefined ? '' : `${revisionName(move.to)}${one.status === 'healthy' ? `, as revision ${one.sequence}` : ''}`,
            statusWords(one, wish),
            one.seconds === 0 ? '' : duration(one.seconds * 1000),
        ];
    });
}
function revisionName({ sequence, versions }) {
    return `${sequence}${versions.length === 0 ? '' : ` (${(0,inert/* inMarkdown */.Hi)(versions.join(', '))})`}`;
}
function statusWords({ status }, { until }) {
    if (status === 'planned')
        return until === 'preflight' ? 'checked' : 'would go back';
    return status === 'unchanged' ? 'unchanged: it was back already' : status;
}
function blockText({ release, targets }, { block, until }) {
    if (!block || until !== 'deployed')
        return [];
    const name = (0,inert/* inMarkdown */.Hi)(release);
    const blocked = targets.filter(({ isBlocked }) => isBlocked);
    const open = targets.filter(({ isBlocked }) => !isBlocked);
    const where = targets.length === 1 ? '' : ` in ${words_list(blocked.map(({ target }) => (0,inert/* inMarkdown */.Hi)(target)))}`;
    return [
        ...(blocked.length === 0 ? [] : [`- What ${name} brought is blocked${where}. To let it in again: rollback with <code>unblock: ${name}</code>.`]),
        ...(open.length === 0 ? [] : [`- **It is not blocked in ${words_list(open.map(({ target }) => (0,inert/* inMarkdown */.Hi)(target)))}**: click again once what is told above is mended.`]),
    ];
}
/** Whoever narrows a rollback is told what that leaves. */
function narrowedText({ leftOut, targets }, { block }) {
    if (leftOut.length === 0)
        return [];
    const narrowed = words_list(targets.map(({ target }) => (0,inert/* inMarkdown */.Hi)(target.name)));
    return [`- \`targets\` named ${narrowed} alone: nothing was looked at, put back${block ? ' or blocked' : ''} in ${words_list(leftOut.map((name) => (0,inert/* inMarkdown */.Hi)(name)))}.`];
}
/** What a rollback does not bring back: said each time, since it is asked each time. */
function leftText({ targets }) {
    const secrets = new Set(targets.flatMap(({ moves }) => [...moves].flatMap(([service, { keptSecrets }]) => keptSecrets.map((name) => `<code>${(0,inert/* inMarkdown */.Hi)(name)}</code> of ${(0,inert/* inMarkdown */.Hi)(service)}`))));
    return [
        ...(secrets.size === 0 ? [] : [`- These Secrets keep their newest version, since the old password may be revoked: ${[...secrets].join(', ')}. \`secrets: recorded\` brings the old one back.`]),
        '- Databases, queues and buckets are as the bad version left them.',
    ];
}

;// CONCATENATED MODULE: ./actions/rollback/src/summary.ts





/** The summary: what was undone, where, result, seconds, next step; then target by target and service by service. */
function summaryOf(told) {
    const { result, settings, milliseconds } = told;
    const where = summary_placeOf(settings);
    const took = duration(milliseconds);
    switch (result.kind) {
        case 'listed':
            return [...listingSummary(result.listed, where, took), ...failureText(result), ''].join('\n');
        case 'unblocked':
            return [...unblockedSummary(result, settings, where, took), ...failureText(result), ''].join('\n');
        case 'undone':
            return undoneSummary(told, result, where);
    }
}
/** Where it is: a namespace of a cluster, or targets by their names. */
function summary_placeOf({ targets }) {
    const [first, ...more] = targets;
    return more.length === 0 && first !== undefined ? `${(0,inert/* inMarkdown */.Hi)(first.target.namespace)} of ${(0,inert/* inMarkdown */.Hi)(first.target.cluster)}` : words_list(targets.map(({ target }) => (0,inert/* inMarkdown */.Hi)(target.name)));
}
function failureText(result) {
    return failuresOf(result).flatMap((failure) => ['', failureMarkdown(failure)]);
}
function unblockedSummary(result, { targets }, where, took) {
    const isOnly = targets.length === 1;
    const { release, unbarred, isWritten } = result;
    const name = (0,inert/* inMarkdown */.Hi)(release);
    const rows = [...unbarred.targets].flatMap(([target, lifted]) => lifted.map(({ service, block }) => [...(isOnly ? [] : [(0,inert/* inMarkdown */.Hi)(target)]), (0,inert/* inMarkdown */.Hi)(service), (0,inert/* inMarkdown */.Hi)(block.release), (0,inert/* inMarkdown */.Hi)(block.actor), (0,inert/* inMarkdown */.Hi)(block.at), (0,inert/* inMarkdown */.Hi)(block.reason)]));
    const isWhole = unbarred.failures.size === 0;
    if (rows.length === 0)
        return [`### Rollback: ${outcomeOf(result)}, no block on ${name} in ${where}, ${took}; next: ${isWhole ? 'deploy it, nothing bars it' : 'as told below'}`];
    const next = !isWhole ? 'as told below' : isWritten ? 'deploy it, nothing bars it any more' : 'run it again without `dry-run`';
    return [
        `### Rollback: ${outcomeOf(result)}, block on ${name} ${isWritten ? 'lifted' : 'would be lifted'} in ${words_list([...unbarred.targets].flatMap(([target, lifted]) => (lifted.length === 0 ? [] : [isOnly ? where : (0,inert/* inMarkdown */.Hi)(target)])))}, ${took}; next: ${next}`,
        '',
        markdownTable([...(isOnly ? [] : ['Target']), 'Service', 'Release', 'Blocked by', 'At', 'Why'], rows),
    ];
}

;// CONCATENATED MODULE: ./actions/rollback/src/action.ts










/** Runs the action, with the token that was asked for ahead of it. */
function start(ahead) {
    return runAction({
        name: 'rollback',
        inputs: declaredInputs,
        outputs: ['from', 'to', 'releases', 'seconds', 'failure-code', 'failure-reason'],
        green: ['rolled-back'],
        story,
    }, ahead);
}
async function story(host) {
    const { clock, work, run: context } = host;
    const { narrator, timeline, elapsedMs } = narration(host.log, clock);
    const settings = await readInputs({ raw: host.inputs, environment: host.environment, project: (file) => project(file, host) });
    const identity = runIdentity(context);
    const ports = {
        open: (target) => action_open(host, target, identity, narrator),
        wrote: () => {
            host.wrote();
        },
        clock,
        work,
        narrator,
    };
    const result = await run(settings, identity, ports);
    if (result.kind === 'listed')
        host.log.info(listingText(result.listed));
    const told = { result, settings, milliseconds: elapsedMs(), timeline };
    return { outcome: outcomeOf(result), outputs: outputsOf(told), result: resultOf(result), summary: summaryOf(told), failures: failuresOf(result) };
}
/** GitHub may be down on the day of a rollback: the checkout, which is the default branch, says where everything is. */
function project(file, host) {
    return governedProject(file, {
        ...policySource(host),
        isDefaultCheckedOut: true,
        budgetMs: 10_000,
        withoutGitHub: 'to roll back without GitHub, write a path inside the workspace after `extends:`, or give the inputs "cluster", "namespace" and "region" instead of a project file',
    });
}
async function action_open(host, { target, registries }, { sessionName, holder }, narrator) {
    const { clock, work } = host;
    // A registry that does not answer is given up, and must not keep the step from its end.
    const ended = new AbortController();
    const opened = await openTargetPorts(target, {
        sessionName,
        idToken: (audience, meanwhile) => host.idToken(audience, () => {
            meanwhile();
            // What comes back is looked for in the registry, each time.
            loadEcr();
        }),
        environment: host.environment,
        clock,
        signal: AbortSignal.any([work, ended.signal]),
        onWait: (text) => {
            narrator.say(text);
        },
    }, {
        namespace: target.namespace,
        recordNamespace: target.recordNamespace,
        holder,
        // Locks are taken without asking; only who takes them back all the time could keep us from one.
        lockPatienceMs: 60_000,
        registriesOf: () => registries,
    });
    return {
        ports: opened.ports,
        async close() {
            ended.abort();
            await opened.close();
        },
    };
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
