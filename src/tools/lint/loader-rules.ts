import type { Rule } from "./rule.ts";

/**
 * A finding that the loader reports itself. The policy does not load, so it is an error, and it cannot be
 * switched off.
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
  values("ambiguous-route", "two routes differ in nothing but the name of a parameter"),
  shape("blank-at-edge", "a quoted field begins or ends with a blank"),
  values("condition-shape", "a condition is not made of `{parameter}=claim` and `{parameter}!=claim`"),
  shape("doubled-quote", "a value holds two quotes in a row"),
  shape("duplicate-row", "the same row appears twice in the policy"),
  values("effect", "an effect is not exactly `allow` or `deny`"),
  shape("empty-field", "a field is empty, or a comma ends the line"),
  shape("empty-policy", "the policy has no `p` row"),
  shape("file-unreadable", "a file of the policy is missing, misnamed, no file, or may not be read"),
  shape("foreign-model", "rows are of another casbin model"),
  values("group-expected", "a `g3` row names something else than a group"),
  shape("groups-file", "`groups.yaml` is not YAML of the known settings, each once and of its type"),
  shape("inline-comment", "a comment follows a row on the same line"),
  shape("invisible-character", "a field holds a control, invisible or bidirectional character"),
  shape("line-ending", "a line contains a lone carriage return"),
  shape("line-too-long", "a line that is not a comment has more than 8,192 characters"),
  shape("lint-configuration", "`policies/lint.json` switches off what it cannot, or without a reason"),
  shape("model-edited", "`model.conf` is not the one that this version was built for"),
  shape("not-utf8", "a file is not UTF-8 text"),
  values("permission-shape", "a permission is not `resource:action`"),
  values("public-and-guarded", "a public route belongs to a permission as well"),
  values("role-built-in", "a `g` row gives a role that follows from the kind of token"),
  values("role-expected", "a `g` row gives something else than a role, or is reversed"),
  values("route-shape", "a route is not spelled as API Gateway spells it"),
  shape("spreadsheet-file", "a file is as a spreadsheet or an input method writes it"),
  values("subject-name", "a subject has a name that cannot exist"),
  values("subject-prefix", "a subject has none of the known prefixes"),
  shape("too-few-columns", "a row lacks a column"),
  shape("too-many-columns", "a row has a column too many"),
  shape("unbalanced-parenthesis", "a field has an unbalanced parenthesis"),
  shape("unbalanced-quote", "a quote is not closed, or is inside a field"),
  shape("unknown-row-type", "a line begins with none of the row types"),
];
