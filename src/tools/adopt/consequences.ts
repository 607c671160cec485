import { objectOf } from "../../json.ts";
import type { GatewayKind, ServiceRoute } from "../service/service.ts";
import type { ServiceSource } from "../service/service-source.ts";
import type { GivenToday } from "./given-today.ts";
import { MARKER, type UnmarkedPool } from "./marker-attribute.ts";
import type { SignUpNames } from "./sign-up-names.ts";

/** What clients of the API have to change, a sentence each. */
export function clientChanges({ routes }: GivenToday): readonly string[] {
  const changed = routes.filter(
    ({ given }) => given.to === "subjects" || (given.to === "roles" && given.replaces),
  );
  const tokenBefore = changed.filter(({ route }) => route.authorizer?.kind === "native");
  const on = (gateway: GatewayKind) => changed.some(({ route }) => route.gateway === gateway);
  const takesIdTokens = tokenBefore.some(
    ({ route: { authorizer } }) => authorizer?.kind === "native" && authorizer.scopes.length === 0,
  );
  return [
    ...(changed.length > tokenBefore.length
      ? ["send an access token of the user pool where the authorizer is new"]
      : []),
    ...(takesIdTokens ? ["send the access token: an ID token is refused"] : []),
    ...(on("http") || on("rest")
      ? ["send it as `Authorization: Bearer TOKEN`: a token without `Bearer` is refused"]
      : []),
    ...(on("websocket")
      ? [
          'connect as `new WebSocket(url, ["claimgate", token])`, and answer `$connect` with the header `Sec-WebSocket-Protocol: claimgate`',
        ]
      : []),
    ...(tokenBefore.some(({ route }) => route.gateway === "http")
      ? [
          "refresh an expired token after 403 too: authorizer functions of an HTTP API cannot answer a bad token with 401",
        ]
      : []),
  ];
}

/** Routes whose callers are not known, and authorizers that serverless.yml still defines and no route uses any more. */
export function leftovers({ routes }: GivenToday, source: ServiceSource): readonly string[] {
  const unknown = new Set(routes.flatMap(({ route, given }) => (given.to === "roles" ? [route.route] : [])));
  const changed = routes.filter(
    ({ given }) => given.to === "subjects" || (given.to === "roles" && given.replaces),
  );
  const kept = new Set(
    routes.flatMap(({ route, given }) => (given.to === "others" ? [route.authorizer?.name ?? ""] : [])),
  );
  const unused = new Set(
    changed.flatMap(({ route }) => definedIn(source, route)).filter((name) => !kept.has(name)),
  );
  return [
    ...(unknown.size === 0
      ? []
      : [
          `${[...unknown].map((route) => `\`${route}\``).join(", ")}: for users in the groups \`admins\` and \`readers\` only, and no one is in them yet`,
        ]),
    ...[...unused].map(
      (name) => `no route uses the authorizer \`${name}\` any more; remove it once you need no way back`,
    ),
  ];
}

/** The authorizer of a route, unless it was written in the event alone. */
function definedIn(
  { provider, functions, resources }: ServiceSource,
  { gateway, authorizer }: ServiceRoute,
): readonly string[] {
  if (authorizer === undefined) return [];
  const { name } = authorizer;
  const isDefined =
    gateway === "http"
      ? name in objectOf(objectOf(provider["httpApi"])["authorizers"])
      : resources.has(name) || (authorizer.kind !== "native" && functions.some((one) => one.name === name));
  return isDefined ? [name] : [];
}

/** What triggers change for a pool that has users. */
export function triggerNotes(
  triggers: readonly string[],
  signUp: SignUpNames | undefined,
  unmarked: UnmarkedPool | undefined,
): readonly string[] {
  return [
    ...(triggers.includes("preSignUp") ? signUpNotes(signUp) : []),
    ...(unmarked === undefined
      ? []
      : [
          `the triggers write the attribute \`custom:${MARKER.Name}\` of the pool \`${unmarked.id}\`, which Cognito never removes again; leave it out of the \`WriteAttributes\` of app clients`,
          ...unmarked.openClients.map(
            (id) =>
              `the app client \`${id}\` has no \`WriteAttributes\`, so its users may be able to write that attribute; list what they may write`,
          ),
        ]),
  ];
}

function signUpNotes(signUp: SignUpNames | undefined): readonly string[] {
  const { addresses, phones } = signUp ?? { addresses: true, phones: false };
  return [
    phones
      ? "sign-up requires an e-mail address or a phone number now; `policies/sign-up.csv` admits every number, and text messages cost money: name countries instead, such as `p2, +49*, allow` (docs/sign-up-by-phone.md)"
      : "sign-up requires an e-mail address now, or a phone number that a row such as `p2, +49*, allow` admits (docs/sign-up-by-phone.md)",
    ...(addresses || phones
      ? []
      : ["users of the pool sign up with a user name alone, which no row can admit: ask for an address too"]),
    "identity providers sign up no one until `CLAIMGATE_TRUSTED_PROVIDERS` names them: docs/federation.md",
  ];
}
