import { createRequire } from "node:module";
import serverlessExpress from "@codegenie/serverless-express";
import { createExpressGuard } from "claimgate/middleware";
import express from "express";
import { expressApp } from "./express-app.js";
import { options } from "./guard-options.js";

// As its documentation shows it: `req.apiGateway` is one object for all requests.
const { eventContext } = createRequire(__filename)("@codegenie/serverless-express/src/middleware") as {
  eventContext: () => express.RequestHandler;
};

export const handler = serverlessExpress({
  app: express()
    .use(eventContext())
    .use(expressApp(createExpressGuard(options))),
});
