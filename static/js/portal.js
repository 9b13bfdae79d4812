// Everything here only helps; each page works without it.
import { focusErrorSummary } from "./error_summary.js";
import { guardAgainstDoubleClicks } from "./double_click.js";
import { countCharacters } from "./count.js";
import { listFiles } from "./files.js";

focusErrorSummary();
guardAgainstDoubleClicks();
countCharacters();
listFiles();
