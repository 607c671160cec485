import { rowText } from "../../../policy/csv.ts";
import { isPermission } from "../../../policy/permission.ts";
import type { Problem } from "../refusal.ts";
import { type ActionPattern, actionPattern, methodsOf } from "./action-pattern.ts";
import type { Callers } from "./callers.ts";
import type { CasbinModel } from "./model.ts";
import { ALL_PATHS, type ObjectPattern, objectPattern } from "./object-pattern.ts";
import { type PathPermission, PathPermissions } from "./routes.ts";
import type { Cell, GrantRow } from "./rows.ts";

/** A grant that is not converted, and where in it the reason is. */
export interface RefusedGrant {
  readonly grant: GrantRow;
  readonly at: Cell;
  readonly problem: Problem;
}

/** A permission that a grant gives or denies. */
interface Given {
  readonly grant: GrantRow;
  readonly permission: string;
  /** Whether routes open it; other permissions are about resources that are not paths. */
  readonly isPath: boolean;
  /** The `p` row. */
  readonly row: string;
}

export interface ConvertedGrants {
  readonly given: readonly Given[];
  readonly paths: readonly PathPermission[];
  /** The permissions of resources that are not paths, in the spelling of the rows. */
  readonly named: readonly string[];
  readonly refused: readonly RefusedGrant[];
}

/**
 * `p` rows for the grants. Paths get a permission each; other resources keep their names.
 *
 * @param without grants that are refused already; they still say what the policy is about
 */
export function convertGrants(
  model: CasbinModel,
  grants: readonly GrantRow[],
  callers: Callers,
  without: ReadonlySet<GrantRow> = new Set(),
): ConvertedGrants {
  const objects = grants.map(({ object }) => objectPattern(object.text, model.object));
  const names = objects.flatMap((object) => (object.kind === "name" ? [object.name] : []));
  const paths = new PathPermissions(new Set(names));
  const everything = meaningOfEverything(model, grants, objects);
  const given: Given[] = [];
  const named = new Set<string>();
  const refused: RefusedGrant[] = [];
  for (const [index, grant] of grants.entries()) {
    const refuse = (at: Cell, problem: Problem) => refused.push({ grant, at, problem });
    const object = objects[index];
    if (object === undefined || without.has(grant)) continue;
    if (object.kind === "problem") {
      refuse(grant.object, object.problem);
      continue;
    }
    if (object.kind === "everything" && everything === "both") {
      refuse(grant.object, BOTH_WORLDS);
      continue;
    }
    const subject = callers.of(grant.subject.text);
    if ("problem" in subject) {
      refuse(grant.subject, subject.problem);
      continue;
    }
    const action = actionPattern(grant.action.text, model.action);
    const isPath = object.kind === "paths" || (object.kind === "everything" && everything === "paths");
    const permissions = isPath
      ? pathPermissions(object.kind === "paths" ? object.templates : ALL_PATHS, action, paths)
      : namedPermissions(object.kind === "name" ? object.name : "*", action);
    if ("problem" in permissions) {
      refuse(grant.action, permissions.problem);
      continue;
    }
    for (const permission of permissions) {
      if (!isPath) named.add(permission);
      const row = rowText("p", [subject.subject, permission, grant.effect]);
      given.push({ grant, permission, isPath, row });
    }
  }
  return { given, paths: paths.all, named: [...named], refused };
}

const BOTH_WORLDS: Problem = {
  message: "the row matches paths and other resources, and the policy has both",
  fix: "convert the rows about paths and the others on their own",
};

/** Whether `*` means all paths or all other resources: what the rest of the policy is about. */
function meaningOfEverything(
  model: CasbinModel,
  grants: readonly GrantRow[],
  objects: readonly ObjectPattern[],
): "paths" | "names" | "both" {
  const kinds = new Set(
    objects.map(({ kind }, index) => {
      const isPath = kind === "problem" && grants[index]?.object.text.startsWith("/") === true;
      return isPath ? "paths" : kind;
    }),
  );
  if (kinds.has("paths") && kinds.has("name")) return "both";
  if (kinds.has("paths")) return "paths";
  if (kinds.has("name")) return "names";
  const ofMethods = grants.every(({ action }) => {
    const pattern = actionPattern(action.text, model.action);
    // What cannot be read says nothing.
    return pattern.kind === "problem" || !("problem" in methodsOf(pattern));
  });
  return ofMethods ? "paths" : "names";
}

function pathPermissions(
  templates: typeof ALL_PATHS,
  action: ActionPattern,
  paths: PathPermissions,
): readonly string[] | { readonly problem: Problem } {
  const methods = methodsOf(action);
  if ("problem" in methods) return methods;
  return templates.flatMap((template) => methods.map((method) => paths.of(template, method)));
}

function namedPermissions(
  name: string,
  action: ActionPattern,
): readonly string[] | { readonly problem: Problem } {
  if (action.kind === "problem") return action;
  if (action.kind === "everything") return [name === "*" ? "*" : `${name}:*`];
  if (name === "*") {
    return {
      problem: {
        message: "the row is about one action of every resource",
        fix: "write a row for each resource: a permission is `resource:action`, `resource:*` or `*`",
      },
    };
  }
  const permissions = action.words.map((word) => `${name}:${word}`);
  const wrong = permissions.find((permission) => !isPermission(permission));
  if (wrong === undefined) return permissions;
  return {
    problem: { message: `\`${wrong}\` is not a permission`, fix: "rename the action in the old policy" },
  };
}
