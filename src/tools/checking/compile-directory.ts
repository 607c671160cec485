import { type CompiledPolicy, compilePolicy } from "../../policy/compile.ts";
import { PolicyError } from "../../policy/finding.ts";
import { readPolicyDirectory } from "../machine/policy-files.ts";
import { lintDirectory } from "./lint-directory.ts";

/**
 * The policy of a directory, compiled as in packaging: lint errors prevent it.
 *
 * @param shippedModel the model of this version, for a directory without a `model.conf`
 * @throws PolicyError with every error; an error of the file system if the directory is missing
 */
export function compileDirectory(directory: string, shippedModel: string | undefined): CompiledPolicy {
  const { errors } = lintDirectory(directory, undefined, shippedModel);
  if (errors.length > 0) throw new PolicyError(errors);
  return compilePolicy(readPolicyDirectory(directory, shippedModel));
}
