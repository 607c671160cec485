import type { ExpressGuard } from "claimgate/middleware";
import express, { type Express, type NextFunction, type Request, type Response } from "express";

/** The app that every adapter of Express serves. */
export function expressApp({ requirePermission, access }: ExpressGuard, createApp = express): Express {
  const app = createApp();
  // As the package method-override does, which obeys a header.
  app.use((req, _res, next) => {
    req.method = req.get("x-http-method-override") ?? req.method;
    next();
  });
  const answer = (req: Request, res: Response) => {
    const { caller, parameters } = access(req);
    res.json({ sub: caller.sub, kind: caller.kind, parameters, routed: req.params });
  };
  app.get("/orders/:orderId", requirePermission("orders:read"), answer);
  app.delete("/orders/:orderId", requirePermission("orders:delete"), answer);
  app.post("/orders/:orderId/refund", requirePermission("orders:refund"), answer);
  app.get(
    "/mine",
    requirePermission("user-orders:list", (req: Request) => ({ userId: String(req.query["user"]) })),
    answer,
  );
  app.get("/open", answer);
  app.get("/broken", requirePermission("orders:read"), () => {
    throw new Error("the handler failed");
  });
  const users = express.Router();
  users.get("/:userId/orders", requirePermission("user-orders:list"), answer);
  app.use("/users", users);
  app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
    res.status(500).json({ error: error.message });
  });
  return app;
}
