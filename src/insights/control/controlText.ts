// A control as text: its label and how it stands.

import { formatChosen } from "../../shared/numbers.ts";
import type { ControlView } from "../../shared/views.ts";
import type { Locale } from "../../shared/words/message.ts";
import { word } from "../text/writing.ts";

export function controlText({ label, control }: ControlView, locale: Locale): string {
  switch (control.kind) {
    case "slider":
      return `${label}: ${formatChosen(control.value, locale)}`;
    case "select":
      return `${label}: ${control.options[control.chosen] ?? "–"}`;
    case "checkbox":
      return `${label}: ${word(control.checked ? "on" : "off", locale)}`;
    case "button":
      return word("pressed", locale, { label, presses: { kind: "count", value: control.presses } });
  }
}
