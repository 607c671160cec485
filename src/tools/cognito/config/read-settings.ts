import { StrictYaml } from "../../text/strict-yaml.ts";
import type { YamlNode } from "../../text/yaml-text.ts";
import type { Scalar, Settings, Shape } from "./settings.ts";

/** A file about a pool is not valid: each finding says where, what, and the likely fix. */
export class PoolFileError extends Error {
  override readonly name = "PoolFileError";
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`the file is not valid\n${findings.join("\n")}`);
    this.findings = findings;
  }
}

const GUIDE = "see docs/local-cognito.md";

/**
 * The settings in YAML or JSON, as plain values.
 *
 * @param file as errors name it
 * @param whose what the file describes, e.g. `a user pool`
 * @throws PoolFileError with every unknown setting and every wrong value
 */
export function readSettings(file: string, text: string, settings: Settings, whose: string): unknown {
  const yaml = new StrictYaml("user-pool", file, text);
  const node = yaml.document();
  const value = node === undefined ? undefined : settingsIn(yaml, node, settings, whose);
  if (yaml.findings.length === 0) return value;
  throw new PoolFileError(
    yaml.findings.map(({ line, column, message, fix }) => {
      const likely = fix === undefined ? "" : `; ${fix}`;
      return `${file}:${line}:${column}: ${message}${likely}`;
    }),
  );
}

function settingsIn(yaml: StrictYaml, node: YamlNode, settings: Settings, whose: string): unknown {
  const known = Object.keys(settings);
  const given = yaml.properties(node, known, whose, GUIDE, () => `${whose} has no such setting; ${GUIDE}`);
  return Object.fromEntries(
    [...given].flatMap(([name, value]) => {
      const shape = settings[name];
      return shape === undefined ? [] : [[name, valueIn(yaml, value, shape, name)]];
    }),
  );
}

function valueIn(yaml: StrictYaml, node: YamlNode, shape: Shape, name: string): unknown {
  if (typeof shape === "string") return scalarIn(yaml, node, shape, name);
  if ("settings" in shape) return settingsIn(yaml, node, shape.settings, `\`${name}\``);
  if ("one" in shape) return choiceIn(yaml, node, shape.one, name);
  if ("each" in shape) {
    // A name without anything below it is one that has nothing to say.
    if (node.kind === "nothing") return {};
    const entries = yaml.entries(node, `names below \`${name}\``, GUIDE);
    return Object.fromEntries(
      entries.map((entry) => [entry.name, valueIn(yaml, entry.value, shape.each, entry.name)]),
    );
  }
  if (node.kind !== "list") return yaml.wrong(node, `a list for \`${name}\``, "write `[ONE, TWO]`");
  return node.items.map((item) => valueIn(yaml, item, shape.list, name));
}

function choiceIn(yaml: StrictYaml, node: YamlNode, choices: readonly string[], name: string): unknown {
  // YAML reads a bare OFF as text, and a bare number as a number.
  if (node.kind === "text" && choices.includes(node.value)) return node.value;
  const listed = choices.map((choice) => `\`${choice}\``).join(", ");
  if (node.kind !== "text") return yaml.wrong(node, `one of ${listed} for \`${name}\``, GUIDE);
  yaml.report(node.offset, `\`${node.value}\` is not a value of \`${name}\``, `expected ${listed}`);
  return undefined;
}

const EXPECTED: Readonly<Record<Scalar, string>> = {
  text: "a string",
  number: "a number",
  limit: "a number",
  flag: "`true` or `false`",
};

function scalarIn(yaml: StrictYaml, node: YamlNode, shape: Scalar, name: string): unknown {
  if (node.kind === "text" && (shape === "text" || (shape === "limit" && /^-?\d+$/.test(node.value)))) {
    return node.value;
  }
  if (node.kind === "number" && (shape === "number" || shape === "limit")) return node.value;
  if (node.kind === "boolean" && shape === "flag") return node.value;
  const fix = shape === "text" && node.kind !== "map" && node.kind !== "list" ? "put it in quotes" : GUIDE;
  return yaml.wrong(node, `${EXPECTED[shape]} for \`${name}\``, fix);
}
