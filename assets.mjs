// Builds the style sheets and the script that every page uses: static/build/{portal.css,admin.css,portal.js}.
// Design tokens that no rule uses are left out, so that a municipality may put a whole theme in tokens.css.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { transform } from "lightningcss";

const OUT = "static/build";
const COMPONENTS = [
  "skip-link", "page-header", "page-footer", "breadcrumb-nav", "button", "form-field",
  "form-label", "form-field-description", "form-field-error-message", "form-fieldset", "textbox", "textarea", "select",
  "radio-button", "badge-status", "alert", "table", "pagination",
];
// Our own style sheets, in this order; tokens first, so that what follows can use them.
const PORTAL = ["tokens", "base", "map", "layout", "forms", "components", "resident", "agenda"];
const ADMIN = ["tokens", "forms", "map", "admin", "review", "messages"];
// The forms of the portal look the same in the admin.
const ADMIN_COMPONENTS = COMPONENTS.filter((name) => /^(form|text|select|radio)/.test(name));
const TARGETS = { chrome: 105 << 16, firefox: 104 << 16, safari: (15 << 16) | (4 << 8), ios_saf: (15 << 16) | (4 << 8) };

const own = (names) => names.map((name) => `static/css/${name}.css`);
const component = (name) => `node_modules/@utrecht/${name}-css/dist/index.css`;

async function styleSheet(name, files) {
  const source = (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n").replaceAll(/@charset[^;]+;/g, "");
  const { code } = transform({ filename: name, code: Buffer.from(source), minify: true, targets: TARGETS });
  await writeFile(`${OUT}/${name}`, withoutUnusedTokens(code.toString()));
}

// A token is used when a rule names it, or when a token that is used names it.
function withoutUnusedTokens(css) {
  const [start, end] = [css.indexOf(":root{"), css.indexOf("}")];
  if (start !== 0) throw new Error("tokens.css has to begin with :root { … }");
  const tokens = new Map(css.slice(6, end).split(";").map((line) => [line.slice(0, line.indexOf(":")), line]));
  const used = new Set();
  const use = (text) => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (!used.has(name)) {
        used.add(name);
        if (tokens.has(name)) use(tokens.get(name));
      }
    }
  };
  use(css.slice(end));
  const kept = [...tokens].filter(([name]) => used.has(name) || !name.startsWith("--")).map(([, line]) => line);
  return `:root{${kept.join(";")}${css.slice(end)}`;
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await styleSheet("portal.css", [...own(PORTAL.slice(0, 1)), ...COMPONENTS.map(component), ...own(PORTAL.slice(1))]);
await styleSheet("admin.css", [...own(ADMIN.slice(0, 1)), ...ADMIN_COMPONENTS.map(component), ...own(ADMIN.slice(1))]);
await build({
  entryPoints: ["static/js/portal.js", ...(await readdir("static/js/admin").catch(() => [])).map((f) => `static/js/admin/${f}`)],
  outdir: OUT, outbase: "static/js", bundle: true, minify: true, format: "iife", target: ["es2020"],
});
