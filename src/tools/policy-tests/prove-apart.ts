import type { Policy } from "../../policy/policy.ts";
import { AUTHENTICATED, type Subject } from "../../policy/subject.ts";
import { canNameOneGroup, sameTenantGroup, tenantOf } from "../../policy/tenant-group.ts";
import { standingOn } from "../access/access.ts";
import { placesOf, termsOnRoute } from "../access/access-terms.ts";
import { opens, some } from "../access/condition-outcomes.ts";
import { type Holdings, holdingsOf } from "../access/holdings.ts";
import { namedSubjects } from "../access/named-subjects.ts";
import { reachableValues } from "../access/reachable-values.ts";
import type { Counterexample } from "./counterexample.ts";

/**
 * Proves that tenants are apart, or finds a group that breaks it: a token whose groups are all of one tenant gains, on
 * routes whose parameter names another one, nothing beyond a token without groups.
 *
 * A token that gains has one group whose row allows; with that group alone its row still matches, and there are fewer
 * denies. So it suffices to look at each group of a tenant on its own, and its name does not matter unless a row names
 * it.
 */
export function proveApart(policy: Policy, parameter: string): Counterexample | undefined {
  const reachable = reachableValues(policy.routes, policy.routes);
  const routes = [...policy.routeEntries.keys()].sort().flatMap((route) => {
    const place = placesOf(route, undefined).get(parameter);
    return place === undefined
      ? []
      : [{ route, place, isReachable: reachable({ before: route, after: route }) }];
  });
  const without = holdingsOf(policy, [AUTHENTICATED]);
  for (const { subject, held, tenant } of groupsOfOneTenant(policy, parameter)) {
    for (const { route, place, isReachable } of routes) {
      const terms = [termsOnRoute(policy, route, held), termsOnRoute(policy, route, without)];
      const gains = some(
        terms,
        ([own, other]) => own !== undefined && other !== undefined && opens(own) && !opens(other),
        (literals) => isReachable(literals) && (tenant === undefined || literals.get(place) !== tenant),
      );
      if (gains)
        return { subjects: [subject], target: route, access: standingOn(policy, { route }, held).access };
    }
  }
  return undefined;
}

interface OfOneTenant {
  readonly subject: Subject;
  /** Undefined if it can be any. */
  readonly tenant: string | undefined;
  /** On requests whose parameter names another tenant. */
  readonly held: Holdings;
}

function groupsOfOneTenant(policy: Policy, parameter: string): readonly OfOneTenant[] {
  const groups = policy.tenantRoles.filter((group) => group.parameter === parameter);
  return groups.flatMap((group) => {
    const alike = policy.tenantRoles.filter(
      (other) => !sameTenantGroup(group, other) && canNameOneGroup(group, other),
    );
    const named = [...namedSubjects(policy)].flatMap((subject) => {
      const tenant = tenantOf(group, subject);
      return tenant === undefined ? [] : [{ subjects: [subject], tenant }];
    });
    const tokens = [
      { subjects: [group.member], tenant: undefined },
      ...alike.map(({ member }) => ({ subjects: [group.member, member], tenant: undefined })),
      ...named,
    ];
    return tokens.map(({ subjects, tenant }): OfOneTenant => {
      const { always, inTenant } = holdingsOf(policy, [AUTHENTICATED, ...subjects]);
      const elsewhere = inTenant.filter(({ member }) => member !== group.member);
      return { subject: subjects.at(-1) ?? group.member, tenant, held: { always, inTenant: elsewhere } };
    });
  });
}
