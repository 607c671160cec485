import { isSubject, type Subject } from "../../../policy/subject.ts";
import { subjectNameProblem } from "../../../policy/subject-name.ts";
import type { Problem } from "../refusal.ts";

/** What a name that is not a role stands for: a Cognito group, a user's `sub`, or a user who joins groups. */
export const CALLER_KINDS = ["groups", "users", "members"] as const;

export type CallerKind = (typeof CALLER_KINDS)[number];

type SubjectReading = { readonly subject: Subject } | { readonly problem: Problem };

/** The subjects of the names of a policy. No two names get the same. */
export class Callers {
  readonly kind: CallerKind | undefined;
  readonly #roles: ReadonlySet<string>;
  readonly #owners = new Map<Subject, string>();

  /** @param roles the names to the right in `g` rows */
  constructor(kind: CallerKind | undefined, roles: ReadonlySet<string>) {
    this.kind = kind;
    this.#roles = roles;
  }

  /** The subject of a name. A name with a prefix keeps it. */
  of(name: string): SubjectReading {
    const isRole = this.#roles.has(name);
    const subject = isSubject(name) ? name : this.#prefixed(name);
    if (subject === undefined) return { problem: unknownCaller(name, this.kind) };
    if (isRole && !subject.startsWith("role:")) {
      return {
        problem: {
          message: `\`${name}\` is the role of a \`g\` row, and only \`role:\` can be one`,
          fix: "rename the role in the old policy",
        },
      };
    }
    return this.#owned(name, subject);
  }

  /** The Cognito group whose members are to have a role. */
  groupOf(role: string): SubjectReading {
    return this.#owned(role, `group:${role.replace(/^role:/, "")}`);
  }

  /** Whether the name is a user who gets roles from groups alone. */
  isMember(name: string): boolean {
    return this.kind === "members" && !this.#roles.has(name) && !isSubject(name);
  }

  #prefixed(name: string): Subject | undefined {
    if (this.#roles.has(name)) return `role:${name}`;
    if (this.kind === "groups") return `group:${name}`;
    return this.kind === "users" ? `user:${name}` : undefined;
  }

  #owned(name: string, subject: Subject): SubjectReading {
    const problem = subjectProblem(name, subject, this.#owners.get(subject));
    if (problem !== undefined) return { problem };
    this.#owners.set(subject, name);
    return { subject };
  }
}

function subjectProblem(name: string, subject: Subject, owner: string | undefined): Problem | undefined {
  if (owner !== undefined && owner !== name) {
    return {
      message: `\`${name}\` and \`${owner}\` both become \`${subject}\``,
      fix: "rename one of them in the old policy",
    };
  }
  if (subject === "role:authenticated" || subject === "role:machine") {
    const who = subject === "role:machine" ? "machine" : "signed-in user";
    return {
      message: `\`${subject}\` is built in: every ${who} has it`,
      fix: "rename the role in the old policy",
    };
  }
  const wrong = subjectNameProblem(subject);
  if (wrong === undefined) return undefined;
  return { message: `\`${name}\` cannot be \`${subject}\`: ${wrong}`, fix: "rename it in the old policy" };
}

function unknownCaller(name: string, kind: CallerKind | undefined): Problem {
  if (kind === "members") {
    return {
      message: `the row gives \`${name}\` a permission without a role`,
      fix: "give the permission to a role, and the role to the user by a `g` row",
    };
  }
  return {
    message: `\`${name}\` is not a role, so it is a caller of your service`,
    fix: "say what callers are: `--callers groups`, `--callers users` or `--callers members`",
  };
}
