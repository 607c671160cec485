import type { ServerCapabilities } from "vscode-languageserver";
import type { Feature } from "./feature.ts";
import { codeActions } from "./features/code-actions.ts";
import { documentSymbols } from "./features/document-symbols.ts";
import { formatting, rangeFormatting } from "./features/formatting.ts";
import { semanticTokens, semanticTokensOfRange } from "./features/semantic-tokens.ts";
import { workspaceSymbols } from "./features/workspace-symbols.ts";

/** What the server answers, one file for each in `features`. */
export const FEATURES: readonly Feature[] = [
  codeActions,
  documentSymbols,
  formatting,
  rangeFormatting,
  semanticTokens,
  semanticTokensOfRange,
  workspaceSymbols,
];

/** What the server announces because of them. */
export const ANNOUNCED: Partial<ServerCapabilities> = Object.fromEntries(
  FEATURES.flatMap(({ capabilities }) => Object.entries(capabilities)),
);
