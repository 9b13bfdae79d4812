// Everything here only helps; each page works without it.
import { focusErrorSummary } from "./error_summary.js";
import { guardAgainstDoubleClicks } from "./double_click.js";
import { countCharacters } from "./count.js";
import { listFiles } from "./files.js";
// For the form of an idea; on other pages they find nothing to do. A file each would be a request each.
import "./idea.js";
import "./idle.js";

focusErrorSummary();
guardAgainstDoubleClicks();
countCharacters();
listFiles();
