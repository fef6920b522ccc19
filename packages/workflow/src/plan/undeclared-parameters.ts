/** Lower-case names of parameters of the platform, which are there without being declared and get their values from it. */
export const undeclaredParameters: ReadonlySet<string> = new Set(['$connections', '$authentication']);
