// Preloaded into the functions that the emulator runs (NODE_OPTIONS of the emulator, inherited by its workers), and
// into nothing else: the deployed artefact knows nothing of it, and is what `sls package` made. It makes up for two
// things in which the emulator's runtime and gateway differ from AWS; docs/local-fidelity.md lists them.
//
// 1. AWS's Node.js runtime looks for a handler's file as .js, .mjs and .cjs; the emulator does not try .cjs.
// 2. The event of a REST API's REQUEST authorizer has `requestContext.requestId` on AWS, and not here.
//
// Nothing here is about keys or endpoints: the emulator itself sends every request for *.amazonaws.com, the fetch of
// the pool's JWKS included, to itself.
"use strict";

const { randomUUID } = require("node:crypto");

require.extensions[".cjs"] = (module, filename) => {
  require.extensions[".js"](module, filename);
  const { handler } = module.exports;
  if (typeof handler !== "function") return;
  module.exports = { ...module.exports, handler: (event, ...rest) => handler(withRequestId(event), ...rest) };
};

function withRequestId(event) {
  const context = event?.requestContext;
  if (event?.type !== "REQUEST" || typeof event.methodArn !== "string" || context == null) return event;
  return { ...event, requestContext: { requestId: randomUUID(), ...context } };
}
