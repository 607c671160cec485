// What an old Node can read, before anything that it cannot: it would answer with a SyntaxError. ES5 only.
"use strict";
var parts = process.versions.node.split(".");
var major = Number(parts[0]);
if (major < 20 || (major === 20 && Number(parts[1]) < 19)) {
  process.stderr.write("claimgate needs Node 20.19 or later; this is v" + process.versions.node + "\n");
  process.exit(1);
}
