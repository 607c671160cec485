import { number } from "../../text/counted.ts";
import type { CedarExport } from "./export-cedar.ts";

/** Default quotas of Amazon Verified Permissions (user guide, "Quotas"); those of bytes can be raised. */
const QUOTAS = { policies: 200_000, schema: 100_000, parents: 100, action: 512 } as const;

/** The quotas that an export exceeds, as sentences. */
export function overQuota({ policies, schema, shape }: CedarExport): readonly string[] {
  const bytes = policies.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const schemaBytes = Buffer.byteLength(JSON.stringify(schema));
  const actions = schema[shape.namespace]?.actions ?? {};
  const parents = (name: string): readonly string[] =>
    (actions[name]?.memberOf ?? []).flatMap(({ id }) => [id, ...parents(id)]);
  const wide = shape.actions.filter((name) => new Set(parents(name)).size > QUOTAS.parents);
  const long = shape.actions.filter((name) => name.length > QUOTAS.action);
  return [
    ...(bytes > QUOTAS.policies
      ? [`the policies have ${number(bytes)} bytes; the default is ${number(QUOTAS.policies)}`]
      : []),
    ...(schemaBytes > QUOTAS.schema
      ? [`the schema has ${number(schemaBytes)} bytes; the default is ${number(QUOTAS.schema)}`]
      : []),
    ...wide.map((name) => `\`${name}\` is a member of more than ${QUOTAS.parents} other actions`),
    ...long.map((name) => `\`${name}\` is longer than ${QUOTAS.action} characters`),
  ];
}
