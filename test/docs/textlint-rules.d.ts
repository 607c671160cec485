// Packages without types of their own.
declare module "textlint-rule-terminology" {
  const rule: import("@textlint/types").TextlintRuleModule;
  export default rule;
}
declare module "textlint-rule-sentence-length" {
  const rule: { readonly default: import("@textlint/types").TextlintRuleModule };
  export default rule;
}
