/**
 * Roles and permissions as lists: the fastest full scan that casbin supports. One `enforce` for each role, as tutorials
 * do, is slower and wrong, since a deny of one role does not outweigh the allow of another.
 */
export const STOCK_MODEL = `
[request_definition]
r = subjects, permissions
[policy_definition]
p = subject, permission, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.subject in r.subjects) && (p.permission in r.permissions)
`;
