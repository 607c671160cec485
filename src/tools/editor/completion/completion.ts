import type { Service } from "../../service/service.ts";
import type { SourceText } from "../names/name.ts";
import type { NameIndex } from "../names/name-index.ts";

/** What can be written at the cursor. */
export interface Completion {
  /** What people see, and what it replaces the typed part by unless `insert` says otherwise. */
  readonly label: string;
  readonly insert?: string | undefined;
  readonly kind: CompletionKind;
  /** One line: who holds it, what it opens. Asked for the items that are shown. */
  readonly detail?: (() => string) | undefined;
}

export type CompletionKind = "row" | "subject" | "permission" | "route" | "value" | "property" | "rule";

/** Completions in the order in which they are offered, for a part of one line. */
export interface Offer {
  readonly items: readonly Completion[];
  /** The line and the part of it that an item replaces; columns count from 1, `end` is the first one behind it. */
  readonly line: number;
  readonly column: number;
  readonly end: number;
}

/** What completions are made from. */
export interface CompletionContext {
  readonly file: SourceText;
  /** Of the files of the service, sources on disk left out. */
  readonly index: NameIndex;
  readonly service: Service | undefined;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}
