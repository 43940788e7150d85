// The members of `datasets`: real data that come with nnbook, the user's own files, and shapes made on the spot.

export { autoMpg, breastCancer, digits, iris, penguins, useFiles, wine } from "./bundled.ts";
export { csv } from "./csv.ts";
export { blobs, circles, moons, sine, spirals, xor } from "./generated.ts";
