import { offsetIn } from "../../text/place.ts";
import type { Completion, CompletionContext, Offer } from "./completion.ts";
import { OfferedNames } from "./offered-names.ts";
import { yamlContext } from "./yaml-context.ts";
import { yamlOffer } from "./yaml-offer.ts";

const SETTINGS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1: {
    description: "what the group is for",
    precedence: "whose IAM role a member of several groups gets; the lowest wins",
    iamRole: "an ARN, the logical name of a role, or `generate:`",
  },
  2: { generate: "a role that the stack creates" },
  3: {
    read: "prefixes of the user files to read below",
    write: "prefixes of the user files to write below",
    signedIn: "`false` without what every signed-in user may do",
  },
};

/** What fits at the cursor in `groups.yaml`: groups that the file lacks, and their settings. */
export function completeGroupsFile({
  file,
  index,
  service,
  line,
  column,
}: CompletionContext): Offer | undefined {
  const context = yamlContext(file.text, offsetIn(file.text, line, column));
  if (context === undefined || context.wants === "value") return undefined;
  const depth = context.path.length;
  // Line by line, since half-written YAML has no document.
  const listed = new Set(
    [...file.text.matchAll(/^["']?([^\s#"':][^"':\n]*)["']?:/gm)].map(({ 1: name }) => name),
  );
  const items =
    depth === 0
      ? new OfferedNames(index, service).bare("group").filter(({ label }) => !listed.has(label))
      : Object.entries(SETTINGS[depth] ?? {}).map(
          ([label, detail]): Completion => ({ label, kind: "property", detail: () => detail }),
        );
  return yamlOffer(file.text, { ...context, wants: "name" }, items);
}
