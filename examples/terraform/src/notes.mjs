// The API that the authorizer guards; replace it with yours.
export const handler = async ({ routeKey, requestContext }) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ route: routeKey, caller: requestContext.authorizer.lambda.sub }),
});
