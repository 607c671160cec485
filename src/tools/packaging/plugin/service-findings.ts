import { nearest } from "../../../policy/suggestion.ts";
import type { FileFinding } from "../../findings/finding.ts";
import type { ServiceSource } from "../../service/service-source.ts";
import { isGeneratedHandler } from "./declared-functions.ts";
import { eventAuthorizerFindings } from "./event-authorizer-findings.ts";
import { handlerFindings, type ServiceFolder } from "./handler-findings.ts";
import type { Settings } from "./settings.ts";

/**
 * What is wrong with the functions and events of a service, before anything is built: packaging and `check --service`
 * find the same.
 *
 * @param source after the plugin declared its functions and completed the events
 */
export function serviceFindings(
  source: ServiceSource,
  settings: Settings,
  folder: ServiceFolder,
): readonly FileFinding[] {
  const declared = [...settings.authorizers.values(), ...settings.triggers.values()];
  return [
    ...eventAuthorizerFindings(source, folder.placeOf),
    ...handlerFindings(source, declared, folder),
    ...nameFindings(source, settings, folder),
  ];
}

/** A misspelled key declares a second function, and the one that was meant is deployed without its variables. */
function nameFindings(
  { functions }: ServiceSource,
  { authorizers, triggers }: Settings,
  { placeOf }: ServiceFolder,
): readonly FileFinding[] {
  const kinds = [
    ...[...authorizers].map(([kind, key]) => ({ setting: "authorizers", kind, key })),
    ...[...triggers].map(([kind, key]) => ({ setting: "triggers", kind, key })),
  ];
  const isGenerated = (key: string) =>
    functions.some(({ name, definition }) => name === key && isGeneratedHandler(definition["handler"]));
  const others = functions.map(({ name }) => name).filter((name) => kinds.every(({ key }) => key !== name));
  return kinds.flatMap(({ setting, kind, key }): FileFinding[] => {
    const meant = isGenerated(key) ? nearest(key, others) : undefined;
    if (meant === undefined) return [];
    return [
      {
        id: "function-name",
        severity: "warning",
        place: { kind: "file", ...placeOf(["custom", "claimgate", setting, kind]) },
        message: `\`custom.claimgate.${setting}\` declares the function \`${key}\` beside \`${meant}\``,
        fix: `did you mean \`${kind}: ${meant}\`?`,
      },
    ];
  });
}
