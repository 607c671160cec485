import { type ClientRequest, headerValues } from "../request.ts";

// "Binary media types for REST APIs in API Gateway": without any, every body is text.

/** Whether the function gets the body of a request as Base64. */
export const sendsBinary = (binaryMediaTypes: readonly string[], request: ClientRequest) =>
  isBinary(binaryMediaTypes, headerValues(request, "content-type")[0]);

/**
 * Whether the Base64 of an answer is decoded for the client. "API Gateway uses the first `Accept` header from clients
 * to determine if a response should return binary media."
 */
export const acceptsBinary = (binaryMediaTypes: readonly string[], request: ClientRequest) =>
  isBinary(binaryMediaTypes, headerValues(request, "accept")[0]?.split(",")[0]);

function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";
  return binaryMediaTypes.some((binary) => {
    if (binary === "*/*" || binary.toLowerCase() === type) return true;
    return binary.endsWith("/*") && type.startsWith(binary.slice(0, -1).toLowerCase());
  });
}
