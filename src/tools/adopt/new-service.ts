import type { PolicyFile } from "../../policy/compile.ts";

/** The gateways of a new service. */
export const NEW_GATEWAYS = ["http", "rest"] as const;

export type NewGateway = (typeof NEW_GATEWAYS)[number];

/** The name of the service in the templates. */
const PLACEHOLDER = "my-service";

/**
 * Why a service cannot have a name; undefined if it can. Its CloudFormation stack has it, and with stage and account so
 * does the domain of its sign-in pages: at most 63 lower-case letters, digits and dashes, without these words (Amazon
 * Cognito API reference, CreateUserPoolDomain).
 */
export function serviceNameProblem(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    return "expected lower-case letters, digits and dashes, a letter first";
  }
  if (name.endsWith("-")) return "expected a letter or a digit at the end";
  if (name.length < SHORTEST) return `expected at least ${SHORTEST} characters`;
  if (name.length > LONGEST) return `expected at most ${LONGEST} characters`;
  const reserved = ["aws", "amazon", "cognito"].find((word) => name.includes(word));
  return reserved === undefined ? undefined : `Cognito refuses a domain that contains \`${reserved}\``;
}

/** The framework refuses a service whose name is one letter. */
const SHORTEST = 2;

/** Leaves room for the stage and the account. */
const LONGEST = 40;

/**
 * The files of a new service: those of every gateway, and those of one. In the package a leading `_` keeps npm and
 * editors from taking a template for a file of claimgate itself.
 *
 * @param templates the files below templates/new: `common/serverless.yml`
 */
export function newServiceFiles(
  templates: readonly PolicyFile[],
  gateway: NewGateway,
  name: string,
): readonly PolicyFile[] {
  const places = [`common/`, `${gateway}/`];
  return templates.flatMap(({ path, text }) => {
    const place = places.find((one) => path.startsWith(one));
    if (place === undefined) return [];
    const own = path.slice(place.length).replace(/^_/, "");
    return [{ path: own.replace(/^gitignore$/, ".gitignore"), text: text.replaceAll(PLACEHOLDER, name) }];
  });
}
