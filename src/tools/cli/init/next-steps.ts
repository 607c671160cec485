import type { AdoptionPlan } from "../../adopt/plan.ts";
import type { ResolvedService } from "../../service/resolved-service.ts";
import { listed } from "./project-files.ts";

/** What decides about the steps besides the plan. */
interface Known {
  /** Whether functions read what the former authorizer added. */
  readonly readsClaims: boolean;
  /** Whether findings stop packaging. */
  readonly hasErrors: boolean;
  /** Whether those are all findings. */
  readonly sawAll: boolean;
}

/** What is left to do, in this order; a command each, where there is one. */
export function nextSteps(
  { byHand, attachTo }: AdoptionPlan,
  { plugins, source, stage }: ResolvedService,
  directory: string,
  { readsClaims, hasErrors, sawAll }: Known,
): readonly string[] {
  // The functions that will import `claimgate/caller` find it only in an archive with the package.
  const needsArchived = readsClaims && source.builder !== "bundler";
  const lacks = (name: string) => listed(directory, name) === undefined;
  const packages = [
    ...(lacks("claimgate") && !needsArchived ? ["claimgate"] : []),
    ...(plugins.includes("serverless-esbuild") && lacks("esbuild") ? ["esbuild"] : []),
  ];
  const places = [...new Set(byHand.map(({ at }) => at))];
  return [
    ...(places.length === 0 ? [] : [`write the lines of "To write yourself", at ${places.join(", ")}`]),
    ...(packages.length === 0 ? [] : [`npm install --save-dev ${packages.join(" ")}`]),
    ...(needsArchived && listed(directory, "claimgate") !== "always"
      ? [
          "npm install --save-prod claimgate  # nothing bundles the functions that will import `claimgate/caller`, and archives lack devDependencies",
        ]
      : []),
    ...(hasErrors ? ["fix the errors above: they stop packaging"] : []),
    ...(sawAll
      ? []
      : ["npx --no-install claimgate check --service  # what this run could not see before the steps above"]),
    "npx --no-install claimgate test",
    "npx --no-install claimgate report -o access.html",
    "npx sls package",
    ...(attachTo === undefined
      ? []
      : [
          "npx sls deploy",
          `npx --no-install claimgate attach --stage ${stage} --user-pool-id ${typeof attachTo === "string" ? attachTo : "POOL_ID"}  # gives the pool the triggers and the attribute that they write`,
        ]),
  ];
}
