/** What a form calls an attribute: `family_name` is "Family name", `custom:team` is "Team". */
export function attributeLabel(name: string): string {
  if (name === "email") return "E-mail address";
  const words = name.replace(/^custom:/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
