// The members of `datasets`: real data that come with nnbook, and shapes made on the spot.

export { autoMpg, breastCancer, digits, iris, penguins, useFiles, wine } from "./bundled.ts";
export { blobs, circles, moons, sine, spirals, xor } from "./generated.ts";
