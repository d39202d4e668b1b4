export const id = 561;
export const ids = [561];
export const modules = {

/***/ 4158:
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {


/**
 * @license
 * Copyright 2020 Balena Ltd.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *    http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 *
 * ------------------------------------------------------------------------
 *
 * Copyright 2018 Zeit, Inc.
 * Licensed under the MIT License. See file LICENSE.md for a full copy.
 *
 * ------------------------------------------------------------------------
 */

/**
 * This module implements the [dockerignore
 * spec](https://docs.docker.com/engine/reference/builder/#dockerignore-file),
 * closely following Docker's (Moby) Golang implementation:
 * https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/archive/archive.go#L825
 *
 * Something the spec is not clear about, but we discovered by reading source code
 * and testing against the "docker build" command, is the handling of backslashes and
 * forward slashes as path separators and escape characters in the .dockerignore file
 * across platforms including Windows, Linux and macOS:
 *
 * * On Linux and macOS, only forward slashes can be used as path separators in the
 *   .dockerignore file, and the backslash works as an escape character.
 * * On Windows, both forward slashes and backslashes are allowed as path separators
 *   in the .dockerignore file, and the backslash is not used as an escape character.
 *
 * This is consistent with how Windows works generally: both forward slashes and
 * backslashes are accepted as path separators by the cmd.exe Command Prompt or
 * PowerShell, and by library functions like the Golang filepath.Clean or the
 * Node.js path.normalize.
 *
 * Similarly, path strings provided to the IgnoreBase.ignores() and IgnoreBase.filter()
 * methods can use either forward slashes or backslashes as path separators on Windows,
 * but only forward slashes are accepted as path separators on Linux and macOS.
 */

const path = __webpack_require__(6928);

const factory = options => new IgnoreBase(options); // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L538-L539
// Fixes typescript module import


factory.default = factory;
module.exports = factory;

function make_array(subject) {
  return Array.isArray(subject) ? subject : [subject];
}

const REGEX_TRAILING_SLASH = /(?<=.)\/$/;
const REGEX_TRAILING_BACKSLASH = /(?<=.)\\$/;
const REGEX_TRAILING_PATH_SEP = path.sep === '\\' ? REGEX_TRAILING_BACKSLASH : REGEX_TRAILING_SLASH;
const KEY_IGNORE = typeof Symbol !== 'undefined' ? Symbol.for('dockerignore') : 'dockerignore'; // An implementation of Go's filepath.Clean
// https://golang.org/pkg/path/filepath/#Clean
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Note that, like Go, on Windows this function converts forward slashes
// to backslashes.

function cleanPath(file) {
  return path.normalize(file).replace(REGEX_TRAILING_PATH_SEP, '');
} // Javascript port of Golang's filepath.ToSlash
// https://golang.org/pkg/path/filepath/#ToSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Convert any OS-specific path separator to '/'. Backslash is converted
// to forward slash on Windows, but not on Linux/macOS.
// Note that both forward slashes and backslashes are valid path separators on
// Windows. As a result, code such as `pattern.split(path.sep).join('/')` fails
// on Windows when forward slashes are used as path separators.


function toSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\\/g, '/');
} // Javascript port of Golang's filepath.FromSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go


function fromSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\//g, path.sep);
}

class IgnoreBase {
  constructor({
    // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L372
    ignorecase = true
  } = {}) {
    this._rules = [];
    this._ignorecase = ignorecase;
    this[KEY_IGNORE] = true;

    this._initCache();
  }

  _initCache() {
    this._cache = {};
  } // @param {Array.<string>|string|Ignore} pattern


  add(pattern) {
    this._added = false;

    if (typeof pattern === 'string') {
      pattern = pattern.split(/\r?\n/g);
    }

    make_array(pattern).forEach(this._addPattern, this); // Some rules have just added to the ignore,
    // making the behavior changed.

    if (this._added) {
      this._initCache();
    }

    return this;
  } // legacy


  addPattern(pattern) {
    return this.add(pattern);
  }

  _addPattern(pattern) {
    // https://github.com/kaelzhang/node-ignore/issues/32
    if (pattern && pattern[KEY_IGNORE]) {
      this._rules = this._rules.concat(pattern._rules);
      this._added = true;
      return;
    }

    if (this._checkPattern(pattern)) {
      const rule = this._createRule(pattern.trim());

      if (rule !== null) {
        this._added = true;

        this._rules.push(rule);
      }
    }
  }

  _checkPattern(pattern) {
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L34-L40
    return pattern && typeof pattern === 'string' && pattern.indexOf('#') !== 0 && pattern.trim() !== "";
  }

  filter(paths) {
    return make_array(paths).filter(path => this._filter(path));
  }

  createFilter() {
    return path => this._filter(path);
  }

  ignores(path) {
    return !this._filter(path);
  } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L41-L53
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L29-L55


  _createRule(pattern) {
    const origin = pattern;
    let negative = false; // > An optional prefix "!" which negates the pattern;
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L43-L46

    if (pattern[0] === '!') {
      negative = true;
      pattern = pattern.substring(1).trim();
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L47-L53


    if (pattern.length > 0) {
      pattern = cleanPath(pattern);
      pattern = toSlash(pattern);

      if (pattern.length > 1 && pattern[0] === '/') {
        pattern = pattern.slice(1);
      }
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L54-L55


    if (negative) {
      pattern = '!' + pattern;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L30


    pattern = pattern.trim();

    if (pattern === "") {
      return null;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L34
    // convert forward slashes to backslashes on Windows


    pattern = cleanPath(pattern); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L36-L42

    if (pattern[0] === '!') {
      if (pattern.length === 1) {
        return null;
      }

      negative = true;
      pattern = pattern.substring(1);
    } else {
      negative = false;
    }

    return {
      origin,
      pattern,
      // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L54
      dirs: pattern.split(path.sep),
      negative
    };
  } // @returns `Boolean` true if the `path` is NOT ignored


  _filter(path) {
    if (!path) {
      return false;
    }

    if (path in this._cache) {
      return this._cache[path];
    }

    return this._cache[path] = this._test(path);
  } // @returns {Boolean} true if a file is NOT ignored
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L62


  _test(file) {
    file = fromSlash(file); // equivalent to golang filepath.Dir() https://golang.org/src/path/filepath/path.go

    const parentPath = cleanPath(path.dirname(file));
    const parentPathDirs = parentPath.split(path.sep);
    let matched = false;

    this._rules.forEach(rule => {
      let match = this._match(file, rule); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L80


      if (!match && parentPath !== ".") {
        // Check to see if the pattern matches one of our parent dirs.
        if (rule.dirs.includes('**')) {
          // Ah shucks! We have to test every possible parent path that has 
          // a number of dirs _n_ where 
          // `rule.dirs.filter(doubleStar).length <= _n_ <= parentPathDirs.length`
          // since the ** can imply any number of directories including 0
          for (let i = rule.dirs.filter(x => x !== '**').length; i <= parentPathDirs.length; i++) {
            match = match || this._match(parentPathDirs.slice(0, i).join(path.sep), rule);
          }
        } else if (rule.dirs.length <= parentPathDirs.length) {
          // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L83
          match = this._match(parentPathDirs.slice(0, rule.dirs.length).join(path.sep), rule);
        }
      }

      if (match) {
        matched = !rule.negative;
      }
    });

    return !matched;
  } // @returns {Boolean} true if a file is matched by a rule


  _match(file, rule) {
    return this._compile(rule).regexp.test(file);
  } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L139


  _compile(rule) {
    if (rule.regexp) {
      return rule;
    }

    let regStr = '^'; // Go through the pattern and convert it to a regexp.

    let escapedSlash = path.sep === '\\' ? '\\\\' : path.sep;

    for (let i = 0; i < rule.pattern.length; i++) {
      const ch = rule.pattern[i];

      if (ch === '*') {
        if (rule.pattern[i + 1] === '*') {
          // is some flavor of "**"
          i++; // Treat **/ as ** so eat the "/"

          if (rule.pattern[i + 1] === path.sep) {
            i++;
          }

          if (rule.pattern[i + 1] === undefined) {
            // is "**EOF" - to align with .gitignore just accept all
            regStr += ".*";
          } else {
            // is "**"
            // Note that this allows for any # of /'s (even 0) because
            // the .* will eat everything, even /'s
            regStr += `(.*${escapedSlash})?`;
          }
        } else {
          // is "*" so map it to anything but "/"
          regStr += `[^${escapedSlash}]*`;
        }
      } else if (ch === '?') {
        // "?" is any char except "/"
        regStr += `[^${escapedSlash}]`;
      } else if (ch === '.' || ch === '$') {
        // Escape some regexp special chars that have no meaning
        // in golang's filepath.Match
        regStr += `\\${ch}`;
      } else if (ch === '\\') {
        // escape next char. Note that a trailing \ in the pattern
        // will be left alone (but need to escape it)
        if (path.sep === '\\') {
          // On windows map "\" to "\\", meaning an escaped backslash,
          // and then just continue because filepath.Match on
          // Windows doesn't allow escaping at all
          regStr += escapedSlash;
          continue;
        }

        if (rule.pattern[i + 1] !== undefined) {
          regStr += '\\' + rule.pattern[i + 1];
          i++;
        } else {
          regStr += '\\';
        }
      } else {
        regStr += ch;
      }
    }

    regStr += "$";
    rule.regexp = new RegExp(regStr, this._ignorecase ? 'i' : '');
    return rule;
  }

}


/***/ }),

/***/ 8561:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  confirmProven: () => (/* binding */ confirmProven)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __webpack_require__(9950);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./packages/wire/src/parallel.ts
var parallel = __webpack_require__(5988);
// EXTERNAL MODULE: ./node_modules/@balena/dockerignore/ignore.js
var ignore = __webpack_require__(4158);
var ignore_default = /*#__PURE__*/__webpack_require__.n(ignore);
;// CONCATENATED MODULE: ./packages/images/src/ignored.ts



/**
 * The rules that BuildKit takes, as text: `<Dockerfile>.dockerignore` beside it, else the context's `.dockerignore`.
 * Before them stand the paths of `leftOut`.
 */
async function ignoreText(context, dockerfile, leftOut) {
    const text = (await textOf(`${dockerfile}.dockerignore`)) ?? (await textOf((0,external_node_path_.join)(context, '.dockerignore'))) ?? '';
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
async function textOf(path) {
    try {
        return await (0,promises_.readFile)(path, 'utf8');
    }
    catch {
        return undefined;
    }
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
        throw unreadable(folder === '' ? 'the folder' : folder, error);
    }
}
async function readable(path, read) {
    try {
        return await read();
    }
    catch (error) {
        throw unreadable(path, error);
    }
}
function unreadable(path, error) {
    return new src_failure/* Failed */.cV({
        code: 'file-invalid',
        what: `${path} in the build context cannot be read`,
        why: error instanceof Error ? error.message : String(error),
        next: 'mend it, or leave it out with .dockerignore',
    });
}

// EXTERNAL MODULE: ./packages/report/src/words.ts
var words = __webpack_require__(1249);
// EXTERNAL MODULE: ./packages/release/src/names.ts
var names = __webpack_require__(9281);
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
    return { text, host, repository, tag, ...(digest !== undefined && names/* digestRule */.ZT.is(digest) ? { digest } : {}) };
}
/** Whether a registry's host is one of ECR, which takes the password of any account's ECR. */
function isEcrHost(host) {
    return /^\d{12}\.dkr(?:\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)|-ecr(?:-fips)?\.[a-z0-9-]+\.on\.aws)$/.test(host);
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
        why: names.length > 0 ? `its named stages are ${(0,words/* list */.p_)(names)}` : 'none of its stages has a name',
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
    const context = await inside(image.context, 'folder', image, checkout);
    const shown = (0,external_node_path_.join)(image.context, image.dockerfile);
    const dockerfile = await inside(shown, 'file', image, checkout);
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
async function inside(path, kind, { service }, { workspace }) {
    const where = `service ${service}`;
    const what = kind === 'folder' ? `the build context "${path}"` : `the Dockerfile "${path}"`;
    let real;
    try {
        real = await (0,promises_.realpath)((0,external_node_path_.join)(workspace, path));
        const found = await (0,promises_.stat)(real);
        if (kind === 'folder' ? !found.isDirectory() : !found.isFile())
            throw failed({ code: 'dockerfile-missing', what: `${what} is no ${kind}`, where, why: `it must be a ${kind}`, next: 'correct the path' });
    }
    catch (error) {
        if (error instanceof src_failure/* Failed */.cV)
            throw error;
        const why = (await exists(workspace, '.')) && (await exists(workspace, '.git')) ? 'the checkout has nothing of that name' : 'the workspace has nothing of that name, and no checkout';
        throw failed({ code: 'dockerfile-missing', what: `${what} does not exist`, where, why, next: kind === 'folder' ? 'correct the context, or check the repository out in an earlier step' : 'correct the name of the Dockerfile, which is looked up in the context, or commit it' });
    }
    const root = await (0,promises_.realpath)(workspace);
    if (real === root || real.startsWith(root + external_node_path_.sep))
        return real;
    throw failed({ code: 'file-outside', what: `${what} leads out of the workspace`, where, why: 'a link on its way leads to another place of the runner', next: 'keep everything that is built inside the repository' });
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
function failed(failure) {
    return new src_failure/* Failed */.cV(failure);
}

// EXTERNAL MODULE: ./packages/release/src/canonical.ts
var canonical = __webpack_require__(2299);
;// CONCATENATED MODULE: ./packages/images/src/content-key.ts

// Raised when the rules of the key change, so that no key of old rules is taken for one of new rules.
const rules = 'slipway-image-2';
/** Hash of what determines the image as written in git. */
function sourceKey(source) {
    return (0,canonical/* canonicalHash */.t)(description(source));
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

// EXTERNAL MODULE: ./packages/project/src/fields.ts
var fields = __webpack_require__(6644);
// EXTERNAL MODULE: ./packages/project/src/suggestion.ts
var suggestion = __webpack_require__(7909);
// EXTERNAL MODULE: ./actions/tag-release/src/decide.ts + 1 modules
var decide = __webpack_require__(6241);
;// CONCATENATED MODULE: ./actions/tag-release/src/proven.ts




/**
 * Sees that an environment has proven the images of a commit: those of the service, or of all. The sources are read in
 * the checkout, so that must be the commit's.
 * @throws Failed `not-proven` for every service at once; `input-conflict` where another commit is checked out.
 */
async function confirmProven(requirement, { service }, commit, ports) {
    const checkedOut = await ports.checkedOut();
    if (checkedOut !== commit) {
        throw new src_failure/* Failed */.cV({
            code: 'input-conflict',
            what: `${(0,decide/* short */.h0)(commit)} is to be released, but ${checkedOut === undefined ? 'no commit' : (0,decide/* short */.h0)(checkedOut)} is checked out`,
            why: `whether ${requirement.environment} has proven a commit is found by its files`,
            next: `check it out in an earlier step (\`ref: ${commit}\`), or leave "ref" out`,
        });
    }
    const project = await ports.project();
    const services = service === undefined ? [...project.services.values()] : [project.services.get(service)].filter((one) => one !== undefined);
    if (services.length === 0)
        throw unknown('service', service ?? '', [...project.services.keys()]);
    const required = requiredBy(requirement, project);
    const problems = new src_failure/* Problems */.Zw();
    const wishes = await Promise.all(services.map((one) => problems.tryAsync(() => wishOf(one, ports.checkout))));
    problems.throwIfAny();
    const { proven, unproven } = await ports.findProof(wishes.filter((wish) => wish !== undefined), required);
    for (const failure of unproven.values())
        problems.add(failure);
    problems.throwIfAny();
    for (const [name, { head, target }] of proven)
        ports.say(`${name}: proven by revision ${head.sequence} in ${target} of ${required.name}`);
}
/** Undefined for a service without an image of its own, which needs no proof. */
async function wishOf({ name, image }, checkout) {
    if (image === undefined)
        return undefined;
    const { source } = await examineImage({
        service: name,
        ...image,
        platforms: image.platforms.length > 0 ? image.platforms : [checkout.platform],
        // Written as `id=env:NAME`; a line that is wrong is for ecr-build-push to tell.
        secretIds: image.secrets.map((line) => line.split('=')[0] ?? ''),
    }, checkout);
    return { service: name, repository: image.repository, sourceKey: sourceKey(source) };
}
/** The environment with the role that reads its records: the one that is given, or that of who requires it in the project file. */
function requiredBy({ environment: name, role }, { environments }) {
    const environment = environments.get(name);
    if (environment === undefined)
        throw unknown('environment', name, [...environments.keys()]);
    const roles = [...new Set([...environments.values()].flatMap(({ requires }) => (requires?.environment === name ? [requires.role] : [])))];
    if (role !== undefined && roles.length > 0 && !roles.includes(role)) {
        throw new src_failure/* Failed */.cV({ code: 'input-conflict', what: `the input "role" is ${(0,fields/* shown */.SP)(role)}, but the records of ${name} are read with ${(0,words/* list */.p_)(roles, 'or')}`, why: 'what the project file says of an environment is policy, which an input cannot replace', next: 'leave the input "role" out, or give one of these' });
    }
    const [only, ...more] = role === undefined ? roles : [role];
    if (only === undefined || more.length > 0) {
        throw new src_failure/* Failed */.cV({ code: 'input-missing', what: `nothing says with which role the records of ${name} are read`, why: only === undefined ? `no environment of the project file requires ${name}` : `the project file names ${(0,words/* list */.p_)([only, ...more])}`, next: 'give the input "role"' });
    }
    return { name, targets: environment.targets.map((target) => ({ ...target, role: only })) };
}
function unknown(kind, name, known) {
    return new src_failure/* Failed */.cV({ code: 'name-unknown', what: `there is no ${kind} ${(0,fields/* shown */.SP)(name)}`, why: `the project file declares: ${known.join(', ')}`, next: (0,suggestion/* insteadOf */.c)(name, known) });
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
