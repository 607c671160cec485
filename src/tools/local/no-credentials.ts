import { LOCAL } from "./identifiers.ts";

/**
 * For every process that runs functions locally: they find no real credentials, and do not search the network for any.
 */
export const NO_CREDENTIALS: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "local",
  AWS_REGION: LOCAL.region,
  AWS_EC2_METADATA_DISABLED: "true",
};
