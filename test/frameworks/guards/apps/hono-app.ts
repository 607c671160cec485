import type { HonoGuard } from "claimgate/middleware";
import { type Context, Hono } from "hono";
import { methodOverride } from "hono/method-override";

/** The app that every adapter of Hono serves. */
export function honoApp({ requirePermission, access }: HonoGuard): Hono {
  const app = new Hono();
  app.use("/orders/*", methodOverride({ app, header: "x-http-method-override" }));
  const answer = (c: Context) => {
    const { caller, parameters } = access(c);
    return c.json({ sub: caller.sub, kind: caller.kind, parameters, routed: c.req.param() });
  };
  app.get("/orders/:orderId", requirePermission("orders:read"), answer);
  app.delete("/orders/:orderId", requirePermission("orders:delete"), answer);
  app.post("/orders/:orderId/refund", requirePermission("orders:refund"), answer);
  app.get(
    "/mine",
    requirePermission("user-orders:list", (c: Context) => ({ userId: c.req.query("user") ?? "" })),
    answer,
  );
  app.get("/open", answer);
  app.get("/broken", requirePermission("orders:read"), () => {
    throw new Error("the handler failed");
  });
  const users = new Hono();
  users.get("/:userId/orders", requirePermission("user-orders:list"), answer);
  app.route("/users", users);
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}
