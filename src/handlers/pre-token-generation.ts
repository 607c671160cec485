import { preTokenGeneration } from "claimgate/lambda";

/** The PreTokenGeneration trigger of the user pool, in all versions. */
export const handler = preTokenGeneration();
