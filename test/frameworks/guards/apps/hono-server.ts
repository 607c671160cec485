import { serve } from "@hono/node-server";
import { createHonoGuard } from "claimgate/middleware";
import { options } from "./guard-options.js";
import { honoApp } from "./hono-app.js";

const guard = createHonoGuard({ ...options, trustWebAdapterHeader: true });

serve({ fetch: honoApp(guard).fetch, port: Number(process.env["PORT"] ?? 8080) });
