import type { Policy } from "../../policy/policy.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import { NamesInPolicy } from "./names-in-policy.ts";
import type { AskedTarget, Principal, Reason, Suite, TestFile } from "./policy-test.ts";
import { readInvariant } from "./read-invariant.ts";
import { readPrincipal } from "./read-principal.ts";
import { type PlacedText, YamlReader } from "./yaml-reader.ts";

const SUITE = ["name", "principals", "routes", "permissions", "parameters", "allow", "because"];
const REASON = ["principal", "route", "permission", "row", "granted"];

/**
 * Reads a policy test. Strict: an unknown property, principal, route or permission is a finding, since it would test
 * nothing. docs/policy-tests.md describes the format.
 */
export function parseTestFile(policy: Policy, file: string, text: string): TestFile {
  const reader = new TestReader(policy, file, text);
  return { file, ...reader.read() };
}

class TestReader {
  readonly #yaml: YamlReader;
  readonly #names: NamesInPolicy;
  readonly #principals = new Map<string, Principal>();

  constructor(policy: Policy, file: string, text: string) {
    this.#yaml = new YamlReader(file, text);
    this.#names = new NamesInPolicy(policy, this.#yaml);
  }

  read(): Omit<TestFile, "file"> {
    const node = this.#yaml.document();
    const empty = { suites: [], invariants: [] };
    if (node === undefined) {
      if (this.#yaml.findings.length === 0)
        this.#yaml.report(0, "the file tests nothing", "add `suites` or `invariants`");
      return { ...empty, findings: this.#yaml.findings };
    }
    const top = this.#yaml.properties(
      node,
      ["client", "principals", "suites", "invariants"],
      "a policy test",
    );
    const client = this.#yaml.text(top.get("client"));
    const defaultClient = client === undefined ? undefined : this.#names.appNamed(client);
    const reader = { yaml: this.#yaml, names: this.#names, defaultClient };
    for (const { name, offset, value } of this.#entriesOf(top.get("principals"))) {
      this.#principals.set(name, readPrincipal(reader, name, offset, value));
    }
    const list = "a list, one `- name:` each";
    return {
      suites: this.#yaml.items(top.get("suites"), list).flatMap((item) => this.#suite(item)),
      invariants: this.#yaml
        .items(top.get("invariants"), list)
        .flatMap((item) => readInvariant(reader, item)),
      findings: this.#yaml.findings,
    };
  }

  #entriesOf(node: YamlNode | undefined) {
    return node === undefined ? [] : this.#yaml.entries(node, "a map of names to principals");
  }

  #suite(node: YamlNode): Suite[] {
    const has = this.#yaml.properties(node, SUITE, "a suite");
    const at = this.#yaml.at(node.offset);
    const name = this.#yaml.text(has.get("name"));
    if (name === undefined) this.#yaml.reportAt(at, "the suite has no `name`");
    const asked = [...this.#yaml.texts(has.get("routes")), ...this.#yaml.texts(has.get("permissions"))];
    const targets = this.#names.targets(asked);
    if (asked.length === 0) this.#yaml.reportAt(at, "the suite has no `routes` and no `permissions`");
    const written = has.get("principals");
    const principals =
      written === undefined
        ? [...this.#principals.values()]
        : this.#yaml.texts(written).flatMap((one) => this.#principalNamed(one) ?? []);
    if (principals.length === 0)
      this.#yaml.reportAt(at, "the suite has no principals", "add some under `principals`");
    const spelled = new Set(targets.map(({ text }) => text));
    const allow = new Map<string, ReadonlySet<string>>();
    for (const { name: who, offset, value } of this.#entriesOf(has.get("allow"))) {
      if (!this.#isIn(principals, { ...this.#yaml.at(offset), text: who })) continue;
      const listed = this.#yaml
        .texts(value)
        .filter((one) => one.text === "*" || this.#isListed(spelled, one));
      allow.set(
        who,
        listed.some(({ text }) => text === "*") ? spelled : new Set(listed.map(({ text }) => text)),
      );
    }
    const because = this.#yaml
      .items(has.get("because"), "a list of `{ principal, route, row }`")
      .flatMap((item) => this.#reason(item, principals, targets));
    const parameters = this.#yaml.textMap(has.get("parameters"));
    return [{ ...at, name: name?.text ?? "", principals, targets, parameters, allow, because }];
  }

  #reason(node: YamlNode, principals: readonly Principal[], targets: readonly AskedTarget[]): Reason[] {
    const has = this.#yaml.properties(node, REASON, "a reason");
    const at = this.#yaml.at(node.offset);
    const principal = this.#yaml.text(has.get("principal"));
    const target = this.#yaml.text(has.get("route") ?? has.get("permission"));
    const row = this.#yaml.text(has.get("row"));
    const granted = this.#yaml.text(has.get("granted"));
    if (principal === undefined || target === undefined || (row === undefined && granted === undefined)) {
      this.#yaml.reportAt(at, "a reason needs `principal`, `route` or `permission`, and `row` or `granted`");
      return [];
    }
    const spelled = new Set(targets.map(({ text }) => text));
    if (!this.#isIn(principals, principal) || !this.#isListed(spelled, target)) return [];
    if (row !== undefined) this.#names.checkRow(row);
    const asked = targets.find(({ text }) => text === target.text);
    if (granted !== undefined && asked !== undefined) this.#names.checkOpens(granted, asked);
    return [
      { ...at, principal: principal.text, target: target.text, row: row?.text, granted: granted?.text },
    ];
  }

  #principalNamed(one: PlacedText): Principal | undefined {
    const found = this.#principals.get(one.text);
    if (found === undefined) this.#names.unknown(one, "principal", [...this.#principals.keys()]);
    return found;
  }

  #isIn(principals: readonly Principal[], one: PlacedText): boolean {
    if (principals.some(({ name }) => name === one.text)) return true;
    this.#names.unknown(
      one,
      "principal of this suite",
      principals.map(({ name }) => name),
    );
    return false;
  }

  #isListed(spelled: ReadonlySet<string>, one: PlacedText): boolean {
    if (spelled.has(one.text)) return true;
    this.#names.unknown(one, "route or permission of this suite", [...spelled]);
    return false;
  }
}
