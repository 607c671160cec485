import { isSubject, SUBJECT_PREFIXES, type Subject, type SubjectPrefix } from "./subject.ts";
import { nearest } from "./suggestion.ts";
import { hasBraces, tenantGroupProblem } from "./tenant-group.ts";

const ROLE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const CLIENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
// Amazon Cognito, API reference, CreateGroup: GroupName, 1 to 128 characters of this class.
// Before it the pool alias, where there are several (src/token/issuer.ts).
const GROUP_NAME = /^(?:[a-z][a-z0-9-]{0,31}\/)?[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
// RFC 6749 section 3.3: scope-token.
const SCOPE_NAME = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** Why a subject with this prefix cannot have the name; undefined if it can. */
export function subjectNameProblem(subject: Subject): string | undefined {
  const colon = subject.indexOf(":");
  const name = subject.slice(colon + 1);
  switch (subject.slice(0, colon)) {
    case "role":
      return ROLE_NAME.test(name) ? undefined : "a role name may contain only letters, digits and `. _ -`";
    case "client":
      return CLIENT_NAME.test(name)
        ? undefined
        : "the name of an app client in serverless.yml may contain only letters, digits and `_ -`";
    case "group":
      if (!GROUP_NAME.test(name)) return "a Cognito group name has 1 to 128 characters and no spaces";
      return hasBraces(subject) ? tenantGroupProblem(subject) : undefined;
    case "scope":
      return SCOPE_NAME.test(name)
        ? undefined
        : "an OAuth scope cannot contain spaces, quotes or backslashes";
    default:
      return /\s/.test(name) ? "a user's `sub` cannot contain spaces" : undefined;
  }
}

/**
 * The subjects that a string without a known prefix may mean: only valid ones, with the prefixes that its column
 * allows, in their order.
 */
export function likelySubjects(text: string, prefixes: readonly SubjectPrefix[]): readonly Subject[] {
  if (text === "*") return [];
  const colon = text.indexOf(":");
  const prefix = colon < 0 ? undefined : nearest(text.slice(0, colon), SUBJECT_PREFIXES);
  const meant =
    colon < 0
      ? prefixes.filter((one) => one === "role" || one === "group").map((one) => `${one}:${text}`)
      : prefixes.filter((one) => one === prefix).map((one) => `${one}${text.slice(colon)}`);
  return meant.filter((one) => isSubject(one)).filter((one) => subjectNameProblem(one) === undefined);
}

/** The fix for a string that is not a subject and not close to one. */
export function subjectGuide(text: string): string {
  if (text === "*") return "for every signed-in user write `role:authenticated`";
  if (text.indexOf(":") === text.length - 1) return "add a name after the colon";
  if (/\s/.test(text)) return "write one of these prefixes and a name without spaces";
  return "write one of these prefixes before the name";
}
