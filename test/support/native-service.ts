/**
 * The beginning of serverless.yml of a service that has a native JWT authorizer, `jwt`.
 *
 * @param clients logical ids of the app clients whose tokens it takes
 */
export const withJwtAuthorizer = (...clients: readonly string[]) => `service: shop
provider:
  name: aws
  runtime: nodejs20.x
  httpApi:
    authorizers:
      jwt:
        type: jwt
        identitySource: $request.header.Authorization
        issuerUrl: !Sub "https://cognito-idp.\${AWS::Region}.amazonaws.com/\${UserPool}"
        audience: [${clients.map((id) => `!Ref ${id}`).join(", ")}]
`;
