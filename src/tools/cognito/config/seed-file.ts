import { objectOf, objectsOf, textMapOf, textOf, textsOf } from "../../../json.ts";
import type { AddedUser } from "../operations/add-user.ts";
import { readSettings } from "./read-settings.ts";
import type { Settings } from "./settings.ts";

const SEED_SETTINGS: Settings = {
  users: {
    list: {
      settings: {
        username: "text",
        email: "text",
        password: "text",
        groups: { list: "text" },
        attributes: { each: "text" },
      },
    },
  },
};

/**
 * The users of a seed file, of JSON or YAML.
 *
 * @param file as errors name it
 * @throws PoolFileError with the place of every unknown setting and every wrong value
 */
export function seedUsers(file: string, text: string): readonly AddedUser[] {
  const { users } = objectOf(readSettings(file, text, SEED_SETTINGS, "a seed file"));
  return objectsOf(users).map((user) => ({
    username: textOf(user["username"]),
    email: textOf(user["email"]),
    password: textOf(user["password"]),
    groups: textsOf(user["groups"]),
    attributes: textMapOf(user["attributes"]),
  }));
}
