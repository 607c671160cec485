import { textOf } from "../../../json.ts";
import { valueAt } from "../../cloudformation/places.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { UNIT_SECONDS } from "../../cloudformation/validity-units.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** A token lifetime that Cognito refuses, or that has an unintended default unit. */
export const tokenValidity: TemplateCheck = {
  id: "token-validity",
  summary: "a token lifetime out of Cognito's range: 5 min to 1 day, for refresh tokens 60 min to 10 years",
  check,
};

/** Ranges in seconds and default units: API reference of CreateUserPoolClient. */
const TOKENS = [
  { token: "AccessToken", unit: "hours", least: 300, most: 86_400, range: "5 minutes to 1 day" },
  { token: "IdToken", unit: "hours", least: 300, most: 86_400, range: "5 minutes to 1 day" },
  { token: "RefreshToken", unit: "days", least: 3600, most: 3650 * 86_400, range: "60 minutes to 10 years" },
] as const;

function* check(template: Template): Iterable<TemplateProblem> {
  for (const { id, properties } of resourcesOf(template, "AWS::Cognito::UserPoolClient")) {
    for (const { token, unit: defaultUnit, least, most, range } of TOKENS) {
      const property = `${token}Validity`;
      const value = properties[property];
      const unit = textOf(valueAt(properties, `TokenValidityUnits.${token}`)) ?? defaultUnit;
      const seconds = Number(value) * (UNIT_SECONDS[unit] ?? Number.NaN);
      if (value === undefined || typeof value === "object" || (seconds >= least && seconds <= most)) continue;
      yield {
        resource: id,
        property,
        message: `is ${String(value)} ${unit}; Cognito accepts ${range}`,
        fix: `set it and TokenValidityUnits.${token} to a value from ${range}`,
      };
    }
  }
}
