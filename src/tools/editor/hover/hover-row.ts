import type { CompiledPolicy } from "../../../policy/compile.ts";
import { rowText } from "../../../policy/csv.ts";
import { parseRows } from "../../../policy/parse.ts";
import { PUBLIC } from "../../../policy/permission.ts";
import { type AccessChange, ANYBODY } from "../../access/access-changes.ts";
import { effectsOfRow } from "../../access/row-effects.ts";
import { code } from "../../text/markdown.ts";
import { isRowType } from "../names/row-names.ts";
import { chainsTo, grantsOf, permissionsBelow, type RowFacts } from "../view/row-facts.ts";
import { chained, list, named, paragraphs } from "./markdown.ts";

/** What a row decides, from its fields with the type first; undefined for a line that is not a row. */
export function hoverOfRow(
  facts: RowFacts,
  fields: readonly string[],
  compiled: () => CompiledPolicy | undefined,
): string | undefined {
  const [type = "", ...values] = fields;
  if (!isRowType(type) || values.length === 0) return undefined;
  if (parseRows("", rowText(type, values)).findings.length > 0) return BROKEN;
  const said = describedRow(facts, fields);
  if (said === undefined || !DECIDING.has(type)) return said;
  const policy = compiled();
  const effects =
    policy === undefined ? undefined : effectsOfRow(policy, rowText(type, values), MOST_EFFECTS);
  if (effects === undefined) return said;
  return paragraphs(
    said,
    effects.length === 0
      ? "Without this row nothing would change."
      : list("Without this row", effects.flatMap(linesOf)),
  );
}

const BROKEN =
  "This row has a mistake: the policy does not load with it, and it neither allows nor denies. Its finding says what is wrong.";

/** Rows about addresses and directories decide no request. */
const DECIDING: ReadonlySet<string> = new Set(["p", "g", "g2", "p3"]);
const MOST_EFFECTS = 20;

/** The change says what the row gives: without it, the reverse. */
function linesOf({
  subject,
  route,
  permission,
  apps,
  beside,
  widens,
  narrows,
}: AccessChange): readonly string[] {
  const what = code(route ?? permission ?? "");
  const also = [
    ...(beside.length === 0 ? [] : [`next to ${named(beside, 2)}`]),
    ...(apps.length === 0 ? [] : [`through ${named(apps, 2)}`]),
  ];
  const who = [subject === ANYBODY ? "anybody" : code(subject), ...also].join(" ");
  return [...(widens ? [`${who} loses ${what}`] : []), ...(narrows ? [`${who} gains ${what}`] : [])];
}

function describedRow(facts: RowFacts, fields: readonly string[]): string | undefined {
  const [type, a, b, c, d] = fields;
  if (type === undefined || a === undefined || b === undefined) return undefined;
  switch (type) {
    case "p":
      return c === undefined ? undefined : ofPermissionRow(facts, [a, b, c, d]);
    case "g":
      return paragraphs(
        `${code(a)} has everything that ${code(b)} has.`,
        list(
          "This gives",
          (facts.grantsOfSubject.get(b) ?? []).map(({ row }) => code(row)),
        ),
      );
    case "g2":
      return b === PUBLIC
        ? `${code(a)} has no authorizer: everyone may call it.`
        : `Everyone with ${code(b)} may call ${code(a)}: ${named(holdersOf(facts, b)) || "nobody"}.`;
    case "p2":
      return `An address that matches ${code(a)} ${b === "deny" ? "may not sign up; a deny wins" : "may sign up"}.`;
    case "g3":
      return `A new user with a verified address that matches ${code(a)} joins ${code(b)}.`;
    case "p3":
      return `${code(a)} may use ${code(b)} on behalf of its users${c === undefined ? "" : `, if the token has the scope ${code(c)}`}.`;
    case "g4":
      return `The users of the directory group ${code(a)} have ${code(b)}.`;
    default:
      return undefined;
  }
}

function ofPermissionRow(
  facts: RowFacts,
  [subject, permission, effect, condition]: readonly [string, string, string, string | undefined],
): string {
  const routes = permissionsBelow(facts, permission).flatMap((each) => facts.routesOf.get(each) ?? []);
  const chains = chainsTo(facts, subject);
  const others = otherRows(facts, subject, permission, effect);
  return paragraphs(
    effect === "deny" ? "Denies, whatever other rows allow." : "Allows, unless another row denies.",
    condition === undefined || condition === "" ? undefined : `Only where ${code(condition)}.`,
    chains.length === 0 ? `Nobody has ${code(subject)}.` : list("To", chains.map(chained)),
    routes.length === 0 ? "No route needs the permission." : list("On", [...new Set(routes)].map(code)),
    others,
  );
}

/** The rows for the same subject that change what this one does. */
function otherRows(facts: RowFacts, subject: string, permission: string, effect: string): string | undefined {
  const own = grantsOf(facts, permission).filter((grant) => grant.subject === subject);
  const opposed = own.filter(({ denies }) => denies !== (effect === "deny"));
  return list(
    effect === "deny" ? "Overrules" : "Overruled by",
    opposed.map(({ row }) => code(row)),
  );
}

function holdersOf(facts: RowFacts, permission: string): readonly string[] {
  const allowing = grantsOf(facts, permission).filter(({ denies }) => !denies);
  return [
    ...new Set(allowing.flatMap(({ subject }) => chainsTo(facts, subject).map(([first = subject]) => first))),
  ];
}
