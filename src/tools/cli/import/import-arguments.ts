import type { CallerKind } from "../../import/casbin/callers.ts";
import type { StageArguments } from "../terminal/common-options.ts";

/** Where a policy may come from. */
export const IMPORT_SYSTEMS = ["casbin", "openapi"] as const;
export type ImportSystem = (typeof IMPORT_SYSTEMS)[number];

/** Where and how the converted policy is written. */
export interface WrittenWhere {
  readonly output: string;
  readonly dryRun?: true;
  readonly force?: true;
}

export interface ImportCasbinArguments extends StageArguments, WrittenWhere {
  readonly callers?: CallerKind;
  readonly service?: true;
  readonly partial?: true;
}

export interface ImportOpenApiArguments extends StageArguments, WrittenWhere {
  readonly apps?: readonly string[];
  readonly basePath?: string;
  readonly service?: true;
  readonly partial?: true;
}

export type ImportArguments = ImportCasbinArguments & ImportOpenApiArguments;
