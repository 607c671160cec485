import { linkedFileViews } from "../file-views.ts";

export default {
  paths: () => linkedFileViews().map(({ file, content }) => ({ params: { path: file }, content })),
};
