// Secrets in text become ‹hidden›: in one place, before anything is kept or shown. `sanitise` calls it for all that hosts say.

export const hidden = '‹hidden›';

/** Most text has nothing of the kind, and thousands of log lines a second pass here: each of these is quick to say no. */
const suspicious = [
  /pass|pwd|secret|token|key|credential|bearer|basic|authoriz|cookie/i,
  /-----B|eyJ|LS0tLS1|-u |--user|AKIA|ASIA|gh[a-z]_/,
  /:\/\/[^\s/]*@/,
  /\.[a-z0-9]{16}/,
  /^\s*[A-Za-z0-9+/]{56}/m,
];

const privateKey = /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g;
/** A PEM file in base64, as kubeconfigs hold keys; a certificate looks the same. */
const encodedPem = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]*/g;
const jsonWebToken = /\beyJ[\w-]{10,}(?:\.[\w-]+){0,2}={0,2}/g;
const knownTokens = /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[a-z]_[A-Za-z0-9]{20,}|[a-z0-9]{6}\.[a-z0-9]{16})\b/g;
const base64Line = /^(\s*)([A-Za-z0-9+/]{56,}={0,2})(\s*)$/gm;
const inUrl = /(:\/\/)([^\s:/@]*)(?::([^\s/]*))?@/g;
const authorization =
  /(authorization["'\\]*\s*[:=]\s*["'\\]*)((?:bearer|basic|digest|token|negotiate)\s+)?([^\s"'\\,]+)/gi;
const scheme = /\b((?:bearer|basic)\s+)([\w.~+/-]{8,}=*)/gi;
const cookie = /\b((?:set-)?cookie["'\\]*:\s*["'\\]*)([^"'\\]+)/gi;
const userOption = /((?:^|\s)(?:-u|--user)[ =])([^\s:]+):(\S+)/g;

const words =
  'passw(?:or)?d|passphrase|passcode|pwd|secret|token|api[-_.]?key|(?:access|private|client|encryption|signing)[-_.]?key|credential';
const name = `(?<![\\w.-])([\\w.-]{0,60}(?:${words})[\\w.-]{0,60}|[\\w.-]{0,60}[_-]pass|pass)`;
const value = `("[^"]*"|'[^']*'|\\\\"[^"\\\\]*\\\\"|[^\\s"'\\\\&]+)`;
const assigned = new RegExp(`${name}(["'\\\\]{0,2}\\s*[=:]\\s*)${value}`, 'gi');
const option = new RegExp(
  `(?<!\\S)(--?[\\w-]{0,60}(?:${words})[\\w-]{0,60})(\\s+(?:is\\s+)?)(?!-)(\\S+)`,
  'gi',
);

/** Names of files, addresses and switches are no secrets, and neither is the name of an etcd cluster. */
const harmlessName =
  /(file|dir|path|url|ttl|lookup|cluster-token|^-{0,2}auth-token|cleaner|controllers|name|namespace|mode|type|kind|count|age|expiry|issuer|audience|version)$/i;
const password = /pass|pwd/i;

/** The text without what gives access to something. Doing it twice changes nothing. Never throws. */
export function mask(text: string): string {
  if (!suspicious.some((one) => one.test(text))) return text;
  return text
    .replace(privateKey, `$1${hidden}$2`)
    .replace(encodedPem, hidden)
    .replace(jsonWebToken, hidden)
    .replace(knownTokens, hidden)
    .replace(base64Line, (line, before, blob, after) => (isMixed(blob) ? `${before}${hidden}${after}` : line))
    .replace(inUrl, (whole, slashes, user, pass) => {
      if (pass !== undefined) return `${slashes}${user}:${hidden}@`;
      return user.length >= 20 ? `${slashes}${hidden}@` : whole;
    })
    .replace(authorization, (whole, before, how = '', credentials) =>
      how !== '' || credentials.length >= 16 ? `${before}${how}${hidden}` : whole,
    )
    .replace(scheme, (whole, before, credentials) =>
      looksSecret(credentials) ? `${before}${hidden}` : whole,
    )
    .replace(cookie, `$1${hidden}`)
    .replace(userOption, `$1$2:${hidden}`)
    .replace(assigned, (whole, key, between, given, at, all) => {
      const before = all.slice(all.lastIndexOf('\n', at) + 1, at);
      const [after = ''] = all.slice(at + whole.length).split('\n', 1);
      return isSecret({ key, between, given, before, after }) ? `${key}${between}${quoted(given)}` : whole;
    })
    .replace(option, (whole, flag, space, given) =>
      isSecretFlag(flag) && isText(flag, given) && (password.test(flag) || looksSecret(given))
        ? `${flag}${space}${hidden}`
        : whole,
    );
}

/** Whether what is given to a flag of this name is a secret. */
export function isSecretFlag(flag: string): boolean {
  return new RegExp(words, 'i').test(flag) && !harmlessName.test(flag);
}

/** A flag's value as it may be shown; null stays null. */
export function valueShown(flag: string, value: string | null): string | null {
  if (value === null) return null;
  return isSecretFlag(flag) && isText(flag, value) ? hidden : mask(value);
}

interface Assigned {
  readonly key: string;
  readonly between: string;
  readonly given: string;
  /** What stands before the key on its line, and what after the value. */
  readonly before: string;
  readonly after: string;
}

function isSecret({ key, between, given, before, after }: Assigned): boolean {
  if (harmlessName.test(key) || !isText(key, given)) return false;
  if (password.test(key) || between.includes('=') || /^\\?["']/.test(given)) return true;
  // `token: it has expired` in the middle of a sentence is none; a line of YAML is, and so is a last word.
  return /^[\s-]*["'{]*$/.test(before) || after.trim() === '' || looksSecret(given);
}

function isText(key: string, given: string): boolean {
  const bare = given.replace(/^\\?["']|\\?["']$/g, '').replace(/[,;)}\]]+$/, '');
  if (bare === '' || /^(true|false|null|nil|none|<[^>]*>)$/i.test(bare)) return false;
  return password.test(key) ? !bare.startsWith('/') : !/^(\d+[a-z]{0,2}|\/.*)$/i.test(bare);
}

/** Has a digit, or is longer than words are. */
function looksSecret(text: string): boolean {
  return text !== hidden && (/\d/.test(text) || text.length >= 20);
}

function isMixed(blob: string): boolean {
  return /[a-z]/.test(blob) && /[A-Z]/.test(blob) && /\d/.test(blob);
}

/** As it was quoted, so that JSON stays JSON. */
function quoted(given: string): string {
  const [quote = ''] = /^\\?["']/.exec(given) ?? [];
  return `${quote}${hidden}${quote}`;
}

/**
 * For lines that come one by one: the lines between a private key's first and last line are hidden as well. Lines must
 * have been through `mask`.
 */
export function createKeyHider(): (line: string) => string {
  let inside = false;
  return (line) => {
    if (inside && /^\s*([A-Za-z0-9+/=]*|‹hidden›|[\w-]+: .*)\s*$/.test(line)) return hidden;
    const ends = /-----END [A-Z ]*PRIVATE KEY-----/.test(line);
    inside = !ends && /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line);
    return line;
  };
}
