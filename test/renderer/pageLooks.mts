// How a page looks before and after something, for checks that nothing moved and no node was replaced.

import type { RendererPage } from "./harness.mts";

/** Remembers nodes, so that {@link look} can count how many of them still stand. */
export async function mark(page: RendererPage, selector: string): Promise<void> {
  await page.page.locator(selector).evaluateAll((nodes) => {
    for (const node of nodes) node.setAttribute("data-marked", "");
  });
}

export async function look(page: RendererPage): Promise<{ headline: string; height: number; marked: number }> {
  return {
    headline: (await page.page.locator(".head .words").first().textContent()) ?? "",
    height: await page.page
      .locator(".view")
      .first()
      .evaluate((view) => view.getBoundingClientRect().height),
    marked: await page.page.locator("[data-marked]").count(),
  };
}
