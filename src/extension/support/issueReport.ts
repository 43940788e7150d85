// The text of a report of an issue: questions to the reader, then versions and states. Pure; holds nothing of files, not even their names.

import type { KernelState } from "./sessionLog.ts";

export interface IssueFacts {
  readonly extensionVersion: string;
  readonly editor: {
    readonly name: string;
    readonly version: string;
    /** "desktop", "web" and the like, as the editor calls it. */
    readonly host: string;
    /** "ssh-remote", "wsl" …; `undefined` where extensions run on the reader's machine. */
    readonly remote: string | undefined;
    readonly language: string;
  };
  readonly isTrusted: boolean;
  readonly system: {
    readonly os: string;
    readonly node: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryBytes: number;
    /** Whether WebAssembly has SIMD here: without it, plain TypeScript computes. */
    readonly hasSimd: boolean;
  };
  /** As the setting says; 0: the kernel decides. */
  readonly threads: number;
  readonly kernels: readonly KernelState[];
  /** Settings of ours that somebody changed. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the reader is asked, in their own language. */
export interface IssueQuestions {
  /** What becomes of the text. */
  readonly about: string;
  readonly what: string;
  readonly expected: string;
  readonly steps: string;
}

/** As Markdown: first what only the reader knows. */
export function issueText(facts: IssueFacts, { about, what, expected, steps }: IssueQuestions): string {
  const questions = [what, expected, steps].map((question) => `## ${question}\n\n\n`);
  return `<!-- ${about} -->\n\n${questions.join("\n")}\n${factsText(facts)}`;
}

/** The part that the machine knows. */
export function factsText(facts: IssueFacts): string {
  const { editor, system, kernels, settings } = facts;
  const rows = [
    ["nnbook", facts.extensionVersion],
    [
      "Editor",
      `${editor.name} ${editor.version} (${[editor.host, editor.remote, editor.language].filter(Boolean).join(", ")})`,
    ],
    ["Workspace", facts.isTrusted ? "trusted" : "not trusted"],
    ["System", system.os],
    ["Node", system.node],
    ["Processor", `${system.processor}, ${system.cores} ${system.cores === 1 ? "core" : "cores"}`],
    ["Memory", `${(system.memoryBytes / 2 ** 30).toFixed(1)} GiB`],
    ["WebAssembly SIMD", system.hasSimd ? "yes" : "no"],
    ["Threads", facts.threads === 0 ? "as the kernel decides" : String(facts.threads)],
    ...kernels.map((kernel, index) => [`Kernel ${index + 1}`, kernelText(kernel)]),
    ...(kernels.length === 0 ? [["Kernels", "none has started"]] : []),
    ...Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)]),
  ];
  const table = rows.map(([name = "", value = ""]) => `| ${cellText(name)} | ${cellText(value)} |`);
  return `| | |\n|---|---|\n${table.join("\n")}\n`;
}

function kernelText({ text, cells }: KernelState): string {
  const counts = Object.entries(cells).map(([outcome, count]) => `${count} ${outcome}`);
  return counts.length === 0 ? text : `${text}; cells: ${counts.join(", ")}`;
}

function cellText(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
