import { Router } from "@aws-lambda-powertools/event-handler/http";
import type { RequestContext } from "@aws-lambda-powertools/event-handler/types";
import type { Context } from "aws-lambda";
import { createPowertoolsGuard } from "claimgate/middleware";
import { options } from "./guard-options.js";

const { requirePermission, access } = createPowertoolsGuard(options);

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const app = new Router({ logger: quiet });
const answer = (reqCtx: RequestContext) => {
  const { caller, parameters } = access(reqCtx);
  return { sub: caller.sub, kind: caller.kind, parameters: { ...parameters }, routed: reqCtx.params };
};
for (const method of ["GET", "HEAD"] as const) {
  app.route(answer, { method, path: "/orders/:orderId", middleware: [requirePermission("orders:read")] });
}
app.delete("/orders/:orderId", [requirePermission("orders:delete")], answer);
app.post("/orders/:orderId/refund", [requirePermission("orders:refund")], answer);
app.get(
  "/mine",
  [
    requirePermission("user-orders:list", ({ req }: RequestContext) => ({
      userId: new URL(req.url).searchParams.get("user") ?? "",
    })),
  ],
  answer,
);
app.get("/open", answer);
app.get("/broken", [requirePermission("orders:read")], () => {
  throw new Error("the handler failed");
});
const users = new Router({ logger: quiet });
users.get("/:userId/orders", [requirePermission("user-orders:list")], answer);
app.includeRouter(users, { prefix: "/users" });
app.errorHandler(Error, (error) =>
  Promise.resolve({ statusCode: 500, body: JSON.stringify({ error: error.message }) }),
);

export const handler = (event: unknown, context: Context) => app.resolve(event, context);
