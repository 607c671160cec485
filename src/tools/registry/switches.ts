import type { Finding } from "../../policy/finding.ts";
import { FEWEST_WORDS, isReason } from "../findings/reason.ts";
import { RENAMED, unknownId } from "../findings/renamed.ts";
import type { AuthorizerSwitches, Switches } from "../findings/switched.ts";
import { RULES } from "../lint/registry.ts";
import { StrictYaml } from "../text/strict-yaml.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import { KINDS } from "./kinds.ts";

/** The contents of `policies/lint.json`. With any finding the configuration is invalid and must not be used. */
export interface LintConfiguration {
  readonly switchedOff: Switches;
  readonly switchedOffFor: AuthorizerSwitches;
  readonly findings: readonly Finding[];
}

const EXAMPLE = '`{ "off": { "RULE": "REASON" } }`';

/**
 * Reads the configuration: `{ "off": { "ID": "why it does not apply here" } }`, as YAML, a superset of JSON. Rules that
 * judge authorizers may be switched off for one of them: `{ "off": { "ID": { "AUTHORIZER": "why" } } }`. Every id
 * that is switched off needs a reason. A finding that keeps a policy from loading cannot be switched off.
 */
export function parseLintConfiguration(file: string, text: string): LintConfiguration {
  const yaml = new StrictYaml("lint-configuration", file, text);
  const switchedOff = new Map<string, string>();
  const switchedOffFor = new Map<string, ReadonlyMap<string, string>>();
  const root = yaml.document();
  const off = root && yaml.properties(root, ["off"], "the file", `write ${EXAMPLE}`, propertyHint).get("off");
  const switches = off === undefined ? [] : yaml.entries(off, "a reason for each rule", `write ${EXAMPLE}`);
  for (const { name, offset, value } of switches) {
    const problem = nameProblem(name);
    if (problem !== undefined) yaml.report(offset, ...problem);
    else if (value.kind === "map" && OF_AUTHORIZERS.has(name)) {
      const single = yaml.entries(value, "a reason for each authorizer", `write ${EXAMPLE}`);
      switchedOffFor.set(
        name,
        new Map(
          single.flatMap((one) =>
            reasonOf(yaml, one.value, `${name}\` of \`${one.name}`).map((why) => [one.name, why]),
          ),
        ),
      );
    } else for (const why of reasonOf(yaml, value, name)) switchedOff.set(name, why);
  }
  return { switchedOff, switchedOffFor, findings: yaml.findings };
}

const OF_AUTHORIZERS: ReadonlySet<string> = new Set(
  RULES.flatMap(({ id, ofAuthorizers }) => (ofAuthorizers === true ? [id] : [])),
);

/** Empty where there is none, and reported. */
function reasonOf(yaml: StrictYaml, value: YamlNode, what: string): readonly string[] {
  if (value.kind === "text" && isReason(value.value)) return [value.value];
  yaml.report(
    value.offset,
    `the reason for switching off \`${what}\` is missing or too short`,
    `explain in at least ${FEWEST_WORDS} words why it does not apply here`,
  );
  return [];
}

/** A rule that is not below `off`, or any other name. */
function propertyHint(name: string): string {
  const rule = KINDS.some(({ id }) => id === name) ? name : RENAMED.get(name);
  return rule === undefined
    ? `the only property is \`off\`: write ${EXAMPLE}`
    : `put the rule below \`off\`: write \`{ "off": { "${rule}": "REASON" } }\``;
}

function nameProblem(name: string): [message: string, fix: string] | undefined {
  const kind = KINDS.find(({ id }) => id === name);
  if (kind === undefined) {
    const { message, fix } = unknownId(
      name,
      KINDS.map(({ id }) => id),
    );
    return [message, fix];
  }
  if (kind.canBeOff) return undefined;
  const because = kind.occasions.includes("editing")
    ? "a policy with this error does not load"
    : "a stage with this error is not packaged";
  const message = `\`${name}\` cannot be switched off: ${because}`;
  return [message, `see docs/rules/${name}.md`];
}
