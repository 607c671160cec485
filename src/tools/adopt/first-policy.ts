import type { PolicyFile } from "../../policy/compile.ts";
import { firstTests } from "./first-tests.ts";
import type { GivenRoute } from "./given-today.ts";
import { type Grants, grantsOf } from "./grants.ts";
import { groupSettings, groupsFile, rolesFile, routesFile, signUpFile } from "./policy-texts.ts";
import type { SignUpNames } from "./sign-up-names.ts";

/** A policy to start with. */
export interface FirstPolicy {
  /** The files to write beside `model.conf`; paths are relative to the directory. */
  readonly files: readonly PolicyFile[];
  /** Routes with a permission, and public ones, in the spelling of the policy. */
  readonly guarded: readonly string[];
  readonly open: readonly string[];
  /** Routes that another authorizer decides; the policy does not mention them. */
  readonly elsewhere: Grants["elsewhere"];
}

/**
 * A policy that gives what the routes give today. Routes of unknown callers get two roles, which no one has yet.
 *
 * @param signUp what new users of the pool give; undefined if that is not known
 */
export function firstPolicy(routes: readonly GivenRoute[], signUp?: SignUpNames): FirstPolicy {
  const grants = grantsOf(routes);
  return {
    files: [
      { path: "routes.csv", text: routesFile(grants) },
      { path: "roles.csv", text: rolesFile(grants) },
      { path: "groups.csv", text: groupsFile(grants) },
      { path: "sign-up.csv", text: signUpFile(signUp?.phones === true) },
      { path: "groups.yaml", text: groupSettings(grants) },
      { path: "tests/access.test.yaml", text: firstTests(grants) },
    ],
    guarded: [...grants.permissions.keys()],
    open: grants.open,
    elsewhere: grants.elsewhere,
  };
}
