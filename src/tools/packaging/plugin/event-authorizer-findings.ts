import { objectOf, textOf } from "../../../json.ts";
import { nearest } from "../../../policy/suggestion.ts";
import type { FileFinding } from "../../findings/finding.ts";
import { type EventKind, routeOfEvent } from "../../service/event-route.ts";
import type { ServiceSource } from "../../service/service-source.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";

/**
 * Events that name an authorizer which the service does not have: of an HTTP API one of `provider.httpApi.authorizers`,
 * of the others a function. The plugin has completed its own names before.
 */
export function eventAuthorizerFindings(source: ServiceSource, placeOf: PlaceOf): readonly FileFinding[] {
  const functions = source.functions.map(({ name }) => name);
  const known: Readonly<Record<EventKind, readonly string[]>> = {
    httpApi: Object.keys(objectOf(objectOf(source.provider["httpApi"])["authorizers"])),
    http: functions,
    websocket: functions,
  };
  return source.functions.flatMap(({ name: key, events }) =>
    events.flatMap((event, index) =>
      (["httpApi", "http", "websocket"] as const).flatMap((kind): FileFinding[] => {
        const { authorizer } = objectOf(event[kind]);
        const name = namedIn(authorizer);
        if (name === undefined || known[kind].includes(name)) return [];
        const route = routeOfEvent(kind, event[kind]) ?? "an event";
        const at = placeOf(["functions", key, "events", String(index), kind, "authorizer"]);
        const meant = nearest(name, [...known[kind], "claimgate"]);
        return [
          {
            id: "event-authorizer",
            severity: "error",
            place: { kind: "file", ...at },
            message: `\`${route}\` has the authorizer \`${name}\`, which does not exist`,
            fix:
              meant === undefined
                ? kind === "httpApi"
                  ? "name one of `provider.httpApi.authorizers`"
                  : "name a function, or `claimgate`"
                : `did you mean \`${meant}\`?`,
          },
        ];
      }),
    ),
  );
}

/** The name that an event gives; undefined for none, an ARN, an id, and what AWS checks itself. */
function namedIn(authorizer: unknown): string | undefined {
  const { name, arn, id, authorizerId, type } = objectOf(authorizer);
  if ([arn, id, authorizerId].some((value) => value !== undefined)) return undefined;
  const written = textOf(authorizer) ?? textOf(name);
  if (written === undefined || /:|^aws_iam$/i.test(written) || /^aws_iam$/i.test(String(type)))
    return undefined;
  return written;
}
