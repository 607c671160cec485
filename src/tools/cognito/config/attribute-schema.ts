import { type JsonObject, objectOf, objectsOf, textOf } from "../../../json.ts";
import type { AttributeConfig, AttributeType } from "./pool-config.ts";
import { flagIn, numberIn } from "./written-value.ts";

/** The longest value that Cognito takes for an attribute without a limit of its own. */
const LONGEST = 2048;

const standard = (name: string, rest: Partial<AttributeConfig> = {}): AttributeConfig => ({
  name,
  type: "String",
  mutable: true,
  required: false,
  minLength: 0,
  maxLength: LONGEST,
  minValue: undefined,
  maxValue: undefined,
  ...rest,
});

const bare = (name: string, type: AttributeType, minValue?: number): AttributeConfig =>
  standard(name, { type, minLength: undefined, maxLength: undefined, minValue });

/**
 * The attributes that every user pool has, as DescribeUserPool shows them.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
const STANDARD: readonly AttributeConfig[] = [
  standard("sub", { mutable: false, required: true, minLength: 1 }),
  ...[
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
  ].map((name) => standard(name)),
  bare("email_verified", "Boolean"),
  standard("gender"),
  standard("birthdate", { minLength: 10, maxLength: 10 }),
  standard("zoneinfo"),
  standard("locale"),
  standard("phone_number"),
  bare("phone_number_verified", "Boolean"),
  standard("address"),
  bare("updated_at", "Number", 0),
];

const TYPES: ReadonlySet<string> = new Set<AttributeType>(["String", "Number", "Boolean", "DateTime"]);

/**
 * All attributes of a pool: the standard ones as `Schema` changes them, and its own, which get their prefix.
 *
 * @param schema `Schema` of the pool, as written in a template
 */
export function attributeSchema(schema: unknown): readonly AttributeConfig[] {
  const written = objectsOf(schema);
  const byName = new Map(written.map((item) => [textOf(item["Name"]) ?? "", item]));
  const common = STANDARD.map((attribute) => changed(attribute, byName.get(attribute.name) ?? {}));
  const names = new Set(STANDARD.map(({ name }) => name));
  const own = written.filter((item) => !names.has(textOf(item["Name"]) ?? "")).map(ownAttribute);
  return [...common, ...own];
}

function ownAttribute(item: JsonObject): AttributeConfig {
  const written = textOf(item["Name"]) ?? "";
  const name = /^(?:custom|dev):/.test(written) ? written : `custom:${written}`;
  const given = textOf(item["AttributeDataType"]) ?? "String";
  const type = TYPES.has(given) ? (given as AttributeType) : "String";
  // Unlike standard attributes, an own one can be changed only where its schema says so.
  const attribute =
    type === "String" ? standard(name, { mutable: false }) : { ...bare(name, type), mutable: false };
  return changed(attribute, item);
}

function changed(attribute: AttributeConfig, item: JsonObject): AttributeConfig {
  const text = objectOf(item["StringAttributeConstraints"]);
  const number = objectOf(item["NumberAttributeConstraints"]);
  return {
    ...attribute,
    mutable: flagIn(item["Mutable"]) ?? attribute.mutable,
    required: flagIn(item["Required"]) ?? attribute.required,
    minLength: numberIn(text["MinLength"]) ?? attribute.minLength,
    maxLength: numberIn(text["MaxLength"]) ?? attribute.maxLength,
    minValue: numberIn(number["MinValue"]) ?? attribute.minValue,
    maxValue: numberIn(number["MaxValue"]) ?? attribute.maxValue,
  };
}
