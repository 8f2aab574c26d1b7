// Libraries without translations: while bundling, their fixed words become a choice at run time between the English of
// the library and the Indonesian of src/lib/words/*.json. A place that is no longer there stops the build.
import { readFile } from "node:fs/promises";

const read = async (name) => JSON.parse(await readFile(new URL(`./src/lib/words/${name}.json`, import.meta.url), "utf8"));
const KEYS = "label|title|children|placeholder|tooltip|description|text|name";

export const choice = (indonesian, english) =>
  `(document.documentElement.lang === "en" ? ${JSON.stringify(english)} : ${JSON.stringify(indonesian)})`;

// `label: 'Key'`, `return 'Must be unique.'` and the like, where the whole literal is a word of the list.
function translated(text, words) {
  return text.replace(
    new RegExp(`(\\b(?:${KEYS}): ?|\\breturn )(['"])((?:(?!\\2)[^\\\\\\n])+)\\2`, "g"),
    (whole, before, _quote, english) => (words[english] ? before + choice(words[english], english) : whole),
  );
}

function replaced(text, [from, to]) {
  if (!text.includes(from)) throw new Error(`words.mjs: the library no longer says ${from}`);
  return text.replaceAll(from, to);
}

// Components that neither the server's rules nor the pages without script know are not offered.
const NOT_OFFERED = ["default", "button", "html", "image", "iframe", "table", "documentPreview"];
const EDITOR = [
  ["}) => type !== 'default');", `}) => !${JSON.stringify(NOT_OFFERED)}.includes(type));`],
  ["title: `Create ${getIndefiniteArticle(type)} ${label} element`", `title: ${choice("Tambah", "Add")} + " " + label`],
];

export const editorWords = {
  name: "editor-words",
  setup(builder) {
    builder.onLoad({ filter: /form-js-editor[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
      const text = translated(await readFile(path, "utf8"), await read("form-js"));
      return { contents: EDITOR.reduce(replaced, text), loader: "js" };
    });
  },
};

// dmn-js's hit policies and what they mean stand in a list without translation.
export const hitPolicyWords = {
  name: "hit-policy-words",
  setup(builder) {
    builder.onLoad({ filter: /dmn-js-decision-table[\\/]lib[\\/]features[\\/]hit-policy[\\/]HitPolicies\.js$/ }, async ({ path }) => {
      const words = await read("hit-policies");
      const seen = [];
      const contents = (await readFile(path, "utf8")).replace(/((?:label|explanation): )'([^']+)'/g, (whole, before, english) => {
        if (!words[english]) throw new Error(`words.mjs: no Indonesian for ${english}`);
        seen.push(english);
        return before + choice(words[english], english);
      });
      if (seen.length !== Object.keys(words).length) throw new Error("words.mjs: the library's hit policies are others by now");
      return { contents, loader: "js" };
    });
  },
};

// The names of form-js's components and the labels of new ones, which stand in the viewer.
export async function componentNames(text) {
  const words = await read("form-js");
  return text.replace(/^( +(?:name|label): )'([^']+)',$/gm, (whole, before, english) =>
    words[english] ? `${before}${choice(words[english], english)},` : whole,
  );
}
