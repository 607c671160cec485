import type { ServerCapabilities } from "vscode-languageserver";
import type { Feature } from "./feature.ts";
import { documentSymbols } from "./features/document-symbols.ts";

/** What the server answers, one file for each in `features`. */
export const FEATURES: readonly Feature[] = [documentSymbols];

/** What the server announces because of them. */
export const ANNOUNCED: Partial<ServerCapabilities> = Object.fromEntries(
  FEATURES.flatMap(({ capabilities }) => Object.entries(capabilities)),
);
