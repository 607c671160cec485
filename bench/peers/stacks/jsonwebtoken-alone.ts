import { jsonwebtokenVerifier } from "../verifiers/jsonwebtoken.ts";
import { authorizer } from "./authorizer.ts";
import { trust } from "./given.ts";

/** No policy: whoever has a good token may call everything. The floor of the comparison of cold starts. */
export const handler = authorizer(jsonwebtokenVerifier(trust), () => true);
