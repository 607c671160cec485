import { caslKept } from "../engines/casl.ts";
import { awsVerifier } from "../verifiers/aws-jwt-verify.ts";
import { authorizer } from "./authorizer.ts";
import { policy, trust } from "./given.ts";

export const handler = authorizer(awsVerifier(trust), caslKept(policy));
