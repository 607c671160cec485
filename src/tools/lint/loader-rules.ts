import type { Rule } from "./rule.ts";

/**
 * A finding that the loader itself reports. The policy does not load, so it is an error and cannot be switched off.
 */
export type LoaderRule = Pick<Rule, "id" | "category" | "summary"> & { readonly severity: "error" };

const shape = (id: string, summary: string): LoaderRule => ({
  id,
  category: "shape",
  severity: "error",
  summary,
});

const values = (id: string, summary: string): LoaderRule => ({
  id,
  category: "values",
  severity: "error",
  summary,
});

/** Sorted by id. */
export const LOADER_RULES: readonly LoaderRule[] = [
  values("address-pattern", "an address pattern is not `*@domain`, a whole address or `*`"),
  values("ambiguous-route", "two routes differ only in the name of a parameter"),
  shape("blank-at-edge", "a quoted field begins or ends with a space"),
  values("client-expected", "a `p3` row names something other than an app client"),
  values(
    "condition-shape",
    "a condition contains something other than `{parameter}=claim` and `{parameter}!=claim`",
  ),
  values("directory-value", "a `g4` row does not name one value as `PROVIDER/VALUE`"),
  shape("doubled-quote", "a value contains two consecutive quotes"),
  shape("duplicate-row", "the same row appears twice in the policy"),
  values("effect", "an effect is not exactly `allow` or `deny`"),
  shape("empty-field", "a field is empty, or a comma ends the line"),
  shape("empty-policy", "the policy has no `p` row"),
  shape("file-unreadable", "a file of the policy is missing, misnamed, unreadable or not a regular file"),
  shape("foreign-model", "rows have the format of another casbin model"),
  values("group-expected", "a `g3` or `g4` row names something other than a group"),
  shape(
    "front-end-file",
    "`front-end.yaml` is not valid: unknown or duplicate names, wildcards, or values of the wrong type",
  ),
  shape(
    "groups-file",
    "`groups.yaml` is not valid: unknown or duplicate settings, or values of the wrong type",
  ),
  shape("inline-comment", "a comment follows a row on the same line"),
  shape("invisible-character", "a field contains a control, invisible or bidirectional character"),
  shape("line-ending", "a line contains a lone carriage return"),
  shape("line-too-long", "a line that is not a comment has more than 8,192 characters"),
  shape("lint-configuration", "`policies/lint.json` switches off a mandatory rule, or gives no reason"),
  shape("model-edited", "`model.conf` is not the model of this version"),
  shape("not-utf8", "a file is not UTF-8"),
  values("permission-shape", "a permission is not `resource:action`"),
  values("public-and-guarded", "a public route also belongs to a permission"),
  values("role-built-in", "a `g` row assigns a role that follows from the kind of token"),
  values("role-expected", "a `g` row assigns something other than a role, or is reversed"),
  values("route-shape", "a route is not spelled as API Gateway spells it"),
  values("scope-shape", "the scope of a `p3` row is not a scope, or has a prefix"),
  shape("spreadsheet-file", "a file has the format of a spreadsheet or an input method"),
  values("subject-name", "a subject has an impossible name"),
  values("subject-prefix", "a subject has none of the known prefixes"),
  values("tenant-group", "a placeholder in a group name is not in the member of a `g` row"),
  shape("too-few-columns", "a row lacks a column"),
  shape("too-many-columns", "a row has too many columns"),
  shape("unbalanced-parenthesis", "a field has an unbalanced parenthesis"),
  shape("unbalanced-quote", "a quote is not closed, or is inside a field"),
  shape("unknown-row-type", "a line begins with none of the row types"),
];
