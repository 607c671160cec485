import { ConfigurationError } from "../../../../src/errors.ts";
import { guardedServer } from "../../../support/mcp.ts";
import { policyFrom } from "../../../support/policy.ts";

const { guard } = guardedServer();
const ALL = ["getOrder", "refundOrder", "deleteOrder"];

describe("the tools of a server", () => {
  it("are those of the policy, or of another server", () => {
    expect(() => guard.check(ALL)).not.toThrow();
    expect(() => guard.check(["getOrder"], ["refundOrder", "deleteOrder"])).not.toThrow();
  });

  it.each([
    [[...ALL, "listOrders"], "the tool `listOrders` has no `g2` row: add `g2, Tool.listOrders, PERMISSION`"],
    [
      ["getOrder", "refundOrder"],
      "the route `Tool.deleteOrder` has no tool: remove the row, or correct its name",
    ],
    [
      [...ALL, "orders/list"],
      "the tool `orders/list` cannot be a route: MCP allows 1 to 128 letters, digits and `_ - .`",
    ],
    [[...ALL, ""], "the tool `` cannot be a route"],
    [[...ALL, "getOrder"], "the tool `getOrder` is listed twice"],
    [
      ["GetOrder", "refundOrder", "deleteOrder"],
      "`GetOrder` has no `g2` row: add `g2, Tool.GetOrder, PERMISSION`; the route `Tool.getOrder`",
    ],
  ])("%j are refused with every problem", (tools, message) => {
    expect(() => guard.check(tools)).toThrow(ConfigurationError);
    expect(() => guard.check(tools)).toThrow(message);
  });

  it("are never public", () => {
    const policy = policyFrom("g2, Tool.getOrder, public\n");
    expect(() => guardedServer({ policy: () => policy }).guard.check(["getOrder"])).toThrow(
      "the tool `getOrder` is `public`, which no tool can be: name a permission",
    );
  });
});
