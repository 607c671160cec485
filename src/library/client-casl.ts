// claimgate/client/casl: rules of @casl/ability for a front end. docs/front-end.md
export { type CaslConditions, type CaslOptions, type CaslRule, caslRules } from "../client/casl.ts";
