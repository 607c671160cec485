import { rowText } from "../../../policy/csv.ts";
import type { Subject } from "../../../policy/subject.ts";
import type { Problem } from "../refusal.ts";
import type { Callers } from "./callers.ts";
import type { Cell, LinkRow } from "./rows.ts";

/** A user to put into a Cognito group. */
export interface Membership {
  readonly user: string;
  readonly group: string;
}

export interface ConvertedLinks {
  /** `g` rows between roles. */
  readonly roles: readonly string[];
  /** `g` rows that give roles to callers. */
  readonly callers: readonly string[];
  readonly memberships: readonly Membership[];
  readonly refused: readonly { readonly at: Cell; readonly problem: Problem }[];
}

/** `g` rows for the links, and the groups that users join instead. */
export function convertLinks(links: readonly LinkRow[], callers: Callers): ConvertedLinks {
  const roles = new Set<string>();
  const given = new Set<string>();
  const memberships: Membership[] = [];
  const refused: { at: Cell; problem: Problem }[] = [];
  for (const { member, role } of links) {
    const isMember = callers.isMember(member.text);
    const [of, to] = [isMember ? callers.groupOf(role.text) : callers.of(member.text), callers.of(role.text)];
    // With `groups` a token may have the name of a role, too.
    const group = callers.kind === "groups" ? callers.groupOf(role.text) : undefined;
    if ("problem" in to) refused.push({ at: role, problem: to.problem });
    else if ("problem" in of) refused.push({ at: member, problem: of.problem });
    else if (group !== undefined && "problem" in group) refused.push({ at: role, problem: group.problem });
    else {
      (of.subject.startsWith("role:") ? roles : given).add(link(of.subject, to.subject));
      if (group !== undefined) given.add(link(group.subject, to.subject));
      if (isMember) memberships.push({ user: member.text, group: of.subject.slice("group:".length) });
    }
  }
  return { roles: [...roles], callers: [...given], memberships, refused };
}

function link(member: Subject, role: Subject): string {
  return rowText("g", [member, role]);
}
