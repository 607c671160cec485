import { LOCAL } from "./identifiers.ts";

/** For every process that runs functions here: they find no real credentials, and do not look on the network. */
export const NO_CREDENTIALS: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "local",
  AWS_REGION: LOCAL.region,
  AWS_EC2_METADATA_DISABLED: "true",
};
