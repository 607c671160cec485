// The framework loads plugins with `require`; ours is TypeScript.
require("tsx/cjs/api").register();
module.exports = require("./serverless-plugin.ts").ClaimgateServerlessPlugin;
