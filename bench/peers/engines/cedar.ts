import { setFlagsFromString } from "node:v8";
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { type Allows, covering, type PeerPolicy, withIncluded } from "../peer-policy.ts";

// Node 20 crashes where it has inlined a call to WebAssembly and falls back from optimized code.
if (process.versions.node.startsWith("20.")) setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const RESOURCE = { type: "Api", id: "api" };

/** Policies parsed beforehand; roles are parents of the user, and a permission is an action in `orders:*` and `*`. */
export function cedar(policy: PeerPolicy): Allows {
  const staticPolicies = policy.grants
    .map(({ subject, permission, effect }) => {
      const scope = `principal in Role::${JSON.stringify(subject)}, action in Action::${JSON.stringify(permission)}`;
      return `${effect === "allow" ? "permit" : "forbid"}(${scope}, resource);`;
    })
    .join("\n");
  const parsed = preparsePolicySet("policies", { staticPolicies });
  if (parsed.type === "failure") throw new Error(JSON.stringify(parsed.errors));
  return (roles, permission) => {
    const principal = { type: "User", id: "user" };
    const action = { type: "Action", id: permission };
    const [, ...wider] = covering(permission);
    const answer = statefulIsAuthorized({
      principal,
      action,
      resource: RESOURCE,
      context: {},
      entities: [
        {
          uid: principal,
          attrs: {},
          parents: withIncluded(roles, policy).map((id) => ({ type: "Role", id })),
        },
        { uid: action, attrs: {}, parents: wider.map((id) => ({ type: "Action", id })) },
      ],
      preparsedPolicySetId: "policies",
      validateRequest: false,
    });
    if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
    return answer.response.decision === "allow";
  };
}
