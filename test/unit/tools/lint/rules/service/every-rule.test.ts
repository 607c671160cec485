import { lint } from "../../../../../../src/tools/lint/lint.ts";
import { RULES } from "../../../../../../src/tools/lint/registry.ts";
import { readRootFields } from "../../../../../../src/tools/service/read-graphql.ts";
import { readService } from "../../../../../../src/tools/service/read-service.ts";
import { MODEL } from "../../../../../support/policy.ts";
import {
  LIMITING_ROWS,
  MISTAKEN_GROUPS,
  MISTAKEN_ROWS,
  SERVICE_BEHIND_DEFAULT,
  SERVICE_WITH_EVERY_MISTAKE,
} from "../../../../../support/service-with-every-mistake.ts";

describe("the service rules", () => {
  const findings = [
    [SERVICE_WITH_EVERY_MISTAKE, MISTAKEN_ROWS] as const,
    [SERVICE_WITH_EVERY_MISTAKE, LIMITING_ROWS] as const,
    [SERVICE_BEHIND_DEFAULT, MISTAKEN_ROWS] as const,
  ].flatMap(
    ([service, text]) =>
      lint(
        { model: MODEL, rows: [{ path: "policies/test.csv", text }] },
        {
          service: {
            ...readService(service, ""),
            graphql: readRootFields("schema.graphql", "type Query { orders: [ID] }"),
          },
          groupsFile: { path: "policies/groups.yaml", text: MISTAKEN_GROUPS },
          switchedOff: new Map(),
        },
      ).findings,
  );

  const rules = RULES.filter(({ category }) => category === "service");
  it.each(rules.map(({ id, severity }) => [id, severity]))("find %s, an %s", (id) => {
    expect(findings.filter(({ rule }) => rule === id)).not.toEqual([]);
  });
});
