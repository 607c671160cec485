import { isSubject, type Subject } from "../../policy/subject.ts";
import { nearest } from "../../policy/suggestion.ts";
import { placesOf } from "../access/access-terms.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import type { NamesInPolicy } from "./names-in-policy.ts";
import type { Invariant } from "./policy-test.ts";
import type { At, PlacedText, YamlReader } from "./yaml-reader.ts";

const INVARIANT = ["name", "only", "never", "apart", "apps", "hold", "reach"];

interface InvariantReader {
  readonly yaml: YamlReader;
  readonly names: NamesInPolicy;
}

/** Reads one of `invariants`; none if it says nothing that can be proven. */
export function readInvariant(reader: InvariantReader, node: YamlNode): Invariant[] {
  const { yaml, names } = reader;
  const has = yaml.properties(node, INVARIANT, "an invariant");
  const at = yaml.at(node.offset);
  const apart = yaml.text(has.get("apart"));
  if (apart !== undefined) return readApart(reader, has, at, apart);
  const [only, never] = [yaml.texts(has.get("only")), yaml.texts(has.get("never"))];
  const listed = yaml.texts(has.get("apps"));
  if ([only, never, listed].filter(({ length }) => length > 0).length !== 1) {
    yaml.reportAt(at, "an invariant has either `only` or `never`, with subjects, `apps` or `apart`");
    return [];
  }
  const kind = only.length > 0 ? "only" : never.length > 0 ? "never" : "apps";
  const apps = listed.flatMap((one) => names.appNamed(one) ?? []);
  const subjects = [...only, ...never].flatMap((one): Subject[] => {
    if (!isSubject(one.text)) {
      yaml.reportAt(one, `\`${one.text}\` is not a subject`, "write `role:NAME` or `group:NAME`");
      return [];
    }
    names.checkKnown(one.text, one);
    return [one.text];
  });
  const said = has.get("hold") ?? has.get("reach");
  const reach = reachOf(has.get("hold"), has.get("reach"));
  const targets = reach === "listed" ? yaml.texts(said).flatMap((one) => names.reached(one)) : [];
  if (said === undefined || (kind === "only" && reach !== "listed")) {
    yaml.reportAt(at, "an invariant needs `hold:` (permissions) or `reach:` (routes)");
    return [];
  }
  const name = yaml.text(has.get("name"))?.text ?? `${kind} ${[...subjects, ...apps].join(", ")}`;
  return [{ ...at, name, kind, subjects, apps, reach, targets }];
}

/** All routes with the parameter are meant, so it takes no targets. */
function readApart(
  { yaml, names }: InvariantReader,
  has: ReadonlyMap<string, YamlNode>,
  at: At,
  { text: parameter, ...place }: PlacedText,
): Invariant[] {
  if (["only", "never", "apps", "hold", "reach"].some((name) => has.has(name))) {
    yaml.reportAt(at, "`apart` is about all routes with its parameter, and takes no other property");
    return [];
  }
  const known = [...new Set(names.policy.tenantRoles.map((group) => group.parameter))];
  const routes = [...names.policy.routeEntries.keys()];
  if (!known.includes(parameter) || !routes.some((route) => placesOf(route, undefined).has(parameter))) {
    const meant = nearest(parameter, known);
    const fix =
      meant === undefined
        ? "write the parameter of a row such as `g, group:{tenantId}.editors, role:editor`"
        : `did you mean \`${meant}\`?`;
    yaml.reportAt(place, `no group name and route of the policy have the parameter \`{${parameter}}\``, fix);
    return [];
  }
  const name = yaml.text(has.get("name"))?.text ?? `apart by ${parameter}`;
  return [{ ...at, name, kind: "apart", subjects: [], apps: [], parameter, reach: "listed", targets: [] }];
}

/** For routes `"*"` means all and `guarded` all that are not public; for permissions `"*"` means all. */
function reachOf(hold: YamlNode | undefined, reach: YamlNode | undefined): Invariant["reach"] {
  const said = hold ?? reach;
  if (said?.kind !== "text") return "listed";
  if (said.value === "*") return hold === undefined ? "every-route" : "every-permission";
  return hold === undefined && said.value === "guarded" ? "guarded-routes" : "listed";
}
