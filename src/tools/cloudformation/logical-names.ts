import { createHash } from "node:crypto";

/**
 * The logical name of a group's resource. It must never change: CloudFormation would treat it as another group, and
 * creating the new one would fail, since the old one is kept.
 *
 * `support` is `SupportGroup`. Any other name ends in a digest of itself, so that no two groups share a logical name:
 * neither `team-a` and `teamA`, nor `Support` and `support`.
 */
export function groupLogicalName(group: string): string {
  if (PLAIN.test(group)) return `${capital(group)}Group`;
  const readable = group
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join("")
    .slice(0, LONGEST_READABLE);
  return `${readable}Group${createHash("sha256").update(group).digest("hex").slice(0, DIGEST_DIGITS)}`;
}

/**
 * One capital letter is added in front, so names that begin in lower case stay distinct. `ordersLog` is an
 * exception: it would have the logical name that the framework gives the log group of a function `orders`.
 */
const PLAIN = /^[a-z][A-Za-z0-9]*(?<!Log)$/;

/** A logical name has at most 255 letters and digits. */
const LONGEST_READABLE = 100;

const DIGEST_DIGITS = 20;

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** The logical names that the framework gives to the resources of a function. */
export interface FunctionIds {
  readonly function: string;
  readonly logGroup: string;
  /** The role that claimgate gives it, where serverless.yml names none. */
  readonly role: string;
}

/**
 * @param name the key under `functions`
 * @see node_modules/serverless/lib/plugins/aws/lib/naming.js, getNormalizedResourceName
 */
export function functionIds(name: string): FunctionIds {
  const text = name.replace(/-/g, "Dash").replace(/_/g, "Underscore");
  const prefix = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return { function: `${prefix}LambdaFunction`, logGroup: `${prefix}LogGroup`, role: `${prefix}Role` };
}

/**
 * The logical name of the user pool that the framework creates for an event `cognitoUserPool`.
 *
 * @param pool the name in the event
 * @see node_modules/serverless/lib/plugins/aws/lib/naming.js, getCognitoUserPoolLogicalId
 */
export function poolOfEvent(pool: string): string {
  return `CognitoUserPool${capital(pool.replace(/[^0-9A-Za-z]/g, ""))}`;
}

/** The name that policies give an app client of the template: `WebClient` is `web`. */
export function clientNameOf(logicalId: string): string {
  const bare = logicalId.replace(/(?<=.)Client$/, "");
  return `${bare.slice(0, 1).toLowerCase()}${bare.slice(1)}`;
}
