import { objectOf, textOf } from "../../json.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { ServiceSource } from "../service/service-source.ts";

/** Whose tokens a JWT authorizer or a COGNITO_USER_POOLS authorizer accepts. */
export interface Trust {
  readonly pool: TrustedPool;
  /** The app clients, as serverless.yml has them; undefined for every client of the pool. */
  readonly audience: readonly unknown[] | undefined;
  /** Whether it reads the token from the header `Authorization`, as the authorizers of claimgate do. */
  readonly readsHeader: boolean;
}

export type TrustedPool =
  /** A resource of this stack. */
  | { readonly kind: "resource"; readonly id: string }
  /** A pool by its id, `eu-west-1_AbCdEfGhI`. */
  | { readonly kind: "id"; readonly id: string }
  /** A Cognito pool that only the deployment knows: its issuer URL or its ARN. */
  | { readonly kind: "issuer" | "arn"; readonly value: unknown }
  /** Another issuer than Cognito, or several pools. */
  | { readonly kind: "other"; readonly why: string };

/** `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`, with or without a slash at its end. */
const ISSUER = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/([a-z0-9-]+_[A-Za-z0-9]+)\/?$/;

/** `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEfGhI` */
const POOL_ARN = /^arn:[a-z-]+:cognito-idp:[a-z0-9-]+:\d+:userpool\/([a-z0-9-]+_[A-Za-z0-9]+)$/;

/** What the JWT authorizer of an `httpApi` event trusts. @param event the `authorizer` of the event */
export function httpTrust(source: ServiceSource, event: unknown): Trust {
  const name = textOf(event) ?? textOf(objectOf(event)["name"]);
  const authorizers = objectOf(objectOf(source.provider["httpApi"])["authorizers"]);
  if (name === undefined || authorizers[name] === undefined) return elsewhere("it belongs to another stack");
  const { issuerUrl, audience, identitySource } = objectOf(authorizers[name]);
  return {
    pool: poolBehind(source, issuerUrl, "issuer"),
    audience: audience === undefined ? undefined : [audience].flat(),
    readsHeader: isHeader(identitySource),
  };
}

/** What the COGNITO_USER_POOLS authorizer of an `http` event trusts. @param event the `authorizer` of the event */
export function restTrust(source: ServiceSource, event: unknown): Trust {
  const { arn = textOf(event), authorizerId, identitySource } = objectOf(event);
  if (arn !== undefined)
    return {
      pool: poolBehind(source, arn, "arn"),
      audience: undefined,
      readsHeader: isHeader(identitySource),
    };
  const [id] = namedBy(authorizerId);
  const resource = source.resources.get(id ?? "");
  const arns: readonly unknown[] = [resource?.properties["ProviderARNs"] ?? []].flat();
  const [only, ...more] = arns;
  if (only === undefined) return elsewhere("it belongs to another stack");
  if (more.length > 0) return elsewhere("it trusts several user pools");
  const readsHeader = isHeader(resource?.properties["IdentitySource"]);
  return { pool: poolBehind(source, only, "arn"), audience: undefined, readsHeader };
}

/** Whether two authorizers trust the same pool. */
export function samePool(a: TrustedPool, b: TrustedPool): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function elsewhere(why: string): Trust {
  return { pool: { kind: "other", why }, audience: undefined, readsHeader: false };
}

/** The framework's default is the header too. */
function isHeader(identitySource: unknown): boolean {
  if (identitySource === undefined || identitySource === null) return true;
  const sources: readonly unknown[] = [identitySource].flat();
  return (
    sources.length === 1 && /^(?:\$|method\.)request\.header\.authorization$/i.test(textOf(sources[0]) ?? "")
  );
}

function poolBehind(source: ServiceSource, value: unknown, kind: "issuer" | "arn"): TrustedPool {
  const id = namedBy(value).find((name) => source.resources.get(name)?.type === "AWS::Cognito::UserPool");
  if (id !== undefined) return { kind: "resource", id };
  const text = knownText(source, value);
  if (text === undefined) return { kind, value };
  const [, pool] = (kind === "issuer" ? ISSUER : POOL_ARN).exec(text) ?? [];
  if (pool !== undefined) return { kind: "id", id: pool };
  return { kind: "other", why: `its issuer \`${text}\` is not a Cognito user pool` };
}
