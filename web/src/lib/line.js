// Whether what is heavy should wait until somebody asks for it: a slow line, or data that costs.
const line = navigator.connection;
export const slow = Boolean(line && (line.saveData || /2g|3g/.test(line.effectiveType ?? "")));
