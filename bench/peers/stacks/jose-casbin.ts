import { casbinSync } from "../engines/casbin.ts";
import { joseVerifier } from "../verifiers/jose.ts";
import { authorizer, type HttpEvent } from "./authorizer.ts";
import { policy, trust } from "./given.ts";

const ready = casbinSync(policy).then((allows) => authorizer(joseVerifier(trust), allows));

export const handler = async (event: HttpEvent) => (await ready)(event);
