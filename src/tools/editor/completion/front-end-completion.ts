import { offsetIn } from "../../text/place.ts";
import type { CompletionContext, Offer } from "./completion.ts";
import { OfferedNames } from "./offered-names.ts";
import { yamlContext } from "./yaml-context.ts";
import { yamlOffer } from "./yaml-offer.ts";

/** What fits at the cursor in `front-end.yaml`. */
export function completeFrontEndFile({
  file,
  index,
  service,
  line,
  column,
}: CompletionContext): Offer | undefined {
  const context = yamlContext(file.text, offsetIn(file.text, line, column));
  if (context === undefined || context.wants === "name") return undefined;
  const names = new OfferedNames(index, service);
  const items =
    context.path[0] === "permissions"
      ? names.permissions()
      : context.path[0] === "literals"
        ? names.parameters()
        : [];
  return yamlOffer(file.text, { ...context, wants: "value" }, items);
}
