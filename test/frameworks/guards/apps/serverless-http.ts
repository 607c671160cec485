import { createExpressGuard } from "claimgate/middleware";
import serverless from "serverless-http";
import { expressApp } from "./express-app.js";
import { options } from "./guard-options.js";

export const handler = serverless(expressApp(createExpressGuard(options)));
