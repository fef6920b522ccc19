/** What fills the `{…}` of a message template, by name. */
export type Details = { readonly [name: string]: string };

/** A message of a table with its details; a name without one stays as it is. */
export function fillTemplate(template: string, details: Details): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? (details[name] ?? whole) : whole,
  );
}
