/** The stateful resources of the stack as it was shipped; `npm run pin:stateful` writes it. */
export const PIN = "test/template/stateful.json";
