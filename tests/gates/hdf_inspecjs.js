// Reads HDF files as Heimdall does, and counts what it shows.
//
// usage: NODE_PATH=…/node_modules node hdf_inspecjs.js ASSESSMENT FILE…
//
// Every finding of the assessment is a result; no control has a status that covers a fail.
"use strict";

const fs = require("fs");
const { convertFile, contextualizeEvaluation } = require("inspecjs");

const [assessmentPath, ...files] = process.argv.slice(2);
if (!assessmentPath || files.length === 0) {
  console.error("usage: hdf_inspecjs.js ASSESSMENT FILE…");
  process.exit(2);
}
const { summary } = JSON.parse(fs.readFileSync(assessmentPath, "utf8"));

let wrong = 0;
function say(path, what) {
  wrong += 1;
  console.error(`${path}: ${what}`);
}

for (const path of files) {
  let evaluation;
  try {
    const read = convertFile(fs.readFileSync(path, "utf8"));
    if (!read["1_0_ExecJson"]) throw new Error("it is not taken for exec-json");
    evaluation = contextualizeEvaluation(read["1_0_ExecJson"]);
  } catch (error) {
    say(path, `not HDF: ${String(error.message).slice(0, 300)}`);
    continue;
  }
  const seen = { passed: 0, failed: 0, error: 0, skipped: 0 };
  const shown = {};
  for (const control of evaluation.contains.flatMap((profile) => profile.contains)) {
    const statuses = (control.hdf.segments || []).map((segment) => segment.status);
    for (const status of statuses) seen[status] += 1;
    shown[control.hdf.status] = (shown[control.hdf.status] || 0) + 1;
    if (statuses.includes("failed") && control.hdf.status !== "Failed") {
      say(path, `${control.data.id} has a fail and is shown as ${control.hdf.status}`);
    }
    if (statuses.includes("error") && control.hdf.status !== "Profile Error") {
      say(path, `${control.data.id} has an unknown and is shown as ${control.hdf.status}`);
    }
    for (const tag of control.hdf.rawNistTags) {
      if (!/^[A-Z]{2}-\d+( ?\(\d+\))*$/.test(tag)) say(path, `${control.data.id} has the tag ${tag}`);
    }
    if (control.hdf.rawNistTags.length === 0) say(path, `${control.data.id} has no id of NIST`);
  }
  const expected = { passed: summary.pass, failed: summary.fail, error: summary.unknown, skipped: summary.not_applicable };
  for (const [status, count] of Object.entries(expected)) {
    if (seen[status] !== count) say(path, `${seen[status]} results are ${status}, and the assessment has ${count}`);
  }
  if (!wrong) console.log(`  ${path}: Heimdall shows ${JSON.stringify(shown)}`);
}
process.exit(wrong ? 1 : 0);
