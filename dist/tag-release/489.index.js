export const id = 489;
export const ids = [489];
export const modules = {

/***/ 2565:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ readProjectFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _slipway_report__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9950);



/**
 * The text of the project file, or of another file of the workspace.
 * @throws Failed `project-file-missing`, or `file-outside` where a symbolic link leads out of the workspace.
 */
async function readProjectFile(workspace, file, named = projectFile(file)) {
    let real;
    try {
        real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(workspace, file));
        if (real.startsWith((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(workspace)) + node_path__WEBPACK_IMPORTED_MODULE_1__.sep))
            return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(real, 'utf8');
    }
    catch (error) {
        const isAbsent = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
        throw new _slipway_report__WEBPACK_IMPORTED_MODULE_2__/* .Failed */ .cV({
            code: 'project-file-missing',
            what: `${named.what} cannot be read`,
            why: isAbsent ? 'the workspace has no such file' : String(error),
            next: `check the repository out in an earlier step, ${named.next}`,
        });
    }
    throw new _slipway_report__WEBPACK_IMPORTED_MODULE_2__/* .Failed */ .cV({
        code: 'file-outside',
        what: `${named.what} leaves the workspace`,
        why: 'it is, or lies behind, a symbolic link to another place',
        next: 'replace the link by the file itself',
    });
}
function projectFile(file) {
    return { what: `the project file ${file}`, next: 'correct the input "project-file", or give the input "cluster" to work without a project file' };
}


/***/ }),

/***/ 4285:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ parsePolicy),
  X: () => (/* binding */ parseProject)
});

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __webpack_require__(9950);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(7934);
// EXTERNAL MODULE: ./packages/release/src/canonical.ts
var canonical = __webpack_require__(2299);
// EXTERNAL MODULE: ./packages/project/src/suggestion.ts
var suggestion = __webpack_require__(7909);
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
            complain(path, `the environment ${name} requires "${requires.environment}", which there is not`, `the environments are ${known.join(', ')}`, (0,suggestion/* insteadOf */.c)(requires.environment, known));
        }
    }
}
/** An empty map is a choice, a file without one an oversight. */
function isNamed({ value }) {
    return (0,canonical/* isJsonObject */.OW)(value) && 'environments' in value;
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
            complain(path, `the order of ${name} names the target "${one}", which there is not`, `its targets are ${known.join(', ')}`, (0,suggestion/* insteadOf */.c)(one, known));
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
    const problems = new failure/* Problems */.Zw();
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
    const problems = new failure/* Problems */.Zw();
    const next = 'write plain maps, lists, texts, numbers, true and false';
    try {
        const value = document.toJS({ maxAliasCount: mostAliases });
        if ((0,canonical/* isJson */.Fh)(value))
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

// EXTERNAL MODULE: ./packages/project/src/fields.ts
var fields = __webpack_require__(6644);
// EXTERNAL MODULE: ./packages/release/src/names.ts
var names = __webpack_require__(9281);
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
        services: new Map(entries(text.services, names/* serviceRule */.G9).map(([name, service]) => [name, { ...serviceOf(service), name }])),
    };
}
/** The policy that a file means. */
function policyOf({ registry, environments }) {
    return {
        ...(registry === undefined ? {} : { registry: registryOf(registry) }),
        environments: new Map(entries(environments, names/* environmentRule */.Yd).map(([name, environment]) => [name, { ...environmentOf(environment), name }])),
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
    if (!names/* namespaceRule */.iJ.is(name))
        throw new Error('the default record namespace breaks the rule of namespaces');
    return name;
}
function entries(record, rule) {
    return Object.entries(record).flatMap(([name, value]) => (rule.is(name) && value !== undefined ? [[name, value]] : []));
}

;// CONCATENATED MODULE: ./packages/project/src/config-modes.ts
/** How a ConfigMap or Secret gets to another content: by a new object of another name, by a change, or by deletion and creation. */
const configModes = ['versioned', 'in-place', 'recreate'];

// EXTERNAL MODULE: ./packages/project/src/rules.ts
var rules = __webpack_require__(4206);
// EXTERNAL MODULE: ./packages/project/src/texts.ts
var texts = __webpack_require__(2205);
;// CONCATENATED MODULE: ./packages/project/src/schema.ts





/** Marks the issue of a key that a map does not know; the issue's message then lists the keys that it does. */
const unknownKey = 'never';
/** Begins the message of an issue about a word that is none of a few; the words follow. */
const oneOf = 'one of: ';
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value) => Array.isArray(value);
/** A map with the keys given and no other; all its problems are found, not only the first. */
const map = (entries) => dist/* pipe */.FsL(dist/* custom */.IeY(isMap, 'a map'), dist/* looseObject */._H3(entries), dist/* rawCheck */.H0v(({ dataset, addIssue }) => {
    const value = dataset.value;
    if (!isMap(value))
        return;
    for (const key of Object.keys(value).filter((one) => !Object.hasOwn(entries, one))) {
        addIssue({ message: Object.keys(entries).join(', '), expected: unknownKey, path: [{ type: 'object', origin: 'key', input: {}, key, value: undefined }] });
    }
}));
const named = (rule) => dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* rawTransform */.NTK(({ dataset, addIssue, NEVER }) => {
    if (rule.is(dataset.value))
        return dataset.value;
    addIssue({ message: rule.rule });
    return NEVER;
}), dist/* description */.h_(rule.rule));
const mapOf = (rule, schema) => dist/* pipe */.FsL(dist/* custom */.IeY(isMap, 'a map'), dist/* record */.g1P(named(rule), schema));
const list = (schema) => dist/* pipe */.FsL(dist/* custom */.IeY(isList, 'a list'), dist/* array */.YOg(schema));
const some = (schema) => dist/* pipe */.FsL(list(schema), dist/* minLength */.BpQ(1, 'a list of one or more'));
const schema_text = dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* nonEmpty */.hq('text that is not empty'));
const flag = dist/* boolean */.zMY('true or false');
const mode = dist/* exactOptional */.yqP(dist/* picklist */.KIO(configModes, `${oneOf}${configModes.join(', ')}`), 'versioned');
const path = dist/* pipe */.FsL(schema_text, dist/* rawCheck */.H0v(({ dataset, addIssue }) => {
    const reason = dataset.typed ? (0,texts/* unsafePath */.Kc)(dataset.value) : undefined;
    if (reason !== undefined)
        addIssue({ message: `a path that stays inside its folder (${reason})` });
}));
const spanRule = 'a number with one of the units s, m, h, such as 90s or 5m';
const span = dist/* pipe */.FsL(dist/* string */.YjP('text'), dist/* rawTransform */.NTK(({ dataset, addIssue, NEVER }) => {
    const milliseconds = (0,texts/* parseDuration */.E9)(dataset.value);
    if (milliseconds !== undefined)
        return milliseconds;
    addIssue({ message: spanRule });
    return NEVER;
}), dist/* description */.h_(spanRule));
const variables = dist/* exactOptional */.yqP(mapOf(rules/* variableRule */.xd, dist/* string */.YjP('text')), {});
const registry = map({
    account: named(names/* accountRule */.GX),
    region: named(names/* regionRule */.l5),
    regions: dist/* exactOptional */.yqP(list(named(names/* regionRule */.l5)), []),
    role: dist/* exactOptional */.yqP(named(rules/* roleRule */.vS)),
});
const secretReference = { 'json-key': dist/* exactOptional */.yqP(schema_text), stage: dist/* exactOptional */.yqP(schema_text) };
const service = map({
    image: dist/* exactOptional */.yqP(map({
        repository: named(names/* repositoryRule */.jG),
        context: dist/* exactOptional */.yqP(path, '.'),
        dockerfile: dist/* exactOptional */.yqP(path, 'Dockerfile'),
        target: dist/* exactOptional */.yqP(schema_text),
        platforms: dist/* exactOptional */.yqP(some(schema_text), ['linux/amd64']),
        'build-args': dist/* exactOptional */.yqP(mapOf(variableOrArgument(), dist/* string */.YjP('text')), {}),
        secrets: dist/* exactOptional */.yqP(list(schema_text), []),
    })),
    manifests: dist/* exactOptional */.yqP(map({ paths: some(path), template: dist/* exactOptional */.yqP(flag, false) })),
    config: dist/* exactOptional */.yqP(mapOf(rules/* configNameRule */.wC, map({
        files: dist/* exactOptional */.yqP(list(path), []),
        'env-files': dist/* exactOptional */.yqP(list(path), []),
        literals: dist/* exactOptional */.yqP(mapOf(rules/* configKeyRule */.k9, dist/* string */.YjP('text')), {}),
        template: dist/* exactOptional */.yqP(flag, false),
        mode,
    })), {}),
    secrets: dist/* exactOptional */.yqP(mapOf(rules/* configNameRule */.wC, map({
        type: dist/* exactOptional */.yqP(named(rules/* secretTypeRule */.bQ), 'Opaque'),
        mode,
        from: dist/* exactOptional */.yqP(schema_text),
        ...secretReference,
        keys: dist/* exactOptional */.yqP(mapOf(rules/* configKeyRule */.k9, map({ from: schema_text, ...secretReference }))),
    })), {}),
});
const order = dist/* union */.KCZ([dist/* picklist */.KIO(['one-then-rest', 'all-at-once']), dist/* pipe */.FsL(dist/* array */.YOg(dist/* pipe */.FsL(dist/* array */.YOg(dist/* string */.YjP()), dist/* minLength */.BpQ(1))), dist/* minLength */.BpQ(1))], 'one-then-rest, all-at-once, or a list of waves such as [[eu], [us, ap]]');
const environment = map({
    branches: dist/* exactOptional */.yqP(list(schema_text), []),
    tags: dist/* exactOptional */.yqP(list(schema_text), []),
    'pre-releases': dist/* exactOptional */.yqP(flag, false),
    'release-branch': dist/* exactOptional */.yqP(named(rules/* branchRule */.tj)),
    requires: dist/* exactOptional */.yqP(map({ environment: named(names/* environmentRule */.Yd), role: named(rules/* roleRule */.vS) })),
    variables,
    rollout: dist/* exactOptional */.yqP(map({
        soak: dist/* exactOptional */.yqP(span),
        timeout: dist/* exactOptional */.yqP(span),
        regions: dist/* exactOptional */.yqP(dist/* picklist */.KIO(['independent'], `${oneOf}independent`), 'independent'),
        order: dist/* exactOptional */.yqP(order, 'one-then-rest'),
    }), { regions: 'independent', order: 'one-then-rest' }),
    registry: dist/* exactOptional */.yqP(registry),
    targets: some(map({
        name: named(names/* targetRule */.gI),
        region: named(names/* regionRule */.l5),
        cluster: named(rules/* clusterRule */.pR),
        namespace: named(names/* namespaceRule */.iJ),
        'record-namespace': dist/* exactOptional */.yqP(named(names/* namespaceRule */.iJ)),
        role: dist/* exactOptional */.yqP(named(rules/* roleRule */.vS)),
        'expected-account': dist/* exactOptional */.yqP(named(names/* accountRule */.GX)),
        variables,
    })),
});
const version = dist/* literal */.euz(1, 'the number 1');
const environments = mapOf(names/* environmentRule */.Yd, environment);
/** The whole project file, as it is written. */
const projectSchema = map({
    version,
    extends: dist/* exactOptional */.yqP(named(rules/* extendsRule */.uM)),
    registry: dist/* exactOptional */.yqP(registry),
    configuration: dist/* exactOptional */.yqP(map({ path: dist/* exactOptional */.yqP(path, '.') }), { path: '.' }),
    services: mapOf(names/* serviceRule */.G9, service),
    environments: dist/* exactOptional */.yqP(environments, {}),
});
/** What of a project file is policy: the services of the default branch are nobody's concern. */
const policySchema = map({
    version,
    extends: dist/* exactOptional */.yqP(named(rules/* extendsRule */.uM)),
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
    const problems = new failure/* Problems */.Zw();
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
        return { code, what: `${above} has no key ${(0,fields/* shown */.SP)(key)}`, at, why: `its keys are ${issue.message}`, next: (0,suggestion/* insteadOf */.c)(key, issue.message.split(', ')) };
    }
    if (issue.path?.at(-1)?.origin === 'key') {
        return issue.kind === 'schema' && issue.input === undefined
            ? { code, what: `${above} lacks the key "${key}"`, at: document.place(path.slice(0, -1)), why: 'it has no default', next: 'add it' }
            : { code, what: `the name ${(0,fields/* shown */.SP)(key)} in ${above} is none`, at, why: `it must be ${issue.message}`, next: 'correct the name' };
    }
    const written = document.written(path);
    if (issue.message === 'text' && isPlain(issue.input)) {
        const read = written === String(issue.input) ? '' : ` and would make it ${String(issue.input)}`;
        const what = `${nameOf(path)} is ${(0,fields/* shown */.SP)(written ?? String(issue.input))} without quotes`;
        const sort = issue.input === null ? 'nothing' : `a ${typeof issue.input}`;
        return { code, what, at, why: `it must be text, but YAML reads it as ${sort}${read}`, next: `quote it: "${written ?? ''}"` };
    }
    const words = issue.message.startsWith(oneOf) ? issue.message.slice(oneOf.length).split(', ') : undefined;
    return {
        code,
        what: `${nameOf(path)} is ${written === undefined ? 'something else' : (0,fields/* shown */.SP)(written)}`,
        at,
        why: `it must be ${issue.message}`,
        next: words === undefined ? 'correct it' : (0,suggestion/* insteadOf */.c)(written ?? '', words),
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


/***/ }),

/***/ 2299:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fh: () => (/* binding */ isJson),
/* harmony export */   OW: () => (/* binding */ isJsonObject),
/* harmony export */   Vk: () => (/* binding */ sameJson),
/* harmony export */   dj: () => (/* binding */ canonicalJson),
/* harmony export */   t: () => (/* binding */ canonicalHash)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

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
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(canonicalJson(value)).digest('hex');
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


/***/ })

};
