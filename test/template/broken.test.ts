import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkTemplate } from "../../src/tools/template-checks/check-template.ts";
import { VALUES } from "../../src/tools/template-checks/property-values.ts";
import { TEMPLATE_CHECKS } from "../../src/tools/template-checks/registry.ts";
import { replacedResources } from "../../src/tools/template-checks/upgrades/replaced.ts";
import { REHEARSAL_FOLDER } from "../support/python-environment.ts";
import { BROKEN_TEMPLATES } from "./broken-templates.ts";
import { cfnLint, type LintFinding, unexplained } from "./cfn-lint.ts";
import { type Editable, editable } from "./editing.ts";
import { type Packaged, packageVariant } from "./packaging.ts";
import { changedPart } from "./slice.ts";
import { EVERYTHING } from "./variants.ts";

const folder = join(REHEARSAL_FOLDER, "template", `broken-${process.pid}`);
let good: Packaged;
let broken: readonly Editable[];
let linted: readonly (readonly LintFinding[])[];

beforeAll(async () => {
  good = await packageVariant(EVERYTHING);
  mkdirSync(folder, { recursive: true });
  broken = BROKEN_TEMPLATES.map(({ breakIt }) => {
    const template = editable(good.template);
    breakIt(template);
    return template;
  });
  const files = broken.map((template, index) => {
    const file = join(folder, `${index}.json`);
    const whole = BROKEN_TEMPLATES[index]?.whole ?? false;
    writeFileSync(file, JSON.stringify(whole ? template : changedPart(good.template, template)));
    return file;
  });
  linted = await cfnLint(files);
}, 900_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function namesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

describe("a broken template", () => {
  it.each(BROKEN_TEMPLATES.map((one, index) => ({ ...one, index })))(
    "$what: found by ours ($checks), by cfn-lint ($rules)",
    ({ index, checks, rules, replaced = [] }) => {
      const template = broken[index];
      const ours = checkTemplate(template, good.context).findings;
      expect({
        checks: namesOf(ours.map(({ id }) => id)),
        rules: namesOf(unexplained(linted[index] ?? []).map(({ rule }) => rule)),
        replaced: namesOf(replacedResources(good.template, template).map(({ resource }) => resource)),
      }).toEqual({ checks, rules, replaced });
    },
  );

  it.each(BROKEN_TEMPLATES)("$what: is caught", ({ checks, rules, replaced = [] }) => {
    expect(checks.length + rules.length + replaced.length).toBeGreaterThan(0);
  });
});

describe("every check", () => {
  it("is broken by some template, so that it is known to be able to fail", () => {
    const tried = new Set(BROKEN_TEMPLATES.flatMap(({ checks }) => checks));
    expect(TEMPLATE_CHECKS.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });

  it("finds something that cfn-lint does not: else it would be needless", () => {
    const needed = new Set(
      BROKEN_TEMPLATES.filter(({ rules }) => rules.length === 0).flatMap(({ checks }) => checks),
    );
    // docs/adr/0047-quick-and-thorough.md says why these two stay.
    const stay = ["dependency-cycle", "unsettled-condition"];
    expect(TEMPLATE_CHECKS.map(({ id }) => id).filter((id) => !needed.has(id))).toEqual(stay);
  });

  it("of a value is broken at every property that it knows", () => {
    const tried = broken.flatMap((template) =>
      checkTemplate(template, good.context)
        .findings.flatMap(({ id, place }) =>
          id === "property-value" && place.kind === "resource" ? [place] : [],
        )
        .map(({ resource, property }) => `${template.Resources[resource]?.Type} ${property}`),
    );
    const asTried = ({ type, path }: (typeof VALUES)[number]) =>
      new RegExp(`^${type} ${path.replaceAll(".", "\\.").replaceAll("*", "[^.]+")}$`);
    expect(
      VALUES.filter((rule) => !tried.some((one) => asTried(rule).test(one))).map(({ path }) => path),
    ).toEqual([]);
  });
});
