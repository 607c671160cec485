import type { CustomDomains, DomainMapping } from "../authorizers/custom-domains.ts";
import { ConfigurationError } from "../errors.ts";
import { objectOf } from "../json.ts";
import { type Environment, json } from "./environment.ts";

const VARIABLE = "CLAIMGATE_API_DOMAINS";

/**
 * CLAIMGATE_API_DOMAINS: JSON, custom domain -> the prefix of its paths before the route: a base path, or `{
 * "basePath": "shop", "stage": "prod" }`, or a list of those. If it is missing, there are none.
 *
 * @throws ConfigurationError naming the variable and the domain
 */
export function customDomains(env: Environment): CustomDomains {
  const value = json(env, VARIABLE);
  if (value === undefined) return new Map();
  const fail = (message: string) =>
    new ConfigurationError(`environment variable \`${VARIABLE}\`: ${message}`);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw fail('expected a JSON object of base paths by domain, such as `{"api.example.com":"shop"}`');
  }
  const domains = new Map<string, readonly DomainMapping[]>();
  for (const [name, entry] of Object.entries(value) as [string, unknown][]) {
    const domain = name.toLowerCase();
    if (!DOMAIN.test(domain)) {
      throw fail(`\`${name}\` is not a domain: expected only its name, without \`https://\`, port or path`);
    }
    if (domains.has(domain)) throw fail(`\`${name}\` is a duplicate domain: domains ignore case`);
    domains.set(
      domain,
      mappingsOf(entry, (message) => fail(`\`${name}\` ${message}`)),
    );
  }
  return domains;
}

const DOMAIN = /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

type Fail = (message: string) => ConfigurationError;

function mappingsOf(entry: unknown, fail: Fail): readonly DomainMapping[] {
  const list: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
  if (list.length === 0)
    throw fail('has no base path: expected at least one, `""` for the root of the domain');
  const mappings = list.map((item) => mappingOf(item, fail));
  const spelled = mappings.map(({ basePath, stage }) => JSON.stringify([basePath, stage]));
  const duplicate = mappings.find((_, index) => spelled.indexOf(spelled[index] ?? "") < index);
  if (duplicate !== undefined) throw fail(`lists the base path \`${duplicate.basePath}\` more than once`);
  return mappings;
}

function mappingOf(item: unknown, fail: Fail): DomainMapping {
  if (typeof item === "string") return { basePath: checkedBasePath(item, fail), stage: undefined };
  const { basePath, stage, ...unknown } = objectOf(item);
  const [surplus] = Object.keys(unknown);
  if (surplus !== undefined) throw fail(`has \`${surplus}\`; expected \`basePath\` and \`stage\` only`);
  if (typeof basePath !== "string") {
    throw fail("has no base path: expected a string, an object with `basePath`, or a list of those");
  }
  if (stage !== undefined && (typeof stage !== "string" || !/^[A-Za-z0-9_-]+$/.test(stage))) {
    throw fail("has a `stage` that is not the name of a stage; leave it out for `$default`");
  }
  return { basePath: checkedBasePath(basePath, fail), stage };
}

/**
 * Letters, digits and the other characters that AWS allows in the key of an API mapping, except those that no path may
 * contain.
 */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9_.+!'(),~-]+$/;

function checkedBasePath(basePath: string, fail: Fail): string {
  if (basePath === "") return basePath;
  if (basePath === "(none)") throw fail('has the base path `(none)`: write `""` for the root of the domain');
  if (/^\/|\/$/.test(basePath)) {
    throw fail(
      `has the base path \`${basePath}\`: write it without leading and trailing slashes, such as \`v1/shop\``,
    );
  }
  const wrong = basePath.split("/").find((segment) => !SEGMENT.test(segment));
  if (wrong === undefined) return basePath;
  throw fail(
    `has the base path \`${basePath}\` with the invalid segment \`${wrong}\`: expected letters, digits and \`- _ . + ! ' ( ) , ~\``,
  );
}
