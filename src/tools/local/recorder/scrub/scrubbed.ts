import { type JsonObject, objectOf, textOf, textsOf } from "../../../../json.ts";
import { LOCAL } from "../../identifiers.ts";
import type { TokenKind } from "../../personas/minting.ts";
import type { Persona, Personas, UserPersona } from "../../personas/personas.ts";
import { isTrigger } from "../event-kind.ts";
import { rewritten } from "./rewriting.ts";
import { withSampleContext } from "./sample-context.ts";
import { SampleNames } from "./sample-names.ts";
import { isScheme, tokensIn, withCredentials, withTokens } from "./secrets.ts";

/** What the stack knows of a token that it issued. */
export interface KnownToken {
  readonly kind: TokenKind;
  readonly claims: JsonObject;
}

/** What scrubbing has to know of the stack. */
export interface Scrubbing {
  readonly personas: Personas;
  /** Addresses that are in the repository already, as those of the policy. */
  readonly known: ReadonlySet<string>;
  /** Undefined for a token that no key of the pool signed. */
  readonly tokenOf: (token: string) => KnownToken | undefined;
}

/** A value that was a secret. */
const SECRET = "sample";
const NO_TOKEN = "not-a-token";

/** Of events of gateways, and of those of the user pool. */
const ACCOUNTS = { gateway: "111122223333", trigger: LOCAL.accountId };

/**
 * A recorded event as a sample: tokens become placeholders of `events/personas.json`, addresses those of example.com,
 * ids those of samples; passwords, codes, cookies and headers of apps are gone.
 *
 * @throws RangeError where a token is of somebody whom no persona stands for
 */
export function scrubbed(event: JsonObject, scrubbing: Scrubbing): JsonObject {
  const { personas, known, tokenOf } = scrubbing;
  const tokens = new Map<string, { readonly placeholder: string; readonly names: Names }>();
  for (const token of tokensIn(JSON.stringify(event))) {
    const what = tokenOf(token);
    if (what !== undefined) tokens.set(token, standIn(what, personas));
  }
  const subject = isTrigger(event) ? triggerNames(event, personas) : [];
  const names = new Map([...tokens.values()].flatMap((one) => one.names).concat(subject));
  const addresses = new Set([...known, ...users(personas).map(({ email }) => email)]);
  const account = isTrigger(event) ? ACCOUNTS.trigger : ACCOUNTS.gateway;
  const samples = new SampleNames(names, addresses, account);
  const token = (found: string) => tokens.get(found)?.placeholder ?? NO_TOKEN;
  const text = (given: string) => samples.in(withCredentials(withTokens(given, token), () => NO_TOKEN));
  const whole = rewritten(event, {
    text,
    secret: (given) => {
      if (given === "" || isPlaceholder(given)) return given;
      return tokens.has(given) ? token(given) : SECRET;
    },
    credential: (word) => (isScheme(word) || isPlaceholder(word) ? word : token(word)),
  });
  const sample = withSampleContext(objectOf(whole));
  return isTrigger(sample) ? withSampleUser(sample, event, personas) : sample;
}

type Names = readonly (readonly [name: string, sample: string])[];

const isPlaceholder = (word: string) => /^\{\{[a-z-]+:[a-z0-9-]+\}\}$/.test(word);

const users = (personas: Personas) =>
  [...personas.values()].filter((one): one is UserPersona => one.kind === "user");

/** The placeholder of a token, and what the persona is called instead of its user. */
function standIn({ kind, claims }: KnownToken, personas: Personas) {
  const persona = personaFor(claims, personas);
  const pairs =
    persona.kind === "machine"
      ? []
      : [
          [claims["username"] ?? claims["cognito:username"], persona.username],
          // Last: it may be the user name as well.
          [claims["sub"], persona.sub],
          [claims["email"], persona.email],
          ...Object.entries(persona.attributes).map(([name, value]) => [
            claims[name] ?? claims[`custom:${name}`],
            value,
          ]),
        ];
  return { placeholder: `{{${kind}:${persona.name}}}`, names: namesIn(pairs) };
}

/** A shorter name is a part of too many words. */
const SHORTEST = 3;

function namesIn(pairs: readonly (readonly unknown[])[]): Names {
  return pairs.flatMap(([name, sample]) =>
    typeof name === "string" && name.length >= SHORTEST && typeof sample === "string"
      ? [[name, sample] as const]
      : [],
  );
}

/** The persona with the same groups, or the machine with the same client. */
function personaFor(claims: JsonObject, personas: Personas): Persona {
  const sub = textOf(claims["sub"]) ?? "";
  const client = textOf(claims["client_id"]) ?? textOf(claims["aud"]) ?? "";
  const groups = textsOf(claims["cognito:groups"]);
  const candidates = [...personas.values()].filter((one) =>
    one.kind === "machine"
      ? sub === client && clientId(one.client) === client
      : hasGroups(one, groups) && sub !== client,
  );
  const found = candidates.find((one) => one.kind === "user" && one.sub === sub) ?? candidates[0];
  if (found !== undefined) return found;
  const who = sub === client ? `the app client \`${client}\`` : `a user ${groupsInWords(groups)}`;
  throw new RangeError(
    `the token is that of ${who}, and events/personas.json has none; add one and save again`,
  );
}

function groupsInWords(groups: readonly string[]): string {
  return groups.length === 0 ? "without groups" : `in ${groups.map((name) => `\`${name}\``).join(", ")}`;
}

function hasGroups(persona: UserPersona, groups: readonly string[]): boolean {
  return persona.groups.length === groups.length && persona.groups.every((name) => groups.includes(name));
}

const clientId = (name: string) =>
  Object.entries(LOCAL.appClients).find(([logical]) => logical === name)?.[1];

/** The persona that a trigger is about, if there is one. */
function triggerPersona(event: JsonObject, personas: Personas): UserPersona | undefined {
  const { userAttributes, groupConfiguration } = objectOf(event["request"]);
  const { email, sub } = objectOf(userAttributes);
  const { groupsToOverride } = objectOf(groupConfiguration);
  const all = users(personas);
  const groups = textsOf(groupsToOverride);
  return (
    all.find((one) => one.email === email || one.sub === sub) ??
    (Array.isArray(groupsToOverride) ? all.find((one) => hasGroups(one, groups)) : undefined)
  );
}

function triggerNames(event: JsonObject, personas: Personas): Names {
  const persona = triggerPersona(event, personas);
  const name = textOf(event["userName"]) ?? "";
  const { email, sub } = objectOf(objectOf(event["request"])["userAttributes"]);
  const provider = /^([A-Za-z][\w.-]*)_[^_]+$/.exec(name)?.[1];
  const ownName =
    provider === undefined ? (persona?.username ?? "person-1") : `${provider}_100000000000000000001`;
  const isMachine = name === "ClientCredentials";
  return namesIn([
    ...(isMachine || (persona === undefined && isIdOrAddress(name)) ? [] : [[name, ownName]]),
    ...(persona === undefined
      ? []
      : [
          [email, persona.email],
          [sub, persona.sub],
        ]),
  ]);
}

/** The names of samples replace these by themselves. */
const isIdOrAddress = (name: string) => name.includes("@") || /^[0-9a-f-]{36}$/i.test(name);

/** Attributes that say nothing of a person, beside those of a persona. */
const PLAIN = /^(?:sub|email|phone_number|\w+_verified|identities|cognito:[\w:]+)$/;
const ASSIGNED = "custom:claimgate_assigned";

/** Other attributes may be anything: names, birthdays, places. */
function withSampleUser(sample: JsonObject, event: JsonObject, personas: Personas): JsonObject {
  const request = objectOf(sample["request"]);
  if (request["userAttributes"] === undefined) return sample;
  const own = triggerPersona(event, personas)?.attributes ?? {};
  const given = Object.entries(objectOf(request["userAttributes"]));
  const attributes = given.map(([name, value]): [string, unknown] => {
    if (PLAIN.test(name)) return [name, value];
    if (name === ASSIGNED) return [name, "2026-01-01T00:00:00.000Z"];
    return [name, own[name.replace(/^custom:/, "")] ?? SECRET];
  });
  const userAttributes: JsonObject = Object.fromEntries(attributes);
  return { ...sample, request: { ...request, userAttributes } };
}
