import { linkedFileViews } from "../file-views.ts";
import { viewPath } from "../site-links.ts";

export default {
  paths: () => linkedFileViews().map(({ file, content }) => ({ params: { path: viewPath(file) }, content })),
};
