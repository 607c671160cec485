import type { Finding } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { StrictYaml } from "../text/strict-yaml.ts";
import { LOADER_RULES } from "./loader-rules.ts";
import { RULES } from "./registry.ts";

/** What `policies/lint.json` says. With any finding the configuration is wrong and must not be used. */
export interface LintConfiguration {
  /** Rule -> reason. */
  readonly switchedOff: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** A reason is a sentence for whoever reads it in a year, not `false positive`. */
const FEWEST_WORDS = 3;

const EXAMPLE = '`{ "off": { "RULE": "REASON" } }`';

/**
 * Reads the configuration of the linter: `{ "off": { "rule-name": "why it does not apply here" } }`, as YAML, of which
 * JSON is a part. Every rule that is switched off needs its reason; what keeps a policy from loading cannot be
 * switched off.
 */
export function parseLintConfiguration(file: string, text: string): LintConfiguration {
  const yaml = new StrictYaml("lint-configuration", file, text);
  const switchedOff = new Map<string, string>();
  const root = yaml.document();
  const off = root && yaml.properties(root, ["off"], "the file", `write ${EXAMPLE}`).get("off");
  const switches = off === undefined ? [] : yaml.entries(off, "a reason for each rule", `write ${EXAMPLE}`);
  for (const { name, offset, value } of switches) {
    const problem = nameProblem(name);
    if (problem !== undefined) yaml.report(offset, ...problem);
    else if (value.kind === "text" && isReason(value.value)) switchedOff.set(name, value.value);
    else {
      yaml.report(
        value.offset,
        `the reason for switching off \`${name}\` is missing or too short`,
        `say in ${FEWEST_WORDS} words or more why it does not apply here`,
      );
    }
  }
  return { switchedOff, findings: yaml.findings };
}

function nameProblem(name: string): [message: string, fix: string] | undefined {
  if (LOADER_RULES.some((rule) => rule.name === name)) {
    const message = `\`${name}\` cannot be switched off: a policy with this mistake does not load`;
    return [message, `see docs/rules/${name}.md`];
  }
  if (RULES.some((rule) => rule.name === name)) return undefined;
  const meant = nearest(
    name,
    RULES.map((rule) => rule.name),
  );
  const fix = meant === undefined ? "the rules are listed in docs/rules/" : `did you mean \`${meant}\`?`;
  return [`unknown rule \`${name}\``, fix];
}

function isReason(text: string): boolean {
  return text.split(/\s+/).filter((word) => word !== "").length >= FEWEST_WORDS;
}
