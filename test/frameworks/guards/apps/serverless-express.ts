import serverlessExpress from "@codegenie/serverless-express";
import { createExpressGuard } from "claimgate/middleware";
import { expressApp } from "./express-app.js";
import { options } from "./guard-options.js";

const guard = createExpressGuard(options);

export const handler = guard.withEvent(serverlessExpress({ app: expressApp(guard) }));
