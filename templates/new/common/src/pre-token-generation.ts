import { preTokenGeneration } from "claimgate/lambda";

/** What is in the tokens: groups, and the roles that follow from them. */
export const handler = preTokenGeneration();
