import { createExpressGuard } from "claimgate/middleware";
import { expressApp } from "./express-app.js";
import { options } from "./guard-options.js";

const guard = createExpressGuard({ ...options, trustWebAdapterHeader: true });

expressApp(guard).listen(Number(process.env["PORT"] ?? 8080));
