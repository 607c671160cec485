import { createContext, createElement, type ReactElement, type ReactNode, useContext, useMemo } from "react";
import type { PermissionName } from "../policy/names.ts";
import { createAccess, type FrontEndAccess } from "./access.ts";
import type { FrontEndPolicy } from "./front-end-policy.ts";

/** What the provider decides by. */
export interface AccessProviderProps {
  /** What `claimgate client` wrote. */
  readonly policy: FrontEndPolicy;
  /** An access or ID token; undefined if nobody is signed in. */
  readonly token: string | undefined;
  /** The issuer of the pool, if tokens of another one must not count. */
  readonly issuer?: string | undefined;
  /** The id of the app client, if tokens of another one must not count. */
  readonly clientId?: string | undefined;
  readonly children?: ReactNode;
}

/** What is shown to whom. */
export interface CanProps {
  readonly permission: PermissionName;
  /** The values that conditions compare, by their names in the policy. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Shown instead if the user may not. */
  readonly fallback?: ReactNode;
  readonly children?: ReactNode;
}

const AccessContext = createContext<FrontEndAccess | undefined>(undefined);

/**
 * Gives the components below it the access of the user of a token. Hand it each new token.
 *
 * @throws TypeError if `policy` is not what `claimgate client` writes
 *
 * @example
 * import { createElement, type ReactNode } from "react";
 * import type { FrontEndPolicy } from "claimgate/client";
 * import { AccessProvider } from "claimgate/client/react";
 *
 * export const withAccess = (policy: FrontEndPolicy, token: string, children: ReactNode) =>
 *   createElement(AccessProvider, { policy, token, children });
 */
export function AccessProvider({
  policy,
  token,
  issuer,
  clientId,
  children,
}: AccessProviderProps): ReactElement {
  const value = useMemo(
    () => createAccess(policy, token, { issuer, clientId }),
    [policy, token, issuer, clientId],
  );
  return createElement(AccessContext.Provider, { value, children });
}

/**
 * What the user of the token may do, as far as a browser can know. It protects nothing: the API decides each call.
 *
 * @throws Error outside of an {@link AccessProvider}
 *
 * @example
 * import { useAccess } from "claimgate/client/react";
 *
 * export const useSignedOut = () => useAccess().problem() !== undefined;
 */
export function useAccess(): FrontEndAccess {
  const access = useContext(AccessContext);
  if (access === undefined) throw new Error("`useCan` and `<Can>` need an `<AccessProvider>` above them");
  return access;
}

/**
 * Whether the user may, as {@link FrontEndAccess.can}.
 *
 * @throws Error outside of an {@link AccessProvider}; RangeError for a permission that is not listed
 *
 * @example
 * import { useCan } from "claimgate/client/react";
 *
 * export const useMayRefund = () => useCan("orders:refund");
 */
export function useCan(permission: PermissionName, parameters?: Readonly<Record<string, string>>): boolean {
  return useAccess().can(permission, parameters);
}

/**
 * Shows its children to users who may.
 *
 * @throws Error as {@link useCan} does
 *
 * @example
 * import { createElement } from "react";
 * import { Can } from "claimgate/client/react";
 *
 * export const refundButton = createElement(Can, { permission: "orders:refund", children: "Refund" });
 */
export function Can({ permission, parameters, fallback = null, children }: CanProps): ReactNode {
  return useCan(permission, parameters) ? children : fallback;
}
