import type { Template } from "../../cloudformation/template.ts";
import { cachedAuthorizers, TTL } from "../cached-authorizers.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An authorizer without a cache setting. */
export const cacheLeftToDefault: TemplateCheck = { id: "cache-left-to-default", check };

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { resource, ttl } of cachedAuthorizers(template)) {
    if (ttl !== undefined) continue;
    yield {
      resource: resource.id,
      property: TTL,
      message: "is not set, so AWS caches with its own default",
      fix: "set `resultTtlInSeconds: 0`",
    };
  }
}
