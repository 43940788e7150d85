// What writes models down for PyTorch and others. Bundled as exporters.cjs, which a kernel reads when a cell first asks for it.

export { exporters } from "../engine/exports/exporters.ts";
