import { type JsonObject, objectOf } from "../../../json.ts";

/** The number of events in five minutes that triggers each alarm; `slowTrigger` is in milliseconds. */
export type AlarmThresholds = typeof DEFAULTS;

const DEFAULTS = {
  slowTrigger: 4_000,
  serverErrors: 10,
  denies: 100,
  refusedTokens: 100,
  refusedSignUps: 50,
};

/**
 * `alarmThresholds` of the section `custom`, with this service's defaults for what it leaves out.
 * @throws RangeError for an unknown name, and for a value that is not a positive whole number
 */
export function alarmThresholds(custom: JsonObject): AlarmThresholds {
  const given = objectOf(custom["alarmThresholds"]);
  for (const [name, value] of Object.entries(given)) {
    const place = `\`custom.alarmThresholds\` has \`${name}`;
    if (!Object.hasOwn(DEFAULTS, name)) {
      const names = Object.keys(DEFAULTS).map((one) => `\`${one}\``);
      throw new RangeError(`${place}\`; expected ${names.join(", ")}`);
    }
    if (!Number.isSafeInteger(value) || Number(value) < 1) {
      throw new RangeError(`${place}: ${String(value)}\`; expected a whole number from 1 on`);
    }
  }
  return { ...DEFAULTS, ...given };
}
