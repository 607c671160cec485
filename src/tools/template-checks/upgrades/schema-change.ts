import { objectOf, textOf } from "../../../json.ts";
import { valuesAt } from "../../cloudformation/places.ts";
import type { Resource } from "../../cloudformation/template.ts";
import { sameValue } from "../../cloudformation/values.ts";

/** A change of a pool's attributes that Cognito refuses. */
export interface SchemaChange {
  readonly attribute: string;
  readonly message: string;
}

/** OpenID Connect Core section 5.1, the claims that every user pool has. */
const STANDARD_ATTRIBUTES = [
  "address",
  "birthdate",
  "email",
  "email_verified",
  "family_name",
  "gender",
  "given_name",
  "locale",
  "middle_name",
  "name",
  "nickname",
  "phone_number",
  "phone_number_verified",
  "picture",
  "preferred_username",
  "profile",
  "sub",
  "updated_at",
  "website",
  "zoneinfo",
];

/**
 * Attributes may only be added to a pool: custom ones, never required ones ("Existing schema attributes cannot be
 * modified or deleted"; CloudFormation template reference, AWS::Cognito::UserPool, `Schema`).
 */
export function* refusedSchemaChanges(before: Resource, after: Resource): Generator<SchemaChange> {
  const [old, now] = [before, after].map(attributesOf) as [Attributes, Attributes];
  for (const [attribute, definition] of old) {
    const later = now.get(attribute);
    if (later === undefined) {
      yield {
        attribute,
        message: `attribute \`${attribute}\` is missing; a pool keeps its attributes for ever`,
      };
    } else if (!sameValue(definition, later)) {
      yield {
        attribute,
        message: `attribute \`${attribute}\` is changed; an attribute is fixed when it is created`,
      };
    }
  }
  for (const [attribute, definition] of now) {
    if (old.has(attribute)) continue;
    if (STANDARD_ATTRIBUTES.includes(attribute)) {
      yield { attribute, message: `standard attribute \`${attribute}\` is set; only a new pool can have it` };
    } else if (String(definition["Required"] ?? false) === "true") {
      yield { attribute, message: `attribute \`${attribute}\` is new and required; a custom one cannot be` };
    }
  }
}

type Attributes = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function attributesOf({ properties }: Resource): Attributes {
  return new Map(
    valuesAt(properties, "Schema.*").map(({ value }) => {
      const definition = objectOf(value);
      const name = (textOf(definition["Name"]) ?? "?").replace(/^custom:/, "");
      return [name, { AttributeDataType: "String", ...definition, Name: name }];
    }),
  );
}
