import type { Finding } from "../../findings/finding.ts";
import { githubOf } from "../../findings/formats/github.ts";
import { junitOf } from "../../findings/formats/junit.ts";
import { type LineFixes, sarifOf } from "../../findings/formats/sarif.ts";
import { repositoryPaths } from "../../machine/repository-paths.ts";
import { KINDS } from "../../registry/kinds.ts";
import { BUILT } from "../terminal/built.ts";
import type { Context } from "../terminal/context.ts";

/** The machine-readable formats, which are the same for findings of every occasion. */
export type FindingFormat = "sarif" | "github" | "junit";

export function printFindingFormat(
  { output, directory }: Context,
  format: FindingFormat,
  findings: readonly Finding[],
  fixes: LineFixes = new Map(),
): void {
  const inRepository = repositoryPaths(directory);
  switch (format) {
    case "sarif":
      output.json(sarifOf(findings, KINDS, fixes, inRepository, BUILT));
      break;
    case "github":
      output.screen.document(githubOf(findings, inRepository));
      break;
    case "junit":
      output.screen.document(junitOf(findings, inRepository));
  }
}
