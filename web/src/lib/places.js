// Places in form data by dotted name ("alamat.jalan"), and the marks that form-js leaves where files were chosen.
const MARK = "files::";

export const isMark = (value) => typeof value === "string" && value.startsWith(MARK);

// A copy of the data with this value at that place; undefined takes the place out.
export function put(data, name, value) {
  const [first, ...rest] = name.split(".");
  const inner = rest.length ? put(data?.[first] ?? {}, rest.join("."), value) : value;
  return { ...data, [first]: inner };
}

export const at = (data, name) => name.split(".").reduce((place, step) => place?.[step], data);

// A copy of the data in which every mark is replaced by what `change` makes of it.
export async function replaceMarks(data, change) {
  if (isMark(data)) return change(data);
  if (Array.isArray(data)) return Promise.all(data.map((one) => replaceMarks(one, change)));
  if (data === null || typeof data !== "object") return data;
  const entries = [];
  for (const [key, one] of Object.entries(data)) entries.push([key, await replaceMarks(one, change)]);
  return Object.fromEntries(entries);
}

export function withoutMarks(data) {
  if (Array.isArray(data)) return data.map(withoutMarks);
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(Object.entries(data).filter(([, one]) => !isMark(one)).map(([key, one]) => [key, withoutMarks(one)]));
}
