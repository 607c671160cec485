import { identityRoles, type Standing } from "../../cloudformation/identity-roles.ts";
import { membersOf, valuesAt } from "../../cloudformation/places.ts";
import { type Statement, textList, trustStatements } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A role of an identity pool that other pools, or guests, could also assume. */
export const identityTrust: TemplateCheck = {
  id: "identity-trust",
  summary: "a role for Cognito identities whose trust policy lacks `aud` or `amr`, or lets guests assume it",
  check,
};

const SERVICE = "cognito-identity.amazonaws.com";
const ACTIONS = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"];

function* check(template: Template): Iterable<TemplateProblem> {
  const given = identityRoles(template);
  for (const role of resourcesOf(template, "AWS::IAM::Role")) {
    const statements = trustStatements(role).filter(({ json }) =>
      valuesAt(json, "Principal.Federated").some(({ value }) => textList(value).includes(SERVICE)),
    );
    for (const statement of statements) {
      for (const { property, message, fix } of faultsOf(statement, given.get(role.id) ?? new Set())) {
        yield { resource: role.id, property: `${statement.path}.${property}`, message, fix };
      }
    }
    if (statements.length > 0 || !given.has(role.id)) continue;
    const message = "is a role of an identity pool, but Cognito may not assume it";
    const fix = `trust \`Federated: ${SERVICE}\` with the conditions \`aud\` and \`amr\``;
    yield { resource: role.id, property: "AssumeRolePolicyDocument", message, fix };
  }
}

type Fault = Pick<TemplateProblem, "property" | "message" | "fix">;

function* faultsOf({ json, actions }: Statement, standings: ReadonlySet<Standing>): Iterable<Fault> {
  const other = actions.filter((action) => !ACTIONS.includes(action));
  if (other.length > 0) {
    yield {
      property: "Action",
      message: `allows ${other.join(", ")}`,
      fix: `allow ${ACTIONS.join(" and ")} only`,
    };
  }
  const audience = conditionOf(json["Condition"], "aud");
  if (!audience.some(({ operator }) => /^(ForAnyValue:)?StringEquals$/.test(operator))) {
    yield {
      property: "Condition",
      message: "has no `StringEquals` of `aud`: any identity pool, of any account, may hand out this role",
      fix: `add \`StringEquals: {"${SERVICE}:aud": !Ref IdentityPool}\``,
    };
  }
  // ForAllValues is true if the key is missing, and so is every operator that ends in IfExists.
  const standing = conditionOf(json["Condition"], "amr").filter(({ operator }) =>
    /^ForAnyValue:String(Like|Equals)$/.test(operator),
  );
  const allowed = standing.flatMap(({ values }) => values);
  const expected = [...standings][0] ?? "authenticated";
  if (standing.length === 0) {
    yield {
      property: "Condition",
      message:
        "has no `ForAnyValue` condition of `amr`: guests may assume this role as well as signed-in users",
      fix: `add \`ForAnyValue:StringLike: {"${SERVICE}:amr": ${expected}}\``,
    };
  } else if (
    allowed.some((value) => value.includes("*")) ||
    (standings.size > 0 && !allowed.includes(expected))
  ) {
    yield {
      property: "Condition",
      message: `is for ${expected} identities, but its \`amr\` is ${allowed.join(", ")}`,
      fix: `make \`amr\` \`${expected}\``,
    };
  }
}

function conditionOf(
  condition: unknown,
  key: "aud" | "amr",
): readonly { operator: string; values: readonly string[] }[] {
  return membersOf({ path: "", value: condition }).flatMap(({ path: operator, value }) =>
    membersOf({ path: "", value })
      .filter(({ path }) => path === `${SERVICE}:${key}`)
      .map((place) => ({ operator, values: textList(place.value) })),
  );
}
