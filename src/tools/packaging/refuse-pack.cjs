// `npm pack` and `npm publish` at the root, whose package.json is for work on this repository.
"use strict";
process.stderr.write(
  "the root is not what is published: run `npm run tarball` for the tarball, or `npm run package` for the folder dist/package\n",
);
process.exit(1);
