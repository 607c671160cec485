import { SUBPROTOCOL } from "../../../../authorizers/handshake-subprotocols.ts";

/** Characters of a JWT, without a break. */
const RUN = /[\w.-]+/g;

/** How the header of a JWT begins: Base64url of `{"`, or of `{` and ten characters more. */
const HEADER = /eyJ|e[yw][\w-]{10}/;

/** Where a token begins in a run: in a part that another one follows. */
function tokenStart(run: string): number {
  let from = 0;
  for (const part of run.split(".").slice(0, -1)) {
    const at = part.search(HEADER);
    if (at >= 0) return from + at;
    from += part.length + 1;
  }
  return -1;
}

/** Replaces everything that looks like a JWT, or like what is left of one. */
export function withTokens(text: string, replacement: (token: string) => string): string {
  return text.replaceAll(RUN, (run) => {
    const at = tokenStart(run);
    return at < 0 ? run : run.slice(0, at) + replacement(run.slice(at));
  });
}

/** The tokens in a text, in their order. */
export function tokensIn(text: string): readonly string[] {
  return [...text.matchAll(RUN)].flatMap(([run]) => {
    const at = tokenStart(run);
    return at < 0 ? [] : [run.slice(at)];
  });
}

const SCHEME = new RegExp(`^(?:Bearer|Basic|Digest|DPoP|${SUBPROTOCOL})$`, "i");

/** Whether a word says how a caller proves itself, and is no proof. */
export function isScheme(word: string): boolean {
  return SCHEME.test(word);
}

/** Credentials behind the name of a scheme, except placeholders of samples. */
const CREDENTIALS = /\b(Bearer|Basic|Digest|DPoP)(\s+)(?!\{\{)[^\s,;"']+/gi;

/** Replaces credentials that are no tokens, as `Basic` and opaque ones. */
export function withCredentials(text: string, replacement: (scheme: string) => string): string {
  return text.replaceAll(CREDENTIALS, (_, scheme: string, gap: string) => scheme + gap + replacement(scheme));
}

/** Names of fields whose value proves something, or may. */
const SECRET_WORDS =
  /pass(?:word|wd|phrase|code)|secret|credential|cookie|csrf|xsrf|jwt|api-?key|private-?key|signature|assertion|answer|session|proof|otp|\bpin\b|token|verifier|challenge/i;

/** `code`, `mfaCode`, `code_challenge` and the like, but not `statusCode` or `accept-encoding`. */
const CODES =
  /^(?:.*[_-])?code(?:[_-].*)?$|(?:mfa|auth|login|sms|email|verification|confirmation|user)-?code/i;

/** Fields of these names that prove nothing. */
const HARMLESS = new Set(["codeParameter", "statusCode", "token_use"]);

/** Whether the value of a field of this name may be a secret. */
export function isSecretField(name: string): boolean {
  return !HARMLESS.has(name) && (SECRET_WORDS.test(name) || CODES.test(name));
}

/** Fields that a client fills as it likes. Nothing is decided by them, so all of their values count as secrets. */
const FREE = new Set(["clientMetadata", "validationData"]);

export function isFreeField(name: string): boolean {
  return FREE.has(name);
}

/** Fields that hold what a caller proves itself by, beside the name of a scheme or a subprotocol. */
const CREDENTIAL = /^(?:authorization|authorizationToken|identitySource|sec-websocket-protocol)$/i;

export function isCredentialField(name: string): boolean {
  return CREDENTIAL.test(name);
}

const HEADERS = new Set(["headers", "multiValueHeaders", "requestHeaders"]);

/** Whether a field of this name has the headers of a request. */
export function isHeaderField(name: string): boolean {
  return HEADERS.has(name);
}

/** Headers that are about the connection. Any other header may be an app's own secret. */
const KNOWN_HEADERS =
  /^(?:accept(?:-(?:charset|encoding|language))?|authorization|cache-control|connection|content-(?:length|type)|host|origin|pragma|sec-(?:ch-ua.*|fetch-.*|websocket-(?:extensions|key|protocol|version))|te|upgrade|user-agent|via|x-amzn-trace-id|x-forwarded-(?:for|host|port|proto)|x-http-method(?:-override)?|x-method-override)$/i;

export function isSecretHeader(name: string): boolean {
  return !KNOWN_HEADERS.test(name);
}
