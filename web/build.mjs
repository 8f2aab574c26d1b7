// Builds web/dist: bundles by esbuild, Tabler's CSS cut down to what the templates use, and a .gz beside every file.
// Tabler's dark theme hangs on an attribute that a script would have to set; here it follows the system's wish instead.
import { readFile, writeFile, rm, readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { choice as chosen, componentNames, editorWords, hitPolicyWords } from "./words.mjs";

const DIST = new URL("./dist/", import.meta.url);
const SOURCE = new URL("./src/", import.meta.url); // its files are the bundles; what they share lies in src/lib
const HERE = new URL(".", import.meta.url).pathname;
const DARK = "[data-bs-theme=dark]";

// form-js has no translations: its fixed words are replaced by a choice at run time.
const WORDS = [
  ['children: "Browse"', "Pilih berkas", "Browse"],
  ["return 'No files selected'", "Belum ada berkas yang dipilih", "No files selected"],
  ["' ', 'Add new'", "Tambah", "Add new"],
  ["'Field is required.'", "Wajib diisi.", "Required."],
];

const formJsWords = {
  name: "form-js-words",
  setup(builder) {
    builder.onLoad({ filter: /form-js-viewer[\\/]dist[\\/]index\.es\.js$/ }, async ({ path }) => {
      let text = await readFile(path, "utf8");
      for (const [place, indonesian, english] of WORDS) {
        const choice = chosen(indonesian, english);
        const literal = new RegExp(`(["'])${english === "Required." ? "Field is required\\." : english}\\1`);
        text = text.replace(place, place.replace(literal, choice));
      }
      return { contents: await componentNames(text), loader: "js" };
    });
  },
};

// The same for the token simulation: fixed words stand in quotes or inside templates.
const TOKEN_WORDS = {
  "Simulation Log": "Catatan simulasi", "No Entries": "Belum ada catatan", "Toggle Simulation Log": "Tampilkan catatan simulasi",
  "Reset Simulation": "Ulang dari awal", "Pause Simulation": "Jeda", "Play Simulation": "Lanjutkan", "Play/Pause Simulation": "Jeda atau lanjutkan",
  "Set Sequence Flow": "Pilih jalan keluar", "Trigger Event": "Picu peristiwa", "Found unsupported elements": "Ada elemen yang tidak disimulasikan",
  "Not supported": "Tidak disimulasikan", Finished: "Selesai", Close: "Tutup",
};

const tokenWords = {
  name: "token-simulation-words",
  setup(builder) {
    builder.onLoad({ filter: /bpmn-js-token-simulation[\\/]lib[\\/]features[\\/].*\.js$/ }, async ({ path }) => {
      let text = await readFile(path, "utf8");
      for (const [english, indonesian] of Object.entries(TOKEN_WORDS)) {
        const choice = `(document.documentElement.lang === "en" ? ${JSON.stringify(english)} : ${JSON.stringify(indonesian)})`;
        text = text.replace(new RegExp(`'${english}'|"${english}"|(>|^ +)${english}(<|$)`, "gm"), (whole, before = "", after = "") => {
          if (whole.startsWith("'")) return choice;
          return whole.startsWith('"') ? `"\${${choice}}"` : `${before}\${${choice}}${after}`;
        });
      }
      return { contents: text, loader: "js" };
    });
  },
};

// form-js's editor and viewer must share one preact, or hooks of one are unknown to the other.
const onePreact = {
  name: "one-preact",
  setup(builder) {
    builder.onResolve({ filter: /^preact($|\/)/ }, ({ path, kind, importer }) =>
      importer.includes("form-js-editor") ? builder.resolve(path, { kind, resolveDir: HERE }) : undefined,
    );
  },
};

function darkByPreference(root) {
  const dark = postcss.atRule({ name: "media", params: "screen and (prefers-color-scheme: dark)" });
  root.walkRules((rule) => {
    const mine = rule.selectors.filter((selector) => selector.startsWith(DARK));
    if (mine.length === 0 || rule.parent.type === "atrule") return;
    const copy = rule.clone();
    copy.selectors = mine.map((selector) => `:root${selector.slice(DARK.length)}`);
    dark.append(copy);
  });
  root.append(dark);
}

async function styles() {
  const tabler = await readFile(new URL("./node_modules/@tabler/core/dist/css/tabler.min.css", import.meta.url), "utf8");
  const root = postcss.parse(tabler);
  darkByPreference(root);
  const [purged] = await new PurgeCSS().purge({
    content: ["../api/pages/templates/**/*.html", "src/**/*.js"].map((glob) => new URL(glob, import.meta.url).pathname),
    css: [{ raw: root.toString() }],
    safelist: { standard: [":root", "html", "body", "hidden"], greedy: [/^badge/, /^alert/, /^status/] },
    variables: false,
  });
  const own = await readFile(new URL("./src/app.css", import.meta.url), "utf8");
  const { code } = await (await import("esbuild")).transform(purged.css + own, { loader: "css", minify: true });
  await writeFile(new URL("app.css", DIST), code);
}

await rm(DIST, { recursive: true, force: true });
await build({
  absWorkingDir: HERE,
  entryPoints: (await readdir(SOURCE)).filter((name) => /\.(js|css)$/.test(name) && name !== "app.css").map((name) => `src/${name}`),
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [formJsWords, editorWords, hitPolicyWords, onePreact, tokenWords],
  loader: { ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file", ".svg": "file" },
  assetNames: "[name]-[hash]",
});
await styles();
for (const name of await readdir(DIST)) {
  const bytes = await readFile(new URL(name, DIST));
  await writeFile(new URL(`${name}.gz`, DIST), gzipSync(bytes, { level: 9 }));
}
