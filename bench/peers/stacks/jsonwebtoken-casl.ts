import { caslKept } from "../engines/casl.ts";
import { jsonwebtokenVerifier } from "../verifiers/jsonwebtoken.ts";
import { authorizer } from "./authorizer.ts";
import { policy, trust } from "./given.ts";

export const handler = authorizer(jsonwebtokenVerifier(trust), caslKept(policy));
