export { type JsonObject, objectOf, textMapOf, textOf, textsOf } from "../analysis/json.ts";
