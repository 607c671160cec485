// The door claimgate/lambda by its path: this folder is a package of its own.
import { httpAuthorizer } from "../../../src/library/lambda.ts";
import { memory, trust } from "./given.ts";

export const handler = httpAuthorizer({
  environment: {
    CLAIMGATE_USER_POOL_ID: trust.userPoolId,
    CLAIMGATE_APP_CLIENTS: JSON.stringify({ web: trust.clientId }),
    CLAIMGATE_TOKEN_MEMO: String(memory),
  },
});
