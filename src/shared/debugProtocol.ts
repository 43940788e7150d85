// Messages between a session and its kernel that let a debugger in. The debugger itself speaks to the kernel's process directly.

export type DebugToKernel =
  /** Lets a debugger in, on a free port of this machine alone. Answered by `inspectorOpened` or `inspectorRefused`. */
  | { readonly kind: "openInspector" }
  /** Shows every debugger out; what one held at a breakpoint runs on. */
  | { readonly kind: "closeInspector" };

export type DebugFromKernel =
  | { readonly kind: "inspectorOpened"; readonly port: number }
  /** This Node lets no debugger in. */
  | { readonly kind: "inspectorRefused" };
