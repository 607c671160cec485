import { readCsv } from "../../../policy/csv.ts";
import { isPermissionPattern } from "../../../policy/permission.ts";
import type { NamesOfFile, SourceText } from "./name.ts";
import { parametersIn, subjectIn } from "./names-in-string.ts";
import { namesOfRow } from "./row-names.ts";
import {
  entriesOf,
  itemsOf,
  type NameInText,
  namesInYaml,
  valueAt,
  whole,
  type YamlNames,
} from "./yaml-names.ts";
import type { YamlNode } from "./yaml-strings.ts";

/** The names of a policy test: docs/policy-tests.md has its shape. Names of principals are the file's own. */
export function namesInTest(file: SourceText): NamesOfFile {
  return namesInYaml(file, (node, names) => {
    names.text(valueAt(node, "client"), client);
    for (const { value } of entriesOf(valueAt(node, "principals"))) ofPrincipal(value, names);
    for (const suite of itemsOf(valueAt(node, "suites"))) ofSuite(suite, names);
    for (const invariant of itemsOf(valueAt(node, "invariants"))) ofInvariant(invariant, names);
  });
}

function ofPrincipal(node: YamlNode, names: YamlNames): void {
  names.texts(valueAt(node, "groups"), whole("group"));
  names.texts(valueAt(node, "roles"), whole("role"));
  names.texts(valueAt(node, "user"), whole("user"));
  names.text(valueAt(node, "client"), client);
  names.texts(valueAt(node, "scopes"), whole("scope"));
  names.keys(valueAt(node, "claims"), whole("claim"));
}

function ofSuite(node: YamlNode, names: YamlNames): void {
  names.texts(valueAt(node, "routes"), target);
  names.texts(valueAt(node, "permissions"), target);
  names.keys(valueAt(node, "parameters"), whole("parameter"));
  for (const { value } of entriesOf(valueAt(node, "allow"))) names.texts(value, target);
  for (const reason of itemsOf(valueAt(node, "because"))) {
    names.text(valueAt(reason, "route"), target);
    names.text(valueAt(reason, "permission"), target);
    names.text(valueAt(reason, "granted"), target);
    names.text(valueAt(reason, "row"), namesInRow);
  }
}

function ofInvariant(node: YamlNode, names: YamlNames): void {
  const subject = (text: string) => [subjectIn(text) ?? []].flat();
  names.texts(valueAt(node, "only"), subject);
  names.texts(valueAt(node, "never"), subject);
  names.text(valueAt(node, "apart"), whole("parameter"));
  names.texts(valueAt(node, "apps"), client);
  names.texts(valueAt(node, "hold"), target);
  names.texts(valueAt(node, "reach"), target);
}

/** `web`, or `client:web`. */
function client(text: string): readonly NameInText[] {
  const start = text.startsWith("client:") ? "client:".length : 0;
  return whole("client")(text.slice(start)).map((one) => ({ ...one, start }));
}

/** A permission, or a route with its parameters; `*` and `guarded` name nothing. */
function target(text: string): readonly NameInText[] {
  if (text === "*" || text === "guarded" || text === "") return [];
  if (isPermissionPattern(text)) return [{ kind: "permission", name: text, start: 0 }];
  return [{ kind: "route", name: text, start: 0 }, ...parametersIn(text)];
}

/** The names of a whole row, which has quotes of its own. */
function namesInRow(text: string): readonly NameInText[] {
  const { records } = readCsv("", text);
  return records.slice(0, 1).flatMap((record) =>
    namesOfRow(record).flatMap(({ field, kind, name, start }): NameInText[] => {
      const at = record.fields[field];
      // A name in a field with quotes may have doubled ones.
      if (at === undefined || (at.length !== at.text.length && name.includes('"'))) return [];
      const quote = at.length === at.text.length ? 0 : 1;
      return [{ kind, name, start: at.column - 1 + quote + start, inRow: true }];
    }),
  );
}
