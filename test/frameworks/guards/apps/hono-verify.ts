import { serve } from "@hono/node-server";
import { createHonoGuard } from "claimgate/middleware";
import { honoApp } from "./hono-app.js";
import { verifying } from "./verifying-options.js";

serve({ fetch: honoApp(createHonoGuard(verifying)).fetch, port: Number(process.env["PORT"] ?? 8080) });
