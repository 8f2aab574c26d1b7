// The words of dmn-js in Bahasa Indonesia; what is not listed stays as the library says it.
import indonesian from "./words/dmn-js.json";

export function translate(template, replacements = {}) {
  const text = (document.documentElement.lang !== "en" && indonesian[template]) || template;
  return text.replace(/\{\s*([^}\s]+)\s*\}/g, (whole, key) => replacements[key] ?? whole);
}
