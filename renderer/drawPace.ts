// When to draw what arrives faster than it can be drawn: once a frame at most, and never most of the time.

/** Calls `draw` once, a little later. */
export type Schedule = (draw: () => void) => void;

/** After a drawing, this many times its duration stay free for typing, scrolling and other outputs. */
const restFactor = 3;

/** For one drawing at a time: ask again only after the last one that was asked for was called. */
export function restfulPace(): Schedule {
  let freeFromMs = 0;
  return (draw) => {
    setTimeout(
      () =>
        requestAnimationFrame(() => {
          const startedMs = performance.now();
          draw();
          const endedMs = performance.now();
          freeFromMs = endedMs + restFactor * (endedMs - startedMs);
        }),
      Math.max(0, freeFromMs - performance.now()),
    );
  };
}
