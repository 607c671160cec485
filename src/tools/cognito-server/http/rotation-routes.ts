import { jwksOf } from "../../cognito/tokens/signing.ts";
import { json, type WebRoutes } from "../../managed-login/route.ts";

/** `POST /_rotate-keys`: new keys sign from now on, the old ones stay published. AWS has no such thing. */
export function rotationRoutes(rotate: () => void): WebRoutes {
  return {
    "POST /_rotate-keys": ({ keys }) => {
      rotate();
      return Promise.resolve(json(200, { ...jwksOf(keys.published()) }));
    },
  };
}
