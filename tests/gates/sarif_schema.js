// Validates SARIF files against the SARIF 2.1.0 schema, formats included.
//
// usage: NODE_PATH=…/node_modules node sarif_schema.js SCHEMA FILE…
//
// The schema is the copy in the SARIF Multitool's package. The Multitool itself takes an unknown `level` or `kind`
// without a word, so the schema is applied on its own.
"use strict";

const fs = require("fs");
const Ajv = require("ajv/dist/2020");
const formats = require("ajv-formats");

function read(path) {
  return JSON.parse(fs.readFileSync(path, "utf8").replace(/^\uFEFF/, ""));
}

const [schemaPath, ...files] = process.argv.slice(2);
if (!schemaPath || files.length === 0) {
  console.error("usage: sarif_schema.js SCHEMA FILE…");
  process.exit(2);
}

// Strict mode would refuse the schema for its style.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
formats(ajv);
const validate = ajv.compile(read(schemaPath));

let wrong = 0;
for (const file of files) {
  let value;
  try {
    value = read(file);
  } catch (error) {
    console.error(`${file}: not JSON: ${error.message}`);
    wrong += 1;
    continue;
  }
  if (!validate(value)) {
    wrong += 1;
    for (const error of validate.errors.slice(0, 20)) {
      console.error(`${file}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}
process.exit(wrong ? 1 : 0);
