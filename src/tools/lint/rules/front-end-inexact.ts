import { groupBy } from "../../../policy/group-by.ts";
import { frontEndPolicy, type InexactRow } from "../../front-end/front-end-policy.ts";
import { counted } from "../../text/counted.ts";
import { atSetting, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** A permission of a front end whose answer there can differ from the API's, since a row does not leave the server. */
export const frontEndInexact: Rule = {
  id: "front-end-inexact",
  category: "structure",
  severity: "warning",
  summary:
    "a front end can answer otherwise than the API, since a row about the permission does not leave the server",
  check,
};

const DIFFERS = {
  narrower: "the front end may hide what the API allows",
  wider: "the front end may offer what the API denies to single users",
} as const;

function* check({ rows, frontEnd }: LintSubject): Iterable<Problem> {
  if (frontEnd === undefined) return;
  const [permissions, literals] = [frontEnd.permissions, frontEnd.literals].map((list) =>
    list.map(({ text }) => text),
  );
  if (permissions === undefined || literals === undefined) return;
  const { inexact } = frontEndPolicy(rows, { permissions, literals });
  const found = groupBy(inexact, ({ permission }) => permission);
  for (const { text, ...at } of frontEnd.permissions) {
    for (const [differs, same] of groupBy(found.get(text) ?? [], (one) => one.differs)) {
      yield {
        ...atSetting(at),
        message: `${DIFFERS[differs]}: ${counted(same.length, "row")} for \`${text}\` ${same.length === 1 ? "stays" : "stay"} on the server, ${placesOf(same)}`,
        fix: "name groups instead of users, list the parameter of a literal below `literals`, or accept the difference",
      };
    }
  }
}

/** The first three. */
function placesOf(inexact: readonly InexactRow[]): string {
  const places = inexact.slice(0, 3).map(({ row }) => `${row.file}:${row.line}`);
  return `${places.join(", ")}${inexact.length > places.length ? " and more" : ""}`;
}
