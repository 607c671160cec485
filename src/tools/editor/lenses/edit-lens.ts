import type { Finding } from "../../../policy/finding.ts";
import { AUTHENTICATED, MACHINE } from "../../../policy/subject.ts";
import { describeAccess } from "../../access/access.ts";
import { type AccessChange, ANYBODY } from "../../access/access-changes.ts";
import type { PolicyDiff } from "../../access/policy-diff.ts";
import { number } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";

/** What the unsaved policy is compared with, and how it differs. */
export type Edit =
  /** The rows are the same, in whatever order. */
  | { readonly kind: "same" }
  | {
      readonly kind: "differs";
      readonly diff: Pick<PolicyDiff, "access" | "addresses" | "complete">;
      /** Groups whose IAM role or precedence differs. */
      readonly groups: readonly string[];
    }
  /** The policy in the editor does not load. */
  | { readonly kind: "broken"; readonly findings: readonly Finding[] }
  /** There is nothing to compare with: why, as a clause. */
  | { readonly kind: "no-base"; readonly why: string };

/** The lens at the top of a policy file, and the list that it opens. */
export interface EditLens {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Changes that the title names. */
const MOST_NAMED = 2;

/** `this edit: group:trainees gains POST /orders/{orderId}/refund` */
export function editLens(edit: Edit): EditLens {
  switch (edit.kind) {
    case "same":
      return { title: "this edit: no row differs from HEAD", lines: [] };
    case "no-base":
      return { title: `this edit: nothing to compare with: ${edit.why}`, lines: [] };
    case "broken": {
      const [first] = edit.findings;
      const at = first === undefined ? "" : `: ${first.file}:${first.line}: ${printable(first.message)}`;
      const more = edit.findings.length - 1;
      return { title: `this edit: the policy does not load${at}${andMore(more)}`, lines: [] };
    }
    case "differs":
      return differing(edit);
  }
}

function differing({ diff, groups }: Extract<Edit, { readonly kind: "differs" }>): EditLens {
  // What widens comes first, since it is what to look at.
  const access = [...diff.access].sort((a, b) => Number(b.widens) - Number(a.widens));
  const changes: readonly Change[] = [
    ...access.map(changeOf),
    ...diff.addresses.map(({ kind, row }) => ({ who: kind, what: row })),
    ...groups.map((name) => ({
      who: name === "*" ? "every group" : `group:${name}`,
      what: "has another IAM role or precedence",
    })),
  ];
  if (changes.length === 0) {
    const proven = diff.complete ? "proven" : `not proven: ${INCOMPLETE}`;
    return { title: `this edit: no access changes, ${proven}`, lines: [] };
  }
  const named = changes.slice(0, MOST_NAMED).map(({ who, what }, index) => {
    const before = changes[index - 1];
    if (before === undefined) return `${who} ${what}`;
    return before.who === who ? `, ${what}` : `; ${who} ${what}`;
  });
  const more = andMore(changes.length - MOST_NAMED);
  return {
    title: printable(`this edit: ${named.join("")}${more}${diff.complete ? "" : "; perhaps others"}`),
    lines: [
      ...changes.map(({ who, what }) => printable(`${who} ${what}`)),
      diff.complete ? "nothing else changes, proven" : `not proven that nothing else changes: ${INCOMPLETE}`,
    ],
  };
}

const INCOMPLETE = "the routes have too many paths to compare all of them";

interface Change {
  /** `group:trainees gains` */
  readonly who: string;
  readonly what: string;
}

function changeOf(change: AccessChange): Change {
  const { subject, beside, apps, route, permission, before, after, widens, narrows } = change;
  const had = before.kind === "allowed" || before.kind === "conditional";
  const has = after.kind === "allowed" || after.kind === "conditional";
  const verb = widens && narrows ? "changes" : widens ? "gains" : "loses";
  const partly =
    had && has && beside.length === 0 ? `: ${describeAccess(before)} -> ${describeAccess(after)}` : "";
  const when = after.kind === "conditional" && !had ? ` ${describeAccess(after)}` : "";
  const notes = [
    ...(beside.length === 0 ? [] : [` with ${beside.join(" or ")}`]),
    ...(apps.length === 0 ? [] : [` through ${apps.join(" or ")}`]),
  ];
  const target = route ?? `permission ${permission ?? ""}`;
  return { who: `${nameOf(subject)} ${verb}`, what: `${target}${when}${partly}${notes.join("")}` };
}

function nameOf(subject: AccessChange["subject"]): string {
  if (subject === ANYBODY) return "anyone without a token";
  if (subject === AUTHENTICATED) return "every user";
  return subject === MACHINE ? "every machine" : subject;
}

function andMore(count: number): string {
  return count > 0 ? ` and ${number(count)} more` : "";
}
