export { type JsonObject, objectOf, textMapOf, textOf, textsOf } from "../json.ts";
