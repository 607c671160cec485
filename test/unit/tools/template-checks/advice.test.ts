import { forAdoptedService } from "../../../../src/tools/template-checks/advice.ts";
import { checkTemplate } from "../../../../src/tools/template-checks/check-template.ts";
import { appClient } from "./checking.ts";

it("in an adopted service, what was there before is a warning, and what claimgate promises an error", () => {
  const Resources = {
    Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
    Web: appClient({ WriteAttributes: ["custom:tenant_id", "custom:claimgate_assigned"] }),
  };
  const report = checkTemplate({ Resources }, { publicRoutes: new Set(), keepsUsers: false });
  const { findings } = forAdoptedService(report);
  const severities = findings.map(({ id, severity, message }) => [
    id,
    severity,
    message.split(":").slice(1, 2)[0],
  ]);
  expect(severities).toContainEqual(["pool-case-sensitive", "warning", undefined]);
  expect(severities).toContainEqual(["client-writes", "warning", "tenant_id`"]);
  expect(severities).toContainEqual(["client-writes", "error", "claimgate_assigned`"]);
  const fix = findings.find(({ id }) => id === "pool-case-sensitive")?.fix;
  expect(fix).toContain("leave it for a deployed one, which the change would replace");
});
