import { createExpressGuard } from "claimgate/middleware";
import { expressApp } from "./express-app.js";
import { verifying } from "./verifying-options.js";

expressApp(createExpressGuard(verifying)).listen(Number(process.env["PORT"] ?? 8080));
