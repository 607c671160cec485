import { KINDS } from "../../registry/kinds.ts";
import { offsetIn } from "../../text/place.ts";
import type { Completion, CompletionContext, Offer } from "./completion.ts";
import { yamlContext } from "./yaml-context.ts";
import { yamlOffer } from "./yaml-offer.ts";

/** What fits at the cursor in `lint.json`: the ids that can be switched off. */
export function completeLintFile({ file, line, column }: CompletionContext): Offer | undefined {
  const context = yamlContext(file.text, offsetIn(file.text, line, column));
  if (context === undefined || context.wants === "value") return undefined;
  const path = context.path.join(" ");
  if (path !== "" && path !== "off") return undefined;
  const items: readonly Completion[] =
    path === ""
      ? [{ label: "off", kind: "property", detail: () => "what is switched off, each with the reason" }]
      : KINDS.filter(({ canBeOff }) => canBeOff).map(({ id, summary }) => ({
          label: id,
          kind: "rule",
          detail: () => summary,
        }));
  return yamlOffer(file.text, { ...context, wants: "name" }, items, "json");
}
