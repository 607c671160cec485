import type { Operations } from "./operation.ts";

/** Every operation of the API, by its name in `x-amz-target`. */
export const allOperations: Operations = {};
