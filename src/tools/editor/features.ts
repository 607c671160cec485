import type { ServerCapabilities } from "vscode-languageserver";
import type { Feature } from "./feature.ts";
import { codeActions } from "./features/code-actions.ts";
import { completion } from "./features/completion.ts";
import { definition } from "./features/definition.ts";
import { documentSymbols } from "./features/document-symbols.ts";
import { formatting, rangeFormatting } from "./features/formatting.ts";
import { hover } from "./features/hover.ts";
import { references } from "./features/references.ts";
import { prepareRename, rename } from "./features/rename.ts";
import { semanticTokens, semanticTokensOfRange } from "./features/semantic-tokens.ts";
import { workspaceSymbols } from "./features/workspace-symbols.ts";

/** What the server answers, one file for each in `features`. */
export const FEATURES: readonly Feature[] = [
  codeActions,
  completion,
  definition,
  documentSymbols,
  formatting,
  hover,
  prepareRename,
  rangeFormatting,
  references,
  rename,
  semanticTokens,
  semanticTokensOfRange,
  workspaceSymbols,
];

/** What the server announces because of them. */
export const ANNOUNCED = announcedBy(FEATURES);

export function announcedBy(features: readonly Feature[]): Partial<ServerCapabilities> {
  return Object.fromEntries(features.flatMap(({ capabilities }) => Object.entries(capabilities)));
}
