export {
  canonicalJson,
  type JsonObject,
  objectOf,
  objectsOf,
  sameJson,
  textMapOf,
  textOf,
  textsOf,
} from "../json.ts";
