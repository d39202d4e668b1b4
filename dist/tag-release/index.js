import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 1916:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;

__webpack_unused_export__ = true;
exports.Io = __webpack_unused_export__ = void 0;
var peq = new Uint32Array(0x10000);
var myers_32 = function (a, b) {
    var n = a.length;
    var m = b.length;
    var lst = 1 << (n - 1);
    var pv = -1;
    var mv = 0;
    var sc = n;
    var i = n;
    while (i--) {
        peq[a.charCodeAt(i)] |= 1 << i;
    }
    for (i = 0; i < m; i++) {
        var eq = peq[b.charCodeAt(i)];
        var xv = eq | mv;
        eq |= ((eq & pv) + pv) ^ pv;
        mv |= ~(eq | pv);
        pv &= eq;
        if (mv & lst) {
            sc++;
        }
        if (pv & lst) {
            sc--;
        }
        mv = (mv << 1) | 1;
        pv = (pv << 1) | ~(xv | mv);
        mv &= xv;
    }
    i = n;
    while (i--) {
        peq[a.charCodeAt(i)] = 0;
    }
    return sc;
};
var myers_x = function (b, a) {
    var n = a.length;
    var m = b.length;
    var mhc = [];
    var phc = [];
    var hsize = Math.ceil(n / 32);
    var vsize = Math.ceil(m / 32);
    for (var i = 0; i < hsize; i++) {
        phc[i] = -1;
        mhc[i] = 0;
    }
    var j = 0;
    for (; j < vsize - 1; j++) {
        var mv_1 = 0;
        var pv_1 = -1;
        var start_1 = j * 32;
        var vlen_1 = Math.min(32, m) + start_1;
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] |= 1 << k;
        }
        for (var i = 0; i < n; i++) {
            var eq = peq[a.charCodeAt(i)];
            var pb = (phc[(i / 32) | 0] >>> i) & 1;
            var mb = (mhc[(i / 32) | 0] >>> i) & 1;
            var xv = eq | mv_1;
            var xh = ((((eq | mb) & pv_1) + pv_1) ^ pv_1) | eq | mb;
            var ph = mv_1 | ~(xh | pv_1);
            var mh = pv_1 & xh;
            if ((ph >>> 31) ^ pb) {
                phc[(i / 32) | 0] ^= 1 << i;
            }
            if ((mh >>> 31) ^ mb) {
                mhc[(i / 32) | 0] ^= 1 << i;
            }
            ph = (ph << 1) | pb;
            mh = (mh << 1) | mb;
            pv_1 = mh | ~(xv | ph);
            mv_1 = ph & xv;
        }
        for (var k = start_1; k < vlen_1; k++) {
            peq[b.charCodeAt(k)] = 0;
        }
    }
    var mv = 0;
    var pv = -1;
    var start = j * 32;
    var vlen = Math.min(32, m - start) + start;
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] |= 1 << k;
    }
    var score = m;
    for (var i = 0; i < n; i++) {
        var eq = peq[a.charCodeAt(i)];
        var pb = (phc[(i / 32) | 0] >>> i) & 1;
        var mb = (mhc[(i / 32) | 0] >>> i) & 1;
        var xv = eq | mv;
        var xh = ((((eq | mb) & pv) + pv) ^ pv) | eq | mb;
        var ph = mv | ~(xh | pv);
        var mh = pv & xh;
        score += (ph >>> (m - 1)) & 1;
        score -= (mh >>> (m - 1)) & 1;
        if ((ph >>> 31) ^ pb) {
            phc[(i / 32) | 0] ^= 1 << i;
        }
        if ((mh >>> 31) ^ mb) {
            mhc[(i / 32) | 0] ^= 1 << i;
        }
        ph = (ph << 1) | pb;
        mh = (mh << 1) | mb;
        pv = mh | ~(xv | ph);
        mv = ph & xv;
    }
    for (var k = start; k < vlen; k++) {
        peq[b.charCodeAt(k)] = 0;
    }
    return score;
};
var distance = function (a, b) {
    if (a.length < b.length) {
        var tmp = b;
        b = a;
        a = tmp;
    }
    if (b.length === 0) {
        return a.length;
    }
    if (a.length <= 32) {
        return myers_32(a, b);
    }
    return myers_x(a, b);
};
exports.Io = distance;
var closest = function (str, arr) {
    var min_distance = Infinity;
    var min_index = 0;
    for (var i = 0; i < arr.length; i++) {
        var dist = distance(str, arr[i]);
        if (dist < min_distance) {
            min_distance = dist;
            min_index = i;
        }
    }
    return arr[min_index];
};
__webpack_unused_export__ = closest;


/***/ }),

/***/ 9544:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const debug = __nccwpck_require__(1159)
const { MAX_LENGTH, MAX_SAFE_INTEGER } = __nccwpck_require__(5101)
const { safeRe: re, t } = __nccwpck_require__(5471)

const parseOptions = __nccwpck_require__(356)
const { compareIdentifiers } = __nccwpck_require__(3348)

const isPrereleaseIdentifier = (prerelease, identifier) => {
  const identifiers = identifier.split('.')
  if (identifiers.length > prerelease.length) {
    return false
  }

  for (let i = 0; i < identifiers.length; i++) {
    if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) {
      return false
    }
  }

  return true
}

class SemVer {
  constructor (version, options) {
    options = parseOptions(options)

    if (version instanceof SemVer) {
      if (version.loose === !!options.loose &&
        version.includePrerelease === !!options.includePrerelease) {
        return version
      } else {
        version = version.version
      }
    } else if (typeof version !== 'string') {
      throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`)
    }

    if (version.length > MAX_LENGTH) {
      throw new TypeError(
        `version is longer than ${MAX_LENGTH} characters`
      )
    }

    debug('SemVer', version, options)
    this.options = options
    this.loose = !!options.loose
    // this isn't actually relevant for versions, but keep it so that we
    // don't run into trouble passing this.options around.
    this.includePrerelease = !!options.includePrerelease

    const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL])

    if (!m) {
      throw new TypeError(`Invalid Version: ${version}`)
    }

    this.raw = version

    // these are actually numbers
    this.major = +m[1]
    this.minor = +m[2]
    this.patch = +m[3]

    if (this.major > MAX_SAFE_INTEGER || this.major < 0) {
      throw new TypeError('Invalid major version')
    }

    if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) {
      throw new TypeError('Invalid minor version')
    }

    if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) {
      throw new TypeError('Invalid patch version')
    }

    // numberify any prerelease numeric ids
    if (!m[4]) {
      this.prerelease = []
    } else {
      this.prerelease = m[4].split('.').map((id) => {
        if (/^[0-9]+$/.test(id)) {
          const num = +id
          if (num >= 0 && num < MAX_SAFE_INTEGER) {
            return num
          }
        }
        return id
      })
    }

    this.build = m[5] ? m[5].split('.') : []
    this.format()
  }

  format () {
    this.version = `${this.major}.${this.minor}.${this.patch}`
    if (this.prerelease.length) {
      this.version += `-${this.prerelease.join('.')}`
    }
    return this.version
  }

  toString () {
    return this.version
  }

  compare (other) {
    debug('SemVer.compare', this.version, this.options, other)
    if (!(other instanceof SemVer)) {
      if (typeof other === 'string' && other === this.version) {
        return 0
      }
      other = new SemVer(other, this.options)
    }

    if (other.version === this.version) {
      return 0
    }

    return this.compareMain(other) || this.comparePre(other)
  }

  compareMain (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    if (this.major < other.major) {
      return -1
    }
    if (this.major > other.major) {
      return 1
    }
    if (this.minor < other.minor) {
      return -1
    }
    if (this.minor > other.minor) {
      return 1
    }
    if (this.patch < other.patch) {
      return -1
    }
    if (this.patch > other.patch) {
      return 1
    }
    return 0
  }

  comparePre (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    // NOT having a prerelease is > having one
    if (this.prerelease.length && !other.prerelease.length) {
      return -1
    } else if (!this.prerelease.length && other.prerelease.length) {
      return 1
    } else if (!this.prerelease.length && !other.prerelease.length) {
      return 0
    }

    let i = 0
    do {
      const a = this.prerelease[i]
      const b = other.prerelease[i]
      debug('prerelease compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  compareBuild (other) {
    if (!(other instanceof SemVer)) {
      other = new SemVer(other, this.options)
    }

    let i = 0
    do {
      const a = this.build[i]
      const b = other.build[i]
      debug('build compare', i, a, b)
      if (a === undefined && b === undefined) {
        return 0
      } else if (b === undefined) {
        return 1
      } else if (a === undefined) {
        return -1
      } else if (a === b) {
        continue
      } else {
        return compareIdentifiers(a, b)
      }
    } while (++i)
  }

  // preminor will bump the version up to the next minor release, and immediately
  // down to pre-release. premajor and prepatch work the same way.
  inc (release, identifier, identifierBase) {
    if (release.startsWith('pre')) {
      if (!identifier && identifierBase === false) {
        throw new Error('invalid increment argument: identifier is empty')
      }
      // Avoid an invalid semver results
      if (identifier) {
        const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE])
        if (!match || match[1] !== identifier) {
          throw new Error(`invalid identifier: ${identifier}`)
        }
      }
    }

    switch (release) {
      case 'premajor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor = 0
        this.major++
        this.inc('pre', identifier, identifierBase)
        break
      case 'preminor':
        this.prerelease.length = 0
        this.patch = 0
        this.minor++
        this.inc('pre', identifier, identifierBase)
        break
      case 'prepatch':
        // If this is already a prerelease, it will bump to the next version
        // drop any prereleases that might already exist, since they are not
        // relevant at this point.
        this.prerelease.length = 0
        this.inc('patch', identifier, identifierBase)
        this.inc('pre', identifier, identifierBase)
        break
      // If the input is a non-prerelease version, this acts the same as
      // prepatch.
      case 'prerelease':
        if (this.prerelease.length === 0) {
          this.inc('patch', identifier, identifierBase)
        }
        this.inc('pre', identifier, identifierBase)
        break
      case 'release':
        if (this.prerelease.length === 0) {
          throw new Error(`version ${this.raw} is not a prerelease`)
        }
        this.prerelease.length = 0
        break

      case 'major':
        // If this is a pre-major version, bump up to the same major version.
        // Otherwise increment major.
        // 1.0.0-5 bumps to 1.0.0
        // 1.1.0 bumps to 2.0.0
        if (
          this.minor !== 0 ||
          this.patch !== 0 ||
          this.prerelease.length === 0
        ) {
          this.major++
        }
        this.minor = 0
        this.patch = 0
        this.prerelease = []
        break
      case 'minor':
        // If this is a pre-minor version, bump up to the same minor version.
        // Otherwise increment minor.
        // 1.2.0-5 bumps to 1.2.0
        // 1.2.1 bumps to 1.3.0
        if (this.patch !== 0 || this.prerelease.length === 0) {
          this.minor++
        }
        this.patch = 0
        this.prerelease = []
        break
      case 'patch':
        // If this is not a pre-release version, it will increment the patch.
        // If it is a pre-release it will bump up to the same patch version.
        // 1.2.0-5 patches to 1.2.0
        // 1.2.0 patches to 1.2.1
        if (this.prerelease.length === 0) {
          this.patch++
        }
        this.prerelease = []
        break
      // This probably shouldn't be used publicly.
      // 1.0.0 'pre' would become 1.0.0-0 which is the wrong direction.
      case 'pre': {
        const base = Number(identifierBase) ? 1 : 0

        if (this.prerelease.length === 0) {
          this.prerelease = [base]
        } else {
          let i = this.prerelease.length
          while (--i >= 0) {
            if (typeof this.prerelease[i] === 'number') {
              this.prerelease[i]++
              i = -2
            }
          }
          if (i === -1) {
            // didn't increment anything
            if (identifier === this.prerelease.join('.') && identifierBase === false) {
              throw new Error('invalid increment argument: identifier already exists')
            }
            this.prerelease.push(base)
          }
        }
        if (identifier) {
          // 1.2.0-beta.1 bumps to 1.2.0-beta.2,
          // 1.2.0-beta.fooblz or 1.2.0-beta bumps to 1.2.0-beta.0
          let prerelease = [identifier, base]
          if (identifierBase === false) {
            prerelease = [identifier]
          }
          if (isPrereleaseIdentifier(this.prerelease, identifier)) {
            const prereleaseBase = this.prerelease[identifier.split('.').length]
            if (isNaN(prereleaseBase)) {
              this.prerelease = prerelease
            }
          } else {
            this.prerelease = prerelease
          }
        }
        break
      }
      default:
        throw new Error(`invalid increment argument: ${release}`)
    }
    this.raw = this.format()
    if (this.build.length) {
      this.raw += `+${this.build.join('.')}`
    }
    return this
  }
}

module.exports = SemVer


/***/ }),

/***/ 8469:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(9544)
const compare = (a, b, loose) =>
  new SemVer(a, loose).compare(new SemVer(b, loose))

module.exports = compare


/***/ }),

/***/ 2338:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(9544)

const inc = (version, release, options, identifier, identifierBase) => {
  if (typeof (options) === 'string') {
    identifierBase = identifier
    identifier = options
    options = undefined
  }

  try {
    return new SemVer(
      version instanceof SemVer ? version.version : version,
      options
    ).inc(release, identifier, identifierBase).version
  } catch (er) {
    return null
  }
}
module.exports = inc


/***/ }),

/***/ 6353:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const SemVer = __nccwpck_require__(9544)
const parse = (version, options, throwErrors = false) => {
  if (version instanceof SemVer) {
    return version
  }
  try {
    return new SemVer(version, options)
  } catch (er) {
    if (!throwErrors) {
      return null
    }
    throw er
  }
}

module.exports = parse


/***/ }),

/***/ 5101:
/***/ ((module) => {



// Note: this is the semver.org version of the spec that it implements
// Not necessarily the package version of this code.
const SEMVER_SPEC_VERSION = '2.0.0'

const MAX_LENGTH = 256
const MAX_SAFE_INTEGER = Number.MAX_SAFE_INTEGER ||
/* istanbul ignore next */ 9007199254740991

// Max safe segment length for coercion.
const MAX_SAFE_COMPONENT_LENGTH = 16

// Max safe length for a build identifier. The max length minus 6 characters for
// the shortest version with a build 0.0.0+BUILD.
const MAX_SAFE_BUILD_LENGTH = MAX_LENGTH - 6

// ECMAScript whitespace and line terminators matched by \s.
const WHITESPACE_CHARACTERS = [
  '\t',
  '\n',
  '\v',
  '\f',
  '\r',
  ' ',
  '\u00a0',
  '\u1680',
  '\u2000',
  '\u2001',
  '\u2002',
  '\u2003',
  '\u2004',
  '\u2005',
  '\u2006',
  '\u2007',
  '\u2008',
  '\u2009',
  '\u200a',
  '\u2028',
  '\u2029',
  '\u202f',
  '\u205f',
  '\u3000',
  '\ufeff',
]

const RELEASE_TYPES = [
  'major',
  'premajor',
  'minor',
  'preminor',
  'patch',
  'prepatch',
  'prerelease',
]

module.exports = {
  MAX_LENGTH,
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_SAFE_INTEGER,
  WHITESPACE_CHARACTERS,
  RELEASE_TYPES,
  SEMVER_SPEC_VERSION,
  FLAG_INCLUDE_PRERELEASE: 0b001,
  FLAG_LOOSE: 0b010,
}


/***/ }),

/***/ 1159:
/***/ ((module) => {



const debug = (
  typeof process === 'object' &&
  process.env &&
  process.env.NODE_DEBUG &&
  /\bsemver\b/i.test(process.env.NODE_DEBUG)
) ? (...args) => console.error('SEMVER', ...args)
  : () => {}

module.exports = debug


/***/ }),

/***/ 3348:
/***/ ((module) => {



const numeric = /^[0-9]+$/
const compareIdentifiers = (a, b) => {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b ? 0 : a < b ? -1 : 1
  }

  const anum = numeric.test(a)
  const bnum = numeric.test(b)

  if (anum && bnum) {
    a = +a
    b = +b
  }

  return a === b ? 0
    : (anum && !bnum) ? -1
    : (bnum && !anum) ? 1
    : a < b ? -1
    : 1
}

const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a)

module.exports = {
  compareIdentifiers,
  rcompareIdentifiers,
}


/***/ }),

/***/ 356:
/***/ ((module) => {



// parse out just the options we care about
const looseOption = Object.freeze({ loose: true })
const emptyOpts = Object.freeze({ })
const parseOptions = options => {
  if (!options) {
    return emptyOpts
  }

  if (typeof options !== 'object') {
    return looseOption
  }

  return options
}
module.exports = parseOptions


/***/ }),

/***/ 5471:
/***/ ((module, exports, __nccwpck_require__) => {



const {
  MAX_SAFE_COMPONENT_LENGTH,
  MAX_SAFE_BUILD_LENGTH,
  MAX_LENGTH,
} = __nccwpck_require__(5101)
const debug = __nccwpck_require__(1159)
exports = module.exports = {}

// The actual regexps go on exports.re
const re = exports.re = []
const safeRe = exports.safeRe = []
const src = exports.src = []
const safeSrc = exports.safeSrc = []
const t = exports.t = {}
let R = 0

const LETTERDASHNUMBER = '[a-zA-Z0-9-]'

// Replace some greedy regex tokens to prevent regex dos issues. These regex are
// used internally via the safeRe object since all inputs in this library get
// normalized first to trim and collapse all extra whitespace. The original
// regexes are exported for userland consumption and lower level usage. A
// future breaking change could export the safer regex only with a note that
// all input should have extra whitespace removed.
const safeRegexReplacements = [
  ['\\s', 1],
  ['\\d', MAX_LENGTH],
  [LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH],
]

const makeSafeRegex = (value) => {
  for (const [token, max] of safeRegexReplacements) {
    value = value
      .split(`${token}*`).join(`${token}{0,${max}}`)
      .split(`${token}+`).join(`${token}{1,${max}}`)
  }
  return value
}

const createToken = (name, value, isGlobal) => {
  const safe = makeSafeRegex(value)
  const index = R++
  debug(name, index, value)
  t[name] = index
  src[index] = value
  safeSrc[index] = safe
  re[index] = new RegExp(value, isGlobal ? 'g' : undefined)
  safeRe[index] = new RegExp(safe, isGlobal ? 'g' : undefined)
}

// The following Regular Expressions can be used for tokenizing,
// validating, and parsing SemVer version strings.

// ## Numeric Identifier
// A single `0`, or a non-zero digit followed by zero or more digits.

createToken('NUMERICIDENTIFIER', '0|[1-9]\\d*')
createToken('NUMERICIDENTIFIERLOOSE', '\\d+')

// ## Non-numeric Identifier
// Zero or more digits, followed by a letter or hyphen, and then zero or
// more letters, digits, or hyphens.

createToken('NONNUMERICIDENTIFIER', `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`)

// ## Main Version
// Three dot-separated numeric identifiers.

createToken('MAINVERSION', `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})\\.` +
                   `(${src[t.NUMERICIDENTIFIER]})`)

createToken('MAINVERSIONLOOSE', `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.` +
                        `(${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version Identifier
// A numeric identifier, or a non-numeric identifier.
// Non-numeric identifiers include numeric identifiers but can be longer.
// Therefore non-numeric identifiers must go first.

createToken('PRERELEASEIDENTIFIER', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIER]})`)

createToken('PRERELEASEIDENTIFIERLOOSE', `(?:${src[t.NONNUMERICIDENTIFIER]
}|${src[t.NUMERICIDENTIFIERLOOSE]})`)

// ## Pre-release Version
// Hyphen, followed by one or more dot-separated pre-release version
// identifiers.

createToken('PRERELEASE', `(?:-(${src[t.PRERELEASEIDENTIFIER]
}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`)

createToken('PRERELEASELOOSE', `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]
}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`)

// ## Build Metadata Identifier
// Any combination of digits, letters, or hyphens.

createToken('BUILDIDENTIFIER', `${LETTERDASHNUMBER}+`)

// ## Build Metadata
// Plus sign, followed by one or more period-separated build metadata
// identifiers.

createToken('BUILD', `(?:\\+(${src[t.BUILDIDENTIFIER]
}(?:\\.${src[t.BUILDIDENTIFIER]})*))`)

// ## Full Version String
// A main version, followed optionally by a pre-release version and
// build metadata.

// Note that the only major, minor, patch, and pre-release sections of
// the version string are capturing groups.  The build metadata is not a
// capturing group, because it should not ever be used in version
// comparison.

createToken('FULLPLAIN', `v?${src[t.MAINVERSION]
}${src[t.PRERELEASE]}?${
  src[t.BUILD]}?`)

createToken('FULL', `^${src[t.FULLPLAIN]}$`)

// like full, but allows v1.2.3 and =1.2.3, which people do sometimes.
// also, 1.0.0alpha1 (prerelease without the hyphen) which is pretty
// common in the npm registry.
createToken('LOOSEPLAIN', `[v=\\s]*${src[t.MAINVERSIONLOOSE]
}${src[t.PRERELEASELOOSE]}?${
  src[t.BUILD]}?`)

createToken('LOOSE', `^${src[t.LOOSEPLAIN]}$`)

createToken('GTLT', '((?:<|>)?=?)')

// Something like "2.*" or "1.2.x".
// Note that "x.x" is a valid xRange identifier, meaning "any version"
// Only the first item is strictly required.
createToken('XRANGEIDENTIFIERLOOSE', `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`)
createToken('XRANGEIDENTIFIER', `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`)

createToken('XRANGEPLAIN', `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:\\.(${src[t.XRANGEIDENTIFIER]})` +
                   `(?:${src[t.PRERELEASE]})?${
                     src[t.BUILD]}?` +
                   `)?)?`)

createToken('XRANGEPLAINLOOSE', `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})` +
                        `(?:${src[t.PRERELEASELOOSE]})?${
                          src[t.BUILD]}?` +
                        `)?)?`)

createToken('XRANGE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`)
createToken('XRANGELOOSE', `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`)

// Coercion.
// Extract anything that could conceivably be a part of a valid semver
createToken('COERCEPLAIN', `${'(^|[^\\d])' +
              '(\\d{1,'}${MAX_SAFE_COMPONENT_LENGTH}})` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?` +
              `(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`)
createToken('COERCE', `${src[t.COERCEPLAIN]}(?:$|[^\\d])`)
createToken('COERCEFULL', src[t.COERCEPLAIN] +
              `(?:${src[t.PRERELEASE]})?` +
              `(?:${src[t.BUILD]})?` +
              `(?:$|[^\\d])`)
createToken('COERCERTL', src[t.COERCE], true)
createToken('COERCERTLFULL', src[t.COERCEFULL], true)

// Tilde ranges.
// Meaning is "reasonably at or greater than"
createToken('LONETILDE', '(?:~>?)')

createToken('TILDETRIM', `(\\s*)${src[t.LONETILDE]}\\s+`, true)
exports.tildeTrimReplace = '$1~'

createToken('TILDE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`)
createToken('TILDELOOSE', `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`)

// Caret ranges.
// Meaning is "at least and backwards compatible with"
createToken('LONECARET', '(?:\\^)')

createToken('CARETTRIM', `(\\s*)${src[t.LONECARET]}\\s+`, true)
exports.caretTrimReplace = '$1^'

createToken('CARET', `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`)
createToken('CARETLOOSE', `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`)

// A simple gt/lt/eq thing, or just "" to indicate "any version"
createToken('COMPARATORLOOSE', `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`)
createToken('COMPARATOR', `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`)

// An expression to strip any whitespace between the gtlt and the thing
// it modifies, so that `> 1.2.3` ==> `>1.2.3`
createToken('COMPARATORTRIM', `(\\s*)${src[t.GTLT]
}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true)
exports.comparatorTrimReplace = '$1$2$3'

// Something like `1.2.3 - 1.2.4`
// Note that these all use the loose form, because they'll be
// checked against either the strict or loose comparator form
// later.
createToken('HYPHENRANGE', `^\\s*(${src[t.XRANGEPLAIN]})` +
                   `\\s+-\\s+` +
                   `(${src[t.XRANGEPLAIN]})` +
                   `\\s*$`)

createToken('HYPHENRANGELOOSE', `^\\s*(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s+-\\s+` +
                        `(${src[t.XRANGEPLAINLOOSE]})` +
                        `\\s*$`)

// Star ranges basically just allow anything at all.
createToken('STAR', '(<|>)?=?\\s*\\*')
// >=0.0.0 is like a star
createToken('GTE0', '^\\s*>=\\s*0\\.0\\.0\\s*$')
createToken('GTE0PRE', '^\\s*>=\\s*0\\.0\\.0-0\\s*$')


/***/ }),

/***/ 578:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  W: () => (/* binding */ declaredInputs),
  K: () => (/* binding */ readInputs)
});

// EXTERNAL MODULE: ./packages/project/src/fields.ts
var fields = __nccwpck_require__(6644);
// EXTERNAL MODULE: ./packages/project/src/suggestion.ts
var suggestion = __nccwpck_require__(7909);
;// CONCATENATED MODULE: ./packages/project/src/unknown-inputs.ts


/** Tells every input that was given but that the action does not declare. */
function unknownInputs(raw, declared, problems) {
    for (const name of raw.unknown) {
        problems.add({
            code: 'input-unknown',
            what: `there is no input ${(0,fields/* shown */.SP)(name)}`,
            why: 'the runner passes on what it does not know, and it would have no effect',
            next: (0,suggestion/* insteadOf */.c)(name, declared),
        });
    }
}

// EXTERNAL MODULE: ./packages/release/src/names.ts
var names = __nccwpck_require__(9281);
// EXTERNAL MODULE: ./packages/project/src/rules.ts
var rules = __nccwpck_require__(4206);
;// CONCATENATED MODULE: ./packages/project/src/shared-inputs.ts



/** Reads the shared inputs; an action that does not declare one of them leaves it absent. */
function readShared(raw, problems) {
    const { values } = raw;
    const environment = (0,fields/* named */.KT)(values, 'environment', problems, names/* environmentRule */.Yd);
    const targets = (0,fields/* names */.Dy)(values, 'targets', problems, names/* targetRule */.gI);
    const region = (0,fields/* named */.KT)(values, 'region', problems, names/* regionRule */.l5);
    const role = readRole(values, problems);
    const services = readServices(values, problems);
    const expectedAccount = (0,fields/* named */.KT)(values, 'expected-account', problems, names/* accountRule */.GX);
    (0,fields/* givenToken */.vE)(values, 'github-token', problems);
    return {
        projectFile: (0,fields/* safePath */.nG)(values, 'project-file', problems) ?? 'slipway.yml',
        services,
        ...(environment === undefined ? {} : { environment }),
        ...(targets.length === 0 ? {} : { targets }),
        ...(region === undefined ? {} : { region }),
        ...(role === undefined ? {} : { role }),
        ...(expectedAccount === undefined ? {} : { expectedAccount }),
        phase: (0,fields/* choice */.Yq)(values, 'phase', problems, ['preflight', 'deploy'], 'deploy'),
        dryRun: (0,fields/* flag */.Jt)(values, 'dry-run', problems, false),
        refused: [
            ...(services.length === 0 && !isBlank(values, 'services') ? ['services'] : []),
            ...(environment === undefined && !isBlank(values, 'environment') ? ['environment'] : []),
        ],
    };
}
function readRole(values, problems) {
    const role = (0,fields/* text */.Qq)(values, 'role', problems);
    if (role === undefined || rules/* roleRule */.vS.is(role))
        return role;
    (0,fields/* invalid */.Gq)('role', role, `it must be ${rules/* roleRule */.vS.rule}`, 'copy the ARN of the role', problems);
    return undefined;
}
function isBlank(values, input) {
    return (values[input] ?? '').trim() === '';
}
function readServices(values, problems) {
    const services = (0,fields/* names */.Dy)(values, 'services', problems);
    if (!services.includes('all'))
        return services;
    if (services.length === 1)
        return 'all';
    (0,fields/* invalid */.Gq)('services', services.join(', '), '"all" stands alone', 'name services, or write all', problems);
    return [];
}

// EXTERNAL MODULE: ./packages/release/src/version.ts
var src_version = __nccwpck_require__(2989);
// EXTERNAL MODULE: ./packages/release/src/version-next.ts
var version_next = __nccwpck_require__(371);
// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __nccwpck_require__(9950);
;// CONCATENATED MODULE: ./actions/tag-release/src/ref-name.ts
/**
 * Why a text can be no branch, tag or commit; undefined where it can be one. The rules are those of
 * git-check-ref-format(1), but for a leading "-", which that lets pass.
 */
function refProblem(text) {
    if (text.length > 255)
        return `it may have 255 characters, and has ${text.length}`;
    if (text.startsWith('-'))
        return 'no ref begins with "-", so that none can pass for an option';
    if (/[\0-\x20\x7f~^:?*[\\]/.test(text))
        return 'git lets no ref hold blanks, control characters or any of ~ ^ : ? * [ \\';
    if (text.includes('..') || text.includes('@{') || text === '@')
        return 'git lets no ref hold ".." or "@{"';
    const parts = text.split('/');
    if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith('.lock')))
        return 'no part of a ref is empty, begins or ends with ".", or ends with ".lock"';
    return undefined;
}

// EXTERNAL MODULE: ./actions/tag-release/src/service-paths.ts + 1 modules
var service_paths = __nccwpck_require__(5259);
;// CONCATENATED MODULE: ./actions/tag-release/src/start-inputs.ts


/** The token that is given, or else the job's own. It is never quoted. */
function readToken(values, problems) {
    // What is wrong with the first is told with the shared inputs.
    const [given, own] = [(0,fields/* givenToken */.vE)(values, 'github-token', new failure/* Problems */.Zw()), (0,fields/* givenToken */.vE)(values, 'job-token', problems)];
    if (given === undefined || own === undefined)
        return undefined;
    const token = given === '' ? own : given;
    if (token !== '')
        return { text: token, isJobs: token === own };
    problems.add({ code: 'input-missing', what: 'the input "github-token" is missing', why: 'neither it nor the job\'s own token is there', next: 'leave both "github-token" and "job-token" out, or look whether the secret that is named is empty' });
    return undefined;
}
/** How production is to start; a tag that would start nothing is told before it is made. */
function readStart(values, token, problems) {
    const given = (0,fields/* text */.Qq)(values, 'start', problems);
    const ways = 'name the workflow file to dispatch on the tag, such as `start: deploy-production.yml`; or give the token of an App by "github-token"; or write `start: none` where nothing is to start';
    if (given === undefined) {
        if (token?.isJobs !== true || (values['start'] ?? '').trim() !== '')
            return { kind: 'event' };
        problems.add({ code: 'input-missing', what: 'the input "start" is missing', why: 'a tag that is made with the job\'s own token starts no run', next: ways });
        return undefined;
    }
    if (given === 'none')
        return { kind: 'none' };
    if (given === 'event') {
        if (token?.isJobs === true)
            problems.add({ code: 'input-conflict', what: 'the input "start" is "event", but the tag would be made with the job\'s own token', why: 'such a tag starts no run', next: ways });
        return { kind: 'event' };
    }
    const workflow = given.replace(/^\.github\/workflows\//, '');
    if (/^[\w][\w.-]*\.ya?ml$/.test(workflow))
        return { kind: 'dispatch', workflow };
    (0,fields/* invalid */.Gq)('start', given, 'it must be `event`, `none`, or the name of a file in .github/workflows', 'write for example deploy-production.yml', problems);
    return undefined;
}

;// CONCATENATED MODULE: ./actions/tag-release/src/inputs.ts






/** Every input of the action, in the order of its README. */
const declaredInputs = ['service', 'bump', 'version', 'ref', 'requires', 'role', 'paths', 'project-file', 'release', 'draft', 'notes', 'start', 'dry-run', 'github-token', 'job-token'];
/** The longest that GitHub takes, less what is put below it. */
const mostNotes = 50_000;
/**
 * Reads the inputs. The project file is asked only for the paths of a service, where the input "paths" does not say them.
 * @throws Failed with every problem at once.
 */
async function readInputs({ raw, workspace }) {
    const problems = new failure/* Problems */.Zw();
    const { values } = raw;
    unknownInputs(raw, declaredInputs, problems);
    const { projectFile, dryRun, role } = readShared(raw, problems);
    const required = (0,fields/* named */.KT)(values, 'requires', problems, names/* environmentRule */.Yd);
    if (!inputs_isBlank(values, 'role') && inputs_isBlank(values, 'requires'))
        conflict('role', 'requires', 'a role reads the records of an environment that is required, and nothing else', problems);
    const service = (0,fields/* named */.KT)(values, 'service', problems, names/* serviceRule */.G9);
    const wish = readWish(values, problems);
    const ref = readRef(values, problems);
    const [isRelease, isDraft] = [(0,fields/* flag */.Jt)(values, 'release', problems, true), (0,fields/* flag */.Jt)(values, 'draft', problems, false)];
    if (!isRelease && isDraft)
        conflict('draft', 'release', 'without a release there is no draft of one', problems);
    const notes = values['notes'] ?? '';
    if (notes.length > mostNotes)
        (0,fields/* invalid */.Gq)('notes', notes, `it may have ${mostNotes} characters, and has ${notes.length}`, 'shorten it, and link to what is longer', problems);
    const token = readToken(values, problems);
    const start = readStart(values, token, problems);
    const paths = (0,service_paths/* givenPaths */.kM)(values, problems);
    if (paths.length > 0 && service === undefined && inputs_isBlank(values, 'service'))
        conflict('paths', 'service', 'without a service every commit counts, so "paths" would have no effect', problems);
    const belonging = service === undefined || paths.length > 0 ? paths : await problems.tryAsync(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(934), __nccwpck_require__.e(489), __nccwpck_require__.e(745)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2745))).declaredPaths(service, workspace, projectFile));
    problems.throwIfAny();
    if (belonging === undefined || start === undefined || token === undefined)
        throw new Error('inputs that are missing are a problem');
    return {
        ...(service === undefined ? {} : { service }),
        paths: belonging,
        wish,
        ...(ref === undefined ? {} : { ref }),
        ...(required === undefined ? {} : { requires: { environment: required, projectFile, ...(role === undefined ? {} : { role }) } }),
        release: isRelease ? (isDraft ? 'draft' : 'published') : 'none',
        notes,
        start,
        token,
        isWritten: !dryRun,
    };
}
function readWish(values, problems) {
    const version = (0,fields/* named */.KT)(values, 'version', problems, src_version/* versionRule */.Ju);
    const bump = (0,fields/* choice */.Yq)(values, 'bump', problems, version_next/* bumps */.kk, 'auto');
    if (!inputs_isBlank(values, 'version') && !inputs_isBlank(values, 'bump') && bump !== 'auto')
        conflict('version', 'bump', 'a version that is given needs no finding', problems);
    return version === undefined ? { bump } : { version };
}
function readRef(values, problems) {
    const ref = (0,fields/* text */.Qq)(values, 'ref', problems);
    const problem = ref === undefined ? undefined : refProblem(ref);
    if (ref !== undefined && problem !== undefined)
        (0,fields/* invalid */.Gq)('ref', ref, problem, 'write a branch, a tag or a commit', problems);
    return ref;
}
function conflict(one, other, why, problems) {
    problems.add({ code: 'input-conflict', what: `the inputs "${one}" and "${other}" contradict each other`, why, next: `leave "${one}" out, or mend "${other}"` });
}
function inputs_isBlank(values, input) {
    return (values[input] ?? '').trim() === '';
}


/***/ }),

/***/ 7163:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _slipway_action_host__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9196);
/* harmony import */ var _slipway_github__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6191);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(578);



await (0,_slipway_action_host__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)({
    name: 'tag-release',
    inputs: _inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .declaredInputs */ .W,
    outputs: ['version', 'previous-version', 'tag', 'sha', 'created', 'release-url', 'run-url', 'notes'],
    story,
});
async function story(host) {
    const { environment, work: signal, run: { repository, sha, workspace } } = host;
    const startedMs = host.clock.monotonic();
    const settings = await (0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readInputs */ .K)({ raw: host.inputs, workspace });
    host.mask(settings.token.text, [repository]);
    // The rest of the program, GitHub's client above all, is loaded while GitHub answers.
    const ahead = await (0,_slipway_github__WEBPACK_IMPORTED_MODULE_2__/* .commitAhead */ .j)({ repository, token: settings.token.text, environment, sha: settings.ref ?? sha, signal });
    const { tagRelease } = await Promise.all(/* import() */[__nccwpck_require__.e(934), __nccwpck_require__.e(683)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1683));
    return tagRelease(host, settings, startedMs, ahead);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5259:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  kM: () => (/* binding */ givenPaths),
  FK: () => (/* binding */ isInside),
  wG: () => (/* binding */ pathsOf)
});

// EXTERNAL MODULE: ./packages/project/src/fields.ts
var fields = __nccwpck_require__(6644);
// EXTERNAL MODULE: ./packages/project/src/texts.ts
var texts = __nccwpck_require__(2205);
// EXTERNAL MODULE: ./packages/project/src/suggestion.ts
var suggestion = __nccwpck_require__(7909);
;// CONCATENATED MODULE: ./packages/project/src/overlays.ts
/** The places in which a path is looked up, the most specific first. */
function overlayPaths(environment, target, path) {
    return [`${environment}/${target}/${path}`, `${environment}/${path}`, path];
}

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var failure = __nccwpck_require__(9950);
;// CONCATENATED MODULE: ./actions/tag-release/src/service-paths.ts


/** The paths that the input names, one a line. */
function givenPaths(values, problems) {
    return (0,fields/* lines */.Mn)(values, 'paths').flatMap((path) => {
        const reason = (0,texts/* unsafePath */.Kc)(path);
        if (reason === undefined)
            return [plain(path)];
        (0,fields/* invalid */.Gq)('paths', path, reason, 'write paths relative to the repository, one a line', problems);
        return [];
    });
}
/**
 * What belongs to a service, by the project file: what its image is built from, its manifests, and its configuration
 * wherever an environment may lay it over. A path inside another is left out.
 * @throws Failed `name-unknown`, or `project-file-invalid` where nothing belongs to it.
 */
function pathsOf(name, { services, configuration, environments }, file) {
    const service = services.get(name);
    if (service === undefined)
        throw new failure/* Failed */.cV({ code: 'name-unknown', what: `there is no service ${(0,fields/* shown */.SP)(name)}`, why: `${file} declares: ${[...services.keys()].join(', ')}`, next: (0,suggestion/* insteadOf */.c)(name, [...services.keys()]) });
    const { image, manifests, config } = service;
    const places = [...environments.values()].flatMap((environment) => environment.targets.map((target) => [environment.name, target.name]));
    const configured = [...config.values()].flatMap(({ files, envFiles }) => [...files, ...envFiles]);
    const overlaid = configured.flatMap((path) => (places.length === 0 ? [path] : places.flatMap(([environment, target]) => overlayPaths(environment, target, path))));
    const paths = new Set([
        ...(image === undefined ? [] : [image.context, `${image.context}/${image.dockerfile}`]),
        ...(manifests?.paths ?? []),
        ...overlaid.map((path) => `${configuration.path}/${path}`),
    ].map(plain));
    if (paths.size === 0)
        throw new failure/* Failed */.cV({ code: 'project-file-invalid', what: `nothing in ${file} belongs to ${name}`, why: 'it has neither image nor manifests nor configuration, so no commit could be one of its', next: 'give the input "paths"' });
    return [...paths].filter((path) => ![...paths].some((other) => other !== path && isInside(path, other)));
}
/** Whether a path is in a folder, or is it. */
function isInside(path, folder) {
    return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
function plain(path) {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    return parts.length === 0 ? '.' : parts.join('/');
}


/***/ }),

/***/ 9196:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./packages/report/src/failure.ts
var src_failure = __nccwpck_require__(9950);
// EXTERNAL MODULE: ./packages/report/src/inert.ts
var inert = __nccwpck_require__(8636);
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __nccwpck_require__(8500);
;// CONCATENATED MODULE: ./packages/wire/src/clock.ts

const systemClock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    async wait(ms, signal) {
        try {
            await (0,promises_.setTimeout)(ms, undefined, signal ? { signal } : {});
        }
        catch (error) {
            throw signal?.aborted === true ? signal.reason : error;
        }
    },
};

;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: ./packages/action-host/src/file-command.ts

/** Sets an output of the step, or saves what its end at the job's end gets to know, also where the step is killed. Without a runner it goes nowhere. */
function fileCommand(command, name, value) {
    if ((process.env[`GITHUB_${command}`] ?? '') !== '')
        issueFileCommand(command, prepareKeyValueMessage(name, value));
}

// EXTERNAL MODULE: ./packages/wire/src/retry.ts
var retry = __nccwpck_require__(8497);
// EXTERNAL MODULE: ./packages/wire/src/light-get.ts
var light_get = __nccwpck_require__(4282);
;// CONCATENATED MODULE: ./packages/action-host/src/id-token.ts


/**
 * Asks GitHub for a token that proves to `audience` which job this is. Who gives it on has it masked before.
 * @param meanwhile Called once the request is on its way: the time to load what its answer is needed for.
 * @throws Failed `id-token-unavailable` where the job has not the permission, `unreachable` where GitHub gives none.
 */
async function idToken(audience, meanwhile, signal) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = process.env;
    if (address === '' || bearer === '') {
        throw new src_failure/* Failed */.cV({
            code: 'id-token-unavailable',
            what: 'this job may not ask for an OIDC token, which the input "role" needs',
            why: 'the workflow does not grant it',
            next: 'add `permissions: { id-token: write }` to the job, and to the job that calls it where this is a called workflow',
        });
    }
    try {
        const url = new URL(address);
        url.searchParams.set('audience', audience);
        return await (0,retry/* withRetries */.L)(() => ask(url, bearer, meanwhile, signal), { clock: systemClock, signal, budgetMs: 10_000, random: Math.random, retry: (error) => error instanceof Busy && {} });
    }
    catch (error) {
        signal.throwIfAborted();
        throw new src_failure/* Failed */.cV({
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
    const { status, text } = await (0,light_get/* lightGet */.p)({ url: url.href, headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' }, environment: process.env, signal, onSent: meanwhile });
    if ([429, 502, 503, 504].includes(status))
        throw new Busy(`its endpoint of tokens answered with the status ${status}`);
    if (status !== 200)
        throw new Error(`its endpoint of tokens answered with the status ${status}`);
    const answer = JSON.parse(await text());
    if (typeof answer !== 'object' || answer === null || !('value' in answer) || typeof answer.value !== 'string')
        throw new Error('its endpoint of tokens answered without a token');
    return answer.value;
}

;// CONCATENATED MODULE: ./packages/action-host/src/runner.ts
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

;// CONCATENATED MODULE: ./packages/action-host/src/log.ts


const log = {
    info(text) {
        runner.print((0,inert/* inert */.tJ)(text));
    },
    notice(text, place) {
        runner.command('notice', (0,inert/* inert */.tJ)(text), properties(place));
    },
    warning(text, place) {
        runner.command('warning', (0,inert/* inert */.tJ)(text), properties(place));
    },
    failure(failure) {
        runner.command('error', (0,inert/* inert */.tJ)((0,src_failure/* failureText */.kY)(failure)), { title: failure.code, ...properties(failure.at) });
    },
};
function properties(place) {
    return place === undefined ? {} : { file: (0,inert/* inert */.tJ)(place.file), line: place.line, col: place.column };
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
                runner.command('add-mask', part);
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./packages/action-host/src/run-context.ts


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
    return new src_failure/* Failed */.cV({
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
        return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return __awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return __awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./packages/action-host/src/run-action.ts












const mostSummaryBytes = 1024 * 1024 - 1024;
const greenForAll = ['changed', 'unchanged', 'planned'];
/**
 * Runs an action as its entry: the story, or, at the end of the job, what it left to do. Sets the exit code.
 * @param ahead A token that was asked for already, for whoever asks for the same.
 */
async function runAction(action, ahead) {
    try {
        if (runner.state(postMark) === '')
            await mainOf(action, ahead);
        else
            await action.post?.((name) => runner.state(name));
    }
    catch (error) {
        process.exitCode = 1;
        for (const failure of error instanceof src_failure/* Failed */.cV ? error.failures : [bug(action, error)])
            log.failure(failure);
    }
}
async function mainOf(action, ahead) {
    fileCommand('STATE', postMark, 'true');
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
        await summary.addRaw(cutSummary(ending.summary), true).write();
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
        ask: (audience, meanwhile) => idToken(audience, meanwhile, work),
        now: () => systemClock.now(),
        mask: (token) => {
            runner.command('add-mask', token);
        },
        ahead,
    });
    return {
        inputs: rawInputs(action.inputs, process.env),
        run: runContext(process.env),
        environment: process.env,
        log: log,
        clock: systemClock,
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


/***/ }),

/***/ 6191:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j: () => (/* binding */ commitAhead),
  L: () => (/* binding */ serverIn)
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

// EXTERNAL MODULE: ./packages/wire/src/light-get.ts
var light_get = __nccwpck_require__(4282);
;// CONCATENATED MODULE: ./packages/github/src/commit-ahead.ts

/**
 * Asks for the commit that `openGitHub` will be asked for first: its client takes longer to load than GitHub to answer.
 * The answer, whatever it says, stands for that of the client's first attempt. Ends once the request is on its way.
 */
async function commitAhead({ repository, token, environment, sha, signal }) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[0-9a-f]{40}$/.test(sha))
        return undefined;
    const url = `${serverIn(environment)}/repos/${repository}/commits/${sha}`;
    const { answer } = await onItsWay((onSent) => (0,light_get/* lightGet */.p)({ url, headers: asClient(token), environment, signal, onSent }));
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


/***/ }),

/***/ 6644:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dy: () => (/* binding */ names),
/* harmony export */   Gq: () => (/* binding */ invalid),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   KT: () => (/* binding */ named),
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   nG: () => (/* binding */ safePath),
/* harmony export */   vE: () => (/* binding */ givenToken)
/* harmony export */ });
/* unused harmony exports required, durationMs, keyValues, withoutValue */
/* harmony import */ var _slipway_report__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8636);
/* harmony import */ var _suggestion_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7909);
/* harmony import */ var _texts_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2205);



/** One line of text, or undefined where the input is blank. A line break or a leading "-" is a problem. */
function text(values, name, problems) {
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
        return text(values, name, problems);
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
        invalid(name, value, `it must be one of: ${options.join(', ')}`, (0,_suggestion_js__WEBPACK_IMPORTED_MODULE_0__/* .insteadOf */ .c)(value, options), problems);
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
    const reason = (0,_texts_js__WEBPACK_IMPORTED_MODULE_1__/* .unsafePath */ .Kc)(value);
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
    const line = (0,_slipway_report__WEBPACK_IMPORTED_MODULE_2__/* .inertLine */ .Fq)(value);
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


/***/ }),

/***/ 4206:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CT: () => (/* binding */ sharedPolicy),
/* harmony export */   bQ: () => (/* binding */ secretTypeRule),
/* harmony export */   k9: () => (/* binding */ configKeyRule),
/* harmony export */   pR: () => (/* binding */ clusterRule),
/* harmony export */   tj: () => (/* binding */ branchRule),
/* harmony export */   uM: () => (/* binding */ extendsRule),
/* harmony export */   vS: () => (/* binding */ roleRule),
/* harmony export */   wC: () => (/* binding */ configNameRule),
/* harmony export */   xd: () => (/* binding */ variableRule)
/* harmony export */ });
/* harmony import */ var _texts_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2205);

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
    is: (text) => sharedPolicy(text) !== undefined || (!text.includes('//') && !text.includes('@') && (0,_texts_js__WEBPACK_IMPORTED_MODULE_0__/* .unsafePath */ .Kc)(text) === undefined),
    rule: 'a file of another repository, such as acme/platform//environments.yml@main, or a path inside the workspace',
};
/** The parts of `owner/name//path@ref`; undefined where the text is none. */
function sharedPolicy(text) {
    const [, repository = '', path = '', ref = ''] = /^([A-Za-z0-9][\w.-]*\/[\w.-]+)\/\/([^@]+)@(.+)$/.exec(text) ?? [];
    return repository !== '' && (0,_texts_js__WEBPACK_IMPORTED_MODULE_0__/* .unsafePath */ .Kc)(path) === undefined && branchRule.is(ref) ? { repository, path, ref } : undefined;
}
/** The name of a branch, a tag or a commit, as far as it can do no harm in a request. */
const branchRule = {
    is: (text) => /^[A-Za-z0-9_][\w./+#-]{0,243}$/.test(text) && !text.includes('..') && !text.endsWith('/') && !text.endsWith('.lock'),
    rule: 'the name of a branch, a tag or a commit',
};


/***/ }),

/***/ 7909:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ insteadOf)
/* harmony export */ });
/* unused harmony export suggestion */
/* harmony import */ var fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1916);

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
    const plain = (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(given, name);
    if (plain < 2)
        return plain;
    const swapped = Array.from({ length: Math.max(0, given.length - 1) }, (_, at) => `${given.slice(0, at)}${given.slice(at + 1, at + 2)}${given.slice(at, at + 1)}${given.slice(at + 2)}`);
    return Math.min(plain, ...swapped.map((other) => 1 + (0,fastest_levenshtein__WEBPACK_IMPORTED_MODULE_0__/* .distance */ .Io)(other, name)));
}


/***/ }),

/***/ 2205:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   Kc: () => (/* binding */ unsafePath)
/* harmony export */ });
/* unused harmony export matchesPattern */
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


/***/ }),

/***/ 9281:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D$: () => (/* binding */ tagRule),
/* harmony export */   G9: () => (/* binding */ serviceRule),
/* harmony export */   GX: () => (/* binding */ accountRule),
/* harmony export */   Yd: () => (/* binding */ environmentRule),
/* harmony export */   ZT: () => (/* binding */ digestRule),
/* harmony export */   gI: () => (/* binding */ targetRule),
/* harmony export */   iJ: () => (/* binding */ namespaceRule),
/* harmony export */   jG: () => (/* binding */ repositoryRule),
/* harmony export */   l5: () => (/* binding */ regionRule)
/* harmony export */ });
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
const serviceRule = {
    is: (text) => text.length <= 53 && dnsLabel.test(text),
    rule: 'at most 53 lower-case letters, digits or "-", with a letter or digit at both ends',
};
const targetRule = { is: (text) => isLabel(text), rule: labelRule() };
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


/***/ }),

/***/ 371:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BR: () => (/* binding */ highest),
/* harmony export */   kk: () => (/* binding */ bumps),
/* harmony export */   yU: () => (/* binding */ nextVersion)
/* harmony export */ });
/* unused harmony export lastStable */
/* harmony import */ var semver_functions_inc_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2338);
/* harmony import */ var semver_functions_inc_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(semver_functions_inc_js__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2989);


const bumps = ['auto', 'major', 'minor', 'patch', 'prerelease'];
/**
 * The version that follows those which the commit comes after; undefined where `auto` finds no change.
 *
 * `auto` steps by the weightiest commit: breaking, feature, anything else. Before 1.0.0 nothing is promised yet, so a
 * breaking change is a minor step there. Without any version before it, it is 1.0.0. `prerelease` counts up the
 * candidates of the version that `auto` would give: `1.5.0-rc.1`, `1.5.0-rc.2`.
 * @param reachable the versions that the commit comes after.
 * @param commits those since `lastStable(reachable)`.
 */
function nextVersion(bump, reachable, commits) {
    const last = lastStable(reachable);
    if (bump === 'auto' && last !== undefined && commits.length === 0)
        return undefined;
    const release = last === undefined ? checked('1.0.0') : stepped(last, bump === 'auto' || bump === 'prerelease' ? stepOf(commits, last) : bump);
    return bump === 'prerelease' ? candidate(release, highest(reachable)) : release;
}
/** The highest version that is no pre-release. */
function lastStable(versions) {
    return highest(versions.filter((version) => !(0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .isPrerelease */ .V1)(version)));
}
/** The highest version of all. */
function highest(versions) {
    return versions.toSorted(_version_js__WEBPACK_IMPORTED_MODULE_1__/* .compareVersions */ .Zy).at(-1);
}
function stepOf(commits, last) {
    if (commits.some(({ isBreaking }) => isBreaking))
        return last.startsWith('0.') ? 'minor' : 'major';
    return commits.some(({ type }) => type === 'feat') ? 'minor' : 'patch';
}
function candidate(release, before) {
    if (before === undefined || !(0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .isPrerelease */ .V1)(before))
        return checked(`${release}-rc.1`);
    const core = checked(before.slice(0, before.indexOf('-')));
    return (0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .compareVersions */ .Zy)(core, release) < 0 ? checked(`${release}-rc.1`) : checked(semver_functions_inc_js__WEBPACK_IMPORTED_MODULE_0___default()(before, 'prerelease'));
}
function stepped(version, step) {
    return checked(semver_functions_inc_js__WEBPACK_IMPORTED_MODULE_0___default()(version, step));
}
function checked(text) {
    if (text !== null && _version_js__WEBPACK_IMPORTED_MODULE_1__/* .versionRule */ .Ju.is(text))
        return text;
    throw new Error(`no version: ${String(text)}`);
}


/***/ }),

/***/ 2989:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J9: () => (/* binding */ versionPrefix),
/* harmony export */   Ju: () => (/* binding */ versionRule),
/* harmony export */   V1: () => (/* binding */ isPrerelease),
/* harmony export */   Zy: () => (/* binding */ compareVersions),
/* harmony export */   mx: () => (/* binding */ versionOfTag)
/* harmony export */ });
/* unused harmony export isCalled */
/* harmony import */ var semver_functions_compare_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8469);
/* harmony import */ var semver_functions_compare_js__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(semver_functions_compare_js__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var semver_functions_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6353);
/* harmony import */ var semver_functions_parse_js__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(semver_functions_parse_js__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9281);



const versionRule = {
    // What cannot be an image's tag could not be deployed; build metadata would let two tags be one version.
    is: (text) => _names_js__WEBPACK_IMPORTED_MODULE_2__/* .tagRule */ .D$.is(text) && /^\d/.test(text) && semver_functions_parse_js__WEBPACK_IMPORTED_MODULE_1___default()(text)?.version === text,
    rule: 'a semantic version such as 1.4.0 or 1.5.0-rc.1: three numbers without leading zeros, no "v", no "+", at most 128 characters',
};
/** Negative where `a` comes before `b`, by the precedence of semver.org, section 11. */
function compareVersions(a, b) {
    return semver_functions_compare_js__WEBPACK_IMPORTED_MODULE_0___default()(a, b);
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
/* harmony export */   tJ: () => (/* binding */ inert)
/* harmony export */ });
/* unused harmony exports visible, markdownBlock */
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

/***/ 4282:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ lightGet)
/* harmony export */ });
/* harmony import */ var _headers_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5753);

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
                resolve({ status: response.statusCode ?? 0, headers: (0,_headers_js__WEBPACK_IMPORTED_MODULE_0__/* .joinedHeaders */ .A)(response.headers), text: () => Promise.resolve(new TextDecoder().decode(bytes)), bytes: () => Promise.resolve(bytes) });
            });
        });
        request.on('error', reject).on('finish', onSent);
    });
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

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

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
/******/ var __webpack_exports__ = __nccwpck_require__(7163);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
