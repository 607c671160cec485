import { Ajv } from "ajv";

const text = { type: "string", minLength: 1 };
const count = { type: "integer", minimum: 1 };
const level = { enum: ["none", "note", "warning", "error"] };
const absolute = { type: "string", pattern: "^[a-z]+://[^\\s]+$" };
// A relative reference: no scheme, and neither a query nor a fragment, which would name another file.
const relative = { type: "string", pattern: "^[A-Za-z0-9%._~!$&'()*+,;=@/-]+$" };

/** SARIF allows no other properties anywhere; so a property that is missing here is a defect until it is looked up. */
const object = (required: readonly string[], properties: object) => ({
  ...{ type: "object", additionalProperties: false, required },
  properties,
});
const list = (items: object, least = 0) => ({ type: "array", minItems: least, items });

const message = object(["text"], { text });
const artifactLocation = object(["uri"], { uri: relative });
const region = object(["startLine"], {
  ...{ startLine: count, startColumn: count, endLine: count, endColumn: count },
});
const location = object([], {
  physicalLocation: object(["artifactLocation"], { artifactLocation, region }),
  logicalLocations: list(object([], { fullyQualifiedName: text, kind: text })),
});
const replacement = object(["deletedRegion"], {
  deletedRegion: region,
  insertedContent: object([], { text: { type: "string" } }),
});
const change = object(["artifactLocation", "replacements"], {
  artifactLocation,
  replacements: list(replacement, 1),
});
const rule = object(["id"], {
  ...{ id: text, shortDescription: message, help: message, helpUri: absolute },
  defaultConfiguration: object([], { level }),
});
const driver = object(["name"], {
  ...{ name: text, version: text, informationUri: absolute },
  semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
  rules: { ...list(rule), uniqueItems: true },
});
const result = object(["message"], {
  ...{ ruleId: text, level, message, locations: list(location) },
  fixes: list(object(["artifactChanges"], { description: message, artifactChanges: list(change, 1) })),
});
const run = object(["tool"], {
  tool: object(["driver"], { driver }),
  columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
  results: list(result),
});

/**
 * What SARIF 2.1.0 demands of the objects that claimgate writes, from
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, sections 3.13 to 3.57. No package that is looked
 * after has the schema itself.
 */
const isSarif = new Ajv({ allErrors: true }).compile(
  object(["version", "runs"], {
    ...{ $schema: absolute, version: { const: "2.1.0" } },
    runs: list(run),
  }),
);

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleId: string }[];
  }[];
}

/** What of a document is not SARIF; empty for a document that is. */
export function sarifProblems(document: unknown): readonly string[] {
  if (!isSarif(document)) return (isSarif.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  return (document as unknown as Sarif).runs.flatMap(({ tool, results }) => {
    const rules = new Set(tool.driver.rules.map(({ id }) => id));
    return results.flatMap(({ ruleId }) => (rules.has(ruleId) ? [] : [`no rule ${ruleId}`]));
  });
}
