import { hasBraces } from "../../../policy/tenant-group.ts";
import type { At } from "../../text/place.ts";
import type { FileKind } from "../file-kind.ts";
import type { WrittenString } from "./written-string.ts";

/** A file as the editor shows it. */
export interface SourceText {
  /** As findings name it: `policies/roles.csv`. */
  readonly name: string;
  readonly kind: FileKind;
  readonly text: string;
}

export type NameKind =
  | "role"
  | "group"
  | "user"
  | "client"
  | "scope"
  | "permission"
  | "route"
  | "parameter"
  | "claim"
  /** The id of a rule in `lint.json`. */
  | "rule";

export interface Name {
  readonly kind: NameKind;
  /** Without a prefix: `viewer`, `orders:read`, `GET /orders`. A permission may be a wildcard, a group a template. */
  readonly name: string;
}

/** A place where a name is written. Line and column are those of the bare name, without prefix and quotes. */
export interface Occurrence extends Name, At {
  /** In UTF-16 code units of the file. */
  readonly length: number;
  /** The string that contains the name; undefined where it cannot be edited, such as a block of YAML. */
  readonly within: WrittenString | undefined;
  /** Where the name starts in the text of that string. */
  readonly start: number;
  /**
   * How well the place defines the name: those with the lowest number of all do; undefined for a mere use.
   * docs/editor.md says what defines what.
   */
  readonly defines: number | undefined;
  /** Whether it is the name of a row inside another file, where the row has its own quotes. */
  readonly inRow?: true;
}

/** What a file names, and the parts of it that could not be read, which may name more. */
export interface NamesOfFile {
  readonly occurrences: readonly Occurrence[];
  readonly unread: readonly UnreadPart[];
}

export interface UnreadPart extends At {
  readonly text: string;
}

/** The name as people read it: `role:viewer`, `orders:read`, `{orderId}`. */
export function spelled({ kind, name }: Name): string {
  switch (kind) {
    case "role":
    case "group":
    case "user":
    case "client":
    case "scope":
      return `${kind}:${name}`;
    case "parameter":
      return `{${name}}`;
    case "permission":
    case "route":
    case "claim":
    case "rule":
      return name;
  }
}

/** Whether it names several things: `orders:*`, `group:{tenantId}.editors`. */
export function isPattern(one: Name): boolean {
  return one.kind === "permission" ? one.name.includes("*") : hasBraces(spelled(one));
}
