// What an old Node can read, before anything that it cannot: it would answer with a SyntaxError. ES5 only.
"use strict";
var parts = process.versions.node.split(".");
var major = Number(parts[0]);
var minor = Number(parts[1]);
if (!(major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19))) {
  process.stderr.write(
    // biome-ignore lint/style/useTemplate: a Node that is too old reads this file
    "claimgate needs Node 20.19+, 22.13+ or 24+; this is v" + process.versions.node + "\n",
  );
  process.exit(1);
}
