import type { Finding } from "../../policy/finding.ts";
import { nearest } from "../../policy/suggestion.ts";
import { type JsonMember, type JsonNode, readJson } from "../text/json-text.ts";
import { placeIn } from "../text/place.ts";
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

/**
 * Reads the configuration of the linter: `{ "off": { "rule-name": "why it does not apply here" } }`. Every
 * rule that is switched off needs its reason; what keeps a policy from loading cannot be switched off.
 */
export function parseLintConfiguration(file: string, text: string): LintConfiguration {
  const body = text.replace(/^\uFEFF/, "");
  const switchedOff = new Map<string, string>();
  const findings: Finding[] = [];
  const report = (offset: number, message: string, fix: string) => {
    findings.push({ rule: "lint-configuration", file, ...placeIn(body, offset), message, fix });
  };
  const read = readJson(body);
  if ("unexpectedAt" in read) {
    report(read.unexpectedAt, "the file stops being JSON here", `expected ${EXAMPLE}`);
    return { switchedOff, findings };
  }
  for (const { name, offset, value } of membersOf(read.node, report)) {
    if (name !== "off") {
      report(offset, `unknown property \`${name}\``, "the only property is `off`");
      continue;
    }
    for (const member of membersOf(value, report)) {
      const problem = switchProblem(member, switchedOff);
      if (problem !== undefined) report(problem.offset, problem.message, problem.fix);
      else if (member.value.kind === "string") switchedOff.set(member.name, member.value.value);
    }
  }
  return { switchedOff, findings };
}

const EXAMPLE = '`{ "off": { "RULE": "REASON" } }`';

type Report = (offset: number, message: string, fix: string) => void;

function membersOf(node: JsonNode, report: Report): readonly JsonMember[] {
  if (node.kind === "object") return node.members;
  report(node.offset, "expected an object", `write ${EXAMPLE}`);
  return [];
}

function switchProblem(
  { name, offset, value }: JsonMember,
  earlier: ReadonlyMap<string, string>,
): { offset: number; message: string; fix: string } | undefined {
  if (LOADER_RULES.some((rule) => rule.name === name)) {
    const message = `\`${name}\` cannot be switched off: a policy with this mistake does not load`;
    return { offset, message, fix: `see docs/rules/${name}.md` };
  }
  if (!RULES.some((rule) => rule.name === name)) {
    const meant = nearest(
      name,
      RULES.map((rule) => rule.name),
    );
    const fix = meant === undefined ? "the rules are listed in docs/rules/" : `did you mean \`${meant}\`?`;
    return { offset, message: `unknown rule \`${name}\``, fix };
  }
  if (earlier.has(name)) {
    return { offset, message: `\`${name}\` is switched off twice`, fix: "keep one of the two reasons" };
  }
  const words = value.kind === "string" ? value.value.split(/\s+/).filter((word) => word !== "") : [];
  if (words.length >= FEWEST_WORDS) return undefined;
  return {
    offset: value.offset,
    message: `the reason for switching off \`${name}\` is missing or too short`,
    fix: `say in ${FEWEST_WORDS} words or more why it does not apply here`,
  };
}
