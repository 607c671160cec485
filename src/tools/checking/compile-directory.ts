import { type CompiledPolicy, compilePolicy } from "../../policy/compile.ts";
import { PolicyError } from "../../policy/finding.ts";
import { readPolicyDirectory } from "../machine/policy-files.ts";
import { lintDirectory } from "./lint-directory.ts";

/**
 * The policy of a directory, compiled as in packaging: lint errors prevent it.
 *
 * @throws PolicyError with every error; an error of the file system if the directory is missing
 */
export function compileDirectory(directory: string): CompiledPolicy {
  const { errors } = lintDirectory(directory, undefined);
  if (errors.length > 0) throw new PolicyError(errors);
  return compilePolicy(readPolicyDirectory(directory));
}
