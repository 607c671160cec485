// The framework loads plugins with `require`; ours is TypeScript, unless `npm start` bundled it.
const bundled = process.env.CLAIMGATE_BUNDLED_PLUGIN;
if (bundled === undefined) require("tsx/cjs/api").register();
module.exports = require(bundled ?? "./serverless-plugin.ts").ClaimgateServerlessPlugin;
