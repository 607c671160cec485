import { createHonoGuard } from "claimgate/middleware";
import { handle } from "hono/aws-lambda";
import { options } from "./guard-options.js";
import { honoApp } from "./hono-app.js";

export const handler = handle(honoApp(createHonoGuard(options)));
