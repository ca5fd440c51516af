// Verifies the statement of an evidence bundle with Sigstore's own library, and checks that it refuses a changed one.
//
// usage: NODE_PATH=…/node_modules node evidence_sigstore.js FOLDER KEY.pem
//
// FOLDER is an unpacked bundle, KEY.pem the public key that must have signed. There is no transparency log and no time
// stamp in a bundle that was signed with a key, so the thresholds of both are zero.
"use strict";

const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const { bundleFromJSON } = require("@sigstore/bundle");
const { Verifier, toSignedEntity } = require("@sigstore/verify");

const [folder, keyPath] = process.argv.slice(2);
if (!folder || !keyPath) {
  console.error("usage: evidence_sigstore.js FOLDER KEY.pem");
  process.exit(2);
}

const publicKey = crypto.createPublicKey(fs.readFileSync(keyPath));
const hint = crypto.createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
const verifier = new Verifier(
  {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: (wanted) => {
      if (wanted !== hint) throw new Error(`the bundle names another key, ${wanted}`);
      return { publicKey, validFor: () => true };
    },
  },
  { tlogThreshold: 0, timestampThreshold: 0, tsaThreshold: 0, ctlogThreshold: 0 },
);

const json = JSON.parse(fs.readFileSync(path.join(folder, "MANIFEST.sha256.sigstore.json"), "utf8"));
verifier.verify(toSignedEntity(bundleFromJSON(json)));

const statement = JSON.parse(Buffer.from(json.dsseEnvelope.payload, "base64").toString("utf8"));
const manifest = fs.readFileSync(path.join(folder, "MANIFEST.sha256"));
const digest = crypto.createHash("sha256").update(manifest).digest("hex");
if (statement.subject.length !== 1 || statement.subject[0].digest.sha256 !== digest) {
  console.error("the statement is about another manifest");
  process.exit(1);
}

const changed = structuredClone(json);
changed.dsseEnvelope.payload = Buffer.from(JSON.stringify({ ...statement, predicateType: "x" })).toString("base64");
try {
  verifier.verify(toSignedEntity(bundleFromJSON(changed)));
} catch (error) {
  console.log(`  a changed statement is refused: ${error.code}`);
  process.exit(0);
}
console.error("a changed statement was accepted");
process.exit(1);
