import type { App } from "../../policy/app.ts";
import { AUTHENTICATED, MACHINE } from "../../policy/subject.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import type { NamesInPolicy } from "./names-in-policy.ts";
import type { Principal } from "./policy-test.ts";
import type { At, YamlReader } from "./yaml-reader.ts";

const PRINCIPAL = ["groups", "roles", "user", "client", "scopes", "claims", "age"];

interface PrincipalReader {
  readonly yaml: YamlReader;
  readonly names: NamesInPolicy;
  /** The app of users that name none. */
  readonly defaultClient: string | undefined;
}

/** Reads one of `principals`. */
export function readPrincipal(
  reader: PrincipalReader,
  name: string,
  offset: number,
  node: YamlNode,
): Principal {
  const { yaml, names } = reader;
  const has = yaml.properties(node, PRINCIPAL, "a principal");
  const listed = (property: string, prefix: string) =>
    yaml.texts(has.get(property)).map(({ text }) => `${prefix}:${text}`);
  const claims = yaml.textMap(has.get("claims"));
  const at = yaml.at(offset);
  const ofUser = [...listed("groups", "group"), ...listed("roles", "role"), ...listed("user", "user")];
  // With groups or a `sub` it is a user, whose client and scopes are those of the app.
  const isUser = has.has("groups") || has.has("user") || ofUser.includes(AUTHENTICATED);
  const named = isUser ? ofUser : [...ofUser, ...listed("client", "client"), ...listed("scopes", "scope")];
  // Every signed-in user has a `sub`, so a principal without groups needs nothing else.
  const own = named.length === 0 ? [AUTHENTICATED] : named;
  const subjects = names.subjects(own.join(","), at);
  const age = yaml.wholeNumber(has.get("age"));
  const isMachine = subjects.includes(MACHINE);
  if (age !== undefined && isMachine) {
    yaml.reportAt(at, "a machine has no `age`: it never signs in", "remove it");
  }
  return { ...at, name, claims, age, subjects, app: isMachine ? undefined : appOf(reader, has, at, name) };
}

/** A user without an app would be denied everything, so each test of a deny would pass. */
function appOf(
  { yaml, names, defaultClient }: PrincipalReader,
  has: ReadonlyMap<string, YamlNode>,
  at: At,
  name: string,
): App | undefined {
  const written = yaml.text(has.get("client"));
  const client = written === undefined ? defaultClient : names.appNamed(written);
  const scopes = yaml.texts(has.get("scopes")).map(({ text }) => text);
  if (client !== undefined) return { client, scopes };
  if (written === undefined && names.policy.apps.size > 0) {
    const message = `the policy has \`p3\` rows, so the test must say which app \`${name}\` uses`;
    yaml.reportAt(at, message, "add `client: NAME` here, or at the top of the file for all users");
  }
  return undefined;
}
