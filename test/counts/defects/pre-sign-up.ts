// The trigger with what no trigger may have: another module of Node, a package, a tool of this machine, and a part of a
// room that it does without.
import { getServers } from "node:dns";
import { parse } from "yaml";
import { handler as trigger } from "../../../src/handlers/pre-sign-up.ts";
import { compilePolicy } from "../../../src/policy/compile.ts";
import { readPolicyDirectory } from "../../../src/tools/machine/policy-files.ts";

export const handler = (event: unknown) =>
  parse(getServers().join()) === event ? compilePolicy(readPolicyDirectory("policies")) : trigger(event);
