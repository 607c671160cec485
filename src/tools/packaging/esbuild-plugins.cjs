// serverless-esbuild loads this file with `require`; ours is TypeScript.
require("tsx/cjs/api").register();
const { furtherPoolsPlugin } = require("./further-pools-plugin.ts");
const { leanCasbinPlugin } = require("./lean-casbin-plugin.ts");
const { policyPlugin } = require("./policy-plugin.ts");
const { isLocalCommand } = require("./local-command.ts");

// Local builds read the directory and the environment, so that an edit of a CSV takes effect without a build.
module.exports = (serverless) =>
  isLocalCommand(serverless.processedInput.commands)
    ? []
    : [policyPlugin("policies"), furtherPoolsPlugin(() => serverless.service.functions), leanCasbinPlugin()];
