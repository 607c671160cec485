import { caslKept } from "../engines/casl.ts";
import { fastJwtVerifier } from "../verifiers/fast-jwt.ts";
import { authorizer } from "./authorizer.ts";
import { memory, policy, trust } from "./given.ts";

export const handler = authorizer(fastJwtVerifier(trust, memory), caslKept(policy));
