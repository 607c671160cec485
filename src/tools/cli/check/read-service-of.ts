import type { Finding } from "../../findings/finding.ts";
import { CommandError } from "../../machine/command-error.ts";
import { plannedFindings } from "../../packaging/plugin/planned-findings.ts";
import type { StageOptions } from "../../service/framework.ts";
import { PACKAGE_PLUGIN } from "../../service/plugins.ts";
import { resolveService } from "../../service/resolved-service.ts";
import type { Service } from "../../service/service.ts";
import { refusalsIn } from "../../stack/refusals.ts";
import type { At } from "../../text/place.ts";

/** What `check --service` reads and refuses. */
export interface ReadService {
  readonly service: Service | undefined;
  /** What packaging would refuse besides: parameters, environments, settings, resources. */
  readonly refused: readonly Finding[];
}

export const NOT_READ: ReadService = { service: undefined, refused: [] };

/** Asks the framework for a service. @throws CommandError with the message of the framework */
export async function readServiceOf(options: StageOptions): Promise<ReadService> {
  const { directory } = options;
  try {
    const resolved = await resolveService(options);
    if (!resolved.plugins.includes(PACKAGE_PLUGIN)) {
      const isForgotten = !resolved.lintsPackaging && "claimgate" in resolved.source.custom;
      if (!isForgotten) return { service: resolved.service, refused: [] };
      // Without the plugin, the framework resolves a service that lacks all that it adds.
      return { service: undefined, refused: [pluginMissing(resolved.placeOf(["custom", "claimgate"]))] };
    }
    const { findings, hasPolicy } = plannedFindings(resolved.source, {
      serviceDir: directory,
      region: resolved.region,
      placeOf: resolved.placeOf,
    });
    // Without that policy, the framework resolves a service that lacks its groups and scopes.
    return { service: hasPolicy ? resolved.service : undefined, refused: findings };
  } catch (error) {
    const refused = error instanceof CommandError ? refusalsIn(error.message) : [];
    if (refused.length === 0) throw error;
    return { service: undefined, refused };
  }
}

function pluginMissing(at: At): Finding {
  return {
    id: "plugin-missing",
    severity: "error",
    place: { kind: "file", ...at },
    message: `\`custom.claimgate\` is set, but \`${PACKAGE_PLUGIN}\` is not in \`plugins\`, so nothing reads it`,
    fix: `add \`${PACKAGE_PLUGIN}\` to \`plugins\``,
  };
}
