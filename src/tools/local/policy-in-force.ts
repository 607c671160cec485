import { PolicyError } from "../../policy/finding.ts";
import { parsePolicy } from "../../policy/parse.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Row } from "../../policy/row.ts";
import { stateOf } from "../machine/policy-files.ts";
import { ConsoleError } from "./console/console-error.ts";
import { type GoodPolicy, loadEdited, readLastGood } from "./last-good-policy.ts";

/** The policy that the functions decide by, and whether it is that of the files. */
export interface InForce {
  readonly policy: Policy;
  readonly rows: readonly Row[];
  /** The files are refused; this is an earlier policy. */
  readonly refused: boolean;
}

/** Reads the policy in force, again where a file changed. */
export class PolicyInForce {
  readonly #directory: string;
  readonly #kept: string;
  #read: { readonly stamp: string; readonly found: InForce } | undefined;

  /** @param kept where the stack keeps its last good policy */
  constructor(directory: string, kept: string) {
    this.#directory = directory;
    this.#kept = kept;
  }

  /** @throws ConsoleError 503 where there is no good policy */
  read(): InForce {
    const { stamp } = stateOf(this.#directory);
    if (this.#read?.stamp === stamp) return this.#read.found;
    const found = this.#load();
    this.#read = { stamp, found };
    return found;
  }

  /** The row at a place such as `policies/roles.csv:12`; empty where the policy has none there. */
  rowAt(place: string): string {
    try {
      return this.read().rows.find(({ file, line }) => `${file}:${line}` === place)?.text ?? "";
    } catch {
      // Without a policy nothing was decided by one of its rows.
      return "";
    }
  }

  #load(): InForce {
    try {
      return inForce(loadEdited(this.#directory), false);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      const good = readLastGood(this.#kept);
      if (good !== undefined) return inForce(good, true);
      throw new ConsoleError(503, "policy", "the policy is refused, and there was no good one before it", {
        cause: error,
      });
    }
  }
}

function inForce({ policy, sources }: GoodPolicy, refused: boolean): InForce {
  return { policy, rows: parsePolicy(sources.rows).rows, refused };
}
